"""The portal with all of the real history in it: exact, found, counted, and every page answers.

A class of Django's, because it imports once for all its tests. The file is read a second time here,
by the csv module and nothing of ours.
"""

import csv
import gzip
import io
import os
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from resolutions.models import DocumentSymbol, ImportRun, Session
from tests.builders import check_votes
from tests.finding import finding
from tests.importing import run
from tests.reading import Page, read, words
from unga_portal.management.commands.load_demo import FIXTURES
from votes.models import ImportMark, MemberState, Vote, VoteEvent
from votes.search.facets import FACETS_OF_TEXTS, FACETS_OF_VOTES
from votes.search.finding import Finding

pytestmark = [
    pytest.mark.long,
    pytest.mark.reference,
    pytest.mark.xdist_group("whole history"),
    pytest.mark.usefixtures("reference_data"),
]

LETTERS = {"1": "Y", "2": "A", "3": "N", "8": "X"}
# Numbers of the Correlates of War that are not the present number of their member.
CCODES = {"678": "YEM", "260": "DEU", "713": "CHN"}
VIEWS = ("board", "map", "groups", "table")
ONE_VALUE = ("session", "decade", "year", "status", "method", "question", "outcome", "rule", "held")
MOST_BYTES, MOST_QUERIES = 60_000, 8
COMBINATIONS = 150
FIRST_OF_SPECIAL_SESSIONS = 9000  # in whose rows the column session has the regular one
PARTS = {"paragraph", "amendment", "other"}
HABITS = (("IND", "abstain", "A"), ("USA", "no", "N"), ("YUG", "yes", "Y"))
STATES = ("", "state=USA&position=no", "state=IND&position=abstain&state=BRA&position=yes")
SEARCHES = ("", "", "q=nuclear+weapons", "q=apartheid", "against_below=5", "within=20")


class Roll(NamedTuple):
    """One vote as the file has it."""

    row: dict[str, str]
    positions: dict[str, str]

    @property
    def words(self) -> str:
        """What the portal says of it: a title of the UN Library, its description, its few words."""
        short, described = self.row["short"], self.row["descr"]
        told = (short if " : resolution" in short else "", described, short, self.row["unres"])
        return next((text for text in told if text not in ("", "NA")), "")[:399]


def the_file() -> Path:
    (path,) = (Path(os.environ["REFERENCE_DATA"]).resolve() / "history").glob("voeten*.csv.gz")
    return path


def number_in(cell: Any) -> int:
    return int(words(cell).replace(",", ""))


def code_of(row: dict[str, str], present: dict[str, str]) -> str | None:
    if row["ccode"] == "345":
        return "SRB" if row["date"] >= "2000-11-01" else "YUG"
    if row["ccode"] == "710" and row["date"] < "1971-10-26":
        return None
    return CCODES.get(row["ccode"]) or present[row["ccode"]]


def rolls_in(path: Path) -> dict[int, Roll]:
    present = {str(cow): code for code, cow in MemberState.objects.values_list("code", "cow")}
    found: dict[int, Roll] = {}
    with gzip.open(path) as file:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
            roll = found.setdefault(int(row["rcid"]), Roll(row, {}))
            code = code_of(row, present) if row["vote"] != "9" else None
            if code:
                roll.positions[code] = LETTERS[row["vote"]]
    return found


