"""What pages of other sites may read: open data, and nothing else."""

OPEN = "/api/"
FORMS = (".json", ".csv")
CLOSED = "/admin/"

# Nobody is signed in outside the admin, so there is nothing that another site could borrow.
READABLE = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Retry-After"),
]
PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "*"),
    ("Access-Control-Max-Age", "86400"),
]


def is_for_programs(path: str) -> bool:
    """Say whether what is under this path answers in a form for programs, refusals too."""
    return path.startswith(OPEN) or (path.endswith(FORMS) and not path.startswith(CLOSED))


def headers_for_others(path: str) -> list[tuple[str, str]]:
    """Return the headers that let pages of other sites read an answer, where they may."""
    return READABLE if is_for_programs(path) else []
