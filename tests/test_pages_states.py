"""The list of member states and the page of one: names, groups, and how it votes."""

import csv
import datetime
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest

from resolutions.versioning import public_change
from tests import builders, cast, printed
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import Page, cells, links, query_of, read, redirected, words

pytestmark = pytest.mark.usefixtures("record")

SOME = ["FRA", "TUR", "RUS", "VEN", "IND", "KIR", "SYC"]


def names(page: Page) -> list[str]:
    return page.texts(".//table[@class='states']/tbody/tr/th")


def history(code: str) -> Counter[str]:
    """Count a member's positions in the nine votes of the Assembly, as the fixtures print them."""
    return Counter(printed.roll_call(symbol)[code] for symbol in printed.TEXTS)


def assembly() -> Counter[str]:
    return sum((printed.totals(symbol) for symbol in printed.TEXTS), Counter())


def share(part: int, whole: int) -> str:
    percent = 100 * part / whole
    return f"{percent:.0f} %" if part in (0, whole) else f"{percent:.1f} %"


# The list


def test_the_list_holds_all_members_with_how_often_each_held_each_position(client):
    page = read(client, "/states/")
    [present, former] = page.all(".//table[@class='states']")
    rows = {cells(row)[1]: cells(row) for row in present.findall("tbody/tr")}

    assert "193 present members" in page.text
    assert set(rows) == set(printed.roll_call("A/RES/ES-11/1"))
    for code, row in rows.items():
        assert row[4:] == [str(history(code)[position]) for position in "YNAX"], code
    assert len(former.findall("tbody/tr")) == 5


def test_the_list_is_in_the_order_of_the_alphabet_whatever_the_accents(client):
    listed = names(read(client, "/states/"))
    place = listed.index("Côte d'Ivoire")

    assert listed[place - 1 : place + 2] == ["Costa Rica", "Côte d'Ivoire", "Croatia"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("turkey", ["Türkiye"]),
        ("Turkiye", ["Türkiye"]),
        ("zaire", ["Democratic Republic of the Congo"]),
        ("SWAZILAND", ["Eswatini"]),
        ("cote d’ivoire", ["Côte d'Ivoire"]),
        ("viet nam", ["Viet Nam"]),
        ("ukr", ["Ukraine"]),
        ("czechoslovakia", ["Czechoslovakia"]),
    ],
)
def test_a_state_is_found_by_its_former_names_its_code_and_without_accents(client, typed, found):
    assert names(read(client, f"/states/?name={quote(typed)}")) == found


def test_filters_that_fit_nobody_say_that_former_names_were_looked_for(client):
    page = read(client, "/states/?name=atlantis")

    assert "0 present members" in page.text
    assert "No member fits these filters. Former names are looked for as well." in page.text


@pytest.mark.parametrize(
    ("group", "count"),
    [("AFRICA", 54), ("ASIA_PACIFIC", 54), ("EASTERN_EUROPE", 23), ("GRULAC", 33), ("WEOG", 29)],
)
def test_the_groups_have_their_members(client, group, count):
    page = read(client, f"/states/?group={group}")

    assert f"{count} present members" in page.text
    assert len(names(page)) == count
    assert page.chosen("group") == group


def test_name_and_group_work_together(client):
    page = read(client, "/states/?group=AFRICA&name=guinea")

    assert names(page) == ["Equatorial Guinea", "Guinea", "Guinea-Bissau"]
    assert (page.chosen("group"), page.chosen("name")) == ("AFRICA", "guinea")


def test_a_group_that_does_not_exist_is_refused_in_words(client):
    page = read(client, "/states/?group=FRIENDS", status=400)

    assert page.answer.startswith("Group: Select a valid choice.")


# One state


@pytest.mark.parametrize("code", SOME)
def test_the_shares_stand_beside_those_of_all_members(client, code):
    page = read(client, f"/states/{code}/")
    own, all_members = history(code), assembly()
    rows = page.rows("shares")

    assert rows[0][2:] == [f"{share(own[p], 9)} {own[p]}" for p in "YNAX"]
    assert rows[1][0] == "All members"
    assert rows[1][2:] == [f"{share(all_members[p], 9 * 193)} {all_members[p]:,}" for p in "YNAX"]
    assert page.answer == (
        f"In the 9 recorded votes of the Assembly held here: {own['Y']} yes, {own['N']} no,"
        f" {own['A']} abstentions; {own['X']} times it did not vote."
    )


