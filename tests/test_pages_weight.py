"""How heavy the public pages are, and how many queries they make: bounds that do not grow.

The largest bound on bytes is that of a page with 193 positions: 60 kB as sent to a browser that
takes no compression, 12 kB to all others.
"""

import datetime
import gzip
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import Resolution, TimelineLink
from resolutions.models.text import Scheme
from resolutions.versioning import public_change
from tests import builders, cast, printed
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import read
from votes.doubts import OF_MEMBERS
from votes.ingest import set_position, write_positions
from votes.models import Question
from votes.readers.rollcalls import MarkCode

pytestmark = [pytest.mark.django_db, pytest.mark.once]

VIEWS = ["board", "map", "groups", "table"]
MOST_BYTES, MOST_BYTES_GZIPPED = 60_000, 12_000

# What each page may ask of the database when the names and groups of the members are known.
QUERIES = {
    "/": 7,
    "/about/": 6,
    "/data/": 1,
    "/health/": 2,
    "/resolutions/": 4,
    "/resolutions/?q=ukraine&status=adopted&year=2022&method=recorded&sort=margin": 5,
    "/resolutions/?q=ukraine+territorial": 7,
    "/votes/": 4,
    "/votes/?state=IND&position=abstain&state=BRA&position=yes&question=whole": 4,
    "/resolutions/A/RES/ES-11/1/": 8,
    "/resolutions/A/RES/ES-11/4/": 8,
    "/resolutions/A/RES/ES-11/4/?view=map": 8,
    "/resolutions/A/RES/ES-11/4/?view=groups&position=A": 8,
    "/resolutions/A/RES/ES-11/4/?view=table": 8,
    "/resolutions/S/2022/720/": 8,
    "/resolutions/es-11/4/": 2,
    "/resolutions/A/RES/ES-11/4/changes/": 7,
    "/sessions/": 2,
    "/sessions/ES-11/": 6,
    "/data/ledger/": 2,
    "/data/imports/": 2,
    "/subjects/ukraine/": 4,
    "/states/": 2,
    "/states/?name=turkey": 2,
    "/states/FRA/": 8,
    "/states/YUG/": 6,
    "/timeline/": 6,
    "/timeline/?text=ES-11/4": 7,
    "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/": 6,
    "/votes/2022-10-12-A-ES-11-L.5/": 3,
    "/votes/2022-10-12-A-ES-11-L.5/changes/": 5,
}


def queries(client, address: str) -> int:
    client.get(address)  # names and groups are read once for all requests
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_a_page_with_193_positions_is_light_in_every_view(client, symbol, view):
    content = read(client, f"/resolutions/{symbol}/?view={view}").response.content
    gzipped = len(gzip.compress(content, 6))

    assert len(content) <= MOST_BYTES
    assert gzipped <= MOST_BYTES_GZIPPED


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_stays_light_however_much_was_changed_on_it(client, view):
    text = Resolution.objects.get(symbols__symbol="A/RES/ES-11/4")
    for number in range(20):
        said, before, after = (words_without_end(3 * number + which) for which in range(3))
        for subject in (text.subject_key, text.events.get(question="whole").subject_key):
            builders.history_entry(
                subject=subject, reason=said, values=[
                    {"field": name, "from": before, "to": after}
                    for name in ("note", "question_text", "meeting", "rule_basis")
                ],
            )  # fmt: skip
    page = read(client, f"/resolutions/A/RES/ES-11/4/?view={view}")

    assert page.has_section("changes")
    assert len(page.response.content) <= MOST_BYTES
    assert len(gzip.compress(page.response.content, 6)) <= MOST_BYTES_GZIPPED


