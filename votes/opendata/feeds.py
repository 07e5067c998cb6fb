"""Feeds as Atom (RFC 4287) and as JSON Feed 1.1."""

import datetime
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import get_language

from votes.opendata.described import PORTAL
from votes.opendata.moments import in_rfc_3339
from votes.opendata.references import one_line

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Entry:
    """One thing told of in a feed.

    `published` is when the portal first showed it, where the portal knows that. `changed` is when
    it was last changed here; `since` stands in where nothing was changed as far as is known, for
    Atom asks each entry for a time.
    """

    id: str
    url: str
    title: str
    sentence: str
    since: datetime.datetime
    published: datetime.datetime | None = None
    changed: datetime.datetime | None = None
    document: str = ""  # the address of the UN document
    tags: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def updated(self) -> datetime.datetime:
        return self.changed or self.since


class Followed(NamedTuple):
    """The entries of a feed, and the query of those that come next; empty where none do."""

    entries: list[Entry]
    following: str = ""


@dataclass(frozen=True)
class Feed:
    """The latest of a list; `page` is the address of the list and `next` that of what is older."""

    title: str
    description: str
    url: str
    page: str
    home: str
    entries: list[Entry]
    as_of: datetime.datetime
    next: str = ""

    @property
    def updated(self) -> datetime.datetime:
        return max((entry.updated for entry in self.entries), default=self.as_of)


def atom(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": ATOM, "xml:lang": get_language() or "en"})
    put(root, "id", feed.url)
    put(root, "title", feed.title)
    put(root, "subtitle", feed.description)
    put(root, "updated", in_rfc_3339(feed.updated))
    author = SubElement(root, "author")
    put(author, "name", PORTAL)
    put(author, "uri", feed.home)
    link(root, "self", feed.url, "application/atom+xml")
    link(root, "alternate", feed.page, "text/html")
    if feed.next:
        link(root, "next", feed.next, "application/atom+xml")
    for entry in feed.entries:
        add_entry(root, entry)
    ElementTree.indent(root, space="")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def add_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    put(element, "id", entry.id)
    put(element, "title", entry.title)
    if entry.published:
        put(element, "published", in_rfc_3339(entry.published))
    put(element, "updated", in_rfc_3339(entry.updated))
    put(element, "summary", entry.sentence)
    link(element, "alternate", entry.url, "text/html")
    if entry.document:
        link(element, "related", entry.document)
    for tag in entry.tags:
        SubElement(element, "category", term=one_line(tag))


def put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = one_line(text)


def link(parent: Element, relation: str, address: str, media_type: str = "") -> None:
    kind = {"type": media_type} if media_type else {}
    SubElement(parent, "link", {"rel": relation, "href": address, **kind})


def json_feed(feed: Feed) -> dict[str, Any]:
    told = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "next_url": feed.next,
        "language": get_language() or "en",
        "authors": [{"name": PORTAL, "url": feed.home}],
        "items": list(map(item, feed.entries)),
    }
    return without_empty(told, keep="items")


def item(entry: Entry) -> dict[str, Any]:
    told = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.document,
        "title": entry.title,
        "content_text": entry.sentence,
        "date_published": in_rfc_3339(entry.published) if entry.published else "",
        "date_modified": in_rfc_3339(entry.changed) if entry.changed else "",
        "tags": list(entry.tags),
        "_unga_portal": entry.details,
    }
    return without_empty(told, keep="content_text")


def without_empty(told: dict[str, Any], keep: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value or name == keep}
