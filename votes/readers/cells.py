"""Single cells of a table: dates, totals, lists, sessions, symbols, titles.

Each function returns the value, or raises `Unreadable` with a sentence that quotes the cell.
"""

import datetime
import re
from difflib import SequenceMatcher
from functools import lru_cache

from resolutions.symbols import Kind, Organ, Symbol, SymbolError, parse, parse_session
from votes.readers.rollcalls import RefusalCode, shortened


class Unreadable(ValueError):
    """A cell that does not hold what its column promises."""

    def __init__(self, sentence: str, code: RefusalCode = RefusalCode.CHARACTERS) -> None:
        super().__init__(sentence)
        self.code = code


# Written for nothing by the programs that these files have passed through.
NOTHING = frozenset({"", "NA", "N/A", "NaN", "nan", "NULL", "None"})
DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
)
AMERICAN_DATE = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})")
TOTAL = re.compile(r"(\d{1,4})(?:\.0*)?")  # floats written as text: 120.0
KEY = re.compile(r"(\d{1,12})(?:\.0)?")
ADDRESS = re.compile(r"https?://[^\s<>\"]{1,500}")

ENDING = " : resolution / adopted by the General Assembly"
ENDING_LETTERS = "resolutionadoptedbythegeneralassembly"
# Where a misspelled ending may begin. Without a colon it needs the stroke: a title can well end in
# "the resolutions adopted by the General Assembly".
ENDING_STARTS = re.compile(r"\s*[:;]\s*(?=\w)|\s+(?=resol\w*\s*/)", re.IGNORECASE)
LONGEST_ENDING = 70
ALIKE = 0.85


def is_nothing(text: str) -> bool:
    return text.strip() in NOTHING


def read_key(text: str) -> str:
    found = KEY.fullmatch(text.strip())
    if not found:
        raise Unreadable(f"{shortened(text, 40)!r} is not the number of a vote", RefusalCode.KEY)
    return found[1]


def read_date(text: str, *, american: bool = False) -> datetime.date:
    """2023-10-27, with or without a midnight behind it, 20231027, and 10/27/2023 where expected."""
    for form in (*DATES, AMERICAN_DATE) if american else DATES:
        if found := form.fullmatch(text.strip()):
            try:
                return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                break
    raise Unreadable(f"{shortened(text, 40)!r} is not a date", RefusalCode.DATE)


def read_total(text: str) -> int | None:
    if is_nothing(text):
        return None
    if found := TOTAL.fullmatch(text.strip()):
        return int(found[1])
    raise Unreadable(f"{shortened(text, 40)!r} is not a number of votes")


def read_list(text: str) -> tuple[str, ...]:
    """Several values in one cell are joined by `|`; each is named once."""
    values = (" ".join(value.split()) for value in text.split("|"))
    return tuple(dict.fromkeys(value for value in values if value))


@lru_cache(maxsize=1024)
def read_session(text: str) -> str:
    try:
        return str(parse_session(text))
    except SymbolError as reason:
        raise Unreadable(str(reason)) from None


@lru_cache(maxsize=8192)
def read_symbol(text: str) -> Symbol:
    try:
        return parse(text)
    except SymbolError as reason:
        raise Unreadable(str(reason)) from None


def is_of_the_council(symbol: Symbol) -> bool:
    return symbol.organ is Organ.SECURITY_COUNCIL and symbol.kind is Kind.RESOLUTION


def read_address(text: str) -> str:
    """The address, or nothing: an address that is no address would become a link."""
    found = ADDRESS.fullmatch(text.strip())
    return found[0] if found else ""


def clean_title(printed: str) -> str:
    """The title on one line without its ending, in whatever spelling the ending came."""
    title = " ".join(printed.split())
    if title.endswith(ENDING):
        return title[: -len(ENDING)]
    for start in reversed(list(ENDING_STARTS.finditer(title))):
        if _is_ending(title[start.end() :]):
            return title[: start.start()] or title
    return title


def _is_ending(text: str) -> bool:
    if len(text) > LONGEST_ENDING:
        return False
    letters = re.sub(r"[^a-z]", "", text.lower())
    return SequenceMatcher(None, letters, ENDING_LETTERS, autojunk=False).ratio() >= ALIKE
