"""What pages of other sites may read: open data, and nothing else."""

from votes.opendata.accepting import Form

API = "/api/"
PICTURES = ("/embed/", "/share/", "/oembed")
CLOSED = ("/admin/", "/static/")
DATA = tuple(form for form in Form if form is not Form.PAGE)

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


def is_of_the_api(path: str) -> bool:
    return path.startswith(API)


def headers_for_others(path: str) -> list[tuple[str, str]]:
    """Return the headers that let pages of other sites read an answer, where they may."""
    is_data = path.endswith(DATA) and not path.startswith(CLOSED)
    return READABLE if is_data or path.startswith((API, *PICTURES)) else []
