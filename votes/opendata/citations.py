"""Citations in words, by the styles that readers of the portal are asked for.

UN: the Editorial Manual of the United Nations, “Footnotes and other references”. APA: the
Publication Manual, 7th edition. Chicago: the Manual of Style, 17th edition, a bibliography's entry.
"""

import datetime
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _t
from django.utils.translation import pgettext

from resolutions.wording import long_date, remembered
from votes.opendata.described import Imprint
from votes.opendata.references import Reference, references_of


class Citation(NamedTuple):
    style: str
    text: str


def citations_of(imprint: Imprint) -> list[Citation]:
    """Return how to cite a page; in the UN's style with the document that it is about."""
    page, *documents = references_of(imprint)
    by_un = [*map(document_by_un, documents), page_by_un(page, is_named=not documents)]
    return [
        Citation(_t("UN"), " ".join(by_un)),
        Citation(_t("APA"), by_apa(page)),
        Citation(_t("Chicago"), by_chicago(page)),
    ]


def document_by_un(document: Reference) -> str:
    words = {
        "organ": document.author,
        "title": document.title,
        "symbol": document.number,
        "url": document.url,
    }
    if document.day is None:
        return _t("%(organ)s, “%(title)s”, %(symbol)s. Available at %(url)s.") % words
    words["date"] = long_date(document.day)
    return _t("%(organ)s, “%(title)s”, %(symbol)s (%(date)s). Available at %(url)s.") % words


def page_by_un(page: Reference, *, is_named: bool) -> str:
    """Cite the page; after the document that it is about its title would be said twice."""
    template = (
        _t("%(portal)s, “%(title)s”, %(version)s. Available at %(url)s (accessed on %(accessed)s).")
        if is_named
        else _t("%(portal)s, %(version)s. Available at %(url)s (accessed on %(accessed)s).")
    )
    return template % {**_words(page), "accessed": long_date(page.accessed)}


def by_apa(page: Reference) -> str:
    template = _t(
        "%(portal)s. (%(year)s). %(title)s (%(version)s) [Data set]."
        " Retrieved %(accessed)s, from %(url)s"
    )
    return template % {**_words(page), "accessed": month_first(page.accessed)}


def by_chicago(page: Reference) -> str:
    template = _t("%(portal)s. “%(title)s.” %(Version)s. Accessed %(accessed)s. %(url)s.")
    return template % {**_words(page), "accessed": month_first(page.accessed)}


def _words(page: Reference) -> dict[str, str]:
    return {
        "portal": page.author,
        "title": page.title,
        "version": page.version,
        "Version": page.version[:1].upper() + page.version[1:],
        "url": page.url,
        "year": str(page.day.year) if page.day else "",
    }


@remembered
def month_first(date: datetime.date) -> str:
    """Return a date as the American styles write it: `March 2, 2022`."""
    return formats.date_format(date, pgettext("date format of APA and Chicago", "F j, Y"))
