"""The page of a resolution, against the record as the fixtures print it."""

from urllib.parse import quote, urlencode

import pytest

from tests import printed
from tests.reading import Page, cells, links, positions, query_of, read, redirected, words

pytestmark = pytest.mark.usefixtures("record")

ES11_1 = "/resolutions/A/RES/ES-11/1/"
ES11_3 = "/resolutions/A/RES/ES-11/3/"
ES11_4 = "/resolutions/A/RES/ES-11/4/"
VETOED = "/resolutions/S/2022/720/"
VIEWS = ["board", "map", "groups", "table"]
WEOG = "Western European and other States"


def address(symbol: str, **query: str) -> str:
    return f"/resolutions/{symbol}/" + (f"?{urlencode(query)}" if query else "")


def texts_of(page: Page, section: str, path: str) -> list[str]:
    return [words(element) for element in page.section(section).findall(path)]


def majority(page: Page) -> list[str]:
    return page.texts(".//figure[@class='tally']/figcaption/p")


def subset(page: Page) -> str:
    return words(page.section("positions").find("p[@class='subset']"))


# The answer


def test_the_answer_gives_day_totals_and_those_that_did_not_vote_in_one_line(client):
    page = read(client, ES11_1)

    assert page.answer == (
        "Adopted on 2 March 2022 by 141 votes to 5, with 35 abstentions. 12 members did not vote."
    )
    assert page.notes == []


@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_the_answer_is_that_of_the_record(client, symbol):
    count = printed.totals(symbol)

    assert read(client, address(symbol)).answer.endswith(
        f" by {count['Y']} votes to {count['N']}, with {count['A']} abstentions."
        f" {count['X']} members did not vote."
    )


def test_a_search_engine_is_told_the_answer_too(client):
    page = read(client, ES11_1)

    assert page.one(".//meta[@name='description']").get("content") == page.answer


def test_the_head_of_the_page_leads_to_session_text_draft_and_meeting_record(client):
    page = read(client, ES11_1)

    assert links(page.one(".//nav[@class='crumbs']")) == ["/sessions/", "/sessions/ES-11/"]
    assert links(page.one(".//main/ul[@class='meta']")) == [
        "https://docs.un.org/en/A/RES/ES-11/1",
        "https://docs.un.org/en/A/ES-11/L.1",
        "https://docs.un.org/en/A/ES-11/PV.5",
    ]
    assert page.texts(".//main/ul[@class='meta']/li")[:4] == [
        "A/RES/ES-11/1",
        "Adopted",
        "2 March 2022",
        "Recorded vote",
    ]


# The bar and the majority


def test_the_bar_shows_the_four_totals_and_says_them_to_those_who_do_not_see_it(client):
    page = read(client, ES11_1)

    assert words(page.one(".//svg[@class='tallybar']/title")) == (
        "Yes 141, No 5, Abstain 35, Non-voting 12"
    )
    assert page.texts(".//ul[@class='key']/li") == [
        "Yes 141",
        "No 5",
        "Abstain 35",
        "Non-voting 12",
    ]
    assert page.texts(".//g[@class='mark']/text") == ["two thirds: 98"]


def test_the_majority_is_what_was_needed_and_what_was_reached(client):
    [sentence] = majority(read(client, ES11_1))

    assert sentence.startswith(
        "Two thirds of the 146 members present and voting is 98; reached 141, 43 more than needed."
        " Abstentions are not counted among those voting."
    )


def test_the_basis_of_the_rule_is_named_where_a_source_names_it(client):
    assert majority(read(client, ES11_3))[:2] == [
        "Two thirds of the 117 members present and voting is 78; reached 93, 15 more than needed.",
        "The rule follows from A/RES/60/251, paragraph 8."
        " Abstentions are not counted among those voting. Why?",
    ]


def test_where_the_rule_is_not_known_both_thresholds_are_shown(client):
    page = read(client, ES11_4)
    sentences = majority(page)

    assert sentences[:2] == [
        "No source held here says which majority was needed, so both thresholds are shown.",
        "Two thirds of the 148 members present and voting is 99; reached 143, 44 more than needed.",
    ]
    assert sentences[2].startswith(
        "A simple majority of the 148 members present and voting is 75; reached 143, 68 more"
    )
    assert page.texts(".//g[@class='mark']/text") == ["two thirds: 99", "simple majority: 75"]