@pytest.mark.parametrize("code", SOME)
def test_the_figures_are_those_of_the_checked_facts(client, reference_data: Path, code):
    with (reference_data / "data" / "es11_votes.csv").open(encoding="utf-8", newline="") as file:
        votes = [row for row in csv.DictReader(file) if row["symbol"].startswith("A/")]
    own = Counter(row["vote"] for row in votes if row["iso3"] == code)
    everybody = Counter(row["vote"] for row in votes)
    rows = read(client, f"/states/{code}/").rows("shares")

    assert [cell.split()[-1] for cell in rows[0][2:]] == [f"{own[p]:,}" for p in "YNAX"]
    assert [cell.split()[-1] for cell in rows[1][2:]] == [f"{everybody[p]:,}" for p in "YNAX"]


def test_only_votes_in_which_the_state_has_a_position_are_compared(client, empty_portal):  # noqa: F811
    cast.states()
    early, late = datetime.date(2022, 5, 1), datetime.date(2024, 5, 1)
    cast.event(cast.text(), positions=cast.HABITS, date=early)
    cast.event(cast.text(), positions=cast.HABITS | {cast.FARLAND: "N"}, date=late)
    page = read(client, "/states/QAF/")
    rows = page.rows("shares")

    assert page.answer.startswith("In the one recorded vote of the Assembly held here: 0 yes, 1 no")
    assert rows[1][2:] == ["33.3 % 2", "33.3 % 2", "16.7 % 1", "16.7 % 1"]


def test_the_page_tells_the_names_through_time_and_why(client):
    page = read(client, "/states/TUR/")
    rows = [cells(row) for row in page.section("names").findall("table/tbody/tr")]

    assert page.texts(".//h1") == ["Türkiye"]
    assert rows == [
        ["Turkey", "24 October 1945", "1 June 2022"],
        [
            "TürkiyeThe UN received the request on 1 June 2022; some sources name 2 or 3 June.",
            "1 June 2022",
            "today",
        ],
    ]


def test_a_name_of_unknown_beginning_says_so(client):
    rows = [cells(row) for row in read(client, "/states/NLD/").section("names").iter("tr")]

    assert rows[1][:3] == [rows[1][0], "not known since when", "1 January 2026"]


@pytest.mark.parametrize("code", ["TUR", "USA", "ISR", "KIR"])
def test_a_membership_of_a_group_that_needs_a_word_has_one(client, code):
    section = read(client, f"/states/{code}/").section("groups")

    assert "as listed in 2026; since when is not known" in words(section)
    assert words(section).rstrip(".").count(". ") >= 1


def test_a_former_member_has_its_dates_its_successors_and_no_form_of_words_for_votes(client):
    page = read(client, "/states/CSK/")

    assert page.texts(".//main/ul[@class='meta']/li")[:3] == [
        "CSK",
        "member since 24 October 1945",
        "until 1 January 1993",
    ]
    assert {"/states/CZE/", "/states/SVK/"} <= set(links(page.section("groups")))
    assert page.answer == "The portal holds no position of this member in the Assembly."
    assert not page.has_section("shares")


def test_a_gap_in_a_membership_is_told(client):
    assert "No seat of its own from" in read(client, "/states/SYR/").text


def test_the_positions_come_latest_first_and_lead_to_their_votes(client):
    page = read(client, "/states/FRA/")
    rows = page.section("positions").findall(".//tbody/tr")
    own = [row for row in rows if "/A/" in links(row)[0]]

    assert [words(row[1][0][0]) for row in own] == sorted(
        printed.TEXTS, key=lambda symbol: (printed.DAYS[symbol], symbol), reverse=True
    )
    assert [words(row[2]) for row in own] == [
        printed.LABELS[printed.roll_call(words(row[1][0][0]))["FRA"]] for row in own
    ]
    assert links(own[0]) == ["/resolutions/A/RES/ES-11/8/"]


