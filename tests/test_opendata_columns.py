"""Rows as data: what a column says of itself, and cells that any program reads as they were."""

import csv
import dataclasses
import datetime
import io

import pytest
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from votes.opendata import rows
from votes.opendata.columns import (
    ALARMING,
    as_it_was,
    as_json,
    cell,
    cells,
    column,
    columns_of,
    harmless,
    header,
    members_in,
)
from votes.opendata.writing import csv_text, plain

ROW_CLASSES = [
    one
    for name, one in vars(rows).items()
    if name.endswith("Row") and dataclasses.is_dataclass(one)
]
# What PostgreSQL keeps: any text without NUL and without halves of a pair.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@dataclasses.dataclass(frozen=True)
class Hive:
    """An invented row with a column of every type."""

    name: str = column("The name of the hive.")
    bees: int | None = column("How many bees live in it.")
    weight: float | None = column("Its weight in kilogrammes.")
    is_sold: bool = column("Whether it was sold.")
    day: datetime.date | None = column("The day on which it was seen.")
    keepers: tuple[str, ...] = column("Who keeps it.")
    mood: str = column("How it hums.", codes=[("c", "calm"), ("a", "angry")])


hives = st.builds(
    Hive,
    name=texts,
    bees=st.none() | st.integers(-(10**12), 10**12),
    weight=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    is_sold=st.booleans(),
    day=st.none() | st.dates(),
    keepers=st.lists(texts.filter(bool), max_size=4).map(tuple),
    mood=st.sampled_from("ca"),
)


def read(line: list[str]) -> Hive:
    """Read a row as a program does that knows nothing but the description of the columns."""
    name, bees, weight, is_sold, day, keepers, mood = map(as_it_was, line)
    return Hive(
        name,
        int(bees) if bees else None,
        float(weight) if weight else None,
        is_sold == "true",
        datetime.date.fromisoformat(day) if day else None,
        tuple(members_in(keepers)),
        mood,
    )


# The columns


def test_a_column_tells_its_type_and_whether_it_may_be_empty_or_hold_many():
    told = {one.name: (one.type, one.is_list, one.is_optional) for one in columns_of(Hive)}

    assert told == {
        "name": (str, False, False),
        "bees": (int, False, True),
        "weight": (float, False, True),
        "is_sold": (bool, False, False),
        "day": (datetime.date, False, True),
        "keepers": (str, True, False),
        "mood": (str, False, False),
    }
    assert columns_of(Hive)[-1].codes == {"c": "calm", "a": "angry"}
    assert header(Hive) == list(told)


@pytest.mark.parametrize("row_class", ROW_CLASSES)
def test_every_column_of_the_portal_is_described_in_a_sentence_that_can_be_translated(row_class):
    assert row_class.__doc__.endswith(".")
    for one in columns_of(row_class):
        assert isinstance(one.description, Promise), one
        said = str(one.description)
        assert said[0].isupper(), said
        assert said.endswith("."), said
        assert one.type in {str, int, float, bool, datetime.date}
        assert all(isinstance(meaning, Promise) for meaning in one.codes.values())


def test_a_key_has_the_same_name_and_meaning_in_every_table():
    told: dict[str, set[str]] = {}
    for row_class in ROW_CLASSES:
        for one in columns_of(row_class):
            if one.name.endswith(("_key", "_code", "_id")) or one.name in {"symbol", "session"}:
                told.setdefault(one.name, set()).add(str(one.description))

    assert {"text_key", "vote_key", "member_code", "undl_id", "symbol", "session"} <= told.keys()
    told.pop("vote_key")  # the decision on a text is one vote among others
    told.pop("member_code")  # a disagreement on a total is on no member
    assert {name: said for name, said in told.items() if len(said) > 1} == {}


# The cells


@pytest.mark.parametrize("sign", ALARMING)
def test_no_spreadsheet_takes_a_text_for_a_formula(sign):
    text = f'{sign}HYPERLINK("https://elsewhere.example")'

    assert cell(text).startswith("'")
    assert cell((text, "x")).startswith("'")
    assert as_it_was(cell(text)) == text


@given(texts)
def test_what_is_made_harmless_can_be_read_as_it_was(text):
    assert as_it_was(harmless(text)) == text
    assert not harmless(text).startswith(ALARMING)


def test_a_negative_number_stays_a_number():
    assert cell(-5) == "-5"


@given(st.lists(texts.filter(bool)))
def test_a_list_in_a_cell_is_read_back_member_by_member(members):
    assert members_in(as_it_was(cell(tuple(members)))) == members


def test_a_separator_within_a_member_does_not_split_it():
    assert cell(("a|b", "c\\")) == r"a\|b|c\\"
    assert members_in(r"a\|b|c\\") == ["a|b", "c\\"]


def test_what_is_not_known_is_an_empty_cell_and_null():
    row = Hive("", None, None, False, None, (), "c")

    assert cells(row) == ["", "", "", "false", "", "", "c"]
    assert as_json(row) == {
        "name": "", "bees": None, "weight": None, "is_sold": False, "day": None, "keepers": [],
        "mood": "c",
    }  # fmt: skip


def test_json_has_dates_as_iso_and_lists_as_lists():
    row = Hive("A", 5, 1.5, True, datetime.date(2022, 10, 2), ("x|y", "z"), "a")

    assert plain({"hive": [row]}) == {
        "hive": [
            {"name": "A", "bees": 5, "weight": 1.5, "is_sold": True, "day": "2022-10-02",
             "keepers": ["x|y", "z"], "mood": "a"}
        ]
    }  # fmt: skip


# The table


@given(st.lists(hives, max_size=5))
def test_a_table_is_read_back_by_an_independent_reader_as_it_was(made):
    head, *lines = csv.reader(io.StringIO(csv_text(Hive, made), newline=""), strict=True)

    assert head == header(Hive)
    assert [read(line) for line in lines] == made


@given(st.lists(hives, max_size=3))
def test_every_line_of_a_table_ends_as_rfc_4180_says(made):
    table = csv_text(Hive, made)
    outside = "".join(table.split('"')[::2])  # what stands between quotation marks may be anything

    assert table.endswith("\r\n")
    assert outside.count("\r\n") == outside.count("\n") == outside.count("\r") == len(made) + 1


def test_a_table_without_rows_has_its_head():
    assert csv_text(Hive, []) == "name,bees,weight,is_sold,day,keepers,mood\r\n"
