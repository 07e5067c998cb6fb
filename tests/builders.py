"""Small rows for the tests of the base, all of invented states.

Each function saves one valid row and takes what a test cares about; keys are numbered, so that no
two rows clash. `portal()` is a whole small portal in which everything is right; `real_veto()` saves
one real vote of the Security Council, because only real states have a veto there.
"""

import datetime
import itertools
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.utils import timezone

from resolutions.models import (
    Action,
    Change,
    Citation,
    DataVersion,
    DocumentSymbol,
    Fact,
    ImportRun,
    LoadedRow,
    Origin,
    Resolution,
    Session,
    Source,
    State,
    Subject,
    TimelineEvent,
    TimelineLink,
)
from resolutions.models.provenance import SourceKind
from resolutions.models.session import SessionKind
from resolutions.models.text import Organ, Scheme, SymbolRole
from resolutions.versioning import public_change
from votes.ingest import record_revision, write_positions
from votes.models import (
    Card,
    Discrepancy,
    EventMember,
    Explanation,
    GroupKind,
    GroupMembership,
    ImportMark,
    Material,
    MaterialKind,
    MemberState,
    Method,
    Outcome,
    Question,
    Reading,
    Revision,
    Rule,
    SeatGap,
    Sponsorship,
    StatedIntention,
    StateGroup,
    StateName,
    Venue,
    Vote,
    VoteEvent,
    Word,
)

FOUNDED = datetime.date(1950, 1, 1)
VOTED = datetime.date(2022, 10, 12)
BEFORE = VOTED - datetime.timedelta(days=1)
AFTER = VOTED + datetime.timedelta(days=1)

# Twenty invented members, and how each of them votes in `portal()`: 11 yes, 4 no, 3 abstentions.
CAST = {
    "XAR": ("Arvenia", "Y"),
    "XBA": ("Bastura", "Y"),
    "XCO": ("Corvania", "Y"),
    "XDA": ("Dalmora", "Y"),
    "XES": ("Eskaria", "Y"),
    "XFE": ("Fennmark", "Y"),
    "XGO": ("Gorvia", "Y"),
    "XHA": ("Halland Isles", "Y"),
    "XIL": ("Ilmaria", "Y"),
    "XJO": ("Jorvia", "Y"),
    "XKE": ("Kelvia", "Y"),
    "XLO": ("Lornia", "N"),
    "XMA": ("Maravia", "N"),
    "XNO": ("Norvenia", "N"),
    "XOL": ("Oldoria", "N"),
    "XPE": ("Pelago", "A"),
    "XQU": ("Quillia", "A"),
    "XRO": ("Rovania", "A"),
    "XSE": ("Selvia", "X"),
    "XTO": ("Torvald Islands", "I"),
}
POSITIONS = {code: position for code, (_name, position) in CAST.items()}

Row = TypeVar("Row", bound=models.Model)
numbers = itertools.count(1)


