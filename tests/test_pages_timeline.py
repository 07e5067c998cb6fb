"""The timeline of all texts and its filters."""

import datetime
from urllib.parse import quote

import pytest

from tests import cast, printed
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import Page, links, read, words

YEARS = {"2008": 1, "2014": 1, "2022": 20, "2023": 1, "2025": 2, "1999": 0}


def told(page: Page) -> list[str]:
    return [words(item[0]) for item in page.all(".//ol[@class='timeline']/li")]


@pytest.mark.usefixtures("record")
def test_the_timeline_holds_all_events_in_the_order_of_time(client):
    page = read(client, "/timeline/")
    ids = [item.get("id", "") for item in page.all(".//ol[@class='timeline']/li")]
    dated = [name[:10] for name in ids if name[:4].isdigit() and name[4:5] == "-"]

    assert "27 events" in page.text
    assert len(ids) == len(set(ids)) == 27
    assert [name for name in dated if name[5:7].isdigit()] == sorted(
        name for name in dated if name[5:7].isdigit()
    )
    assert told(page)[0] == "2008 claimed by the person quoted"
    assert told(page)[-1] == "24 February 2025"


@pytest.mark.usefixtures("record")
def test_no_event_of_the_whole_timeline_is_the_one_being_read(client):
    assert read(client, "/timeline/").all(".//ol[@class='timeline']/li[@aria-current]") == []


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("year", "count"), YEARS.items())
def test_the_timeline_of_a_year_holds_what_is_dated_in_it(client, year, count):
    page = read(client, f"/timeline/?year={year}")

    assert len(told(page)) == count
    assert f"{count} event{'' if count == 1 else 's'}" in page.text
    assert all(year in when for when in told(page))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (
            "planned",
            [
                "10 October 2022 planned, as reported on 6 October 2022",
                "11 October 2022 planned, as reported on 6 October 2022",
            ],
        ),
        ("expected", ["12 October 2022 expected, as reported on 6 October 2022"]),
        ("claimed", ["2008 claimed by the person quoted"]),
    ],
)
def test_what_was_foreseen_or_claimed_can_be_seen_alone(client, standing, expected):
    assert told(read(client, f"/timeline/?standing={standing}")) == expected


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("spelling", ["A/RES/ES-11/4", "es-11/4", "A/ES-11/L.5", "a-res-es-11-4"])
def test_the_timeline_of_a_text_is_found_by_any_spelling_of_its_symbols(client, spelling):
    page = read(client, f"/timeline/?text={quote(spelling)}")

    assert len(told(page)) == len(printed.events_of("A-ES-11-L.5"))
    assert page.chosen("text") == spelling


@pytest.mark.usefixtures("record")
def test_filters_work_together(client):
    page = read(client, "/timeline/?text=ES-11/4&standing=planned&year=2022")

    assert len(told(page)) == 2


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("text", ["A/RES/77/1", "honey", "%", "'"])
def test_a_text_that_is_not_held_leaves_nothing_and_says_so(client, text):
    page = read(client, f"/timeline/?text={quote(text)}")

    assert told(page) == []
    assert "No event fits these filters." in page.text


@pytest.mark.usefixtures("record")
def test_a_vote_leads_to_its_text_with_its_totals(client):
    item = read(client, "/timeline/").one(".//li[@id='2022-03-02-vote-cease-fire']")

    assert links(item) == ["/resolutions/A/RES/ES-11/1/"]
    assert "141–5–35" in words(item)


@pytest.mark.usefixtures("record")
def test_an_event_is_told_as_planned_whatever_became_of_it(client):
    item = read(client, "/timeline/").one(".//li[@id='2022-10-12-vote-expected']")

    assert item.get("class") == "foreseen"
    assert "143" not in words(item)


@pytest.mark.usefixtures("record")
def test_a_source_that_tells_it_otherwise_is_heard_too(client):
    item = read(client, "/timeline/").one(".//li[@id='2022-10-05-statement-skoog']")

    assert "says something else: Reverses his title" in words(item)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("year=1899", "Year:"),
        ("year=x", "Year:"),
        ("standing=sure", "Standing:"),
        (f"text={'x' * 201}", "Text:"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_in_words(client, query, reason):
    assert read(client, f"/timeline/?{query}", status=400).answer.startswith(reason)


@pytest.mark.usefixtures("empty_portal")
def test_dates_are_as_exact_as_they_are_known(client):
    first = datetime.date(2022, 5, 1)
    for precision in ("day", "month", "year"):
        cast.timeline_event(date=first, precision=precision)
    cast.timeline_event(date=None, precision="undated")
    cast.timeline_event(date=None, precision="undated", not_after=first)
    page = read(client, "/timeline/")

    assert sorted(told(page)) == sorted(
        ["1 May 2022", "May 2022", "2022", "undated", "undated, by 1 May 2022"]
    )
    assert sorted(time.get("datetime", "") for time in page.all(".//ol//time")) == [
        "2022",
        "2022-05",
        "2022-05-01",
    ]
    assert told(page)[-1] == "undated"
