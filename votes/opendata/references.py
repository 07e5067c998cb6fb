"""What is cited of a page: the page itself and, for a text, the document of the United Nations."""

import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from resolutions.keys import slug
from votes.opendata.described import PORTAL, Document, Imprint


@dataclass(frozen=True)
class Reference:
    """One thing to cite, with what every format of citations asks for; empty is not known."""

    key: str
    author: str
    title: str
    day: datetime.date | None
    url: str
    accessed: datetime.date
    number: str = ""  # of a document: its symbol
    kind: str = ""
    version: str = ""  # of the portal's data

    @property
    def is_document(self) -> bool:
        return bool(self.number)


def references_of(imprint: Imprint) -> list[Reference]:
    """Return the page first, then the document that it is about."""
    document = imprint.page.document
    page = _page(imprint)
    return [page, _document(document, page.accessed)] if document else [page]


def _page(imprint: Imprint) -> Reference:
    moment = imprint.moment
    return Reference(
        key=slug(f"unga-portal{imprint.page.address}"),
        author=PORTAL,
        title=one_line(imprint.page.title),
        day=moment.changed.date(),
        url=imprint.url,
        accessed=moment.day,
        version=data_version(imprint),
    )


def _document(document: Document, accessed: datetime.date) -> Reference:
    return Reference(
        key=slug(document.symbol),
        author=document.organ,
        title=one_line(document.title),
        day=document.day,
        url=document.url,
        accessed=accessed,
        number=document.symbol,
        kind=document.kind,
    )


def data_version(imprint: Imprint) -> str:
    return _t("data version %(number)d") % {"number": imprint.moment.version}


def one_line(text: str) -> str:
    """Return a text that no format of lines can take for more than one, nor XML for broken."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+", " ", text).strip()
