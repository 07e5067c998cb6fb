"""A walk from the start page over every link of the portal.

A class of Django's, because it walks once for all its tests.
"""

import re
from collections import deque
from functools import reduce
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, TestCase

from resolutions.models import Resolution, Session
from tests.reading import Page, words
from votes.models import MemberState, Question, VoteEvent

# One walk, by one process, and on one interpreter.
pytestmark = [pytest.mark.xdist_group("crawl"), pytest.mark.once]
HEADINGS = {f"h{level}": level for level in range(1, 7)}
RESOURCES = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "image": "href",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "track": "src",
    "use": "href",
    "video": "src",
}
# Links of a page's head that browsers do not follow by themselves.
POINTING = ("alternate", "canonical", "service-desc")
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


def is_outside_or_data(script: Element) -> bool:
    """Say whether nothing in the element is run: it names a file, or holds data for machines."""
    return "src" in script.attrib or script.get("type") == "application/ld+json"


def is_internal(address: str) -> bool:
    return not urlsplit(address).scheme and not urlsplit(address).netloc


def internal_links(page: Page) -> set[str]:
    """Return the addresses, with their anchors, to which a page leads within the portal."""
    hrefs = {link.get("href", "") for link in page.root.iter("a")}
    return {urljoin(page.address, href) for href in hrefs if is_internal(href)}