def test_the_security_council_needs_nine_votes_and_no_veto(client):
    page = read(client, VETOED)

    assert page.answer == (
        "Not adopted, because of a veto, in the Security Council on 30 September 2022"
        " by 10 votes to 1, with 4 abstentions."
    )
    assert majority(page) == [
        "Nine votes in favour are needed; reached 10, 1 more than needed.",
        "A vote of a permanent member against prevents adoption.",
    ]
    assert page.texts(".//g[@class='mark']/text") == ["9 needed"]


def test_in_the_council_abstentions_are_not_said_to_lower_what_is_needed(client):
    page = read(client, VETOED)

    assert "lowers the number" not in page.text
    assert "needs nine votes in favour, however many abstain" in page.text
    assert "lowers the number" in read(client, ES11_1).text


# The positions


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_each_view_holds_every_member_under_the_name_of_the_day_with_its_position(
    client, symbol, view
):
    held = positions(read(client, address(symbol, view=view)))

    assert len(held) == 193
    assert held == printed.board(symbol)


@pytest.mark.parametrize(
    ("symbol", "name", "other_name"),
    [
        ("A/RES/68/262", "Turkey", "Türkiye"),
        ("A/RES/68/262", "Swaziland", "Eswatini"),
        ("A/RES/68/262", "Czech Republic", "Czechia"),
        ("A/RES/68/262", "The former Yugoslav Republic of Macedonia", "North Macedonia"),
        ("A/RES/ES-11/1", "Turkey", "Türkiye"),
        ("A/RES/ES-11/1", "Eswatini", "Swaziland"),
        ("A/RES/ES-11/1", "Czechia", "Czech Republic"),
        ("A/RES/ES-11/4", "Türkiye", "Turkey"),
    ],
)
def test_members_are_called_what_they_were_called_that_day(client, symbol, name, other_name):
    page = read(client, address(symbol))

    assert name in positions(page)
    assert other_name not in page.text


def test_the_board_is_in_the_order_of_the_alphabet_whatever_the_accents(client):
    names = list(positions(read(client, ES11_4)))

    assert names[:3] == ["Afghanistan", "Albania", "Algeria"]
    assert names[-3:] == ["Yemen", "Zambia", "Zimbabwe"]
    place = names.index("Côte d'Ivoire")
    assert names[place - 1 : place + 2] == ["Costa Rica", "Côte d'Ivoire", "Croatia"]
    place = names.index("Türkiye")
    assert names[place - 1 : place + 2] == ["Tunisia", "Türkiye", "Turkmenistan"]


@pytest.mark.parametrize("view", VIEWS)
def test_in_every_view_a_name_leads_to_the_page_of_the_state(client, view):
    page = read(client, address("A/RES/ES-11/1", view=view))
    states = {link for link in links(page.section("positions")) if link.startswith("/states/")}

    assert states == {f"/states/{code}/" for code in printed.roll_call("A/RES/ES-11/1")}


def test_the_groups_add_up_to_the_members_and_name_those_that_left_their_majority(client):
    page = read(client, address("A/RES/ES-11/1", view="groups"))
    groups, roll_call = printed.groups(), printed.roll_call("A/RES/ES-11/1")
    eastern = [roll_call[code] for code, group in groups.items() if group == "EASTERN_EUROPE"]

    rows = {row[0]: row[2:] for row in page.rows("groups")}

    assert sum(int(row[-1]) for row in rows.values()) == 193
    assert [int(cell.split()[0]) for cell in rows["Eastern European States"]] == [
        *(eastern.count(position) for position in "YNAX"),
        len(eastern),
    ]
    assert "Against the majority of the group: Belarus (No), Russian Federation (No)." in page.text


def test_those_that_abstained_and_those_that_did_not_vote_are_named_with_what_it_means(client):
    page = read(client, ES11_1)

    assert texts_of(page, "abstained", "h2/small") == ["35"]
    assert set(texts_of(page, "abstained", "p[@class='names']/a")) == printed.names_with(
        "A/RES/ES-11/1", "A"
    )
    assert "a vote for neither side" in words(page.section("abstained"))
    assert texts_of(page, "not-voting", "h2/small") == ["12"]
    assert set(texts_of(page, "not-voting", "p[@class='names']/a")) == printed.names_with(
        "A/RES/ES-11/1", "X"
    )
    assert "the record does not tell these apart" in words(page.section("not-voting"))
    assert not page.has_section("not-eligible")


