"""Every column of the pack is carried by a layout of another data set, or named as lost there."""

import json

import pytest

from votes.opendata.pack.layouts import LAYOUTS
from votes.opendata.pack.tables import TABLES

# The pack is written from the database of the tests.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Words that say that something is lost → the columns that are meant, or whole tables.
IN_ALL = {
    "stated intentions": "intentions",
    "discrepancies": "discrepancies",
    "sources": "sources citations events.data_set",
    "imports and their marks": "import_runs import_marks memory texts.origin texts.self_published"
    " events.origin events.self_published",
    "changes": "changes",
    "earlier positions": "revisions",
    "what was withdrawn": "withdrawn",
    "the timeline": "timeline timeline_links",
    "the majority rule": "events.rule events.rule_basis",
    "by machine or by roll-call": "events.method",
    "the order of the votes of a day": "events.sequence",
    "sponsors": "sponsorships",
    "members concerned": "members_concerned",
    "summaries": "texts.summary",
    "this portal's keys": "events.key texts.key subjects.key",
    "the days of sessions": "sessions.opened sessions.closed sessions.note",
    "groups": "groups memberships",
    "seats": "seat_gaps states.admitted states.ended",
    "successors": "state_successors",
    "names and codes other than": "state_names states.note states.m49",
}
NOT_IN_VOETEN = {
    "whether it was adopted": "events.outcome",
    "drafts, reports": "symbols.role symbols.sequence",
    "meetings": "events.meeting",
    "agenda items": "texts.agenda_item",
    "headings": "subjects.name subjects.scheme text_subjects",
    "notes": "events.note",
    "the number in the UN Digital Library": "events.undl_id",
    "whether a title is a description of this portal": "texts.title_is_ours",
}
TOTALS = "events.announced_yes events.announced_no events.announced_abstain"
LOST = {
    "undl": {
        "rcid": "events.rcid",
        "names and codes other": "states.iso2 states.cow",
        "headings of this portal's own": "subjects.scheme",
        "a title that is a description of this portal": "texts.title_is_ours",
    },
    "voeten": NOT_IN_VOETEN
    | {
        "number of those that did not vote": "events.announced_non_voting",
        "names and codes other": "states.iso2",
    },
    "unvotes": NOT_IN_VOETEN
    | {
        "totals": f"{TOTALS} events.announced_non_voting",
        "names and codes other": "states.code states.cow",
    },
}
# A column of the layout → those of the pack, or whole tables, that it carries.
VOTE = {
    "date": "events.date",
    "session": "texts.session events.session",
    "unres": "events.text symbols.text symbols.symbol",
    "descr": "texts.title events.question_text",
    "rcid": "events.rcid positions.event",
}
CARRIED = {
    "undl": {
        "undl_id": "events.undl_id positions.event",
        "ms_code": "positions.member states.code",
        "ms_vote": "positions.position",
        "date": "events.date",
        "session": "texts.session events.session",
        "resolution": "events.text symbols.text symbols.symbol",
        "draft": "symbols.role symbols.sequence",
        "meeting": "events.meeting",
        "title": "texts.title events.question_text",
        "agenda_title": "texts.agenda_item",
        "subjects": "subjects.name text_subjects",
        "vote_note": "events.note",
        "total_yes": "events.announced_yes",
        "total_no": "events.announced_no",
        "total_abstentions": "events.announced_abstain",
        "total_non_voting": "events.announced_non_voting",
    },
    "voeten": VOTE
    | {
        "ccode": "positions.member states.cow",
        "Country": "states.code",
        "vote": "positions.position",
        "yes": "events.announced_yes",
        "no": "events.announced_no",
        "abstain": "events.announced_abstain",
    },
    "unvotes": VOTE
    | {"country_code": "positions.member states.iso2", "vote": "positions.position"},
}
# Said by which rows there are, and by how a symbol is written.
IMPLIED = (
    "events.venue events.outcome events.question texts.organ texts.kind sessions.code sessions.kind"
    " sessions.number"
)


def columns(*named: str) -> set[str]:
    """Return columns of the pack by name, or by the name of the table that they make up."""
    wanted = {name for names in named for name in names.split()}
    every = [(table.name, f"{table.name}.{column}") for table in TABLES for column in table.header]
    assert wanted <= {name for pair in every for name in pair}
    return {column for table, column in every if not wanted.isdisjoint((table, column))}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_of_the_pack_is_carried_or_lost(name):
    carried = columns(*CARRIED[name].values())
    lost = columns(*IN_ALL.values(), *LOST[name].values())

    assert columns(*(table.name for table in TABLES)) == carried | lost | columns(IMPLIED)
    assert carried & lost == set()


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_carries_something_is_a_column_of_the_layout(name):
    assert set(CARRIED[name]) <= {
        column for table in LAYOUTS[name]().tables for column in table.header
    }


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_manifest_names_all_that_a_layout_cannot_carry(pack, name):
    layouts = json.loads((pack / "manifest.json").read_text())["layouts"]
    [sentences] = [layout["cannot_carry"] for layout in layouts if layout["name"] == name]

    for words in (*IN_ALL, *LOST[name]):
        assert any(words in sentence for sentence in sentences), words
    assert len(sentences) == len(set(sentences))
