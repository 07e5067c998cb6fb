"""The layout of the UN Digital Library's voting data, version 5: one row per member and vote.

Only what those data hold has a place: recorded votes by which the plenary adopted a text, each with
the number of its record. A vote without such a number is left out, since none can be made up.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from resolutions.models.session import Session, SessionKind
from resolutions.models.text import Scheme, SymbolRole
from resolutions.symbols import try_parse
from votes.importing.told import whole
from votes.models import Outcome, Question, VoteEvent
from votes.opendata.columns import SEPARATOR, column
from votes.opendata.pack.layouts.rolls import IN_NO_LAYOUT, Roll, not_rolls, rolls
from votes.opendata.pack.layouts.roster import Roster
from votes.opendata.pack.table import Row, Table
from votes.readers.cells import ENDING

KINDS = {SessionKind.REGULAR: "", SessionKind.SPECIAL: "sp", SessionKind.EMERGENCY: "emsp"}
# The library has no letter for a member that was not allowed to vote.
LETTERS = {"Y": "Y", "N": "N", "A": "A", "X": "X", "I": "X"}
WITHOUT_A_RECORD = "recorded votes without a number of the UN Digital Library"
NOT_ADOPTED = "recorded votes on what was not adopted, or on motions and amendments"
CANNOT_CARRY = (
    *IN_NO_LAYOUT,
    "rcid, and headings of this portal's own",
    "“not eligible”, which is written as X",
    "a title that is a description of this portal, which is left empty",
)


@dataclass(frozen=True)
class UNDLRow:
    """A row of the UN Library's voting data."""

    undl_id: int = column("The number of the record in the UN Digital Library; it names the vote.")
    ms_code: str = column("The three-letter code of the member on that day.")
    ms_name: str = column("The name of the member on that day, in capital letters.")
    ms_vote: str = column(
        "How the member voted.",
        codes=(("Y", "Yes"), ("N", "No"), ("A", "Abstain"), ("X", "Non-voting")),
    )
    date: datetime.date = column("The day of the vote.")
    session: str | None = column("The session as the library writes it: 80, 11emsp, 29sp.")
    resolution: str | None = column("The symbol of the resolution.")
    draft: str | None = column("The symbols of the drafts, divided by |.")
    committee_report: str | None = column("The symbols of committee reports, divided by |.")
    meeting: str | None = column("The symbols of the meeting records, divided by |.")
    title: str | None = column("The title, with the ending that the library gives it.")
    agenda_title: str | None = column("The agenda items, divided by |.")
    subjects: str | None = column("The headings of the library, divided by |.")
    vote_note: str | None = column("A note on the vote.")
    total_yes: float | None = column("In favour, as announced.")
    total_no: float | None = column("Against, as announced.")
    total_abstentions: float | None = column("Abstentions, as announced.")
    total_non_voting: float | None = column("Members that did not vote, as announced.")
    total_ms: float | None = column("The sum of the four totals, where all of them are known.")
    undl_link: str = column("The address of the record.")


class UNDL:
    cannot_carry = CANNOT_CARRY

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.tables = (
            Table(
                "undl_ga_voting",
                "Recorded votes in the columns of the UN Library's General Assembly Voting Data,"
                " version 5.",
                UNDLRow,
                ("undl_id", "ms_code"),
                self.rows,
                large=True,
            ),
        )

    def rows(self) -> Iterator[Row]:
        self.left_out = not_rolls()
        roster = Roster()
        for roll in rolls():
            if roll.event.undl_id is None:
                self.left_out[WITHOUT_A_RECORD] += 1
            elif (resolution := _resolution(roll.event)) is None:
                self.left_out[NOT_ADOPTED] += 1
            else:
                yield from _rows(roll, resolution, roster)


def _rows(roll: Roll, resolution: str, roster: Roster) -> Iterator[Row]:
    event = roll.event
    listed = roster.on(event.date)
    rest = (event.date, *_about_the_text(event, resolution), *_totals(event), _link(event))
    for code, letter in roll.positions.items():
        member = listed[code]
        yield event.undl_id, member.code_then, member.name_then.upper(), LETTERS[letter], *rest


def _resolution(event: VoteEvent) -> str | None:
    """Return the symbol that the library would print; None where it would print no such vote."""
    if event.outcome != Outcome.ADOPTED:
        return None
    if event.question == Question.OTHER:
        return ""
    symbol = event.text.adopted_symbol if event.text else ""
    if event.question == Question.PARAGRAPH:
        named = f"{symbol}[{event.question_text}]"
        read = try_parse(named)
        return named if read and read.passage and whole(read).canonical == symbol else None
    return symbol or None if event.question == Question.WHOLE else None


def _about_the_text(event: VoteEvent, resolution: str) -> tuple[str, ...]:
    text = event.text
    if text is None:
        title, drafts, reports, agenda, subjects = event.question_text, "", "", "", ""
    else:
        title = "" if text.title_is_ours else f"{text.title}{ENDING}"
        drafts, reports = (
            SEPARATOR.join(text.symbols_as(role)) for role in (SymbolRole.DRAFT, SymbolRole.REPORT)
        )
        agenda = text.agenda_item.replace(" | ", SEPARATOR)
        headings = (one for one in text.subjects.all() if one.scheme == Scheme.UN_LIBRARY)
        subjects = SEPARATOR.join(sorted(one.name for one in headings))
    session = session_as_printed(event.of_session)
    meeting = event.meeting.replace(", ", SEPARATOR)
    return session, resolution, drafts, reports, meeting, title, agenda, subjects, event.note


def session_as_printed(session: Session | None) -> str:
    return f"{session.number}{KINDS[SessionKind(session.kind)]}" if session else ""


def _totals(event: VoteEvent) -> tuple[float | None, ...]:
    """The library's totals are floats written as text."""
    totals = [
        event.announced_yes, event.announced_no, event.announced_abstain,
        event.announced_non_voting,
    ]  # fmt: skip
    known = [total for total in totals if total is not None]
    members = float(sum(known)) if len(known) == len(totals) else None
    return *(None if total is None else float(total) for total in totals), members


def _link(event: VoteEvent) -> str:
    return f"https://digitallibrary.un.org/record/{event.undl_id}"
