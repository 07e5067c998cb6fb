"""What one record of a data set says, in the words of our models; nothing is written here."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from resolutions.symbols import Kind, Symbol
from votes.importing.members import Day
from votes.models import Outcome, Question
from votes.models.position import vector_of
from votes.readers import cells
from votes.readers.reconcile import reconcile
from votes.readers.rollcalls import Mark, MarkCode, Refusal, RefusalCode, RollCall, long_date

# None and "" say nothing; what is not said is not compared and never taken back.
Values = dict[str, Any]

NOT_SAID = (None, "")
PARTS = (Question.PARAGRAPH, Question.AMENDMENT)


@dataclass(slots=True, kw_only=True)
class Told:
    """One vote or adoption; `symbol` names the text that was acted on."""

    record: str
    line: int
    date: datetime.date
    session: str = ""
    symbol: Symbol | None = None
    named: Symbol | None = None  # which the record names, believed or not; for matching
    is_part: bool = False
    text: Values = field(default_factory=dict)
    symbols: tuple[tuple[str, str], ...] = ()  # with the role of each
    headings: tuple[str, ...] = ()
    event: Values = field(default_factory=dict)
    words: str = ""  # in which the source tells of the vote, where it is not certain what it was on
    positions: dict[str, str] = field(default_factory=dict)  # by the codes of our members
    printed: Values = field(default_factory=dict)  # totals, to be compared with another source's
    marks: list[Mark] = field(default_factory=list)
    _vector: str = ""

    @property
    def about(self) -> Values:
        """What an event has no place for, and what a later match or comparison asks for."""
        named = self.symbol or self.named
        words = {"words": self.words} if self.words else {}
        return words | {
            "session": self.session,
            "symbol": named.canonical if named else "",
            "is_part": self.is_part or self.event["question"] in PARTS,
            "printed": self.printed,
        }

    def doubt(self, other: str) -> None:
        """Tell the vote in its own words: `other` names the same text as a whole."""
        if self.symbol is None:
            return
        self.event |= in_own_words(self.words)
        self.text, self.words = {}, ""
        self.marks.append(text_of_another(self.symbol.canonical, other))

    @property
    def vector(self) -> str:
        if not self._vector:
            self._vector = vector_of(self.positions)
        return self._vector


def in_own_words(words: str) -> Values:
    return {
        "question": Question.OTHER.value,
        "question_text": words,
        "outcome": Outcome.NOT_KNOWN.value,
    }


def text_of_another(symbol: str, other: str) -> Mark:
    sentence = f"It names {symbol}, and so does {other}: which was on the whole text is not known."
    return Mark(MarkCode.TEXT_OF_ANOTHER, sentence)


def read_symbols(texts: tuple[str, ...]) -> list[Symbol]:
    """Those that can be read; the reader has marked the others."""
    return [symbol for symbol in map(read_symbol, texts) if symbol]


def read_symbol(text: str) -> Symbol | None:
    try:
        return cells.read_symbol(text)
    except cells.Unreadable:
        return None


def is_text(symbol: Symbol) -> bool:
    return symbol.kind in (Kind.RESOLUTION, Kind.DECISION)


def whole(symbol: Symbol) -> Symbol:
    """The text that a passage belongs to: A/RES/63(I) for A/RES/63(I)[PARA.3]."""
    if not symbol.passage:
        return symbol
    canonical = symbol.canonical.replace(f"[{symbol.passage}]", "")
    return replace(symbol, canonical=canonical, passage="")


def clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def only_said(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in NOT_SAID}


@dataclass
class Cast:
    """The positions of a roll-call by member, and what became of rows that have no place."""

    positions: dict[str, str]
    refusals: list[Refusal]
    marks: list[Mark]


def cast_of(roll_call: RollCall, codes: Mapping[str, str]) -> Cast:
    """Positions under our members' codes; `codes` are those of the source on that day."""
    try:
        positions = {codes[code]: letter for code, letter in roll_call.positions}
    except KeyError:
        return _carefully_cast(roll_call, codes)
    if len(positions) == len(roll_call.positions):
        return Cast(positions, [], [])
    return _carefully_cast(roll_call, codes)


def _carefully_cast(roll_call: RollCall, codes: Mapping[str, str]) -> Cast:
    """A code without a member has no place; of two codes of one member both must say the same."""
    told: dict[str, dict[str, str]] = {}
    day = long_date(roll_call.date)
    cast = Cast({}, [], [])
    unknown = []
    for place, (code, letter) in enumerate(roll_call.positions):
        if code in codes:
            told.setdefault(codes[code], {})[code] = letter
        else:
            unknown.append(code)
            reason = f"the portal knows no member that had the code {code} on {day}"
            line = roll_call.first_line + (place if is_row_by_row(roll_call) else 0)
            cast.refusals.append(_refusal(roll_call, line, f"{code}: {letter}", reason))
    if unknown:
        sentence = f"A position of nobody that the portal knows: {', '.join(unknown)}."
        cast.marks.append(Mark(MarkCode.MEMBER_UNKNOWN, sentence))
    for member, by_code in told.items():
        _take(cast, roll_call, member, by_code)
    return cast


def _take(cast: Cast, roll_call: RollCall, member: str, by_code: dict[str, str]) -> None:
    if len(set(by_code.values())) == 1:
        cast.positions[member] = next(iter(by_code.values()))
    else:
        content = ", ".join(f"{code}: {letter}" for code, letter in by_code.items())
        reason = f"{member} has two positions under two codes; neither is taken"
        code = RefusalCode.TWO_POSITIONS
        line = roll_call.first_line
        cast.refusals.append(_refusal(roll_call, line, content, reason, code, len(by_code)))
    if len(by_code) > 1:
        sentence = f"{member} stands there twice, as {' and '.join(by_code)}."
        cast.marks.append(Mark(MarkCode.MEMBER_TWICE, sentence))


def is_row_by_row(roll_call: RollCall) -> bool:
    """Whether each position has a line of its own, one after another."""
    return roll_call.last_line - roll_call.first_line + 1 == len(roll_call.positions)


def _refusal(
    roll_call: RollCall,
    line: int,
    content: str,
    reason: str,
    code: RefusalCode = RefusalCode.MEMBER,
    rows: int = 1,
) -> Refusal:
    return Refusal(line, content, reason, code, roll_call.source_id, rows)


def reconciled(roll_call: RollCall, cast: Cast, day: Day) -> list[Mark]:
    """Every reason to look twice, with the members under our codes."""
    return [*cast.marks, *reconcile(roll_call, day.seated, cast.positions)]
