"""Records of Voeten's data: roll-calls on whole texts, on parts of texts, and on what failed.

What the column unres names is believed from 1985 on; before, it often holds something else, and
such a vote is told in its own words until it is matched to one of the UN Library.
"""

from resolutions.models.text import SymbolRole
from resolutions.symbols import Symbol
from votes.importing.members import Members
from votes.importing.told import (
    Told,
    Values,
    cast_of,
    clip,
    is_text,
    only_said,
    read_symbol,
    reconciled,
)
from votes.importing.told_by_library import announced
from votes.models import Method, Outcome, Question
from votes.readers.cells import clean_title
from votes.readers.rollcalls import Refusal, RollCall

RELIABLE_FROM = 1985


def tell(roll_call: RollCall, members: Members) -> tuple[Told, list[Refusal]]:
    day = members.on(roll_call.date)
    cast = cast_of(roll_call, day.by_ccode)
    named = reliable_symbol(roll_call)
    question = _question(roll_call, named)
    symbol = None if question["question"] == Question.OTHER else named
    adopts = question["question"] == Question.WHOLE
    return Told(
        record=roll_call.source_id,
        line=roll_call.first_line,
        date=roll_call.date,
        session=roll_call.session,
        symbol=symbol,
        named=named,
        is_part=is_of_a_part(roll_call),
        text=_text(roll_call) if adopts else {},
        words=_words(roll_call) if adopts else "",
        symbols=((symbol.canonical, SymbolRole.ADOPTED.value),) if symbol else (),
        event=only_said(
            {
                "date": roll_call.date,
                "method": Method.RECORDED.value,
                "outcome": Outcome.ADOPTED.value if adopts else Outcome.NOT_KNOWN.value,
                "note": "" if symbol else _note(roll_call),
                **announced(roll_call),
            }
        )
        | question,
        positions=cast.positions,
        printed=roll_call.totals.by_position(),
        marks=reconciled(roll_call, cast, day),
    ), cast.refusals


def reliable_symbol(roll_call: RollCall) -> Symbol | None:
    symbol = read_symbol(roll_call.resolution) if roll_call.resolution else None
    if symbol is None or not is_text(symbol) or roll_call.date.year < RELIABLE_FROM:
        return None
    return symbol if str(symbol.session) == roll_call.session else None


def _note(roll_call: RollCall) -> str:
    """What the data set names is kept where it is not believed: it may be right."""
    symbol = read_symbol(roll_call.resolution) if roll_call.resolution else None
    if symbol is None or not is_text(symbol):
        return ""
    return f"Voeten’s data names {symbol} for this vote; whether it was on that is not certain."


def is_of_a_part(roll_call: RollCall) -> bool:
    return bool(roll_call.extra.get("amend") or roll_call.extra.get("para"))


def _question(roll_call: RollCall, symbol: Symbol | None) -> Values:
    words = _words(roll_call)
    if symbol and is_of_a_part(roll_call):
        amends = roll_call.extra.get("amend")
        question = Question.AMENDMENT if amends else Question.PARAGRAPH
        return {"question": question.value, "question_text": words}
    if symbol and _is_carried(roll_call) and not symbol.passage:
        return {"question": Question.WHOLE.value, "question_text": ""}
    return {"question": Question.OTHER.value, "question_text": words}


def _is_carried(roll_call: RollCall) -> bool:
    """A resolution has a number, so it was adopted; a vote with more against was another one."""
    counted = roll_call.counted()
    return counted["Y"] > counted["N"]


def _words(roll_call: RollCall) -> str:
    """The description; some sessions have the agenda there and the Library's title beside it."""
    short = str(roll_call.extra.get("short") or "")
    title = clean_title(short)
    told = (title if title != short else "", roll_call.title, short, roll_call.extra.get("unres"))
    words = next((str(text) for text in told if text), "")
    return clip(words or f"rcid {roll_call.source_id}", 400)


def _text(roll_call: RollCall) -> Values:
    """The words of the data set describe a text; they are not its title."""
    return {"title": clip(_words(roll_call), 600), "title_is_ours": True}
