"""The facets: what each filter leaves, how much each value would, and what emptiness says."""

import datetime
from urllib.parse import urlencode

import pytest

from resolutions.models import Resolution
from resolutions.models.text import Scheme
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    DUNMARK,
    ESTMERE,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.finding import finding
from tests.reading import query_of, read
from votes.models import GroupKind, Method, Outcome, Question, Rule, Venue
from votes.search.facets import FACETS_OF_TEXTS, FACETS_OF_VOTES
from votes.search.finding import Finding


def roll(letters: str) -> dict[str, str]:
    """Return the positions of Aldora, Borvia, Cestria, Dunmark and Estmere."""
    return dict(zip((ALDORA, BORVIA, CESTRIA, DUNMARK, ESTMERE), letters, strict=True))


def day(year: int, month: int = 10) -> datetime.date:
    return datetime.date(year, month, 12)


@pytest.fixture
@public_change()
def votes(empty_portal: None) -> dict[str, Resolution]:  # noqa: F811  # the fixture itself
    """Six texts with eight votes: each facet has something to tell apart."""
    members = cast.states()
    for key, codes in {"NORTH": (ALDORA, BORVIA), "SOUTH": (CESTRIA, DUNMARK, ESTMERE)}.items():
        group = builders.group(key=key, name=f"{key.title()} group", kind=GroupKind.REGIONAL)
        for code in codes:
            builders.membership(group=group, member=members[code], from_date=cast.FOUNDED)
    texts = {
        "bees": cast.text("A/77/L.1", title="On bees"),
        "ants": cast.text("A/77/L.2", title="On ants"),
        "wasps": cast.text("A/78/L.3", title="On wasps", session=cast.session(78)),
        "moths": cast.text("A/78/L.4", title="On moths", session=cast.session(78)),
        "flies": cast.text("A/78/L.5", title="On flies", session=cast.session(78)),
        "gnats": cast.text("A/79/L.6", title="On gnats", session=cast.session(79)),
    }
    vote(texts["bees"], "YYYYY", date=day(1999), rule=Rule.TWO_THIRDS)
    vote(texts["ants"], "YNAXY", date=day(2021))
    vote(texts["wasps"], "NNNYN", date=day(2022), outcome=Outcome.REJECTED)
    vote(texts["moths"], "YAYAY", Method.ROLL_CALL, date=day(2022, 11))
    cast.event(texts["flies"], Method.WITHOUT_VOTE, date=day(2022, 12))
    about = {"question": Question.PARAGRAPH, "question_text": "Paragraph 7"}
    vote(texts["ants"], "NNYYN", date=day(2021, 9), outcome=Outcome.REJECTED, **about)
    vote(texts["moths"], "YYYYN", date=day(2022, 10), venue=Venue.C3)
    matter = builders.subject(key="STINGS", name="STINGS", scheme=Scheme.UN_LIBRARY)
    matter.texts.set([texts["bees"], texts["wasps"]])
    return texts


def vote(
    text: Resolution, letters: str, method: Method = Method.RECORDED, **fields: object
) -> None:
    totals = cast.totals(*(letters.count(letter) for letter in "YNA"))
    cast.event(text, method, positions=roll(letters), **{**totals, **fields})


def texts_found(address: str) -> str:
    return " ".join(line.title.removeprefix("On ") for line in finding(address).lines)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", "gnats flies moths wasps ants bees"),
        ("session=78", "flies moths wasps"),
        ("decade=2020", "flies moths wasps ants"),
        ("decade=1995", "bees"),
        ("year=2022", "flies moths wasps"),
        ("subject=STINGS", "wasps bees"),
        ("subject=NOTHING", ""),
        ("status=draft", "gnats"),
        ("method=roll-call", "moths"),
        ("outcome=rejected", "wasps"),
        ("rule=two+thirds", "bees"),
        ("margin=unanimous", "moths bees"),
        ("margin=contested", "ants"),
        ("within=1", "ants"),
        ("within=3", "moths wasps ants"),
        ("within=0", ""),
        ("against_below=1", "moths bees"),
        ("against_below=2", "moths ants bees"),
        ("split=SOUTH", "moths wasps ants"),
        ("split=NORTH", "moths ants"),
        ("split=SOUTH&year=2021", "ants"),
        ("state=QAA&position=yes", "moths ants bees"),
        ("state=qaa&position=Y", "moths ants bees"),
        ("state=QAB&position=no&state=QAC&position=abstain", "ants"),
        ("state=QAB&position=no&state=QAC&position=no", "wasps"),
        ("state=QAD&position=non-voting", "ants"),
        ("state=QAF&position=yes", ""),
        ("state=QAF", ""),
        ("state=QAA", "moths wasps ants bees"),
        ("state=&position=", "gnats flies moths wasps ants bees"),
        ("state=QAA&position=yes&sort=-abstentions", "moths ants bees"),
        ("sort=-against&method=recorded", "wasps ants bees"),
        ("sort=relevance", "gnats flies moths wasps ants bees"),
    ],
)
def test_a_filter_leaves_the_texts_whose_last_decision_fits(votes, address, found):
    assert texts_found(address) == found


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("", 7),
        ("question=paragraph", 1),
        ("question=whole", 6),
        ("question=paragraph&session=77", 1),
        ("state=QAE&position=no", 3),
        ("state=QAE&position=no&question=paragraph", 1),
        ("outcome=rejected", 2),
        ("q=paragraph", 1),
    ],
)
def test_the_list_of_votes_holds_each_single_one(votes, address, count):
    assert len(finding(address, votes=True).lines) == count


