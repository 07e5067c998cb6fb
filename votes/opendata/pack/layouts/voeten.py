"""The layout of Voeten's voting data of 2021: one row per state and vote, non-members included.

A vote that Voeten's data do not number has no `rcid`. Where it has a number of the UN Digital
Library, that number stands there with a minus before it: it names the vote, can be no number of
Voeten's, and no importer takes it for one. A vote with neither number is left out.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from resolutions.models import Session
from resolutions.models.session import SessionKind
from resolutions.symbols import SymbolError, from_voeten, try_parse
from votes.models import Question, VoteEvent
from votes.opendata.columns import column
from votes.opendata.pack.layouts.rolls import IN_NO_LAYOUT, Roll, not_rolls, rolls
from votes.opendata.pack.layouts.roster import Listed, Roster
from votes.opendata.pack.table import Row, Table

CODES = {"Y": 1, "A": 2, "N": 3, "X": 8, "I": 8}
NOT_A_MEMBER = 9
FLAGS = (("0", "No"), ("1", "Yes"))
RCID = (
    "The number of the vote. Voeten's, where it has one; a negative number is that of the UN"
    " Digital Library's record, with a minus before it."
)
NOT_HELD = "Empty: this portal does not hold it."
WITHOUT_A_NUMBER = "recorded votes with a number neither of Voeten's data nor of the UN Library"
WITHOUT_A_CCODE = "positions of members without a number in the Correlates of War"
# What this portal holds only where it is certain of it.
NOT_IN_VOETEN = (
    "whether it was adopted; drafts, reports, meetings, agenda items, headings and notes",
    "the number in the UN Digital Library of a vote that has an rcid of Voeten's",
    "the title of a text where the question has words of its own, which stand in descr instead, and"
    " whether a title is a description of this portal",
    "motions, which are told apart by descr only",
)
UNCERTAIN = (
    "unres, amend and para of votes that are told in words only, as most before 1985 are, which"
    " are empty",
    "the session of a vote where the portal does not know the regular session of its day",
)
CANNOT_CARRY = (
    *IN_NO_LAYOUT,
    *NOT_IN_VOETEN,
    "importantvote, the issue flags me nu di hr co ec, short, ident and resid, which are empty:"
    " this portal does not hold them",
    *UNCERTAIN,
    "the announced number of those that did not vote; yes, no and abstain of votes of which not all"
    " three totals are known, which are empty",
    "“not eligible”, which is written as 8, absent",
)


@dataclass(frozen=True)
class Head:
    """What Voeten's data and the R package say of a vote as a whole."""

    rcid: int
    session: int | None
    date: datetime.date
    unres: str | None
    amend: int | None
    para: int | None
    descr: str | None


class Heads:
    """Makes the heads of votes; `left_out` counts those that can have none."""

    def __init__(self) -> None:
        self.left_out = not_rolls()

    def of(self, event: VoteEvent) -> Head | None:
        rcid = number(event)
        if rcid is None:
            self.left_out[WITHOUT_A_NUMBER] += 1
            return None
        return Head(
            rcid=rcid,
            session=self._session(event),
            date=event.date,
            unres=unres(event),
            amend=_flag(event, Question.AMENDMENT),
            para=_flag(event, Question.PARAGRAPH),
            descr=event.question_text or (event.text.title if event.text else "") or None,
        )

    def _session(self, event: VoteEvent) -> int | None:
        """The data have the regular session of the day also for votes of another session."""
        session = event.of_session
        if session and session.kind == SessionKind.REGULAR:
            return int(session.number)
        found = (one for opened, closed, one in self._dated if opened <= event.date <= closed)
        return next(found, None)

    @cached_property
    def _dated(self) -> list[tuple[Any, ...]]:
        dated = Session.objects.filter(opened__isnull=False, closed__isnull=False)
        regular = dated.filter(kind=SessionKind.REGULAR)
        return list(regular.values_list("opened", "closed", "number"))


def number(event: VoteEvent) -> int | None:
    if event.rcid is not None:
        return int(event.rcid)
    return None if event.undl_id is None else -int(event.undl_id)


