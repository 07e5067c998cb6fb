"""Resolutions and decisions: the part of a symbol after A/RES/, S/RES/ or A/DEC/."""

import re
from typing import NamedTuple

from resolutions.symbols.errors import SymbolError
from resolutions.symbols.session import SessionCode, SessionKind, read_session
from resolutions.symbols.symbol import Kind, Organ, Symbol

SEPARATOR = r"[/_.\- ]"
LETTERS = r"(?:A[A-Z]|[A-Z])"  # after Z the Assembly goes on with AA
PART = rf"{LETTERS}(?:(?:-| TO | AND | ?& ?){LETTERS})?"
ROMAN = r"[IVXLCDM]"

SESSION_FIRST = re.compile(
    rf"(?P<session>(?:E?S[-_. ]?)?\d{{1,3}}|E?S[-_. ]{ROMAN}{{1,9}})"
    rf"(?P<separator>{SEPARATOR})(?P<number>\d{{1,4}})(?!\d)(?P<tail>.*)"
)
NUMBER_FIRST = re.compile(
    rf"(?P<number>\d{{1,5}})(?:{SEPARATOR}?(?P<part>{PART}))?"
    rf"{SEPARATOR}?\((?P<session>[^()]{{1,12}})\)(?P<tail>.*)"
)
# 3379 XXX and a-res-3379-xxx; a single letter might be a part, so 377 V is not read.
NUMBER_THEN_ROMAN = re.compile(
    rf"(?P<number>\d{{1,4}})[-_. ](?P<session>E?S[-_. ]{ROMAN}{{1,9}}|{ROMAN}{{2,9}})(?P<tail>)"
)
COUNCIL = re.compile(
    rf"(?P<number>\d{{1,5}})(?:(?:{SEPARATOR}|{SEPARATOR}?\()(?P<year>\d{{4}})\)?)?(?P<tail>.*)"
)
TAIL = re.compile(
    rf"(?:{SEPARATOR}?(?P<part>{PART}))?"
    r"(?P<brackets>(?: ?\[[A-Z0-9.,+ -]{1,30}\])*)"
    r"(?P<modifiers>(?:/(?:ADD|CORR|REV|AMEND)[. ]?\d{1,3})*)"
)

YEARS = range(1946, 2200)
LARGEST_AMBIGUOUS = 30  # a number up to here could itself be one of the first thirty sessions


class Tail(NamedTuple):
    part: str = ""
    passage: str = ""
    modifiers: str = ""


def looks_bare(text: str) -> bool:
    """68/262, ES-11/1, es-11-1, 377 A (V), 2623 (2022): a number with no letters before it."""
    found = SESSION_FIRST.fullmatch(text)
    if found and (found["separator"] == "/" or not found["session"].isdigit()):
        return True
    return bool(NUMBER_FIRST.fullmatch(text) or NUMBER_THEN_ROMAN.fullmatch(text))


def read_resolution(organ: Organ | None, text: str) -> Symbol:
    """Without an organ a year in parentheses means the Council, a session the Assembly."""
    if organ is Organ.SECURITY_COUNCIL or (organ is None and _names_a_year(text)):
        return _council_resolution(text)
    return _assembly_resolution(text)


def _names_a_year(text: str) -> bool:
    found = NUMBER_FIRST.fullmatch(text)
    return bool(found and re.fullmatch(r" ?\d{4} ?", found["session"]))


def _council_resolution(text: str) -> Symbol:
    found = COUNCIL.fullmatch(text)
    if not found:
        raise SymbolError("the Council's resolutions are written like S/RES/2623 (2022)")
    number, year, tail = _positive(found["number"]), _year(found["year"]), read_tail(found["tail"])
    base = f"S/RES/{number}" + (f" ({year})" if year else "")
    canonical = base + written_tail(tail, in_brackets=False)
    organ, kind = Organ.SECURITY_COUNCIL, Kind.RESOLUTION
    return Symbol(canonical, organ, kind, base, None, number, year, tail.part, tail.passage)


def _year(digits: str | None) -> int | None:
    if digits and int(digits) not in YEARS:
        raise SymbolError(f"{digits} is no year of a Security Council resolution")
    return int(digits) if digits else None


def _assembly_resolution(text: str) -> Symbol:
    if found := SESSION_FIRST.fullmatch(text):
        session, number = read_session(found["session"]), _positive(found["number"])
        if session.stands_in_parentheses:
            _refuse_ambiguous(session, number)
        return resolution(session, number, read_tail(found["tail"]))
    if found := NUMBER_FIRST.fullmatch(text) or NUMBER_THEN_ROMAN.fullmatch(text):
        return _numbered_straight_on(found)
    missing = "the session is missing; " if text.isdigit() else ""
    raise SymbolError(f"{missing}the Assembly writes A/RES/68/262 or A/RES/1514(XV)")