def counts(found: Finding, name: str, names: tuple[str, ...] = FACETS_OF_TEXTS) -> dict[str, int]:
    facet = next(facet for facet in found.facets(names) if facet.name == name)
    return {option.value: option.count for option in facet.options}


def test_a_facet_counts_what_each_value_would_leave(votes):
    assert counts(finding(), "session") == {"79": 1, "78": 3, "77": 2}
    assert counts(finding(), "decade") == {"2020": 4, "1990": 1}
    assert counts(finding(), "margin") == {"unanimous": 2, "contested": 1}
    assert counts(finding(), "split") == {"NORTH": 2, "SOUTH": 3}


def test_the_counts_follow_the_other_filters_and_not_their_own(votes):
    found = finding("session=78&year=2022")

    assert counts(found, "session") == {"78": 3}
    assert counts(found, "year") == {"2022": 3}
    assert counts(found, "method") == {"recorded": 1, "roll-call": 1, "without a vote": 1}
    assert counts(finding("session=78"), "session") == {"79": 1, "78": 3, "77": 2}


def test_a_chosen_value_stays_in_its_facet_with_none(votes):
    assert counts(finding("outcome=rejected&session=77"), "outcome") == {
        "adopted": 2,
        "rejected": 0,
    }


@pytest.mark.parametrize("address", ["", "session=78", "state=QAA&position=yes", "q=on+-wasps"])
@pytest.mark.parametrize("votes_or_texts", [True, False])
def test_each_count_is_what_choosing_the_value_finds(votes, address, votes_or_texts):
    names = FACETS_OF_VOTES if votes_or_texts else FACETS_OF_TEXTS
    found = finding(address, votes=votes_or_texts)
    for facet in found.facets(names):
        for option in facet.options:
            chosen = finding(found.query(**{facet.name: option.value}), votes=votes_or_texts)
            assert len(chosen.places) == option.count, (facet.name, option.value)


def test_how_a_state_voted_in_what_is_left_is_counted_beside_it(votes):
    [(held, options)] = finding("state=QAA&position=yes&year=2022").states

    assert held.member.present_name == "Aldora"
    assert {option.value: option.count for option, _query in options} == {"yes": 1, "no": 1}
    assert [texts_found(query) for _option, query in options] == ["moths", "wasps"]


def test_every_filter_that_is_set_can_be_taken_away(votes):
    address = "q=on&year=2022&state=QAA&position=yes&state=QAB&position=abstain&within=3"
    found = finding(address)

    assert [chip.label for chip in found.chips] == [
        "Words or symbol: on",
        "Year: 2022",
        "Decided within 3 votes",
        "Aldora: Yes",
        "Borvia: Abstain",
    ]
    for chip in found.chips:
        assert len(finding(chip.query).places) == chip.found_without
        assert len(finding(chip.query).chips) == 4


@pytest.mark.usefixtures("votes")
def test_an_empty_result_says_which_filter_excludes_most(client):
    page = read(client, "/resolutions/?year=2022&session=78&outcome=rejected&method=roll-call")

    assert "No text fits these filters." in page.text
    ways = [way for way in page.texts(".//main/ul/li") if way.startswith("without")]
    assert [way.rpartition("” ")[2] for way in ways] == ["1 result", "1 result", *["0 results"] * 2]
    assert "without “Outcome: Rejected” 1 result" in ways


@pytest.mark.usefixtures("votes")
@pytest.mark.parametrize("address", ["/resolutions/", "/votes/"])
def test_the_form_keeps_every_filter(client, address):
    asked = {"q": "on", "session": "78", "decade": "2020", "year": "2022", "method": "recorded",
             "outcome": "rejected", "within": "9", "against_below": "9"}  # fmt: skip
    page = read(client, f"{address}?{urlencode(asked)}&state=QAA&position=no")

    assert {name: page.chosen(name) for name in asked} == asked
    hidden = [
        (field.get("name"), field.get("value")) for field in page.all(".//input[@type='hidden']")
    ]
    assert hidden == [("state", "QAA"), ("position", "no")]


@pytest.mark.usefixtures("votes")
def test_from_texts_to_votes_and_back_the_filters_stay(client):
    page = read(client, "/resolutions/?year=2022&state=QAA&position=yes")
    [texts, votes] = page.all(".//nav[@class='tabs']/a")

    assert texts.get("href") == "/resolutions/?year=2022&state=QAA&position=yes"
    assert query_of(votes.get("href")) == {"year": "2022", "state": "QAA", "position": "yes"}
    assert "2 votes" in read(client, votes.get("href")).text


@pytest.mark.usefixtures("votes")
def test_a_row_of_the_list_of_votes_says_what_was_voted_on(client):
    rows = read(client, "/votes/").rows("texts")

    assert ["12 September 2021", "A/77/L.2 On ants – Paragraph: Paragraph 7", "Rejected",
            "2", "3", "0", "40.0 %", "held"] in rows  # fmt: skip
    assert sum("Third Committee" in row[1] for row in rows) == 1


@pytest.mark.usefixtures("votes")
def test_many_states_are_refused_in_words(client):
    page = read(client, f"/votes/?{'state=QAA&' * 11}", status=400)

    assert page.answer == "Give each position its state before it, and at most 10 states."