class Walk:
    """Every page that can be reached from home, and what each address answered."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.pages: dict[str, Page] = {}
        self.status: dict[str, int] = {}
        self.leads_to: dict[str, str] = {}
        self.queue = deque(["/"])
        while self.queue:
            self.visit(self.queue.popleft())

    def visit(self, address: str) -> None:
        if address in self.status:
            return
        response = self.client.get(address)
        self.status[address] = response.status_code
        if response.status_code == 302:
            self.leads_to[address] = response["Location"]
            self.queue.append(response["Location"])
        elif response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page = self.pages[address] = Page(address, response)
            self.queue.extend(sorted(urldefrag(link).url for link in internal_links(page)))


class EveryPage(TestCase):
    walk: Walk

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.walk = Walk(Client())

    def wrong(self, judge) -> dict[str, object]:
        """Return what `judge` has against each page, where it has something."""
        found = {address: judge(page) for address, page in self.walk.pages.items()}
        return {address: wrong for address, wrong in found.items() if wrong}

    def paths(self) -> set[str]:
        return {unquote(urlsplit(address).path) for address in self.walk.pages}

    # The links

    def test_every_link_answers(self):
        assert {a: s for a, s in self.walk.status.items() if s not in (200, 302)} == {}
        assert len(self.walk.pages) > 250

    def test_every_anchor_exists_on_its_page(self):
        ids = {
            address: {element.get("id") for element in page.root.iter()}
            for address, page in self.walk.pages.items()
        }

        def missing(page: Page) -> list[str]:
            anchors = [urldefrag(link) for link in internal_links(page)]
            return [
                f"{url}#{name}"
                for url, name in anchors
                if name and name not in ids[self.walk.leads_to.get(url, url)]
            ]

        assert self.wrong(missing) == {}

    def test_every_text_session_state_and_motion_can_be_reached(self):
        motions = VoteEvent.objects.published().exclude(question=Question.WHOLE)
        rows = [*Resolution.objects.published(), *Session.objects.all(), *MemberState.objects.all()]

        assert {unquote(row.get_absolute_url()) for row in (*rows, *motions)} <= self.paths()
        assert {"/", "/about/", "/resolutions/", "/sessions/", "/states/", "/timeline/"} <= (
            self.paths()
        )

    def test_links_to_elsewhere_are_https_and_marked_as_such(self):
        def wrong(page: Page) -> list[str]:
            elsewhere = [a for a in page.root.iter("a") if not is_internal(a.get("href", ""))]
            return [
                a.get("href", "")
                for a in elsewhere
                if urlsplit(a.get("href", "")).scheme != "https" or a.get("rel") != "external"
            ]

        assert self.wrong(wrong) == {}

    def test_every_link_has_a_text(self):
        def silent(page: Page) -> list[str]:
            return [link.get("href", "") for link in page.root.iter("a") if not words(link)]

        assert self.wrong(silent) == {}

    # Resources

    def resources(self, page: Page) -> set[str]:
        return {
            element.attrib[attribute]
            for tag, attribute in RESOURCES.items()
            for element in page.root.iter(tag)
            if attribute in element.attrib and element.get("rel") not in POINTING
        }

    def test_nothing_is_loaded_from_elsewhere(self):
        def foreign(page: Page) -> list[str]:
            return [r for r in self.resources(page) if not re.match(r"/(static|embed|share)/|#", r)]

        assert self.wrong(foreign) == {}

    def test_every_resource_exists(self):
        used = {name for page in self.walk.pages.values() for name in self.resources(page)}

        assert used
        assert [
            name
            for name in used
            if name.startswith("/static/")
            and not finders.find(unquote(name.removeprefix("/static/")))
        ] == []

    def test_no_page_has_style_or_script_within_its_markup(self):
        def inline(page: Page) -> list[str]:
            return [
                f"{element.tag} {element.attrib}"
                for element in page.root.iter()
                if element.tag == "style"
                or (element.tag == "script" and not is_outside_or_data(element))
                or any(name == "style" or name.startswith("on") for name in element.attrib)
            ]

        assert self.wrong(inline) == {}

    def test_every_form_is_a_search_within_the_portal(self):
        def wrong(page: Page) -> list[str]:
            return [
                str(form.attrib)
                for form in page.root.iter("form")
                if form.get("method", "get") != "get" or not is_internal(form.get("action", ""))
            ]

        assert self.wrong(wrong) == {}

    # The head and the headings

    def test_every_page_has_a_language_a_title_and_one_main_heading(self):
        def wrong(page: Page) -> list[str]:
            parts = {
                "language": page.root.get("lang") == "en",
                "title": page.texts("head/title")[0].endswith(" · UNGA Portal"),
                "h1": len(page.all(".//h1")) == 1 and bool(words(page.one(".//h1"))),
                "main": len(page.all(".//main[@id='main']")) == 1,
                "viewport": len(page.all(".//meta[@name='viewport']")) == 1,
            }
            return [name for name, is_there in parts.items() if not is_there]

        assert self.wrong(wrong) == {}

    def test_no_two_pages_have_the_same_title(self):
        titles: dict[str, set[str]] = {}
        for address, page in self.walk.pages.items():
            titles.setdefault(page.texts("head/title")[0], set()).add(urlsplit(address).path)

        assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}

    def test_headings_go_down_one_step_at_a_time(self):
        def gaps(page: Page) -> list[str]:
            levels = [HEADINGS[e.tag] for e in page.root.iter() if e.tag in HEADINGS]
            steps = zip([0, *levels], levels, strict=False)
            return [f"h{a} → h{b}" for a, b in steps if b > a + 1]

        assert self.wrong(gaps) == {}

    # Names of things

    def test_no_id_is_given_twice_and_what_is_referred_to_exists(self):
        def wrong(page: Page) -> list[str]:
            ids = [e.attrib["id"] for e in page.root.iter() if "id" in e.attrib]
            referred = {
                name
                for e in page.root.iter()
                for attribute in REFERRING
                for name in e.get(attribute, "").split()
            }
            return [name for name in ids if ids.count(name) > 1] + sorted(referred - set(ids))

        assert self.wrong(wrong) == {}

    def test_every_field_has_a_label_and_every_table_a_caption_and_heads_with_scope(self):
        def wrong(page: Page) -> list[str]:
            labelled = {label.get("for") for label in page.root.iter("label")}
            fields = [
                field
                for tag in ("input", "select", "textarea")
                for field in page.root.iter(tag)
                if field.get("type") != "hidden"
            ]
            return [
                *(str(f.attrib) for f in fields if f.get("id") not in labelled),
                *("no caption" for t in page.root.iter("table") if t.find("caption") is None),
                *(words(th) for th in page.root.iter("th") if "scope" not in th.attrib),
            ]

        assert self.wrong(wrong) == {}

    def test_rows_of_a_table_have_as_many_cells_as_its_head(self):
        def width(row) -> int:
            return sum(int(cell.get("colspan", "1")) for cell in row)

        def ragged(page: Page) -> list[str]:
            return [
                words(row)
                for table in page.root.iter("table")
                for row in table.findall("tbody/tr")
                if width(row) != width(table.find("thead/tr"))
            ]

        assert self.wrong(ragged) == {}

    def test_dates_are_written_out_and_never_as_numbers(self):
        def numeric(page: Page) -> list[str]:
            if page.address == "/api/":
                return []  # what is told of data shows them as they are
            codes = (words(area) for area in page.root.iter("textarea"))
            prose = reduce(lambda text, code: text.replace(code, ""), codes, page.text)
            prose = re.sub(r"https?://\S+", "", prose)  # the key of a vote has its day
            return re.findall(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b", prose)

        assert self.wrong(numeric) == {}

    # What the answers carry

    def test_no_page_sets_a_cookie_or_depends_on_one(self):
        def wrong(page: Page) -> list[str]:
            varies = page.response.get("Vary", "")
            return [*page.response.cookies] + ([varies] if "cookie" in varies.lower() else [])

        assert self.wrong(wrong) == {}

    def test_every_page_allows_itself_and_nobody_else(self):
        policies = {page.response["Content-Security-Policy"] for page in self.walk.pages.values()}
        [policy] = policies
        directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())

        assert directives["default-src"] == "'none'"
        assert set(directives.values()) <= {"'none'", "'self'"}
        assert {"script-src", "style-src", "form-action", "base-uri", "frame-ancestors"} <= set(
            directives
        )