def _refuse_ambiguous(session: SessionCode, number: int) -> None:
    if number <= LARGEST_AMBIGUOUS:
        raise SymbolError(
            "up to 1975 resolutions were numbered straight on and carry their session in Roman"
            f" numerals, as in 1514(XV); number {number} of session {session} is not certain"
        )


def _numbered_straight_on(found: re.Match[str]) -> Symbol:
    session, number = read_session(found["session"]), _positive(found["number"])
    if not session.stands_in_parentheses:
        raise SymbolError(f"resolutions of session {session} are written like A/RES/{session}/6")
    tail = read_tail(found["tail"])
    before = _part(found.groupdict().get("part") or "")
    if before and tail.part:
        raise SymbolError(f"it names two parts, {before} and {tail.part}")
    return resolution(session, number, tail._replace(part=before or tail.part))


def resolution(session: SessionCode, number: int, tail: Tail) -> Symbol:
    old = session.stands_in_parentheses
    base = f"{number}({session.in_parentheses})" if old else f"{session}/{number}"
    return _assembly_text(Kind.RESOLUTION, f"A/RES/{base}", session, number, tail)


def read_decision(organ: Organ | None, text: str) -> Symbol:
    found = SESSION_FIRST.fullmatch(text)
    if organ is Organ.SECURITY_COUNCIL or not found:
        raise SymbolError("decisions are written like A/DEC/77/501")
    session, number = read_session(found["session"]), _positive(found["number"])
    if session.stands_in_parentheses:
        raise SymbolError(f"decisions of session {session} have no symbol of this form")
    tail = read_tail(found["tail"])
    return _assembly_text(Kind.DECISION, f"A/DEC/{session}/{number}", session, number, tail)


def _assembly_text(kind: Kind, base: str, session: SessionCode, number: int, tail: Tail) -> Symbol:
    canonical = base + written_tail(tail, in_brackets=session.stands_in_parentheses)
    return Symbol(
        canonical, Organ.ASSEMBLY, kind, base, session, number, None, tail.part, tail.passage
    )


def read_tail(text: str) -> Tail:
    found = TAIL.fullmatch(text)
    if not found:
        raise SymbolError(f"{text.strip()!r} after the number is no part of a resolution")
    part = _part(found["part"] or "")
    brackets = re.findall(r"\[(.*?)\]", found["brackets"])
    if brackets and not part and re.fullmatch(PART, brackets[0].strip()):
        part = _part(brackets.pop(0).strip())
    if len(brackets) > 1:
        raise SymbolError("it names more than one passage in brackets")
    return Tail(part, _passage(*brackets), _modifiers(found["modifiers"]))


def _part(text: str) -> str:
    ends = re.findall(rf"{LETTERS}(?![A-Z])", re.sub(r" (?:TO|AND) ", " ", text))
    if len(ends) == 2 and (len(ends[0]), ends[0]) >= (len(ends[1]), ends[1]):
        raise SymbolError(f"parts do not run from {ends[0]} to {ends[1]}")
    return "-".join(ends)


def _passage(text: str = "") -> str:
    passage = re.sub(r"([.,+-]) ", r"\1", text.strip())
    if " " in passage or (text and not re.search(r"[A-Z0-9]", passage)):
        raise SymbolError(f"{text!r} in brackets is no passage such as PARA.3 or RULE-73")
    return passage


def _modifiers(text: str) -> str:
    found = re.findall(r"([A-Z]+)[. ]?(\d+)", text)
    return "".join(f"/{word.capitalize()}.{int(number)}" for word, number in found)


def written_tail(tail: Tail, *, in_brackets: bool) -> str:
    part = f"[{tail.part}]" if in_brackets and tail.part else tail.part
    passage = f"[{tail.passage}]" if tail.passage else ""
    return part + passage + tail.modifiers


def _positive(digits: str) -> int:
    if int(digits) == 0:
        raise SymbolError("numbers of resolutions begin with 1")
    return int(digits)


def ambiguous_readings(text: str) -> tuple[str, ...]:
    """15/1 without a Roman numeral is 1(XV) or 15(I): both, for a search to try."""
    found = re.fullmatch(r"(?:A/RES/)?(\d{1,2})/(\d{1,2})", text)
    if not found or not all(0 < int(figure) <= LARGEST_AMBIGUOUS for figure in found.groups()):
        return ()
    first, second = (SessionCode(SessionKind.REGULAR, int(figure)) for figure in found.groups())
    return tuple(
        f"A/RES/{number.number}({session.in_parentheses})"
        for session, number in ((first, second), (second, first))
    )