@pytest.mark.parametrize(
    ("code", "query", "count"),
    [
        ("TUR", "", 9),
        ("TUR", "position=Y", 9),
        ("TUR", "position=N", 0),
        ("TUR", "year=2022", 5),
        ("TUR", "year=2014", 1),
        ("TUR", "q=peace", 3),
        ("TUR", "q=just+lasting&year=2025", 1),
        ("USA", "year=2022", 8),
        ("USA", "position=N&year=2025", 1),
    ],
)
def test_the_positions_of_a_state_are_filtered(client, code, query, count):
    page = read(client, f"/states/{code}/?{query}")

    assert f"{count} position{'' if count == 1 else 's'}" in page.text
    assert len(page.section("positions").findall(".//tbody/tr")) == count
    assert ("No position fits these filters." in page.text) == (count == 0)
    names = {"Y": "yes", "N": "no"}
    asked = {name: names.get(value, value) for name, value in query_of(f"?{query}").items()}
    own = page.all(".//select[@id='id_own']/option[@selected]")
    assert [option.get("value") for option in own] == [asked.pop("position", "")][: len(own)]
    assert {name: page.chosen(name) for name in asked} == asked


def test_a_filter_does_not_change_the_shares(client):
    whole, part = (
        read(client, f"/states/FRA/{query}") for query in ("", "?position=N&year=2022&q=x")
    )

    assert part.rows("shares") == whole.rows("shares")
    assert part.answer == whole.answer


def test_a_vote_that_decided_no_text_leads_to_its_own_page_and_says_what_it_was(
    client,
    empty_portal,  # noqa: F811
):
    cast.states()
    text = cast.text("A/77/L.9000")
    plenary = cast.event(text, positions=cast.HABITS, key="plenary")
    cast.event(text, positions=cast.HABITS, key="committee", venue="C.3", date="2022-10-11")
    tea = {"question": "motion", "question_text": "To adjourn for tea", "date": "2022-10-10"}
    cast.event(None, positions=cast.HABITS, key="tea", **tea)
    cast.event(text, positions=cast.HABITS, key="part", **tea)
    rows = read(client, "/states/QAA/").section("positions").findall(".//tbody/tr")

    assert plenary.get_absolute_url() == links(rows[0])[0]
    assert sorted([words(row[1]), *links(row)] for row in rows) == [
        [
            "A/77/L.9000 On the keeping of bees",
            "/resolutions/A/77/L.9000/",
        ],
        [
            "A/77/L.9000 On the keeping of bees Third Committee",
            "/votes/committee/",
        ],
        [
            "A/77/L.9000 On the keeping of bees – To adjourn for tea",
            "/votes/part/",
        ],
        ["To adjourn for tea", "/votes/tea/"],
    ]


@pytest.mark.parametrize("typed", ["ukr", "Ukr", "uKR"])
def test_a_code_in_small_letters_leads_to_the_page_and_keeps_the_query(client, typed):
    assert redirected(client, f"/states/{typed}/") == "/states/UKR/"
    assert redirected(client, f"/states/{typed}/?year=2022&q=c%C3%B4te") == (
        "/states/UKR/?year=2022&q=c%C3%B4te"
    )


@pytest.mark.parametrize("code", ["XYZ", "U", "UKRAINE", "1", "ẞẞẞ", "-"])
def test_a_code_that_nobody_has_is_explained(client, code):
    page = read(client, f"/states/{quote(code)}/", status=404)

    assert page.answer == "The portal knows no member state with this code."


def test_a_long_history_comes_in_pages_that_keep_the_filters(client, empty_portal):  # noqa: F811
    aldora = cast.states()[cast.ALDORA]
    with public_change():
        for number in range(101):
            row = builders.recorded_vote(date=cast.DAY + datetime.timedelta(days=number))
            builders.vote(event=row, member=aldora)
    first = read(client, "/states/QAA/?position=Y")
    [way] = links(first.one(".//nav[@class='pages']"))

    assert "101 positions" in first.text
    assert {**query_of(way), "after": ""} == {"position": "yes", "after": ""}
    assert len(read(client, f"/states/QAA/{way}").section("positions").findall(".//tbody/tr")) == 1
    assert client.get("/states/QAA/?position=N&page=2").status_code == 404
    assert redirected(client, "/states/QAA/?position=Y&page=2") == f"/states/QAA/{way}"