def unres(event: VoteEvent) -> str | None:
    """Return the resolution as Voeten writes it, R/15/1514; the symbol itself where that fails."""
    canonical = event.text.adopted_symbol if event.text else ""
    read = try_parse(canonical) if canonical else None
    if read is None or read.session is None:
        return None
    for spelling in (f"R/{read.session}/{read.number}{read.part}", canonical):
        try:
            if from_voeten(spelling).canonical == canonical:
                return spelling
        except SymbolError:
            continue
    return None


def _flag(event: VoteEvent, question: Question) -> int | None:
    return None if event.question == Question.OTHER else int(event.question == question)


@dataclass(frozen=True)
class VoetenRow:
    """A row of Voeten's data in the layout of 2021."""

    rcid: int = column(RCID)
    ccode: int = column("The number of the state in the Correlates of War.")
    member: int = column("Whether the state was a member on that day.", codes=FLAGS)
    vote: int = column(
        "How it voted.",
        codes=(
            ("1", "Yes"), ("2", "Abstain"), ("3", "No"), ("8", "Absent"), ("9", "Not a member"),
        ),
    )  # fmt: skip
    Country: str = column("The three-letter code of the state in this portal; ccode is the key.")
    Countryname: str = column("The name of the state on that day.")
    year: int = column("The year of the vote.")
    session: int | None = column("The regular session of that day, where it is known.")
    abstain: int | None = column("Abstentions, as announced.")
    yes: int | None = column("In favour, as announced.")
    no: int | None = column("Against, as announced.")
    importantvote: int | None = column(NOT_HELD)
    date: datetime.date = column("The day of the vote.")
    unres: str | None = column("The resolution: R/15/1514, or its symbol.")
    amend: int | None = column("Whether it was a vote on an amendment.", codes=FLAGS)
    para: int | None = column("Whether it was a vote on a paragraph.", codes=FLAGS)
    short: str | None = column(NOT_HELD)
    descr: str | None = column("The title of the text, or the question in words.")
    me: int | None = column(NOT_HELD)
    nu: int | None = column(NOT_HELD)
    di: int | None = column(NOT_HELD)
    hr: int | None = column(NOT_HELD)
    co: int | None = column(NOT_HELD)
    ec: int | None = column(NOT_HELD)
    ident: str | None = column(NOT_HELD)
    resid: str | None = column(NOT_HELD)


class Voeten:
    cannot_carry = CANNOT_CARRY

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.tables = (
            Table(
                "unvotes_2021",
                "Recorded votes in the columns of Voeten's United Nations General Assembly Voting"
                " Data, layout of 2021.",
                VoetenRow,
                ("rcid", "ccode"),
                self.rows,
                large=True,
            ),
        )

    def rows(self) -> Iterator[Row]:
        heads, roster = Heads(), Roster()
        self.left_out = heads.left_out
        for roll in rolls():
            if head := heads.of(roll.event):
                yield from self._rows(head, roll, roster.on(roll.event.date))

    def _rows(self, head: Head, roll: Roll, listed: dict[str, Listed]) -> Iterator[Row]:
        event = roll.event
        before = (event.date.year, head.session, event.announced_abstain, event.announced_yes)
        after = (head.date, head.unres, head.amend, head.para, None, head.descr, *[None] * 8)
        rest = (*before, event.announced_no, None, *after)
        for code, letter in roll.positions.items():
            if listed[code].ccode is None:
                self.left_out[WITHOUT_A_CCODE] += 1
            else:
                yield head.rcid, *_state(listed[code], 1, CODES[letter]), *rest
        for state in _absent(listed, roll):
            yield head.rcid, *_state(state, 0, NOT_A_MEMBER), *rest


def _state(state: Listed, member: int, vote: int) -> Row:
    return state.ccode, member, vote, state.code, state.name_then


def _absent(listed: dict[str, Listed], roll: Roll) -> list[Listed]:
    """Return the states that were no members; a member without a row is one whose vote is lost."""
    taken = {listed[code].ccode for code in roll.positions}
    return [
        state
        for state in listed.values()
        if not state.is_seated
        and state.code not in roll.positions
        and state.ccode is not None
        and state.ccode not in taken
    ]