def sql(statement: str, *values: Any) -> None:
    """Change the database behind the back of every model."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def stored(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """Return columns and values as the database takes them."""
    columns = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        assert isinstance(field, models.Field)
        assert field.column
        columns[connection.ops.quote_name(field.column)] = field.get_db_prep_save(value, connection)
    return columns


def update_by_sql(row: models.Model, changes: dict[str, Any]) -> None:
    new = stored(row, changes)
    assignments = ", ".join(f"{column} = %s" for column in new)
    sql(f"UPDATE {row._meta.db_table} SET {assignments} WHERE id = %s", *new.values(), row.pk)


def data_version() -> int:
    return DataVersion.objects.current()


def check_votes() -> list[str]:
    """Return the findings of `manage.py check_votes`, a line each, whether or not it fails."""
    out = StringIO()
    with suppress(CommandError):
        call_command("check_votes", stdout=out)
    return out.getvalue().splitlines()[:-1]


def make(model: type[Row], fields: dict[str, Any], /, **defaults: Any) -> Row:
    """Save a row; a default that is a function is called where the field is not given."""
    values = {
        name: value() if callable(value) else value for name, value in (defaults | fields).items()
    }
    return model._base_manager.create(**values)


def make_published(model: type[Row], fields: dict[str, Any], /, **defaults: Any) -> Row:
    return make(model, fields, state=State.PUBLISHED, origin=Origin.FIXTURE, **defaults)


def person(**fields: Any) -> Any:
    return make(get_user_model(), fields, username=f"person-{next(numbers)}")


def session(**fields: Any) -> Session:
    number = 200 + next(numbers)
    return make(Session, fields, code=str(number), kind=SessionKind.REGULAR, number=number)


def subject(**fields: Any) -> Subject:
    key = f"subject-{next(numbers)}"
    return make(Subject, fields, key=key, name="Weather", scheme=Scheme.PORTAL)


def text(**fields: Any) -> Resolution:
    key = f"text-{next(numbers)}"
    return make_published(Resolution, fields, key=key, title="The weather in Arvenia")


def symbol(**fields: Any) -> DocumentSymbol:
    draft = f"A/77/L.{10_000 + next(numbers)}"
    return make(DocumentSymbol, fields, text=text, symbol=draft, role=SymbolRole.DRAFT)


def source(**fields: Any) -> Source:
    key = f"source-{next(numbers)}"
    return make(
        Source, fields, key=key, kind=SourceKind.NEWS, publisher="The Gazette", title="A vote"
    )


def citation(**fields: Any) -> Citation:
    cited = f"text:text-{next(numbers)}"
    return make(Citation, fields, subject=cited, fact=Fact.TITLE, source=source)


def import_run(**fields: Any) -> ImportRun:
    return make(ImportRun, fields, importer="totals", file_name="votes.csv", started=timezone.now)


def timeline_event(**fields: Any) -> TimelineEvent:
    key = f"timeline-{next(numbers)}"
    return make_published(TimelineEvent, fields, key=key, date=VOTED, description="It rained.")


def timeline_link(**fields: Any) -> TimelineLink:
    return make(TimelineLink, fields, event=timeline_event, text=text)


def only_data_version() -> DataVersion:
    return DataVersion.objects.get_or_create(pk=DataVersion.ONLY)[0]


def loaded_row(**fields: Any) -> LoadedRow:
    key = f"[{next(numbers)}]"
    return make(LoadedRow, fields, fixture="invented", model="votes.vote", row_key=key)


def member(code: str = "", name: str = "", **fields: Any) -> MemberState:
    """Save a member; a code made of digits belongs to no real one."""
    code = code or f"{next(numbers) % 1000:03}"
    row = make(MemberState, fields, code=code, admitted=FOUNDED)
    if name:
        StateName.objects.create(member=row, name_en=name)
    return row


def state_name(**fields: Any) -> StateName:
    return make(StateName, fields, member=member, from_date=FOUNDED, name_en="Arvenia")


def seat_gap(**fields: Any) -> SeatGap:
    return make(SeatGap, fields, member=member, from_date=BEFORE, to_date=AFTER)


def group(**fields: Any) -> StateGroup:
    key = f"group-{next(numbers)}"
    return make(StateGroup, fields, key=key, name="The Coast", kind=GroupKind.REGIONAL)


def membership(**fields: Any) -> GroupMembership:
    return make(GroupMembership, fields, group=group, member=member, from_date=FOUNDED)


def event(**fields: Any) -> VoteEvent:
    """Save an event: a text adopted by 9 to 6 in a show of hands, unless told otherwise."""
    return make_published(
        VoteEvent,
        fields,
        key=f"event-{next(numbers)}",
        text=text,
        method=Method.NON_RECORDED,
        rule=Rule.SIMPLE,
        outcome=Outcome.ADOPTED,
        date=VOTED,
        announced_yes=9,
        announced_no=6,
        announced_abstain=3,
    )


NO_TOTALS = {"announced_yes": None, "announced_no": None, "announced_abstain": None}


def recorded_vote(**fields: Any) -> VoteEvent:
    return event(**{"method": Method.RECORDED, **NO_TOTALS, **fields})


def consensus(**fields: Any) -> VoteEvent:
    return event(**{"method": Method.WITHOUT_VOTE, "rule": Rule.NONE, **NO_TOTALS, **fields})


def motion(**fields: Any) -> VoteEvent:
    return event(**{"question": Question.MOTION, "question_text": "To dance", **fields})


def council_vote(**fields: Any) -> VoteEvent:
    return event(**{"venue": Venue.COUNCIL, "rule": Rule.NINE_VETO, **fields})


def vote(**fields: Any) -> Vote:
    return make(Vote, fields, event=recorded_vote, member=member, position="Y")


def intention(**fields: Any) -> StatedIntention:
    return make(StatedIntention, fields, event=event, member=member, position="A", source=source)


def discrepancy(**fields: Any) -> Discrepancy:
    return make(
        Discrepancy,
        fields,
        event=event,
        member=member,
        source=source,
        field="position",
        ours="Y",
        theirs="A",
    )


def revision(**fields: Any) -> Revision:
    return make(Revision, fields, event=event, number=1, origin=Origin.FIXTURE, reason="New")


def history_entry(**fields: Any) -> Change:
    return make(
        Change, fields, subject="text:A-77-L.1", label="A/77/L.1", action=Action.CHANGED,
        origin=Origin.FIXTURE, was_public=True,
    )  # fmt: skip


def material(**fields: Any) -> Material:
    return make(
        Material, fields, kind=MaterialKind.TEXT, text="In favour: Arvenia", added_by=person
    )


def reading(**fields: Any) -> Reading:
    return make(Reading, fields, event=event, material=material, place=0)


def explanation(**fields: Any) -> Explanation:
    return make(
        Explanation, fields, event=event, code="totals-differ", sentence="yes: 1 and 2",
        reason="The President corrected herself.", made_by=person,
    )  # fmt: skip


def sponsorship(**fields: Any) -> Sponsorship:
    return make(Sponsorship, fields, text=text, member=member)


def import_mark(**fields: Any) -> ImportMark:
    return make(
        ImportMark, fields, event=event, run=import_run, code="totals differ", sentence="9 or 8"
    )


def member_concerned(**fields: Any) -> EventMember:
    return make(EventMember, fields, event=event, member=member)


@dataclass(frozen=True)
class Portal:
    """The rows of `portal()` that tests lay hands on."""

    members: dict[str, MemberState]
    session: Session
    source: Source
    recorded: VoteEvent
    tally: VoteEvent
    ballot: VoteEvent
    consensus: VoteEvent
    council: VoteEvent
    timeline: TimelineEvent
    intention: StatedIntention


@public_change()
def portal() -> Portal:
    """Save a small portal in which everything is right: each kind of event, with its source."""
    members = {code: member(code, name) for code, (name, _position) in CAST.items()}
    coast = group()
    GroupMembership.objects.bulk_create(
        GroupMembership(group=coast, member=row) for row in members.values()
    )
    year = session(code="77", number=77, opened="2022-09-13", closed="2023-09-12")
    recorded = recorded_vote(
        text=text_of(year, 9001),
        rule=Rule.TWO_THIRDS,
        announced_yes=11,
        announced_no=4,
        announced_abstain=3,
        announced_non_voting=2,
    )
    council = council_vote(
        text=text_of(None, 9900, "S/2022/9900", "S/RES/9900 (2022)"),
        method=Method.ROLL_CALL,
        announced_yes=11,
        announced_no=4,
        announced_abstain=0,
    )
    write(recorded, POSITIONS)
    write(council, dict(itertools.islice(POSITIONS.items(), 15)))
    rows = Portal(
        members=members,
        session=year,
        source=source(),
        recorded=recorded,
        tally=event(text=text_of(year, 9002)),
        ballot=event(
            text=None, question=Question.ELECTION, method=Method.SECRET_BALLOT, rule=Rule.SIMPLE
        ),
        consensus=consensus(text=text_of(year, 9003)),
        council=council,
        timeline=timeline_event(),
        intention=intention(event=recorded, member=members["XLO"]),
    )
    for row in (*VoteEvent.objects.all(), rows.timeline):
        citation(subject=row.subject_key, fact=Fact.EVENT, source=rows.source)
    return rows


def text_of(
    year: Session | None, number: int, draft: str = "", adopted: str = "", **fields: Any
) -> Resolution:
    """Save an adopted text with the symbols of session 77, or with the symbols given."""
    organ = Organ.ASSEMBLY if year else Organ.COUNCIL
    row = text(session=year, organ=organ, **fields)
    symbol(text=row, symbol=draft or f"A/77/L.{number}")
    symbol(text=row, symbol=adopted or f"A/RES/77/{number}", role=SymbolRole.ADOPTED)
    return row


def write(row: VoteEvent, positions: dict[str, str]) -> Revision | None:
    return write_positions(row, positions, reason="From the record", origin=Origin.FIXTURE)


def write_behind_the_back(row: VoteEvent, code: str, position: str | None) -> None:
    """Change a position without any check, but with its entry in the history."""
    sql(
        "DELETE FROM votes_vote WHERE event_id = %s AND member_id ="
        " (SELECT id FROM votes_memberstate WHERE code = %s)",
        row.pk,
        code,
    )
    if position:
        sql(
            "INSERT INTO votes_vote (event_id, member_id, position)"
            " SELECT %s, id, %s FROM votes_memberstate WHERE code = %s",
            row.pk,
            position,
            code,
        )
    record_revision(row, reason="Behind the back", origin=Origin.FIXTURE)


COUNCIL_OF_2022 = {
    "ALB": ("1955-12-14", "Y"),
    "ARE": ("1971-12-09", "Y"),
    "BRA": ("1945-10-24", "A"),
    "CHN": ("1945-10-24", "A"),
    "FRA": ("1945-10-24", "Y"),
    "GAB": ("1960-09-20", "A"),
    "GBR": ("1945-10-24", "Y"),
    "GHA": ("1957-03-08", "Y"),
    "IND": ("1945-10-30", "A"),
    "IRL": ("1955-12-14", "Y"),
    "KEN": ("1963-12-16", "Y"),
    "MEX": ("1945-11-07", "Y"),
    "NOR": ("1945-11-27", "Y"),
    "RUS": ("1945-10-24", "N"),
    "USA": ("1945-10-24", "Y"),
}


def real_veto() -> VoteEvent:
    """Save the Security Council's vote of 30 September 2022 on S/2022/720, as recorded."""
    for code, (admitted, _position) in COUNCIL_OF_2022.items():
        member(code, admitted=admitted)
    draft = text(organ=Organ.COUNCIL, title="Draft on the referendums in four regions of Ukraine")
    symbol(text=draft, symbol="S/2022/720")
    row = council_vote(
        text=draft,
        date="2022-09-30",
        method=Method.RECORDED,
        outcome=Outcome.VETOED,
        announced_yes=10,
        announced_no=1,
        announced_abstain=4,
    )
    write(row, {code: position for code, (_admitted, position) in COUNCIL_OF_2022.items()})
    citation(subject=row.subject_key, fact=Fact.EVENT)
    return row


def card(**fields: Any) -> Card:
    """Save a card of an event and a text that are not there: nothing holds it to them."""
    number = next(numbers)
    given = {"key": f"card-{number}", "event_id": number, "text_id": number}
    return Card.objects.create(**{"stands_for_text": False, **given, **fields})


def word(**fields: Any) -> Word:
    return Word.objects.create(**{"word": f"word-{next(numbers)}", **fields})