def words_without_end(seed: int) -> str:
    """Return a long text of few repetitions."""
    draw = random.Random(seed)
    words = "delegation record printed verbatim meeting reader letter corrected addendum said"
    return " ".join(draw.choice(words.split()) for _ in range(400))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_stays_light_whatever_does_not_add_up_on_it(client, view):
    """Discrepancies of every fourth member, the most of one that is matched, and every mark."""
    text = Resolution.objects.get(symbols__symbol="A/RES/ES-11/1")
    event, source, run = text.events.get(question="whole"), builders.source(), builders.import_run()
    for number, vote in enumerate(event.votes.select_related("member")[::4]):
        others = [position for position in "YNAX" if position != vote.position]
        said = {"ours": vote.position, "theirs": others[number % len(others)]}
        builders.discrepancy(event=event, member=vote.member, source=source, **said)
    members = ", ".join(event.votes.values_list("member__code", flat=True)[:12])
    for code in (*OF_MEMBERS, *MarkCode):
        named = members if code in OF_MEMBERS else "nobody"
        sentence = f"A position, but no seat on 12 October 2022: {named} and 9 more."
        builders.import_mark(event=event, run=run, code=code, sentence=sentence)
    page = read(client, f"/resolutions/A/RES/ES-11/1/?view={view}")

    assert page.has_section("disagreements")
    assert page.has_section("doubts")
    assert len(page.response.content) <= MOST_BYTES
    assert len(gzip.compress(page.response.content, 6)) <= MOST_BYTES_GZIPPED
    assert queries(client, page.address) <= 8


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_needs_few_style_sheets_and_no_script(client, view):
    page = read(client, f"/resolutions/A/RES/ES-11/1/?view={view}")

    assert 1 <= len(page.all(".//link[@rel='stylesheet']")) <= 3
    assert page.all(".//style") == []
    assert [element for element in page.root.iter() if "style" in element.attrib] == []
    kinds = {script.get("type") for script in page.all(".//script")}
    assert kinds <= {"module", "application/ld+json"}


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", QUERIES)
def test_a_page_asks_the_database_no_more_than_it_may(client, address):
    assert queries(client, address) <= QUERIES[address]


# Two sizes of the same page


@public_change()
def more_members(first: int, last: int) -> dict[str, str]:
    """Save members with codes of digits, and return a position for each."""
    chosen = {f"{number:03}": "YNAX"[number % 4] for number in range(first, last)}
    for code in chosen:
        builders.member(code, f"Isle {code}")
    return chosen


@public_change()
def more_texts(first: int, last: int, day: datetime.date = cast.DAY) -> None:
    for number in range(first, last):
        row = cast.text(f"A/77/L.{number}", title=f"On {number} bees")
        cast.event(row, date=day)
        builders.symbol(text=row, symbol=f"A/RES/77/{number}", role="adopted")


@pytest.fixture
def measured(client, empty_portal):  # noqa: F811  # the fixture itself
    """Return a function that counts the queries of a page before and after something grows."""

    def compare(address: str, grow) -> tuple[int, int]:
        before = queries(client, address)
        with public_change():
            grow()
        return before, queries(client, address)

    return compare


@pytest.mark.parametrize("view", VIEWS)
def test_the_queries_of_a_vote_do_not_grow_with_its_positions(measured, view):
    row = cast.event(cast.text("A/77/L.1"), positions=more_members(0, 3), announced_yes=None,
                     announced_no=None, announced_abstain=None)  # fmt: skip
    set_position(row, "000", "N", reason="Misread", origin="import")

    def grow() -> None:
        everybody = more_members(3, 193) | {"000": "Y", "001": "N", "002": "A"}
        write_positions(row, everybody, reason="More", origin="import")

    before, after = measured(f"/resolutions/A/77/L.1/?view={view}", grow)

    assert after == before


