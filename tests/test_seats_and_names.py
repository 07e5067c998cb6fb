"""Who holds a seat on a day, what it is called and which groups it is in: an invented cast."""

import datetime

import pytest
from django.utils import translation

from tests import builders
from tests.cast import empty_portal  # noqa: F401  # a fixture
from votes.models import GroupMembership, MemberState, SeatGap, StateName

pytestmark = pytest.mark.usefixtures("empty_portal")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# Arvenia is a founder. Bastura was united with Corvania for a while: its membership went on, its
# seat did not. Dalmora was dissolved; Eskaria, its successor, was admitted the day after.
@pytest.fixture
def cast(empty_portal: None) -> dict[str, MemberState]:  # noqa: F811  # the fixture itself
    members = {
        "XAR": builders.member("XAR", "Arvenia", admitted="1945-10-24"),
        "XBA": builders.member("XBA", "Bastura", admitted="1945-10-24"),
        "XCO": builders.member("XCO", "Corvania", admitted="1950-01-01"),
        "XDA": builders.member("XDA", "Dalmora", admitted="1945-10-24", ended="1993-01-01"),
        "XES": builders.member("XES", "Eskaria", admitted="1993-01-02"),
    }
    builders.seat_gap(member=members["XBA"], from_date="1958-02-21", to_date="1961-10-13")
    return members


def seated_on(date: str) -> str:
    codes = MemberState.objects.seated_on(day(date)).values_list("code", flat=True)
    return " ".join(code[1] for code in codes)


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("date", "seated"),
    [
        pytest.param("1945-10-23", "", id="the day before the first admissions"),
        pytest.param("1945-10-24", "A B D", id="the day of admission"),
        pytest.param("1949-12-31", "A B D", id="the day before an admission"),
        pytest.param("1950-01-01", "A B C D", id="another day of admission"),
        pytest.param("1958-02-20", "A B C D", id="the last day before a gap"),
        pytest.param("1958-02-21", "A C D", id="the first day of a gap"),
        pytest.param("1961-10-12", "A C D", id="the last day of a gap"),
        pytest.param("1961-10-13", "A B C D", id="the first day after a gap"),
        pytest.param("1992-12-31", "A B C D", id="the last day of a membership"),
        pytest.param("1993-01-01", "A B C", id="the first day without a seat"),
        pytest.param("1993-01-02", "A B C E", id="the successor's admission"),
    ],
)
def test_a_member_is_seated_from_its_admission_to_the_day_before_its_end_but_for_gaps(date, seated):
    assert seated_on(date) == seated


@pytest.mark.usefixtures("cast")
def test_only_members_whose_membership_has_not_ended_are_present():
    assert " ".join(state.code[1] for state in MemberState.objects.present()) == "A B C E"


def test_a_second_gap_counts_as_well(cast):
    builders.seat_gap(member=cast["XBA"], from_date="1970-01-01", to_date="1971-01-01")

    assert [seated_on(date) for date in ("1960-01-01", "1965-01-01", "1970-06-01")] == [
        "A C D",
        "A B C D",
        "A C D",
    ]


def test_a_gap_of_one_member_leaves_the_others_seated(cast):
    assert cast["XAR"] in MemberState.objects.seated_on(day("1960-01-01"))


def test_a_gap_goes_with_its_membership(cast):
    cast["XBA"].delete()

    assert not SeatGap.objects.exists()


def test_a_dissolved_member_knows_its_successors(cast):
    cast["XDA"].successors.add(cast["XES"])

    assert list(cast["XES"].predecessors.all()) == [cast["XDA"]]
    assert list(cast["XDA"].predecessors.all()) == []


# Fennmark was Fennland until 1997, and no source says whether it was still Fennmark after 2019.
@pytest.fixture
def fennmark() -> MemberState:
    state = builders.member("XFE")
    # The later name first: the order of entry must not matter.
    builders.state_name(
        member=state, name_en="Fennmark", from_date="1997-05-17", uncertain_from="2019-01-01"
    )
    builders.state_name(
        member=state, name_en="Fennland", from_date=None, to_date="1997-05-17", code="XFL"
    )
    row: MemberState = MemberState.objects.prefetch_related("names").get(code="XFE")
    return row


@pytest.mark.parametrize(
    ("date", "name", "is_uncertain"),
    [
        ("1950-01-01", "Fennland", False),
        ("1997-05-16", "Fennland", False),
        ("1997-05-17", "Fennmark", False),
        ("2018-12-31", "Fennmark", False),
        ("2019-01-01", "Fennmark", True),
        ("2022-10-12", "Fennmark", True),
    ],
)
def test_a_vote_shows_the_name_in_force_on_its_day_and_says_where_that_is_uncertain(
    fennmark, date, name, is_uncertain
):
    found = fennmark.name_on(day(date))

    assert (found.text, found.is_uncertain_on(day(date))) == (name, is_uncertain)