class WholeHistory(TestCase):
    rolls: dict[int, Roll]

    @pytest.fixture(autouse=True)
    def _noting(self, reached: Any) -> None:
        self.reached = reached

    @classmethod
    def setUpTestData(cls) -> None:
        if not MemberState.objects.exists():  # a test before this one emptied the database
            call_command("loaddata", *FIXTURES, verbosity=0)
        run("import_voeten", the_file(), edition="edition of 2021")
        cls.rolls = rolls_in(the_file())

    # Exact

    def test_every_position_is_the_files(self) -> None:
        held: dict[int, dict[str, str]] = defaultdict(dict)
        rows = Vote.objects.filter(event__rcid__isnull=False).order_by()
        columns = ("event__rcid", "member__code", "position")
        for number, code, letter in rows.values_list(*columns).iterator():
            held[number or 0][code] = letter

        assert held == {number: roll.positions for number, roll in self.rolls.items()}
        count = sum(map(len, held.values()))
        self.reached(count, f"positions equal to the real file's on {connection.vendor}")

    def test_indonesia_is_taken_for_absent_while_it_stayed_away(self) -> None:
        away = Vote.objects.filter(event__date__range=("1965-02-01", "1966-09-27"))
        letters = away.filter(member__code="IDN").values_list("position", flat=True)
        assert len(letters) > 40
        assert set(letters) == {"X"}

    def test_every_total_date_and_session_is_the_files(self) -> None:
        events = VoteEvent.objects.filter(rcid__isnull=False, origin="import")
        for event in events.select_related("text__session", "session"):
            row = self.rolls[event.rcid or 0].row
            printed = [row["yes"], row["no"], row["abstain"]]
            expected = ["None"] * 3 if "NA" in printed else printed
            totals = (event.announced_yes, event.announced_no, event.announced_abstain)
            assert list(map(str, totals)) == expected
            assert str(event.date) == row["date"]
            assert event.of_session is not None
            if (event.rcid or 0) < FIRST_OF_SPECIAL_SESSIONS and "S" not in row["unres"][:5]:
                assert event.of_session.code == row["session"]
        assert len(events) + 1 == len(self.rolls) == 6299, "one is among the fixtures"

    def test_nothing_contradicts_itself_but_what_is_marked(self) -> None:
        assert [line for line in check_votes() if line.startswith("error")] == []
        marks = Counter(ImportMark.objects.values_list("code", flat=True))
        assert marks["totals missing"] == 147
        assert marks["totals differ"] == 378
        assert marks["not seated"] == 965

    def test_votes_that_name_one_text_are_listed_and_none_is_on_the_whole_of_it(self) -> None:
        whole = VoteEvent.objects.filter(question="whole", text__isnull=False).values("text")
        assert not whole.annotate(votes=Count("pk")).filter(votes__gt=1).exists()
        [imported] = ImportRun.objects.filter(importer="import_voeten")
        listed = [row["record"] for row in imported.notices if row["kind"] == "ambiguous"]
        assert len(listed) == 30
        assert {"4668", "5783"} <= set(listed), "the embargo against Cuba, and a motion about it"

    # Found

    def found(self, typed: str) -> set[int]:
        found = finding(q=typed, votes=True)
        events = [found.catalogue.rows[place].event for place in found.places]
        rows = VoteEvent.objects.filter(pk__in=events, rcid__isnull=False)
        return set(rows.values_list("rcid", flat=True))

    def told(self, pattern: str) -> set[int]:
        wanted = re.compile(pattern, re.IGNORECASE)
        return {number for number, roll in self.rolls.items() if wanted.search(roll.words)}

    def test_apartheid_is_found_in_every_vote_that_speaks_of_it(self) -> None:
        expected = self.told(r"\bapartheids?\b")
        found = self.found("apartheid")
        assert len(expected) > 100
        # A vote on a part is found by the words of its text as well.
        on_parts = VoteEvent.objects.filter(rcid__in=found - expected)
        assert expected <= found
        assert set(on_parts.values_list("question", flat=True)) <= {
            "paragraph",
            "amendment",
            "other",
        }
        assert len(finding(q="apartheid").places) > 30, "texts, for the search box"

    def test_the_embargo_against_cuba_is_found_year_by_year(self) -> None:
        expected = self.told(r"\bembargo(e?s)?\b") & self.told(r"\bcubas?\b")
        assert expected <= self.found("embargo Cuba")
        texts = finding(q="embargo Cuba")
        sessions = {texts.catalogue.rows[place].session for place in texts.places}
        assert {self.rolls[number].row["session"] for number in expected} <= sessions
        assert len(sessions) >= 27

    def test_a_symbol_leads_to_its_text_and_comes_first_in_a_list(self) -> None:
        held = list(
            DocumentSymbol.objects.filter(role="adopted")
            .order_by("pk")
            .values_list("symbol", "text_id")
        )
        for symbol, text in random.Random(4).sample(held, 60):
            answer = self.client.get("/resolutions/", {"q": symbol.lower()})
            assert answer.status_code == 302, symbol
            assert answer["Location"] == f"/resolutions/{quote(symbol, safe='/()')}/"
            found = finding(q=symbol, votes=True)
            assert found.catalogue.rows[found.places[0]].text == text, symbol
        self.reached(60, "symbols of the real history typed")

    def test_a_symbol_that_the_data_set_names_and_nobody_can_believe_is_found_too(self) -> None:
        named = {number for number, roll in self.rolls.items() if roll.row["unres"] == "R/30/3379"}
        assert named
        assert self.found("A/RES/3379(XXX)") == named
        page = read(self.client, "/resolutions/?q=A/RES/3379(XXX)")
        assert "single vote" in page.text

    # Counted

    def test_the_facets_add_up(self) -> None:
        rng = random.Random(11)
        checked = 0
        for number in range(COMBINATIONS):
            votes = bool(number % 2)
            names = FACETS_OF_VOTES if votes else FACETS_OF_TEXTS
            found = self.narrowed(rng, names, votes)
            for facet in found.facets(names):
                rest = finding(found.query(**{facet.name: ""}), votes=votes)
                self.assert_it_adds_up(facet, rest, votes)
                for option in rng.sample(facet.options, min(2, len(facet.options))):
                    chosen = finding(found.query(**{facet.name: option.value}), votes=votes)
                    assert len(chosen.places) == option.count, (found.query(), facet.name, option)
                    checked += 1
        self.reached(checked, f"counts of facets, in {COMBINATIONS} combinations of filters")

    def narrowed(self, rng: random.Random, names: tuple[str, ...], votes: bool) -> Finding:
        """Set up to three filters, each to a value that something is left of."""
        states = ["", "state=USA&position=no", "state=IND&position=abstain&state=BRA&position=yes"]
        words = ["", "", "q=nuclear+weapons", "q=apartheid", "against_below=5", "within=20"]
        found = finding(
            "&".join(filter(None, (rng.choice(states), rng.choice(words)))), votes=votes
        )
        for _ in range(rng.randrange(4)):
            facets = [facet for facet in found.facets(names) if facet.options]
            if facets:
                facet = rng.choice(facets)
                option = rng.choice(facet.options)
                found = finding(found.query(**{facet.name: option.value}), votes=votes)
        return found

    def assert_it_adds_up(self, facet: Any, rest: Finding, votes: bool) -> None:
        if facet.name not in ONE_VALUE:
            return
        rows = [rest.catalogue.rows[place] for place in rest.places]
        without = {
            "session": lambda row: not row.session,
            "decade": lambda row: row.date is None,
            "year": lambda row: row.date is None,
        }.get(facet.name, lambda row: not getattr(row, facet.name, True))
        counted = sum(option.count for option in facet.options)
        assert counted + sum(map(without, rows)) == len(rows), (facet.name, rest.query())

    def test_the_counts_are_those_of_the_database(self) -> None:
        published = VoteEvent.objects.published()
        for name in ("method", "question", "outcome", "rule"):
            rows = published.order_by().values(name).annotate(votes=Count("pk"))
            expected = {row[name]: row["votes"] for row in rows}
            facet = next(
                one for one in finding(votes=True).facets(FACETS_OF_VOTES) if one.name == name
            )
            assert {option.value: option.count for option in facet.options} == expected
        years = Counter(str(date.year) for date in published.values_list("date", flat=True))
        facet = next(
            one for one in finding(votes=True).facets(FACETS_OF_VOTES) if one.name == "year"
        )
        assert {option.value: option.count for option in facet.options} == years

    def test_how_a_state_voted_is_what_the_file_says(self) -> None:
        for code, name, letter in (
            ("IND", "abstain", "A"),
            ("USA", "no", "N"),
            ("YUG", "yes", "Y"),
        ):
            expected = {
                number for number, roll in self.rolls.items() if roll.positions.get(code) == letter
            }
            found = finding(f"state={code}&position={name}", votes=True)
            events = [found.catalogue.rows[place].event for place in found.places]
            held = VoteEvent.objects.filter(pk__in=events, rcid__isnull=False)
            assert set(held.values_list("rcid", flat=True)) == expected

    # Shown

    def test_every_page_of_a_state_and_of_a_session_answers(self) -> None:
        codes = list(MemberState.objects.values_list("code", flat=True))
        for code in codes:
            self.page(f"/states/{code}/")
        sessions = list(Session.objects.values_list("code", flat=True))
        for session in sessions:
            self.page(f"/sessions/{session}/")
        assert {str(number) for number in range(1, 76)} <= set(sessions)
        self.reached(len(codes) + len(sessions), "pages of states and sessions at full history")

    def test_the_lists_the_ledger_and_the_import_answer(self) -> None:
        [imported] = ImportRun.objects.filter(importer="import_voeten")
        for address in (
            "/", "/resolutions/", "/votes/", "/votes/?marked=any", "/votes/?held=totals",
            "/votes/?session=19", "/sessions/", "/states/", "/timeline/", "/about/",
            "/data/ledger/", f"/data/imports/{imported.pk}/",
            f"/data/imports/{imported.pk}/?list=ambiguous", "/resolutions/?sort=margin",
            "/states/IND/?position=abstain&session=70", "/votes/?q=apartheid&sort=-against",
        ):  # fmt: skip
            self.page(address)

    def test_pages_of_votes_answer_light_and_with_few_queries(self) -> None:
        rng = random.Random(5)
        events = rng.sample(list(VoteEvent.objects.filter(rcid__isnull=False)), 120)
        marked = VoteEvent.objects.filter(marks__code="text of another").select_related("text")
        events += rng.sample(list(VoteEvent.objects.filter(marks__isnull=False).distinct()), 40)
        self.page("/resolutions/A/RES/ES-11/1/")  # names and groups are read once for all
        for event in (*events, *marked):
            address = event.get_absolute_url()
            with CaptureQueriesContext(connection) as asked:
                page = self.page(f"{address}?view={rng.choice(VIEWS)}")
            assert len(asked) <= MOST_QUERIES, address
            assert len(page.response.content) <= MOST_BYTES, address
            assert page.has_section("doubts") == event.marks.exists(), address
        self.reached(len(events) + len(marked), "pages of votes at full history")

    def test_the_ledger_counts_what_the_file_has(self) -> None:
        page = self.page("/data/ledger/")
        assert len(page.response.content) <= MOST_BYTES
        rows = {words(row[0]): row for row in page.all(".//table[@class='ledger']/tbody/tr")}
        for number in (1, 10, 19, 39):
            [ordinal] = [name for name in rows if re.fullmatch(rf"{number}\w\w session", name)]
            expected = sum(roll.row["session"] == str(number) for roll in self.rolls.values())
            assert abs(number_in(rows[ordinal][7]) - expected) <= 45, ordinal
        total = page.one(".//table[@class='ledger']/tfoot/tr")
        assert number_in(total[7]) == VoteEvent.objects.published().count()
        assert number_in(total[9]) == ImportMark.objects.values("event").distinct().count()

    def page(self, address: str) -> Page:
        client: Client = self.client
        return read(client, address)
