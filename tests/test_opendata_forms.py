"""One address, three forms: the page, its CSV and its JSON say the same for the same filters."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import DataVersion, Fact
from resolutions.models.text import Scheme
from resolutions.versioning import public_change
from resolutions.wording import long_date
from tests import builders, cast
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    ESTMERE,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.reading import Page, positions, read, words
from tests.takenaway import (
    WITH_DATA,
    answered,
    as_cells,
    in_form,
    rows_of,
    table,
    taken,
    whole,
    whole_of_json,
)
from votes.models import MemberState, Method, Question, Venue, VoteEvent
from votes.opendata.accepting import Form
from votes.opendata.asked import MOST
from votes.opendata.building.cards import vote_rows
from votes.search.filters import POSITIONS

record = pytest.mark.usefixtures("record")
pytestmark = pytest.mark.django_db

RESOLUTION = "/resolutions/A/RES/ES-11/1/"
ELSEWHERE = f" {Venue.COUNCIL.label}"
# For each filter of a list a value that leaves something and takes something away.
LIST_FILTERS = [
    "q=territorial",
    "q=territorial&sort=relevance",
    "sort=date",
    "sort=-date",
    "sort=margin",
    "sort=-margin",
    "sort=-against",
    "sort=-abstentions",
    "session=es-11",
    "decade=2020",
    "year=2022",
    "subject=ukraine",
    "status=adopted",
    "method=recorded",
    "question=whole",
    "outcome=adopted",
    "rule=two+thirds",
    "margin=contested",
    "within=40",
    "against_below=6",
    "split=AFRICA",
    "state=IND&position=abstain",
    "state=IND&position=abstain&state=BRA&position=yes",
    "state=IND&position=&state=BRA&position=yes",
]
STATE_FILTERS = [*LIST_FILTERS, "position=yes", "position=abstain&state=IND&position=abstain"]
POSITION_FILTERS = ["", "position=A", "position=abstain", "group=AFRICA", "name=land", "view=map"]
FILTERED = [
    *(f"/resolutions/?{query}" for query in LIST_FILTERS),
    *(f"/votes/?{query}" for query in LIST_FILTERS),
    *(f"/states/FRA/?{query}" for query in STATE_FILTERS),
    *(f"{RESOLUTION}?{query}" for query in POSITION_FILTERS),
    *("/states/?group=AFRICA", "/states/?name=land", "/states/?name=land&group=AFRICA"),
    *("/timeline/?year=2022", "/timeline/?standing=planned", "/timeline/?text=ES-11/4"),
]


def shown(page: Page) -> list[list[str]]:
    """Return date, name and totals of each line of the table of texts or votes of a page."""
    return [
        [line[0], line[1].removesuffix(ELSEWHERE), *(line[3:6] if len(line) > 6 else [])]
        for line in page.rows("texts")
    ]


def as_shown(row: dict[str, str]) -> list[str]:
    """Return what a page shows of a row of texts or votes: date, text, totals if there are any."""
    date = row["date"] and long_date(datetime.date.fromisoformat(row["date"]))
    totals = [row["yes"], row["no"], row["abstain"]]
    return [date or "not decided", named(row), *(totals if row["yes"] else [])]


def named(row: dict[str, str]) -> str:
    text = f"{row['symbol']} {row['title']}".strip()
    question = asked(row)
    return f"{text} – {question}" if text and question else text or question


def asked(row: dict[str, str]) -> str:
    kind = row.get("question", "whole")
    if kind in ("whole", "motion", "other"):
        return row.get("question_text", "")
    return ": ".join(filter(None, (str(Question(kind).label), row["question_text"])))


# The same content


@record
@pytest.mark.parametrize("address", [*WITH_DATA.values(), *FILTERED])
def test_csv_and_json_hold_the_same_rows_in_the_same_order(client, address):
    cells_of_csv = table(client, address)
    answer = taken(client, address)

    assert list(map(as_cells, rows_of(answer["data"]))) == cells_of_csv
    assert answer["total"] == len(cells_of_csv)
    assert answer["next"] is None


@record
@pytest.mark.parametrize("address", [one for one in FILTERED if one.startswith("/resolutions/?")])
def test_the_rows_of_texts_are_the_lines_of_the_page(client, address):
    assert list(map(as_shown, table(client, address))) == shown(read(client, address))


@record
@pytest.mark.parametrize("address", [one for one in FILTERED if one.startswith("/votes/?")])
def test_the_rows_of_votes_are_the_lines_of_the_page(client, address):
    assert list(map(as_shown, table(client, address))) == shown(read(client, address))


@record
@pytest.mark.parametrize("address", [one for one in FILTERED if one.startswith("/states/FRA/")])
def test_the_rows_of_a_state_are_the_lines_of_its_page(client, address):
    label = {word: str(position.label) for word, position in POSITIONS.items()}
    rows = [
        [long_date(datetime.date.fromisoformat(row["date"])), named(row), label[row["position"]]]
        for row in table(client, address)
    ]
    page = read(client, address)
    lines = page.rows("positions history")

    assert rows == [[line[0], line[1].removesuffix(" Security Council"), line[2]] for line in lines]
    assert {row["member_code"] for row in table(client, address)} <= {"FRA"}


@record
@pytest.mark.parametrize("address", [one for one in FILTERED if one.startswith(f"{RESOLUTION}?")])
def test_the_rows_of_a_vote_are_the_positions_on_its_page(client, address):
    label = {word: str(position.label) for word, position in POSITIONS.items()}
    rows = {row["member_name"]: label[row["position"]] for row in table(client, address)}

    assert rows
    assert rows == positions(read(client, address))
    assert len(table(client, address)) == len(rows)


@record
def test_a_vote_is_taken_away_in_the_order_of_the_board(client):
    names = [row["member_name"] for row in table(client, RESOLUTION)]

    assert names == list(positions(read(client, RESOLUTION)))
    assert len(names) == 193


@pytest.mark.parametrize("query", ["", "?position=Y", "?position=yes", "?name=ald"])
def test_the_rows_of_a_vote_on_a_paragraph_are_the_positions_on_its_page(client, vote, query):
    part = cast.event(
        vote.text, question=Question.PARAGRAPH, question_text="Paragraph 3", positions=HABITS
    )
    address = f"/votes/{part.key}/{query}"
    label = {word: str(position.label) for word, position in POSITIONS.items()}

    rows = {row["member_name"]: label[row["position"]] for row in table(client, address)}
    assert rows == positions(read(client, address))
    assert rows


@record
@pytest.mark.parametrize("query", ["", "?group=AFRICA", "?name=land"])
def test_the_rows_of_states_are_the_lines_of_the_page(client, query):
    address = f"/states/{query}"
    rows = table(client, address)
    lines = read(client, address).rows("states")
    counts = ("yes", "no", "abstain", "non_voting")

    assert lines == [
        [
            row["name"],
            row["member_code"],
            long_date(datetime.date.fromisoformat(row["admitted"])),
            row["group_name"],
            *(row[count] for count in counts),
        ]
        for row in rows
    ]


@record
def test_the_rows_of_sessions_are_the_lines_of_the_page(client):
    lines = read(client, "/sessions/").rows_of_any_table()

    assert [[row["name"], row["texts"]] for row in table(client, "/sessions/")] == [
        [line[0], line[-1]] for line in lines
    ]


@record
@pytest.mark.parametrize("address", ["/sessions/ES-11/", "/subjects/ukraine/"])
def test_the_rows_of_a_heading_are_its_texts(client, address):
    assert list(map(as_shown, table(client, address))) == shown(read(client, address))


@record
@pytest.mark.parametrize("query", ["", "?year=2022", "?standing=claimed", "?text=es-11/4"])
def test_the_rows_of_the_timeline_are_its_entries(client, query):
    entries = read(client, f"/timeline/{query}").all(".//ol[@class='timeline']/li")
    rows = table(client, f"/timeline/{query}")

    assert [row["event_key"] for row in rows] == [entry.get("id") for entry in entries]
    assert [row["date"] for row in rows] == [
        "".join(time.get("datetime", "") for time in entry.iter("time")) for entry in entries
    ]
    for row, entry in zip(rows, entries, strict=True):
        said = words(entry)
        assert row["description"] in said
        assert row["publishers"].replace("|", " · ") in said
        assert all(symbol in said for symbol in row["symbols"].split("|"))


@record
@pytest.mark.parametrize("address", WITH_DATA.values())
def test_a_page_leads_to_its_data_with_the_filters_that_are_set(client, address):
    page = read(client, address)
    links = page.section("take").findall(".//a")
    heads = {
        link.get("type"): link.get("href")
        for link in page.all(".//head/link[@rel='alternate']")
        if link.get("type") in {"text/csv", "application/json"}
    }

    assert [words(link) for link in links][:2] == ["Table (CSV)", "Data (JSON)"]
    assert heads == {
        "text/csv": links[0].get("href"), "application/json": links[1].get("href"),
    }  # fmt: skip
    assert answered(client, heads["text/csv"]).content == (
        answered(client, in_form(address, Form.CSV)).content
    )


@record
@pytest.mark.parametrize("address", ["/api/", "/nothing/"])
def test_a_page_without_rows_leads_to_no_data(client, address):
    assert not Page(address, client.get(address)).has_section("take")


# What a row holds


@pytest.fixture
def vote(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()
    text = cast.text("A/77/L.9001", title="=On bees, “honey” and\nwax")
    builders.symbol(text=text, symbol="A/RES/77/900", role="adopted")
    row = cast.event(text, positions=HABITS, undl_id=4000001, rcid=9001, key="the-vote")
    builders.intention(event=row, member=MemberState.objects.get(code=ESTMERE),
                       position="A")  # fmt: skip
    return row


ADDRESS = "/resolutions/A/RES/77/900/"


def test_a_row_of_positions_has_ids_symbol_date_title_session_member_position_and_intention(
    client, vote
):
    by_code = {row["member_code"]: row for row in table(client, ADDRESS)}

    assert by_code[ESTMERE] == {
        "vote_key": "the-vote",
        "undl_id": "4000001",
        "rcid": "9001",
        "text_key": "A-77-L.9001",
        "symbol": "A/RES/77/900",
        "date": "2022-10-12",
        "title": "=On bees, “honey” and\nwax",
        "session": "77",
        "venue": "plenary",
        "question": "whole",
        "question_text": "",
        "member_code": ESTMERE,
        "member_name": "Estmere",
        "name_standing": "in force",
        "group": "",
        "position": "yes",
        "intention": "abstain",
        "outcome": "adopted",
        "yes": "2",
        "no": "1",
        "abstain": "1",
        "data_set": "",
    }
    assert {code: row["intention"] for code, row in by_code.items() if row["intention"]} == {
        ESTMERE: "abstain"
    }
    assert table(client, f"/states/{ESTMERE}/") == [by_code[ESTMERE]]


def test_a_title_that_looks_like_a_formula_is_made_harmless_in_csv_alone(client, vote):
    raw = answered(client, in_form(ADDRESS, Form.CSV)).content.decode()

    assert ',"\'=On bees, “honey” and\nwax",' in raw
    assert taken(client, ADDRESS)["data"]["text"]["title"] == "=On bees, “honey” and\nwax"


def test_every_position_has_its_word(client, vote):
    assert {row["member_code"]: row["position"] for row in table(client, ADDRESS)} == {
        code: next(word for word, position in POSITIONS.items() if position == held)
        for code, held in HABITS.items()
    }


def test_the_name_is_that_of_the_day_and_says_how_well_it_is_known(client, vote):
    aldora = vote.votes.get(member__code=ALDORA).member
    first = aldora.names.get()
    first.to_date = datetime.date(2022, 12, 1)
    first.save()
    builders.state_name(member=aldora, from_date="2022-12-01", name_en="New Aldora")
    borvia = vote.votes.get(member__code=BORVIA).member
    cestria = vote.votes.get(member__code=CESTRIA).member
    with public_change():
        borvia.names.update(uncertain_from="2022-01-01")
        cestria.names.update(from_date="2023-01-01")
    by_code = {row["member_code"]: row for row in table(client, ADDRESS)}

    assert (by_code[ALDORA]["member_name"], by_code[ALDORA]["name_standing"]) == (
        "Aldora", "in force",
    )  # fmt: skip
    assert by_code[BORVIA]["name_standing"] == "uncertain"
    assert by_code[CESTRIA]["name_standing"] == "present"
    assert table(client, "/states/")[0]["name"] != "Aldora"


def test_totals_announced_and_counted_stand_beside_each_other(client, vote):
    vote.announced_yes, vote.announced_non_voting = 3, 1
    vote.save()
    [row] = table(client, "/votes/")

    assert [row[f"announced_{name}"] for name in ("yes", "no", "abstain", "non_voting")] == [
        "3", "1", "1", "1",
    ]  # fmt: skip
    assert [row[f"counted_{name}"] for name in ("yes", "no", "abstain", "non_voting")] == [
        "2", "1", "1", "1",
    ]  # fmt: skip
    assert (row["yes"], row["counted_not_eligible"]) == ("3", "0")
    assert table(client, "/resolutions/")[0]["yes"] == "3"


# Where there is nothing to hold


@pytest.mark.parametrize(
    ("method", "why"),
    [
        (Method.SECRET_BALLOT, "The ballot was secret"),
        (Method.NON_RECORDED, "The vote was not recorded"),
        (Method.WITHOUT_VOTE, "No vote was taken"),
        (Method.ACCLAMATION, "No vote was taken"),
        (Method.RECORDED, "The sources held here name no positions"),
    ],
)
def test_a_vote_without_positions_is_an_empty_table_and_says_why(
    client,
    empty_portal,  # noqa: F811
    method,
    why,
):
    cast.event(cast.text("A/77/L.1"), method)
    head = answered(client, "/resolutions/A/77/L.1.csv").content.decode()
    answer = taken(client, "/resolutions/A/77/L.1/")

    assert head.startswith("vote_key,")
    assert head.count("\r\n") == 1
    assert answer["data"]["positions"] == []
    assert answer["data"]["no_positions"].startswith(why)
    assert answer["data"]["vote"]["has_positions"] is False


def test_a_draft_is_an_empty_table_and_says_that_nothing_is_known(client, empty_portal):  # noqa: F811
    cast.text("A/77/L.1")
    data = taken(client, "/resolutions/A/77/L.1/")["data"]

    assert table(client, "/resolutions/A/77/L.1/") == []
    assert data["vote"] is None
    assert data["no_positions"] == data["answer"] == "A draft. No decision on it is held here."
    assert data["text"]["status"] == "draft"


@pytest.mark.parametrize("address", ["/resolutions/", "/votes/", "/states/", "/timeline/"])
def test_an_empty_portal_gives_tables_with_a_head(client, empty_portal, address):  # noqa: F811
    assert table(client, address) == []
    assert taken(client, address)["data"] == []


# The first page, and what the portal says of itself


@record
def test_the_rows_of_the_first_page_are_its_latest_decisions(client):
    rows, page = table(client, "/"), read(client, "/")

    assert [as_shown(row) for row in rows] == shown(page)
    assert len(rows) == 6
    assert next(words(link) for link in page.section("take").iter("a")) == "Table (CSV)"
    assert answered(client, "/.csv")["Content-Disposition"] == 'inline; filename="home.csv"'
    assert '</>; rel="alternate"' in answered(client, "/.json")["Link"]


def test_the_json_of_the_first_page_holds_what_is_to_come_and_how_much_is_held(client, vote):
    draft = cast.text("A/77/L.1")
    event = cast.timeline_event(kind="vote", standing="expected", as_of=cast.DAY)
    event.texts.add(draft)
    page, data = read(client, "/").one(".//p[@class='subset']"), taken(client, "/")["data"]

    assert [row["event_key"] for row in data["to_come"]] == [event.key]
    assert data["to_come"][0]["symbols"] == ["A/77/L.1"]
    assert data["held_until"] == cast.DAY.isoformat()
    assert words(page) == (
        f"Positions are held up to {long_date(cast.DAY)}. {data['texts']} texts, {data['votes']}"
        f" vote with the position of each member, {data['members']} member states."
    )


@record
def test_the_rows_of_the_page_about_the_portal_are_its_sources(client):
    listed = read(client, "/about/").section("sources").findall(".//li")

    assert [f"source-{row['source']}" for row in table(client, "/about/")] == [
        source.get("id") for source in listed
    ]


# The whole page as data


@record
def test_the_json_of_a_text_holds_all_that_its_page_tells(client):
    address = "/resolutions/A/RES/ES-11/4/"
    page, data = read(client, address), taken(client, address)["data"]

    assert data["answer"] == page.answer
    assert data["text"]["title"] == words(page.one(".//h1"))
    assert len(data["positions"]) == data["vote"]["counted_yes"] + data["vote"]["counted_no"] + (
        data["vote"]["counted_abstain"] + data["vote"]["counted_non_voting"]
    )
    entries = page.section("timeline").findall(".//ol/li")
    assert [row["event_key"] for row in data["timeline"]] == [one.get("id") for one in entries]
    told = dict.fromkeys((row["fact"], row["value"]) for row in data["facts"])
    assert [(str(Fact(fact).label), value) for fact, value in told] == [
        (line[0], line[1]) for line in page.rows("facts")
    ]
    assert data["same_matter"]
    assert data["summary"] in page.text
    assert all(sentence in page.text for sentence in data["majority"])


def test_the_json_of_a_text_tells_of_intentions_disagreements_other_votes_and_changes(client, vote):
    aldora = vote.votes.get(member__code=ALDORA).member
    differing = builders.discrepancy(event=vote, member=aldora, ours="Y", theirs="N")
    part = cast.event(vote.text, question=Question.PARAGRAPH, question_text="Paragraph 3")
    builders.history_entry(subject=vote.text.subject_key)
    data = taken(client, ADDRESS)["data"]

    [intention] = data["intentions"]
    assert (intention["recorded"], intention["intention"]) == ("yes", "abstain")
    [disagreement] = data["disagreements"]
    assert (disagreement["ours"], disagreement["theirs"]) == ("yes", "no")
    assert disagreement["source"] == differing.source.key
    assert [row["vote_key"] for row in data["other_votes"]] == [part.key]
    assert data["changes"] == f"{ADDRESS}changes/"


def test_the_json_of_a_vote_names_its_text_and_leads_to_it(client, vote):
    part = cast.event(vote.text, question=Question.PARAGRAPH, question_text="Paragraph 3")
    data = taken(client, f"/votes/{part.key}/")["data"]

    assert data["vote"]["question_text"] == "Paragraph 3"
    assert data["text"]["address"] == ADDRESS
    assert data["answer"].startswith("Retained on 12 October 2022")


@record
def test_the_json_of_a_state_holds_its_names_groups_and_facts(client):
    page, data = read(client, "/states/TUR/"), taken(client, "/states/TUR/")["data"]

    assert data["answer"] == page.answer
    assert [row["name"] for row in data["names"]] == ["Turkey", "Türkiye"]
    assert data["state"]["name"] == "Türkiye"
    assert data["groups"]
    assert {row["fact"] for row in data["facts"]} >= {"names", "codes", "admission"}


# The envelope


@record
@pytest.mark.parametrize("address", WITH_DATA.values())
def test_json_says_where_it_comes_from_on_which_terms_and_of_which_version_it_is(client, address):
    answer = taken(client, address)

    assert list(answer) == [
        "data", "total", "next", "data_pack", "source", "licence", "data_version",
    ]  # fmt: skip
    assert answer["data_version"] == DataVersion.objects.current()
    assert answer["licence"]["url"] == "/about/#sources"
    assert answer["data_pack"] == "/data/"
    assert all(source["attribution"] for source in answer["source"])
    if answer["total"]:
        assert answer["source"]


def sources_named(data: object) -> set[str]:
    """Return every key of a source that stands anywhere in the data."""
    found = set()
    if isinstance(data, dict):
        found |= {data[name] for name in ("source", "data_set") if data.get(name)}
        found |= set(data.get("sources", []))
        return found.union(*map(sources_named, data.values()))
    return found.union(*map(sources_named, data)) if isinstance(data, list) else found


@record
@pytest.mark.parametrize("address", WITH_DATA.values())
def test_every_source_that_the_data_name_is_described_with_them(client, address):
    answer = taken(client, address)

    assert sources_named(answer["data"]) <= {source["source"] for source in answer["source"]}


def test_the_line_that_a_data_set_asks_for_is_given_with_all_rows_from_it(client, vote):
    library = cast.source(key="library", kind="data set", attribution="By the library, 2026.")
    vote.data_set = library
    vote.save()

    for address in ("/resolutions/", "/votes/", ADDRESS, f"/states/{ALDORA}/"):
        answer = taken(client, address)
        assert "By the library, 2026." in {one["attribution"] for one in answer["source"]}, address
        assert rows_of(answer["data"])[0]["data_set"] == "library"


def test_the_data_set_of_another_vote_on_the_text_is_described_too(client, vote):
    library = cast.source(key="library", kind="data set", attribution="By the library, 2026.")
    cast.event(
        vote.text, question=Question.PARAGRAPH, question_text="Paragraph 3", data_set=library
    )
    answer = taken(client, ADDRESS)

    assert sources_named(answer["data"]) <= {source["source"] for source in answer["source"]}
    assert "library" in sources_named(answer["data"])


def test_the_version_is_that_of_the_data_shown_even_if_something_is_published_meanwhile(
    client, vote, monkeypatch
):
    titles = iter(["On wasps", "On hornets"])

    def published_meanwhile(places, cards):
        rows = vote_rows(places, cards)
        if title := next(titles, None):
            vote.text.title = title
            vote.text.save()
        return rows

    monkeypatch.setattr("votes.opendata.taking.lists.vote_rows", published_meanwhile)
    answer = taken(client, "/votes/")

    assert answer["data_version"] == DataVersion.objects.current()
    assert answer["data"][0]["title"] == "On hornets"


# The headers


@record
@pytest.mark.parametrize("address", WITH_DATA.values())
def test_csv_says_what_it_is_and_where_more_is_told(client, address):
    response = answered(client, in_form(address, Form.CSV))

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert re.fullmatch(r'inline; filename="[\w.,()\[\]-]+\.csv"', response["Content-Disposition"])
    assert '</data/>; rel="describedby"' in response["Link"]
    assert '</about/#sources>; rel="license"' in response["Link"]
    path = address.partition("?")[0]
    assert f'<{path}>; rel="alternate"' in response["Link"]


@record
@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_pages_of_other_sites_may_read_the_data_and_get_no_cookie(client, form):
    response = answered(client, in_form("/states/", form), headers={"origin": "https://a.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


@record
def test_json_is_utf_8_with_its_letters_as_they_are(client):
    response = answered(client, "/states/TUR.json")

    assert response["Content-Type"] == "application/json"
    assert "Türkiye" in response.content.decode()
    assert json.loads(response.content)


# Parts


@pytest.fixture
def many(empty_portal):  # noqa: F811  # the fixture itself
    """Save 23 texts with votes, of which many share a day and a margin, under one heading."""
    with public_change():
        cast.states()
        subject = builders.subject(key="bees", scheme=Scheme.PORTAL)
        for number in range(23):
            text = cast.text(f"A/77/L.{number}", title=f"On {number} bees")
            text.subjects.add(subject)
            cast.event(
                text, positions=HABITS, date=cast.DAY - datetime.timedelta(days=number // 4),
                announced_no=number % 3, sequence=number % 2 + 1,
            )  # fmt: skip
            cast.timeline_event(date=cast.DAY, sequence=number).texts.add(text)
        for number in range(70, 77):
            builders.session(code=str(number), number=number, opened=f"{number + 1945}-09-13")


LISTS = {
    "/resolutions/": "text_key",
    "/resolutions/?q=bees": "text_key",
    "/resolutions/?sort=margin": "text_key",
    "/resolutions/?sort=date": "text_key",
    "/votes/": "vote_key",
    "/votes/?sort=-against&state=QAA&position=yes": "vote_key",
    f"/states/{ALDORA}/": "vote_key",
    f"/states/{ALDORA}/?position=yes&sort=date": "vote_key",
    "/sessions/77/": "text_key",
    "/subjects/bees/": "text_key",
    "/timeline/": "event_key",
    "/timeline/?year=2022": "event_key",
    "/states/": "member_code",
    "/sessions/": "session",
    "/resolutions/A/77/L.0/": "member_code",
    "/resolutions/A/77/L.0/?position=Y": "member_code",
}


def test_following_next_walks_the_whole_list_without_gap_or_double(client, many):
    for address, key in LISTS.items():
        at_once = table(client, address)
        assert len({row[key] for row in at_once}) == len(at_once) >= 2, address
        for limit in (1, 5, len(at_once)):
            parted = f"{address}{'&' if '?' in address else '?'}limit={limit}"
            assert whole(client, parted) == (at_once, -(-len(at_once) // limit)), parted


def test_following_next_walks_json_as_it_does_csv(client, many):
    for address in LISTS:
        rows, answers = whole_of_json(client, f"{address}{'&' if '?' in address else '?'}limit=4")
        assert list(map(as_cells, rows)) == table(client, address), address
        assert answers == -(-len(rows) // 4)


def test_a_part_says_how_many_rows_there_are_in_all_and_where_to_get_all_at_once(client, many):
    answer = taken(client, "/votes/?limit=5")

    assert len(answer["data"]) == 5
    assert answer["total"] == 23
    assert answer["data_pack"] == "/data/"
    assert answer["next"].startswith("http://testserver/votes.json?after=")
    assert answer["next"].endswith("&limit=5")


def test_next_keeps_every_filter_with_states_and_positions_in_their_pairs(client, many):
    query = "state=QAA&position=yes&state=QAB&position=&state=QAC&position=abstain"
    following = taken(client, f"/votes/?{query}&limit=2")["next"]

    assert query in following


def test_the_next_part_follows_on_though_the_row_before_it_no_longer_fits(client, many):
    first = taken(client, "/votes/?outcome=adopted&limit=3")
    gone = VoteEvent.objects.get(key=first["data"][-1]["vote_key"])
    gone.outcome = "rejected"
    gone.save()
    second = answered(client, first["next"]).json()
    rest = table(client, "/votes/?outcome=adopted")

    assert as_cells(second["data"][0]) == rest[2]


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_no_answer_has_more_rows_than_its_form_allows(client, many, monkeypatch, form):
    monkeypatch.setitem(MOST, form, 4)
    count = whole if form is Form.CSV else whole_of_json

    for address in LISTS:
        rows, answers = count(client, address)
        assert answers == -(-len(rows) // 4), address


def test_json_and_csv_say_in_words_how_many_rows_may_be_asked_for():
    assert MOST == {Form.JSON: 500, Form.CSV: 5000}


# What it costs


@record
@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
@pytest.mark.parametrize("address", WITH_DATA.values())
def test_data_ask_the_database_no_more_than_they_may(client, address, form):
    client.get(in_form(address, form))
    with CaptureQueriesContext(connection) as captured:
        client.get(in_form(address, form))

    assert len(captured) <= 22


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_the_queries_of_data_do_not_grow_with_their_rows(client, many, form):
    for address in ("/resolutions/", "/votes/", f"/states/{ALDORA}/", "/sessions/77/",
                    "/timeline/"):  # fmt: skip
        counts = []
        for limit in (2, 20):
            asked_for = f"{in_form(address, form)}?limit={limit}"
            client.get(asked_for)
            with CaptureQueriesContext(connection) as captured:
                answered(client, asked_for)
            counts.append(len(captured))
        assert counts[0] == counts[1], address