def test_the_queries_of_a_text_do_not_grow_with_its_story(measured):
    members = list(cast.states().values())
    matter = builders.subject(scheme=Scheme.PORTAL)
    text = cast.text("A/77/L.1")
    text.subjects.add(matter)
    main = cast.event(text, positions=cast.HABITS)

    def tell(first: int, last: int) -> None:
        for number in range(first, last):
            happening = cast.timeline_event()
            TimelineLink.objects.create(event=happening, text=text)
            cast.cite(happening.subject_key)
            cast.cite(text.subject_key, fact="title")
            cast.event(text, question=Question.PARAGRAPH, question_text=f"Paragraph {number}")
            other = cast.text()
            other.subjects.add(matter)
            cast.event(other)
            builders.intention(event=main, member=members[number])
            builders.discrepancy(event=main, member=members[number])
            builders.member_concerned(event=main, member=members[number])
            builders.sponsorship(text=text, member=members[number])
            builders.import_mark(event=main)
            text.subjects.add(builders.subject(scheme=Scheme.UN_LIBRARY))

    tell(0, 1)
    before, after = measured("/resolutions/A/77/L.1/", lambda: tell(1, 6))

    assert after == before <= 8


def test_a_vote_asks_for_no_citations_where_only_its_data_set_has_any(measured):
    cast.states()
    vote = cast.event(cast.text("A/77/L.1"), positions=cast.HABITS, data_set=builders.source())
    address = "/resolutions/A/77/L.1/"

    before, after = measured(address, lambda: cast.cite(vote.shared_subject, fact="totals"))
    assert after == before

    before, after = measured(address, lambda: cast.cite(vote.subject_key, fact="totals"))
    assert after == before + 1


@pytest.mark.parametrize("address", ["", "changes/"])
def test_the_queries_of_a_text_do_not_grow_with_its_changes(measured, address):
    cast.states()
    text = cast.text("A/77/L.1")
    vote = cast.event(text, positions=cast.HABITS, **cast.totals(None, None, None))
    part = cast.event(text, question=Question.PARAGRAPH, question_text="Paragraph 3")
    happening = cast.timeline_event()
    TimelineLink.objects.create(event=happening, text=text)

    def change(position: str) -> None:
        set_position(vote, cast.ALDORA, position, reason="Misread", origin="import")
        for row in (text, part, happening):
            builders.history_entry(subject=row.subject_key, made_by=builders.person())

    change("N")

    def grow() -> None:
        for number in range(9):
            change("YNA"[number % 3])

    before, after = measured(f"/resolutions/A/77/L.1/{address}", grow)

    assert after == before


@pytest.mark.parametrize(
    "address", ["/", "/resolutions/", "/sessions/77/", "/sessions/", "/data/ledger/"]
)
def test_the_queries_of_a_list_do_not_grow_with_its_texts(measured, address):
    more_texts(1, 3)

    before, after = measured(address, lambda: more_texts(3, 40))

    assert after == before


def test_the_queries_of_the_timeline_do_not_grow_with_its_events(measured):
    def tell(times: int) -> None:
        for _ in range(times):
            happening = cast.timeline_event(kind="vote")
            TimelineLink.objects.create(event=happening, text=cast.text())
            cast.cite(happening.subject_key)

    tell(2)
    before, after = measured("/timeline/", lambda: tell(20))

    assert after == before


def test_the_queries_of_the_states_do_not_grow_with_members_or_votes(measured):
    cast.states()
    cast.event(cast.text(), positions=cast.HABITS)

    def grow() -> None:
        for year in range(1990, 2010):
            cast.event(cast.text(), positions=cast.HABITS, date=datetime.date(year, 5, 1))
        more_members(0, 150)

    before, after = measured("/states/", grow)

    assert after == before


def test_the_queries_of_a_state_do_not_grow_with_its_positions(measured):
    cast.states()
    cast.event(cast.text(), positions=cast.HABITS)

    def grow() -> None:
        for year in range(1990, 2010):
            cast.event(cast.text(), positions=cast.HABITS, date=datetime.date(year, 5, 1))

    before, after = measured("/states/QAA/", grow)

    assert after == before


def test_the_queries_of_home_do_not_grow_with_the_votes_to_come(measured):
    def foresee(times: int) -> None:
        for _ in range(times):
            happening = cast.timeline_event(kind="vote", standing="expected", as_of=cast.DAY)
            TimelineLink.objects.create(event=happening, text=cast.text())

    foresee(1)
    before, after = measured("/", lambda: foresee(8))

    assert after == before
