"""What a page is about, as those are told who cite it, link to it, share it or follow it."""

import datetime
import html
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags

from resolutions.models.version import Stamp
from votes.opendata.accepting import Form

PORTAL = "UNGA Portal"
MEDIA_TYPES = {
    Form.ATOM: "application/atom+xml",
    Form.JSON_FEED: "application/feed+json",
    Form.CALENDAR: "text/calendar",
    Form.BIBTEX: "application/x-bibtex",
    Form.RIS: "application/x-research-info-systems",
    Form.CSL: "application/vnd.citationstyles.csl+json",
}
# The width and height of every picture for sharing, which programs ask for beforehand.
CARD = (1200, 630)


class Crumb(NamedTuple):
    """A page above the one that is read."""

    name: str
    path: str


class Document(NamedTuple):
    """A document of the United Nations; `day` is that of its adoption, where it was adopted."""

    symbol: str
    title: str
    organ: str
    kind: str
    day: datetime.date | None
    url: str


@dataclass(frozen=True)
class Described:
    """A page: what it is called, where it stands for good, and what stands beside it.

    `short` is enough to call it where its whole title would be too long. `query` has the
    parameters that make the page, and none that only show it in another way.
    `vote` is the key of the vote that can be drawn. `is_dataset` says that its rows are something
    to look for by themselves.
    """

    title: str
    path: str
    short: str = ""
    query: str = ""
    sentence: str = ""
    crumbs: tuple[Crumb, ...] = ()
    document: Document | None = None
    vote: str = ""
    is_dataset: bool = True

    @property
    def address(self) -> str:
        return with_query(self.path, self.query)

    @property
    def section(self) -> str:
        """Return the part of the portal to which the page belongs: the first part of its path."""
        return self.path.split("/")[1]

    def beside(self, form: Form) -> str:
        """Return the address of another form: a suffix stands in place of the final slash."""
        return with_query(form.of(self.path), self.query)


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def plain(sentence: str) -> str:
    """Return a sentence of a page as text, without its markup."""
    return html.unescape(strip_tags(sentence))


class Moment(NamedTuple):
    """Where and when a page is read, and of which state of the data it is made."""

    home: str
    day: datetime.date
    version: int
    changed: datetime.datetime


def moment_of(request: HttpRequest, stamp: Stamp) -> Moment:
    """Return the moment of a request; `stamp` is that of the data behind the page."""
    day = timezone.localdate()
    start = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    version, changed = stamp or (0, start)
    if timezone.is_naive(changed):
        # SQLite's own driver knows no time zones; Django writes UTC.
        changed = changed.replace(tzinfo=datetime.UTC)
    return Moment(f"{request.scheme}://{request.get_host()}", day, version, changed)


@dataclass(frozen=True)
class Imprint:
    """A page as it is told of at a moment, with absolute addresses.

    `forms` are those that it has besides its data and its citations.
    """

    page: Described
    moment: Moment
    forms: tuple[Form, ...] = ()

    @property
    def url(self) -> str:
        return self.absolute(self.page.address)

    def absolute(self, path: str) -> str:
        return f"{self.moment.home}{path}"

    def beside(self, form: Form) -> str:
        return self.absolute(self.page.beside(form))

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Return media type and path of each form that a reader's programs may look for."""
        return [(MEDIA_TYPES[form], self.page.beside(form)) for form in self.forms]

    @property
    def card(self) -> str:
        """Return the address of the picture for sharing; pages without a vote have none."""
        return self.absolute(f"/share/votes/{self.page.vote}.png") if self.page.vote else ""
