"""What crawlers are told: every page with its last change, and what they need not read."""

import datetime
import fnmatch
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from resolutions.models import Action, DataVersion, Origin, State
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from tests.portal import PAGES
from unga_portal import sitemap
from votes.ingest import set_position
from votes.models import Question, Revision

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOME = "http://testserver"
# The schema of the protocol (sitemaps.org/schemas/sitemap/0.9/sitemap.xsd), as far as it is used.
ORDER = ["loc", "lastmod", "changefreq", "priority"]


def places(client, address: str) -> dict[str, datetime.datetime | None]:
    """Return the addresses of one file with their last changes; it keeps the protocol's rules."""
    response = client.get(address)
    root = ElementTree.fromstring(response.content)
    each = {"urlset": "url", "sitemapindex": "sitemap"}[root.tag.removeprefix(NAMESPACE)]
    found: dict[str, datetime.datetime | None] = {}
    for element in root:
        parts = {child.tag.removeprefix(NAMESPACE): child.text or "" for child in element}
        assert element.tag == NAMESPACE + each
        assert list(parts) == [name for name in ORDER if name in parts]
        assert len(parts["loc"]) < 2048
        assert parts["loc"] not in found
        changed = parts.get("lastmod")
        found[parts["loc"]] = datetime.datetime.fromisoformat(changed) if changed else None
    assert response["Content-Type"].startswith("application/xml")
    assert 0 < len(found) <= 50_000
    assert len(response.content) <= 50 * 1024 * 1024
    return found


def everything(client) -> dict[str, datetime.datetime | None]:
    found: dict[str, datetime.datetime | None] = {}
    for part in places(client, "/sitemap.xml"):
        found |= places(client, part.removeprefix(HOME))
    return found


def path_of(address: str) -> str:
    return address.removeprefix(HOME)


@pytest.mark.usefixtures("record")
def test_the_sitemap_names_every_page_and_each_answers(client):
    found = everything(client)

    assert {client.get(path_of(address)).status_code for address in found} == {200}
    for name in ("home", "list", "votes", "board", "motion", "sessions", "session", "subject",
                 "states", "state", "former state", "timeline", "about"):  # fmt: skip
        assert HOME + PAGES[name] in found


@pytest.mark.usefixtures("record")
def test_a_new_page_of_its_own_is_not_forgotten(client):
    """Whoever adds a page adds it to the sitemap: every address without a parameter is there."""
    fixed = {
        f"/{pattern.pattern}"
        for pattern in all_patterns(get_resolver().url_patterns)
        if "<" not in str(pattern.pattern) and str(pattern.pattern).endswith(("/", ""))
    }
    pages = {path for path in fixed if is_page(client, path)}

    assert pages - {path_of(address) for address in everything(client)} == set()


def all_patterns(patterns) -> list[URLPattern]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.append(pattern)
        elif not str(pattern.pattern):
            found += all_patterns(pattern.url_patterns)
    return found


def is_page(client, path: str) -> bool:
    response = client.get(path)
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


