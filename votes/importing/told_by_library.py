"""Records of the UN Library: each is a text of the Assembly, or a passage of one, adopted."""

from collections.abc import Iterable

from resolutions.models.text import SymbolRole, TextKind
from resolutions.symbols import Kind, Symbol
from votes.importing.members import Members
from votes.importing.told import (
    Cast,
    Told,
    Values,
    cast_of,
    clip,
    is_text,
    only_said,
    read_symbol,
    read_symbols,
    reconciled,
    whole,
)
from votes.models import Method, Outcome, Question, Rule
from votes.models.event import WITHOUT_TOTALS
from votes.readers.rollcalls import MarkCode, Refusal, RollCall


def tell(roll_call: RollCall, members: Members) -> tuple[Told, list[Refusal]]:
    day = members.on(roll_call.date)
    cast = cast_of(roll_call, day.by_code)
    symbol = read_symbol(roll_call.resolution) if roll_call.resolution else None
    if symbol and not is_text(symbol):
        symbol = None
    return Told(
        record=roll_call.source_id,
        line=roll_call.first_line,
        date=roll_call.date,
        session=str(symbol.session) if symbol and symbol.session else roll_call.session,
        symbol=whole(symbol) if symbol else None,
        text=_text(roll_call, symbol),
        symbols=_symbols(roll_call, symbol),
        headings=tuple([clip(heading, 250) for heading in roll_call.subjects]),
        event=_event(roll_call, symbol, cast),
        positions=cast.positions,
        printed=roll_call.totals.by_position(),
        marks=reconciled(roll_call, cast, day),
    ), cast.refusals


def _text(roll_call: RollCall, symbol: Symbol | None) -> Values:
    kind = TextKind.DECISION if symbol and symbol.kind is Kind.DECISION else TextKind.RESOLUTION
    return only_said(
        {
            "kind": kind.value,
            "title": clip(roll_call.title, 600),
            "title_is_ours": False if roll_call.title else None,
            "agenda_item": clip(" | ".join(roll_call.agenda_titles), 600),
        }
    )


def _symbols(roll_call: RollCall, symbol: Symbol | None) -> tuple[tuple[str, str], ...]:
    if symbol is None:
        return ()
    roles = {whole(symbol).canonical: SymbolRole.ADOPTED.value}
    for told, role in (
        (roll_call.drafts, SymbolRole.DRAFT),
        (roll_call.reports, SymbolRole.REPORT),
    ):
        for one in _readable(told, roll_call):
            roles.setdefault(one, role.value)
    return tuple(roles.items())


def _readable(symbols: tuple[str, ...], roll_call: RollCall) -> Iterable[str]:
    """The reader has spelled what can be read, and marked what cannot."""
    if all(mark.code is not MarkCode.SYMBOL_UNREADABLE for mark in roll_call.marks):
        return symbols
    return [symbol.canonical for symbol in read_symbols(symbols)]


def _event(roll_call: RollCall, symbol: Symbol | None, cast: Cast) -> Values:
    method = Method.RECORDED if cast.positions else Method(roll_call.method.value)
    event = {
        "date": roll_call.date,
        "meeting": _meeting(roll_call.meetings),
        "method": method.value,
        "outcome": Outcome.ADOPTED.value,
        "note": roll_call.note,
    }
    if method in WITHOUT_TOTALS:
        event["rule"] = Rule.NONE.value
    else:
        event |= announced(roll_call)
    return only_said(event) | _question(roll_call, symbol)


def _question(roll_call: RollCall, symbol: Symbol | None) -> Values:
    if symbol is None:
        words = clip(roll_call.title or roll_call.resolution or f"UNDL {roll_call.source_id}", 400)
        return {"question": Question.OTHER.value, "question_text": words}
    if symbol.passage:
        return {"question": Question.PARAGRAPH.value, "question_text": symbol.passage}
    return {"question": Question.WHOLE.value, "question_text": ""}


def announced(roll_call: RollCall) -> Values:
    """All three totals or none: the database holds them together; a mark tells what is missing."""
    totals = roll_call.totals
    if None in (totals.yes, totals.no, totals.abstain):
        return {}
    return {
        "announced_yes": totals.yes,
        "announced_no": totals.no,
        "announced_abstain": totals.abstain,
        "announced_non_voting": totals.non_voting,
    }


def _meeting(meetings: tuple[str, ...]) -> str:
    told = ", ".join(meetings)
    return told if len(told) <= 60 else clip(meetings[0], 60)
