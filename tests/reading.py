"""Public pages as their readers have them, without a browser: words, links, tables and positions.

page = read(client, "/resolutions/A/RES/ES-11/1/")
page.answer                      # the sentence that a reader came for
page.section("abstained")        # the element under this heading
positions(page)                  # {"Turkey": "Yes", …}, whatever the view
"""

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client

VOID = {"br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class NotWellFormed(AssertionError):
    """A tag is closed that was not open, or one stays open: browsers guess, the test does not."""


class TreeParser(HTMLParser):
    """Build a tree of elements from a page that closes all it opens."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = ElementTree.TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attributes]
        if len(names) != len(set(names)):
            raise NotWellFormed(f"<{tag}> has an attribute twice: {names}")
        self.builder.start(tag, {name: value or "" for name, value in attributes})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise NotWellFormed(f"</{tag}> closes nothing at line {self.getpos()[0]}")
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)

    def tree(self) -> Element:
        if self.open:
            raise NotWellFormed(f"never closed: {self.open}")
        return self.builder.close()


def parse(html: str) -> Element:
    parser = TreeParser()
    parser.feed(html)
    parser.close()
    return parser.tree()


def words(element: Element) -> str:
    """Return the text of an element as one line."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


@dataclass(frozen=True)
class Page:
    """One answer of the portal, parsed."""

    address: str
    response: HttpResponse

    @cached_property
    def root(self) -> Element:
        return parse(self.response.content.decode())

    @property
    def html(self) -> str:
        return self.response.content.decode()

    @cached_property
    def text(self) -> str:
        """Return the words between header and footer."""
        return words(self.one(".//main"))

    @property
    def answer(self) -> str:
        return words(self.one(".//p[@class='answer']"))

    @property
    def notes(self) -> list[str]:
        return self.texts(".//p[@class='note']")

    def all(self, path: str) -> list[Element]:
        return self.root.findall(path)

    def one(self, path: str) -> Element:
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} × {path} on {self.address}"
        return found[0]

    def texts(self, path: str) -> list[str]:
        return [words(element) for element in self.all(path)]

    def has_section(self, name: str) -> bool:
        return bool(self.all(f".//section[@aria-labelledby='{name}']"))

    def section(self, name: str) -> Element:
        return self.one(f".//section[@aria-labelledby='{name}']")

    def rows(self, table: str) -> list[list[str]]:
        """Return the cells of the body of the table of this class."""
        return [cells(row) for row in self.all(f".//table[@class='{table}']/tbody/tr")]

    def rows_of_any_table(self) -> list[list[str]]:
        return [cells(row) for row in self.all(".//table/tbody/tr")]

    def chosen(self, name: str) -> str:
        """Return the value that the form shows for a parameter."""
        fields = [field for field in self.all(".//main//*[@name]") if field.get("name") == name]
        [field] = fields
        if field.tag != "select":
            return field.get("value", "")
        chosen = [option for option in field if "selected" in option.attrib]
        return (chosen or list(field))[0].get("value", "")


def cells(row: Element) -> list[str]:
    return [words(cell) for cell in row]


def read(client: Client, address: str, status: int = 200, **extra: str) -> Page:
    response = client.get(address, **extra)
    assert response.status_code == status, f"{response.status_code} for {address}"
    return Page(address, response)


def redirected(client: Client, address: str, **extra: str) -> str:
    """Return the address to which this one leads."""
    response = client.get(address, **extra)
    assert response.status_code == 302, f"{response.status_code} for {address}"
    return response["Location"]


def positions(page: Page) -> dict[str, str]:
    """Return each member's name and position as the open view of the roll-call shows them."""
    section = page.section("positions")
    lights = section.findall(".//ul[@class='board']/li") + section.findall(
        ".//ul[@class='board small']/li"
    )
    tiles = section.findall(".//ul[@class='tiles']/li")
    lines = section.findall(".//table[@class='positions']/tbody/tr")
    found = (
        [(words(light[0]), words(light[1])) for light in lights]
        + [tuple(words(tile).split(" ", 1)[1].rsplit(": ", 1)) for tile in tiles]
        + [(words(line[0]), words(line[2])) for line in lines]
    )
    assert len(found) == len(dict(found)), f"a member stands twice on {page.address}"
    return dict(found)


def query_of(address: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}


def links(element: Element) -> list[str]:
    return [link.get("href", "") for link in element.iter("a")]