# The filters


def wanted(symbol: str, query: dict[str, str]) -> dict[str, str]:
    """Return the part of the board that a query asks for, counted here."""
    names = printed.names_on(printed.DAYS[symbol])
    return {
        names[code]: printed.LABELS[position]
        for code, position in printed.roll_call(symbol).items()
        if query.get("position") in (None, position)
        and query.get("group") in (None, printed.groups()[code])
        and query.get("name", "").casefold() in printed.all_names()[code].casefold()
    }


FILTERS = [
    {"position": "Y"},
    {"position": "N"},
    {"position": "A"},
    {"position": "X"},
    {"group": "AFRICA"},
    {"group": "ASIA_PACIFIC"},
    {"group": "EASTERN_EUROPE"},
    {"group": "GRULAC"},
    {"group": "WEOG"},
    {"name": "guinea"},
    {"position": "A", "group": "AFRICA"},
    {"position": "X", "name": "republic"},
    {"group": "AFRICA", "name": "RE"},
    {"position": "Y", "group": "ASIA_PACIFIC", "name": "k"},
]


@pytest.mark.parametrize("query", FILTERS, ids=urlencode)
@pytest.mark.parametrize("view", VIEWS)
def test_filters_alone_and_together_leave_those_that_fit_with_their_counts(client, view, query):
    page = read(client, address("A/RES/ES-11/1", view=view, **query))
    expected = wanted("A/RES/ES-11/1", query)

    assert positions(page) == expected
    assert subset(page).startswith(f"{len(expected)} of 193 members ")
    counts = [list(expected.values()).count(label) for label in list(printed.LABELS.values())[:4]]
    shares = [100 * count / len(expected) for count in counts]
    told = [
        f"{label} {count} ({share:.0f} %)"
        if share in (0, 100)
        else f"{label} {count} ({share:.1f} %)"
        for label, count, share in zip(printed.LABELS.values(), counts, shares, strict=False)
    ]
    assert subset(page).endswith(" ".join(told))


def test_a_member_is_found_by_its_code_and_by_any_of_its_names(client):
    for name in ("TUR", "tur", "turkey", "Türkiye", "TURKIYE"):
        assert positions(read(client, address("A/RES/ES-11/1", name=name))).get("Turkey") == "Yes"
    found = positions(read(client, address("A/RES/ES-11/4", name="turkey")))
    assert found == {"Türkiye": "Yes"}


@pytest.mark.parametrize("name", ["cote d'ivoire", "Côte d’Ivoire", "  CÔTE D'IVOIRE "])
def test_accents_case_apostrophes_and_blanks_make_no_difference_to_a_name(client, name):
    assert positions(read(client, address("A/RES/ES-11/1", name=name))) == {"Côte d'Ivoire": "Yes"}


@pytest.mark.parametrize("view", VIEWS)
def test_filters_that_fit_nobody_say_so_and_offer_the_way_back(client, view):
    page = read(client, address("A/RES/ES-11/1", view=view, name="atlantis"))

    assert positions(page) == {}
    assert "0 of 193 members" in page.text
    assert "No member fits these filters." in page.text
    assert f"?view={view}#positions" in links(page.section("positions"))


def test_what_is_said_of_the_whole_vote_does_not_change_with_a_filter(client):
    whole, part = read(client, ES11_1), read(client, address("A/RES/ES-11/1", position="N"))

    assert part.answer == whole.answer
    assert majority(part) == majority(whole)
    for section in ("abstained", "not-voting", "timeline", "chain", "sources"):
        assert words(part.section(section)) == words(whole.section(section))


def test_tabs_keep_the_filters_and_filters_keep_the_view(client):
    query = {"view": "table", "position": "A", "group": "AFRICA", "name": "re & co"}
    page = read(client, address("A/RES/ES-11/1", **query))
    tabs = links(page.one(".//nav[@class='tabs']"))

    assert [query_of(tab) for tab in tabs] == [{**query, "view": view} for view in VIEWS]
    assert all(tab.endswith("#positions") for tab in tabs)
    assert page.texts(".//nav[@class='tabs']/a[@aria-current='true']") == ["Table"]
    form = page.section("positions").find("form")
    assert {
        field.get("name"): page.chosen(field.get("name") or "")
        for field in form.iter()
        if field.get("name")
    } == query


