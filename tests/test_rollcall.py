"""The positions of one event as rows: named as of the day, filtered, counted and grouped."""

import datetime

import pytest
from django.utils import translation

from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from votes.drawing import drawn
from votes.marks import ORDER
from votes.models import GroupMembership, Position, SeatGap, StateGroup, StateName
from votes.reference import alphabetical, reference
from votes.rollcall import Row, by_group, filtered, rows_of, shares, with_position

HIVE, HILL = StateGroup(key="hive", name="The Hive"), StateGroup(key="hill", name="The Hill")


def row(name: str, position: str, group: str = "hive", code: str = "", also: str = "") -> Row:
    searchable = alphabetical(f"{name}\n{also}")
    return Row(code or name[:3].upper(), name, Position(position), group, group, "", searchable)


ROWS = [
    row("Aldora", "Y"),
    row("Borvia", "N", also="Grand Duchy of Borvia"),
    row("Côte d'Ambre", "Y", "hill", code="AMB"),
    row("Dunmark", "A", "hill"),
    row("Estmere", "X", ""),
    row("Farland", "Y"),
]


def names(rows: list[Row]) -> str:
    return " ".join(row.name[0] for row in rows)


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, "A B C D E F"),
        ({"position": "Y"}, "A C F"),
        ({"position": "I"}, ""),
        ({"group": "hill"}, "C D"),
        ({"name": "mar"}, "D"),
        ({"name": "  ALDORA "}, "A"),
        ({"name": "cote d’ambre"}, "C"),
        ({"name": "côte"}, "C"),
        ({"name": "amb"}, "C"),
        ({"name": "AMB"}, "C"),
        ({"name": "duchy"}, "B"),
        ({"name": "BOR"}, "B"),
        ({"name": "atlantis"}, ""),
        ({"position": "Y", "group": "hive"}, "A F"),
        ({"position": "Y", "group": "hive", "name": "land"}, "F"),
        ({"position": "N", "group": "hill"}, ""),
    ],
    ids=str,
)
def test_a_filter_leaves_the_rows_that_fit_all_it_asks_for(wanted, left):
    assert names(filtered(ROWS, **wanted)) == left


def test_shares_count_the_rows_in_the_order_in_which_positions_are_told():
    found = shares(ROWS)

    assert [(share.position.value, share.count) for share in found] == [
        ("Y", 3),
        ("N", 1),
        ("A", 1),
        ("X", 1),
    ]
    assert [round(share.percent, 1) for share in found] == [50.0, 16.7, 16.7, 16.7]


def test_shares_of_no_rows_are_noughts():
    assert [(share.count, share.percent) for share in shares([])] == [(0, 0.0)] * 4


def test_shares_of_given_positions_keep_their_columns():
    assert [share.position for share in shares(ROWS, ORDER)] == list(ORDER)


def test_rows_of_positions_keep_their_order():
    assert names(with_position(ROWS, Position.YES, Position.NON_VOTING)) == "A C E F"


def test_groups_hold_every_row_once_and_those_of_no_group_come_last():
    splits = by_group(ROWS, [HIVE, HILL])

    assert [split.group for split in splits] == [HIVE, HILL, None]
    assert [names(split.rows) for split in splits] == ["A B F", "C D", "E"]


def test_a_group_of_which_nobody_is_left_is_left_out():
    assert [split.group for split in by_group(ROWS[:2], [HILL, HIVE])] == [HIVE]


def test_all_groups_have_the_same_columns():
    rows = [*ROWS, row("Gorvia", "I", "hill")]

    assert {
        tuple(share.position for share in split.shares) for split in by_group(rows, [HIVE, HILL])
    } == {ORDER}


@pytest.mark.parametrize(
    ("positions", "dissenters"),
    [
        ("YYN", "2"),
        ("NNY", "2"),
        ("YN", ""),
        ("YYY", ""),
        ("YAX", ""),
        ("AAAN", ""),
        ("YYNNA", ""),
        ("YYYNNA", "34"),
    ],
)
def test_dissenters_voted_against_most_of_those_of_the_group_that_voted(positions, dissenters):
    rows = [row(str(place), position) for place, position in enumerate(positions)]
    [split] = by_group(rows, [HIVE])

    assert "".join(row.name for row in split.dissenters) == dissenters


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Türkiye", "turkiye"),
        ("Côte d'Ivoire", "cote d'ivoire"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("São Tomé", "sao tome"),
        ("STRASSE ß", "strasse ss"),
        ("", ""),
    ],
)
def test_accents_case_and_apostrophes_make_no_difference_to_the_order(name, key):
    assert alphabetical(name) == key


# From the database


@pytest.fixture
def states(empty_portal: None):  # noqa: F811  # the fixture itself
    return cast.states()