@pytest.fixture
def bees(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()
    return cast.text("A/77/L.9000")


BEES = f"{HOME}/resolutions/A/77/L.9000/"


def test_what_is_not_published_is_in_no_sitemap(client, bees):
    vote = cast.event(bees, question=Question.PARAGRAPH, question_text="Paragraph 3")
    assert BEES in everything(client)
    assert f"{HOME}/votes/{vote.key}/" in everything(client)

    bees.state = State.WITHDRAWN
    bees.save()

    assert not {BEES, f"{HOME}/votes/{vote.key}/"} & everything(client).keys()


def test_nothing_is_said_of_a_change_that_nobody_knows_of(client, bees):
    cast.event(bees)

    assert everything(client)[BEES] is None


def test_a_text_was_last_changed_when_its_vote_was(client, bees):
    vote = cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    written = Revision.objects.get(event=vote).made_at
    assert everything(client)[BEES] == written.replace(microsecond=0)

    set_position(vote, cast.ALDORA, "N", reason="Misread", origin=Origin.IMPORT)
    corrected = Revision.objects.latest("number").made_at

    assert corrected > written
    assert everything(client)[BEES] >= corrected.replace(microsecond=0)


def test_a_text_was_last_changed_when_its_story_was(client, bees):
    happening = cast.timeline_event()
    happening.texts.add(bees)
    told = builders.history_entry(subject=happening.subject_key, action=Action.CHANGED)

    assert everything(client)[BEES] == told.made_at.replace(microsecond=0)


def test_work_on_a_draft_is_no_change_of_its_page(client, bees):
    builders.history_entry(subject=bees.subject_key, was_public=False)

    assert everything(client)[BEES] is None


def test_a_member_a_session_and_a_subject_change_with_their_votes(client, bees):
    bees.subjects.add(builders.subject(key="bees"))
    vote = cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    written = Revision.objects.get(event=vote).made_at.replace(microsecond=0)
    found = everything(client)

    assert found[f"{HOME}/states/{cast.ALDORA}/"] == written
    assert found[f"{HOME}/states/{cast.FARLAND}/"] is None
    assert found[f"{HOME}/sessions/77/"] == written
    assert found[f"{HOME}/subjects/bees/"] == written


def test_lists_change_with_the_data_and_the_about_page_does_not(client, bees):
    changed = DataVersion.objects.get().changed.replace(microsecond=0)
    found = places(client, "/sitemap-pages-1.xml")

    assert found[f"{HOME}/votes/"] == changed
    assert found[f"{HOME}/about/"] is None
    assert set(places(client, "/sitemap.xml").values()) == {changed}


def test_a_large_part_takes_several_files(client, bees, monkeypatch):
    for _ in range(4):
        cast.text()
    monkeypatch.setattr(sitemap, "IN_ONE_PART", 2)
    parts = [path for path in places(client, "/sitemap.xml") if "-texts-" in path]

    assert parts == [f"{HOME}/sitemap-texts-{number}.xml" for number in (1, 2, 3)]
    assert len(everything(client)) == len(set(everything(client)))
    assert sum(len(places(client, path_of(part))) for part in parts) == 5


@pytest.mark.parametrize(
    "address", ["/sitemap-texts-0.xml", "/sitemap-texts-9.xml", "/sitemap-bees-1.xml"]
)
def test_a_part_that_is_none_is_a_404(client, bees, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", sitemap.PARTS)
def test_the_queries_of_a_part_do_not_grow_with_what_it_lists(client, bees, name):
    bees.subjects.add(builders.subject())
    cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    cast.event(bees, question=Question.PARAGRAPH, question_text="Paragraph 1")

    def queries() -> int:
        client.get("/sitemap.xml")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/sitemap-{name}-1.xml").status_code == 200
        return len(captured)

    before = queries()
    with public_change():
        for number in range(9):
            text = cast.text()
            text.subjects.add(builders.subject())
            vote = cast.event(text, positions=HABITS, **cast.totals(None, None, None))
            cast.event(text, question=Question.PARAGRAPH, question_text=f"Paragraph {number}")
            builders.history_entry(subject=vote.subject_key)

    assert queries() == before <= 8


# robots.txt


def test_robots_are_let_in_and_shown_the_sitemap(client):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()

    assert response["Content-Type"].startswith("text/plain")
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {HOME}/sitemap.xml"
    assert "Disallow: /" not in lines


def may_be_read(address: str) -> bool:
    """Read the patterns as RFC 9309 does: from the start, `*` for anything."""
    return not any(fnmatch.fnmatchcase(address, literal(pattern)) for pattern in sitemap.DISALLOWED)


def literal(pattern: str) -> str:
    return pattern.replace("?", "[?]") + "*"


@pytest.mark.usefixtures("record")
def test_robots_may_read_all_that_the_sitemap_names(client):
    assert [path for path in map(path_of, everything(client)) if not may_be_read(path)] == []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/resolutions/?year=2022&method=recorded", "/votes/?q=bees", "/votes.bib",
        "/resolutions/A/RES/ES-11/1/?view=map", "/resolutions/A/RES/ES-11/1.csl.json",
        "/votes/?state=IND&position=abstain", "/states/FRA/?position=yes",
        "/resolutions/?sort=margin",
    ],
)  # fmt: skip
def test_robots_are_kept_from_what_has_no_end(address):
    assert not may_be_read(address)


@pytest.mark.parametrize(
    "address",
    ["/", "/resolutions/?subject=ukraine", "/resolutions/?after=bees", "/votes.csv", "/votes.atom",
     "/share/votes/bees.png", "/sessions/77/?page=2"],
)  # fmt: skip
def test_robots_may_read_single_lists_data_and_pictures(address):
    assert may_be_read(address)
