"""What is asked for under one address, and what is found there: a page, or the rows behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _t

from resolutions.models import Source
from resolutions.models.version import Stamp
from votes.opendata.accepting import FEEDS, Form
from votes.opendata.calendars import Calendar
from votes.opendata.described import Described, Imprint, Moment
from votes.opendata.feeds import Followed
from votes.search.paging import NO_SUCH_PAGE

# Rows of one answer: they are made in about a second, and fit into the memory of the cache.
MOST = {Form.JSON: 500, Form.CSV: 5000}
# Entries of a feed, which readers ask for again and again.
MOST_FOLLOWED = 50
AFTER, LIMIT = "after", "limit"


@dataclass(frozen=True)
class Asked:
    """In which form an address is asked for, after which row, and how many rows at most."""

    form: Form = Form.PAGE
    after: str = ""
    limit: int = 0

    @property
    def is_data(self) -> bool:
        return self.form in MOST

    def rows(self, on_a_page: int) -> int:
        """Return how many rows to give: a page has its own number."""
        return (self.limit or MOST[self.form]) if self.is_data else on_a_page

    def address(self, page: str) -> str:
        """Return the address of another page in the form that is asked for."""
        return self.form.of(page)

    def part(
        self, rows: Sequence[Any], key: Callable[[Any], str], on_a_page: int | None = None
    ) -> tuple[Sequence[Any], str]:
        """Return the rows that are asked for out of all, and the key after which they go on."""
        keys = [key(row) for row in rows]
        if self.after and self.after not in keys:
            raise Http404(str(NO_SUCH_PAGE))
        start = keys.index(self.after) + 1 if self.after else 0
        end = start + self.rows(len(rows) if on_a_page is None else on_a_page)
        return rows[start:end], keys[end - 1] if end < len(rows) else ""

    def following(self, query: str, key: str) -> str:
        """Return the query of what comes after this key; empty where nothing does."""
        if not key:
            return ""
        more = {AFTER: key} | ({LIMIT: str(self.limit)} if self.limit else {})
        return "&".join(filter(None, (query, urlencode(more))))


def read_asked(form: Form, query: QueryDict, known: Sequence[str]) -> Asked:
    """Read what the address of data asks for; raise BadRequest where it would not be understood.

    A parameter with a typing error in its name must not look like a filter that fits everything.
    """
    if unknown := [name for name in query if name not in known]:
        said = _t("This address has no parameter “%(unknown)s”. It understands: %(known)s.")
        raise BadRequest(said % {"unknown": unknown[0], "known": ", ".join(known)})
    most = MOST.get(form, MOST_FOLLOWED)
    return Asked(form, query.get(AFTER, ""), limit_of(query.get(LIMIT, ""), most))


def limit_of(typed: str, most: int) -> int:
    if not typed:
        return 0
    if not typed.isascii() or not typed.isdigit() or not 0 < int(typed[:9]) <= most:
        raise BadRequest(_t("Limit: write a whole number from 1 to %(most)d.") % {"most": most})
    return int(typed)


@dataclass(frozen=True)
class Page:
    """A page to be shown; `query` holds the filters as understood, for its other forms.

    `about` is what others are told of it. `followed` returns what its feeds tell, `calendar` what
    was foreseen; both are called only where they are written. `stamp` is that of the data that the
    page is made of, where it was asked for already.
    """

    template: str
    context: Mapping[str, Any]
    about: Described
    query: str = ""
    stamp: Stamp = None
    followed: Callable[[Moment], Followed] | None = None
    calendar: Callable[[Imprint], Calendar] | None = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return the forms that only some pages have."""
        feeds = FEEDS if self.followed else ()
        return (*feeds, Form.CALENDAR) if self.calendar else feeds


@dataclass(frozen=True)
class Taken:
    """The rows that an address gives, of how many, and what its JSON holds besides.

    `whole` returns the data of a page that is more than a table, `sources` what stands behind all
    of it; both are called only where they are written. `following` is the query of what comes next.
    """

    rows: Sequence[Any]
    total: int
    sources: Callable[[], Iterable[Source]]
    whole: Callable[[], Mapping[str, Any]] | None = None
    following: str = ""