def test_the_name_of_a_day_asks_no_database_once_the_names_are_there(
    fennmark, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert str(fennmark.name_on(day("1990-01-01"))) == "Fennland"
        assert str(fennmark) == "XFE Fennmark"


def test_a_name_may_have_had_a_code_of_its_own(fennmark):
    assert [name.code for name in fennmark.names.all()] == ["XFL", ""]


def test_names_are_listed_in_time_order_with_the_open_beginning_first(fennmark):
    assert [name.name_en for name in StateName.objects.all()] == ["Fennland", "Fennmark"]


def test_a_day_between_two_names_has_none():
    state = builders.member()
    builders.state_name(member=state, name_en="Gorland", from_date=None, to_date="1960-01-01")
    builders.state_name(member=state, name_en="Gorvia", from_date="1961-01-01")

    assert str(state.name_on(day("1959-12-31"))) == "Gorland"
    assert state.name_on(day("1960-01-01")) is None
    assert str(state.name_on(day("1961-01-01"))) == "Gorvia"


def test_a_member_goes_by_its_last_name_and_without_any_by_its_code():
    ended = builders.member(ended="1993-01-01")
    builders.state_name(member=ended, name_en="Old Hallia", from_date=None, to_date="1970-01-01")
    builders.state_name(
        member=ended, name_en="Hallia", from_date="1970-01-01", to_date="1993-01-01"
    )
    nameless = builders.member("XNA")

    assert ended.name == "Hallia"
    assert nameless.name == "XNA"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Ilmaria"),
        ("fr", "Ilmarie"),
        ("es", "Ilmaria (es)"),
        ("ru", "Ильмария"),
        ("ar", "إلماريا"),
        ("zh-hans", "伊尔马里亚"),
        ("fr-ca", "Ilmarie"),
        ("pt", "Ilmaria"),
    ],
)
def test_a_name_follows_the_readers_language_and_falls_back_to_english(language, name):
    state = builders.member("XIL")
    builders.state_name(
        member=state,
        name_en="Ilmaria",
        name_fr="Ilmarie",
        name_es="Ilmaria (es)",
        name_ru="Ильмария",
        name_ar="إلماريا",
        name_zh="伊尔马里亚",
    )

    with translation.override(language):
        assert state.name == name
        assert str(state.name_on(builders.VOTED)) == name


@pytest.mark.parametrize("language", ["fr", "es", "ru", "ar", "zh-hans", None])
def test_a_name_that_a_language_lacks_is_shown_in_english(language):
    state = builders.member("XJO", "Jorvia")

    with translation.override(language, deactivate=True):
        assert state.name == "Jorvia"


# Kelvia's membership of the Coast is known by its days, of the Hills only by a list.
@pytest.fixture
def kelvia() -> MemberState:
    state = builders.member("XKE", "Kelvia")
    coast, hills = builders.group(name="The Coast"), builders.group(name="The Hills")
    builders.membership(member=state, group=coast, from_date="1960-01-01", to_date="1980-01-01")
    builders.membership(member=state, group=hills, from_date=None, as_listed="2026")
    return state


@pytest.mark.parametrize(
    ("date", "groups"),
    [
        ("1959-12-31", "The Hills"),
        ("1960-01-01", "The Coast, The Hills"),
        ("1979-12-31", "The Coast, The Hills"),
        ("1980-01-01", "The Hills"),
    ],
)
def test_groups_are_those_of_the_day_and_an_open_start_reaches_back(kelvia, date, groups):
    rows = GroupMembership.objects.on(day(date)).filter(member=kelvia).order_by("group__name")

    assert ", ".join(row.group.name for row in rows) == groups


def test_a_member_may_leave_a_group_and_come_back(kelvia):
    coast = kelvia.memberships.get(group__name="The Coast").group
    builders.membership(member=kelvia, group=coast, from_date="1990-01-01")

    years = [year for year in (1970, 1985, 2000) if coast.memberships.on(day(f"{year}-06-01"))]

    assert years == [1970, 2000]


def test_names_in_force_on_a_day_can_be_asked_of_the_database_too(fennmark):
    names = StateName.objects.on(day("1997-05-17"))

    assert [name.name_en for name in names] == ["Fennmark"]