def test_the_board_is_the_view_for_those_who_did_not_choose(client):
    page = read(client, ES11_1)

    assert page.texts(".//nav[@class='tabs']/a[@aria-current='true']") == ["Board"]
    assert page.all(".//ul[@class='board']")


# One address for each text


@pytest.mark.parametrize(
    "spelling",
    [
        "ES-11/3",
        "es-11/3",
        "ES11/3",
        "RES/ES-11/3",
        "a-res-es-11-3",
        "A-RES-ES-11-3",
        "A_RES_ES-11_3",
        "A/RES/ES‑11/3",
        "A/RES/ES–11/3",
        "a/res/es-11/3",
        " A/RES/ES-11/3 ",
        "A / RES / ES-11 / 3",
        "A/RES/ES-XI/3",
        "A/RES/ES-11/003",
        "A/ES-11/L.4",
    ],
)
def test_every_common_spelling_leads_to_the_address(client, spelling):
    assert redirected(client, f"/resolutions/{quote(spelling)}/") == ES11_3


def test_the_address_of_a_draft_leads_to_the_resolution_it_became(client):
    assert redirected(client, "/resolutions/A/ES-11/L.5/") == ES11_4


@pytest.mark.parametrize("spelling", ["es-11/4", "A/ES-11/L.5"])
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("view=map&position=N", "view=map&position=N"),
        ("name=C%C3%B4te+d%27Ivoire", "name=C%C3%B4te+d%27Ivoire"),
        ("name=Côte", "name=C%C3%B4te"),
        ("name=a%26b%23c", "name=a%26b%23c"),
    ],
)
def test_a_redirect_keeps_the_query(client, spelling, query, kept):
    assert redirected(client, f"/resolutions/{spelling}/?{query}") == f"{ES11_4}?{kept}"


def test_a_missing_slash_is_added_and_the_query_kept(client):
    response = client.get("/resolutions/A/RES/ES-11/4?view=map")

    assert response.status_code == 301
    assert response["Location"] == f"{ES11_4}?view=map"


def test_a_symbol_with_a_blank_and_parentheses_has_an_address_too(client):
    at = "/resolutions/S/RES/2623%20(2022)/"

    assert "2623 (2022)" in read(client, at).one(".//head/title").text
    assert redirected(client, "/resolutions/s/res/2623(2022)/") == at


# The story, the chain and the sources


def entries(page: Page) -> list[tuple[str, str, str]]:
    """Return when, what and the class of each entry of the timeline."""
    items = page.section("timeline").findall("ol/li")
    return [(words(item[0]), words(item[1]), item.get("class", "")) for item in items]


def test_the_timeline_tells_what_was_foreseen_beside_what_happened(client):
    told = entries(read(client, ES11_4))
    expected = ("12 October 2022 expected, as reported on 6 October 2022", "foreseen")
    happened = ("12 October 2022", "here")

    assert [(when, mark) for when, _what, mark in told if when.startswith("12 October 2022")] == [
        expected,
        happened,
    ]
    assert ("2008 claimed by the person quoted", "claimed") in {(e[0], e[2]) for e in told}
    assert any(when == "undated, by 6 October 2022" for when, _what, _mark in told)


def test_every_entry_of_the_timeline_names_its_source(client):
    items = read(client, ES11_4).section("timeline").findall("ol/li")

    assert items
    assert [words(item) for item in items if item.find(".//cite") is None] == []


def test_the_vote_of_this_page_is_marked_on_the_timeline_and_no_other_is(client):
    items = read(client, ES11_4).section("timeline").findall("ol/li[@aria-current='true']")

    assert [item.get("id") for item in items] == ["2022-10-12-vote-territorial-integrity"]


def test_other_votes_on_the_timeline_lead_to_their_texts_with_their_totals(client):
    page = read(client, ES11_4)
    item = page.one(".//li[@id='2022-03-02-vote-cease-fire']")

    assert links(item) == [ES11_1]
    assert "141–5–35" in words(item)


