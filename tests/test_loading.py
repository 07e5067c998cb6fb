"""Loading fixtures again: nothing is undone in silence, and nothing is loaded by half."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from resolutions.models import DataVersion, LoadedRow, Origin, Resolution, Source, State, Subject
from unga_portal.management.commands.load_demo import FIXTURES
from votes.checks import ROOMS
from votes.models import MemberState, Revision, StateName, Vote, VoteEvent

pytestmark = pytest.mark.django_db
Row = dict[str, Any]


def dump() -> dict[str, list[Row]]:
    """Return every row of the portal but the data version."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        if model is not DataVersion
    }


def load(*fixtures: str | Path) -> None:
    call_command("loaddata", *map(str, fixtures), verbosity=0)


def row(model: str, **fields: Any) -> Row:
    return {"model": model, "fields": fields}


def source(key: str = "gazette", **fields: Any) -> Row:
    told = {"kind": "news", "publisher": "The Gazette", "title": "A vote in Arvenia"}
    return row("resolutions.source", key=key, **(told | fields))


def data_version() -> int:
    return DataVersion.objects.current()


def text(**fields: Any) -> Row:
    told = {"key": "weather", "title": "The weather", "state": "published", "origin": "fixture"}
    return row("resolutions.resolution", **(told | fields))


