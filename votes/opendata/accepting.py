"""Which form of a page a request asks for by its `Accept` header (RFC 9110, section 12.5.1)."""

from enum import StrEnum
from functools import lru_cache

# The kinds under which a page may be asked for, those that name it first.
PAGES = ("text/html", "application/xhtml+xml")
ANYTHING = ("text/*", "*/*")


class Form(StrEnum):
    """What stands at the end of an address: the final slash of a page, or a suffix for it."""

    PAGE = "/"
    ATOM = ".atom"
    JSON_FEED = ".feed.json"
    CALENDAR = ".ics"
    BIBTEX = ".bib"
    RIS = ".ris"
    CSL = ".csl.json"
    # Comes last of what ends in .json.
    JSON = ".json"
    CSV = ".csv"

    def of(self, page: str) -> str:
        """Return the path of a page in this form; the first page of all is `/`, and so `/.csv`."""
        return f"/{(page.removesuffix(Form.PAGE) + self).removeprefix('/')}"


FEEDS = (Form.ATOM, Form.JSON_FEED)
CITATIONS = (Form.BIBTEX, Form.RIS, Form.CSL)
DATA = {"application/json": Form.JSON, "text/csv": Form.CSV}


@lru_cache(maxsize=64)
def preferred(accept: str) -> Form:
    """Return the form that is asked for by name, unless a page is wanted more.

    A form that is named is meant rather than a page that only `*/*` allows.
    """
    accept = accept.lower()
    # Browsers name neither, and theirs are nearly all requests.
    if "json" not in accept and "csv" not in accept:
        return Form.PAGE
    wanted = dict(map(_read, accept.split(",")))
    named = [kind for kind in wanted if kind in DATA and wanted[kind] > 0]
    if not named:
        return Form.PAGE
    best = max(named, key=lambda kind: wanted[kind])
    page = next((wanted[kind] for kind in (*PAGES, *ANYTHING) if kind in wanted), 0.0)
    is_as_good = wanted[best] == page and wanted.keys().isdisjoint(PAGES)
    return DATA[best] if wanted[best] > page or is_as_good else Form.PAGE


def _read(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return kind, float(quality)
    except ValueError:
        return kind, 0.0