def test_a_page_has_no_links_to_itself_in_its_timeline(client):
    assert ES11_4 not in links(read(client, ES11_4).section("timeline"))


def test_the_chain_leads_from_the_draft_over_the_motions_to_the_resolution(client):
    chain = read(client, ES11_4).section("chain").find("ul")

    assert [words(item) for item in chain] == [
        "Draft A/ES-11/L.5",
        "10 October 2022 Motion of Albania: to act on the draft by a recorded vote,"
        " and not by secret ballot – Adopted, 107–13–39",
        "10 October 2022 Motion to reconsider: Motion of the Russian Federation: to reconsider the"
        " decision on Albania’s motion – Rejected, 16–104–34",
        "12 October 2022 Text as a whole – Adopted: A/RES/ES-11/4",
    ]
    assert links(chain) == [
        "https://docs.un.org/en/A/ES-11/L.5",
        "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/",
        "/votes/2022-10-10-A-ES-11-L.5-reconsideration/",
    ]


def test_the_other_texts_on_the_matter_stand_in_the_order_of_time(client):
    page = read(client, ES11_4)
    symbols = [words(row[1][0][0]) for row in page.section("chain").findall(".//tbody/tr")]

    assert symbols == [
        "A/RES/68/262",
        "S/2022/155",
        "S/RES/2623 (2022)",
        "A/RES/ES-11/1",
        "A/RES/ES-11/2",
        "A/RES/ES-11/3",
        "S/2022/720",
        "A/RES/ES-11/5",
        "A/RES/ES-11/6",
        "A/RES/ES-11/7",
        "A/RES/ES-11/8",
    ]


def facts(page: Page) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in page.rows("facts")}


@pytest.mark.parametrize("symbol", [*printed.TEXTS, "S/2022/155", "S/2022/720"])
def test_every_number_of_a_source_leads_to_it(client, symbol):
    page = read(client, address(symbol))
    noted = {link for link in links(page.one(".//table[@class='facts']")) if link[0] == "#"}
    listed = [item.get("id") for item in page.one(".//ol[@class='sources']")]

    assert noted == {f"#{name}" for name in listed}
    assert listed == [f"source-{number}" for number in range(1, len(listed) + 1)]


@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_date_totals_positions_and_outcome_name_their_source(client, symbol):
    rows = facts(read(client, address(symbol)))
    names = ["Date", "Yes, no, abstentions", "Position of each member", "Outcome"]

    assert [(name, rows[name]) for name in names if "[" not in rows[name][1]] == []


def test_the_facts_give_the_values_that_the_page_shows(client):
    rows = facts(read(client, ES11_3))

    assert rows["Date"][0] == "7 April 2022"
    assert rows["Yes, no, abstentions"][0] == "93–24–58"
    assert rows["Members that did not vote"][0] == "18"
    assert rows["Position of each member"][0] == "positions of 193 members"
    assert rows["Majority rule"][0] == "Two thirds of members present and voting"


def test_a_source_that_says_something_else_is_shown_and_not_followed(client):
    page = read(client, VETOED)
    [value, notes] = facts(page)["Sponsors"]

    assert value == "Albania, United States of America"
    assert "says something else:" in notes
    assert "supported the draft, not that they sponsored it" in notes
    assert "the page does not follow it" in page.text
    assert page.texts(".//main/p[@class='summary']")[1] == (
        "Sponsors named by the sources: Albania, United States of America."
    )


def test_a_copy_of_a_report_is_called_one(client):
    page = read(client, ES11_1)
    items = page.texts(".//ol[@class='sources']/li")

    assert any("(a copy of the report of Associated Press" in item for item in items)
    assert "repeats it" in " ".join(facts(page)["Yes, no, abstentions"])


def test_a_title_that_is_ours_is_called_so(client):
    sentence = "The portal holds no official title of this text; this is a description."

    assert sentence in read(client, VETOED).text
    assert sentence not in read(client, ES11_1).text


def test_the_table_names_code_position_and_group_of_each_member(client):
    page = read(client, address("A/RES/ES-11/1", view="table"))
    rows = {cells(row)[1]: cells(row) for row in page.all(".//table[@class='positions']/tbody/tr")}

    assert rows["FRA"] == ["France", "FRA", "Yes", WEOG]
    assert rows["TUR"] == ["Turkey", "TUR", "Yes", WEOG]