def rows_on(day: datetime.date, **fields: object) -> list[Row]:
    event = cast.event(cast.text(), positions=cast.HABITS, date=day, **fields)
    return rows_of(event, reference())


def test_rows_come_in_the_order_of_the_board_with_their_addresses(states):
    found = rows_on(cast.DAY)

    assert [(row.code, row.name, row.position.value, row.url) for row in found] == [
        ("QAA", "Aldora", "Y", "/states/QAA/"),
        ("QAB", "Borvia", "N", "/states/QAB/"),
        ("QAC", "Cestria", "A", "/states/QAC/"),
        ("QAD", "Dunmark", "X", "/states/QAD/"),
        ("QAE", "Estmere", "Y", "/states/QAE/"),
    ]


def test_a_row_bears_the_name_of_its_day_and_is_found_by_the_others(states):
    StateName.objects.filter(member=states[cast.ALDORA]).update(to_date="2020-01-01")
    StateName.objects.create(member=states[cast.ALDORA], from_date="2020-01-01", name_en="Zaldora")
    early, late = rows_on(datetime.date(2019, 12, 31)), rows_on(datetime.date(2020, 1, 1))

    assert early[0].name == "Aldora"
    assert late[-1].name == "Zaldora"
    assert filtered(early, name="zaldora") == early[:1]
    assert not any(row.is_present_name or row.is_uncertain_name for row in (*early, *late))


def test_events_share_the_rows_of_members_that_voted_alike_under_one_name(states):
    StateName.objects.filter(member=states[cast.ALDORA]).update(to_date="2020-01-01")
    StateName.objects.create(member=states[cast.ALDORA], from_date="2020-01-01", name_en="Zaldora")
    snapshot = reference()
    days = [datetime.date(2019, 5, 1), datetime.date(2019, 6, 1), datetime.date(2020, 6, 1)]
    first, second, third = (
        rows_of(cast.event(cast.text(), positions=cast.HABITS, date=day), snapshot) for day in days
    )

    assert all(one is other for one, other in zip(first, second, strict=True))
    assert [row.code for row in first if row not in third] == [cast.ALDORA]


def test_a_row_is_shown_in_the_language_of_its_reader(states):
    StateName.objects.filter(member=states[cast.ALDORA]).update(name_fr="Aldorie")
    event = cast.event(cast.text(), positions=cast.HABITS)
    snapshot = reference()
    english = drawn(rows_of(event, snapshot), "name", ", ")
    with translation.override("fr"):
        french = drawn(rows_of(event, snapshot), "name", ", ")

    assert (">Aldora<" in english, ">Aldorie<" in english) == (True, False)
    assert (">Aldora<" in french, ">Aldorie<" in french) == (False, True)
    assert drawn(rows_of(event, snapshot), "name", ", ") == english


def test_what_is_drawn_is_escaped(states):
    StateName.objects.filter(member=states[cast.ALDORA]).update(name_en="<b>&")
    event = cast.event(cast.text(), positions=cast.HABITS)

    assert "&lt;b&gt;&amp;" in drawn(rows_of(event, reference()), "board")


def test_the_group_of_a_row_is_that_of_its_day(states):
    coast, hills = builders.group(name="The Coast"), builders.group(name="The Hills")
    for group, first, last in [(coast, None, "2020-01-01"), (hills, "2020-01-01", None)]:
        GroupMembership.objects.create(
            group=group, member=states[cast.ALDORA], from_date=first, to_date=last
        )

    assert rows_on(datetime.date(2019, 12, 31))[0].group_name == "The Coast"
    assert rows_on(datetime.date(2020, 1, 1))[0].group_name == "The Hills"


def test_the_members_of_a_day_are_those_that_were_seated(states):
    SeatGap.objects.create(member=states[cast.BORVIA], from_date="2000-01-01", to_date="2001-01-01")
    states[cast.CESTRIA].ended = datetime.date(2010, 1, 1)
    states[cast.CESTRIA].save()
    snapshot = reference()

    def seated(year: int) -> str:
        members = snapshot.seated_on(datetime.date(year, 6, 1))
        return "".join(sorted(member.code[-1] for member in members))

    assert [seated(year) for year in (1949, 1950, 2000, 2001, 2010, 2023)] == [
        "",
        "ABCDE",
        "ACDE",
        "ABCDE",
        "ABDE",
        "ABDEF",
    ]


def test_names_are_read_anew_when_the_data_have_changed(states, django_assert_num_queries):
    before = reference()
    with django_assert_num_queries(1):
        assert reference() is before

    states[cast.ALDORA].names.get().delete()
    builders.state_name(member=states[cast.ALDORA], name_en="Aldoria", from_date=None)

    assert reference().by_code[cast.ALDORA].present_name == "Aldoria"