@pytest.fixture
def emptied(db: None) -> None:
    """Take everything out; the end of the test's transaction brings it back."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


@pytest.fixture
def edition(tmp_path: Path) -> Callable[..., Path]:
    """Write an edition of a fixture; one of the same name is the next edition of it."""

    def write(*rows: Row, name: str = "invented") -> Path:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(rows))
        return path

    return write


# What is shipped


def test_loading_everything_again_in_another_order_changes_nothing(record):
    before, version = dump(), data_version()

    load(*reversed(FIXTURES))

    assert dump() == before
    assert data_version() == version + 1


@pytest.mark.parametrize("remembered", [True, False])
def test_the_articles_undo_nothing_of_the_record(record, remembered):
    if not remembered:
        LoadedRow.objects.filter(fixture="articles").delete()
    before = {label: rows for label, rows in dump().items() if label != LoadedRow._meta.label}

    load("articles")

    assert {label: rows for label, rows in dump().items() if label in before} == before


def test_the_record_is_refused_without_the_articles_that_it_builds_on(emptied):
    with pytest.raises(CommandError, match="load that one first"):
        load("record")

    assert not Source.objects.exists()


# An editor's work


def test_what_an_editor_corrected_emptied_or_withdrew_stays_so(record):
    corrected = Resolution.objects.filter(key="A-RES-ES-11-1")
    event = VoteEvent.objects.filter(key="2022-03-02-A-RES-ES-11-1")
    withdrawn = VoteEvent.objects.filter(key="2022-10-12-A-ES-11-L.5")
    corrected.update(summary="As an editor corrected it.")
    event.update(meeting="", rule="not known")
    withdrawn.update(state=State.WITHDRAWN)

    load("articles", "record")

    assert corrected.get().summary == "As an editor corrected it."
    assert (event.get().meeting, event.get().rule) == ("", "not known")
    assert withdrawn.get().state == State.WITHDRAWN


def test_what_was_added_to_a_list_or_taken_out_of_it_stays_so(record):
    held = Resolution.objects.get(key="A-RES-ES-11-1")
    ours = Subject.objects.create(key="charter", name="Charter", scheme="portal")
    held.subjects.set([ours])

    load("articles")

    assert list(held.subjects.all()) == [ours]


def test_a_row_that_was_removed_is_not_brought_back_in_silence(record):
    StateName.objects.filter(member__code="TUR", name_en="Turkey").delete()
    before, version = dump(), data_version()

    with pytest.raises(CommandError, match=r"votes\.statename.*TUR.*was removed here"):
        load("member_states")

    assert (dump(), data_version()) == (before, version)


# A new edition of a fixture


def test_a_new_edition_is_taken_over_where_nobody_changed_the_value(edition):
    load(edition(source(title="A vote in Arvenia", note="First")))
    load(edition(source(title="Two votes in Arvenia", date="2022-10-12")))

    row = Source.objects.get(key="gazette")
    assert (row.title, str(row.date)) == ("Two votes in Arvenia", "2022-10-12")
    assert row.note == "First", "what an edition leaves out it does not take back"


def test_a_new_edition_changes_one_value_and_leaves_the_correction_of_another(edition):
    load(edition(source(note="First")))
    Source.objects.filter(key="gazette").update(publisher="The Arvenia Gazette")

    load(edition(source(note="Second")))

    row = Source.objects.get(key="gazette")
    assert (row.publisher, row.note) == ("The Arvenia Gazette", "Second")


def test_a_value_changed_on_both_sides_stops_the_load_and_nothing_is_loaded(edition):
    load(edition(source(), source("herald", publisher="The Herald")))
    Source.objects.filter(key="gazette").update(title="A vote, as an editor has it")
    before, version = dump(), data_version()
    other = edition(source("almanac"), name="other")

    with pytest.raises(CommandError) as stopped:
        load(
            other,
            edition(source("herald", publisher="The New Herald"), source(title="A second edition")),
        )

    for part in (
        'resolutions.source ["gazette"]',
        "“title”",
        "“A vote, as an editor has it” here",
        "“A second edition” in the fixture",
        "Nothing was loaded from “invented”",
    ):
        assert part in str(stopped.value)
    assert (dump(), data_version()) == (before, version)


def test_a_value_changed_to_the_same_on_both_sides_is_no_conflict(edition):
    load(edition(source()))
    Source.objects.filter(key="gazette").update(title="Corrected")

    load(edition(source(title="Corrected")))
    Source.objects.filter(key="gazette").update(title="Corrected once more")
    load(edition(source(title="Corrected")))

    assert Source.objects.get(key="gazette").title == "Corrected once more"


def test_a_new_value_does_not_run_over_what_an_editor_had_filled_in(edition):
    load(edition(source()))
    Source.objects.filter(key="gazette").update(note="From an editor")

    with pytest.raises(CommandError, match="“note” = “From an editor” here"):
        load(edition(source(note="From the fixture")))


def test_an_editors_draft_is_not_published_by_a_fixture_of_the_same_key(edition, django_user_model):
    editor = django_user_model.objects.create(username="editor")
    Resolution.objects.create(key="weather", title="The weather", entered_by=editor)

    with pytest.raises(CommandError, match="“state” = “draft” here"):
        load(edition(text()))

    assert Resolution.objects.get(key="weather").state == State.DRAFT


def test_two_fixtures_that_disagree_stop_the_load(edition):
    load(edition(source()))

    with pytest.raises(CommandError, match="“title”"):
        load(edition(source(title="Something else"), name="other"))


def test_a_second_fixture_fills_in_what_the_first_left_empty(edition):
    first = edition(source())
    load(first, edition(row("resolutions.source", key="gazette", note="More"), name="other"))
    load(first)

    row_ = Source.objects.get(key="gazette")
    assert (row_.title, row_.note) == ("A vote in Arvenia", "More")


def test_a_list_follows_the_edition_except_where_an_editor_changed_it(edition):
    def subjects(*keys):
        rows = [row("resolutions.subject", key=k, name=k, scheme="portal") for k in "abc"]
        lists = {"subjects": [[key] for key in keys]}
        return edition(*rows, text(**lists))

    load(subjects("a", "b"))
    held = Resolution.objects.get(key="weather")
    held.subjects.add(Subject.objects.create(key="d", name="d", scheme="portal"))
    load(subjects("a", "c"))

    assert {subject.key for subject in held.subjects.all()} == {"a", "c", "d"}


# The data version


def test_one_command_raises_the_data_version_once(edition):
    version = data_version()

    load(edition(source()), edition(source("herald"), source("almanac"), name="other"))

    assert data_version() == version + 1


def test_a_load_that_fails_leaves_the_data_version(edition):
    version = data_version()

    with pytest.raises(CommandError):
        load(edition(source(copy_of=["nobody"])))

    assert data_version() == version
    assert not Source.objects.filter(key="gazette").exists()


# Votes: a load that would leave a wrong one is refused as a whole

CODES = ("XAA", "XBB", "XCC")


def ballot(positions: dict[str, str], **fields: Any) -> list[Row]:
    """A vote of three invented members, seated since 1950."""
    key = "2022-10-12-weather"
    told = {
        "key": key,
        "text": ["weather"],
        "date": "2022-10-12",
        "method": "recorded",
        "state": "published",
        "origin": "fixture",
    }
    return [
        source(),
        *[row("votes.memberstate", code=code, admitted="1950-01-01") for code in CODES],
        row("votes.memberstate", code="XDD", admitted="2023-01-01"),
        text(),
        row("votes.voteevent", **(told | fields)),
        *[
            row("votes.vote", event=[key], member=[code], position=position)
            for code, position in positions.items()
        ],
    ]


RIGHT = {"XAA": "Y", "XBB": "N", "XCC": "X"}


def test_positions_are_loaded_with_their_history(emptied, edition):
    fixture = edition(*ballot(RIGHT, announced_yes=1, announced_no=1, announced_abstain=0))
    load(fixture)
    load(fixture)

    revision = Revision.objects.get()
    assert (revision.vector, revision.origin) == ("XAA:Y XBB:N XCC:X", Origin.FIXTURE)
    assert revision.reason == "Loaded from invented"


def test_a_corrected_position_in_a_new_edition_makes_a_new_revision(emptied, edition):
    load(edition(*ballot(RIGHT)))
    load(edition(*ballot(RIGHT | {"XCC": "A"})))

    assert [r.vector for r in Revision.objects.order_by("number")] == [
        "XAA:Y XBB:N XCC:X",
        "XAA:Y XBB:N XCC:A",
    ]


@pytest.mark.parametrize(
    ("positions", "fields", "reason"),
    [
        (RIGHT | {"XDD": "Y"}, {}, "XDD, not seated"),
        ({"XAA": "Y", "XBB": "N"}, {}, "no position of XCC"),
        (RIGHT, {"method": "secret ballot"}, "leaves none"),
        (RIGHT, {"method": "non-recorded"}, "leaves none"),
        (
            RIGHT,
            {"announced_yes": 2, "announced_no": 1, "announced_abstain": 1},
            "more votes than the 3 members",
        ),
        (RIGHT, {"rule": "two thirds", "outcome": "adopted"}, "1 of the 2 votes needed"),
    ],
)
def test_a_wrong_vote_is_refused_with_all_that_came_with_it(
    emptied,
    edition,
    positions,
    fields,
    reason,
):
    before = dump()

    with pytest.raises(CommandError, match=reason):
        load(edition(*ballot(positions, **fields)))

    assert dump() == before
    assert not MemberState.objects.exists()


@pytest.mark.parametrize("origin", ["import", "fixture"])
def test_positions_are_checked_whatever_the_origin_of_the_vote(emptied, edition, origin):
    with pytest.raises(CommandError, match="XDD, not seated"):
        load(edition(*ballot(RIGHT | {"XDD": "Y"}, origin=origin)))

    assert not Vote.objects.exists()


def test_totals_that_differ_from_the_positions_are_kept_and_not_refused(emptied, edition):
    load(edition(*ballot(RIGHT, announced_yes=2, announced_no=1, announced_abstain=0)))

    event = VoteEvent.objects.get()
    assert (event.announced_yes, event.votes.filter(position="Y").count()) == (2, 1)
