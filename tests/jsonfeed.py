"""The rules of JSON Feed 1.1 (jsonfeed.org/version/1.1), as far as they concern this portal.

`complaints(feed)` says which of them a feed breaks.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

ADDRESSES = {"home_page_url", "feed_url", "next_url", "url", "external_url", "image"}
TIMES = {"date_published", "date_modified"}
OF_A_FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
    "language": str, "expired": bool, "hubs": list, "items": list,
}  # fmt: skip
OF_AN_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str, "date_published": str,
    "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list,
}  # fmt: skip


def complaints(feed: dict[str, Any]) -> list[str]:
    return [
        *in_object(feed, OF_A_FEED),
        *in_feed(feed),
        *(f"item {found}" for item in feed.get("items", []) for found in in_item(item)),
    ]


def in_feed(feed: dict[str, Any]) -> Iterator[str]:
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version is not that of JSON Feed 1.1"
    if not feed.get("title"):
        yield "title is missing"
    if not isinstance(feed.get("items"), list):
        yield "items is missing"
    counts = Counter(item.get("id") for item in feed.get("items", []))
    yield from (f"id {name!r} stands there twice" for name, count in counts.items() if count > 1)
    if not all(author.keys() & {"name", "url", "avatar"} for author in feed.get("authors", [])):
        yield "authors: somebody has neither a name nor an address"


def in_item(item: dict[str, Any]) -> Iterator[str]:
    yield from in_object(item, OF_AN_ITEM)
    if not item.get("id"):
        yield "id is missing"
    if not item.keys() & {"content_html", "content_text"}:
        yield "content is missing"
    if not all(isinstance(tag, str) for tag in item.get("tags", [])):
        yield "tags are not all text"


def in_object(told: dict[str, Any], known: dict[str, type]) -> Iterator[str]:
    for name, value in told.items():
        if name.startswith("_"):
            if not isinstance(value, dict):
                yield f"{name} is no object"
        elif name not in known:
            yield f"{name} is not known"
        elif not isinstance(value, known[name]):
            yield f"{name} is no {known[name].__name__}"
        elif name in ADDRESSES and not urlsplit(str(value)).netloc:
            yield f"{name} is no whole address"
        elif name in TIMES and not is_time(value):
            yield f"{name} is no time of RFC 3339"


def is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
