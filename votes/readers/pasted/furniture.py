"""Page headers and footers, which stand in the middle of lists and are no part of them.

Each line of one consists of nothing but pieces such as these:
    "A/65/PV.71"   "9"   "10-70469"   "46th meeting - Monday, 1 November 1993"   "Page 22"
"""

import re
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
UNITS = "First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth"
TEENS = (
    "Tenth|Eleventh|Twelfth|Thirteenth|Fourteenth|Fifteenth|Sixteenth|Seventeenth|Eighteenth"
    "|Nineteenth"
)
TENS = "Twent|Thirt|Fort|Fift|Sixt|Sevent|Eight|Ninet"
ORDINAL = rf"(?:\d{{1,4}} ?(?:st|nd|rd|th)|(?:(?:{TENS})y-)?(?:{UNITS})|{TEENS}|(?:{TENS})ieth)"
MONTH = "|".join(MONTHS)
DATE = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{MONTH}) (?P<year>(?:19|20)\d\d)", re.I)

# What stands at the top and the foot of a page and nowhere in a list; numbers alone are weaker.
TOKENS = {
    "meeting_symbol": r"A/(?:[A-Z0-9.-]{1,8}/){0,2}(?:PV|SR)\. ?\d+"
    r"(?: ?\((?:Resumption|Part) ?\w+\))?",
    "date": r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"\d{{1,2}} (?:{MONTH}) (?:19|20)\d\d|\d\d/\d\d/\d{{4}}",
    "meeting": rf"{ORDINAL} (?:plenary )?meeting",
    "session": rf"{ORDINAL} (?:(?:emergency|special|regular) ){{0,2}}session",
    "other": "General Assembly|United Nations|Official Records|New York"
    rf"|(?:{UNITS}) Committee|Page \d{{1,4}}|\d\d-\d{{5}}(?: ?\(?E\)?)?",
    "number": r"\d{1,3}/\d{1,3}|\d{1,4}",
}
TOKEN = re.compile("|".join(f"(?P<{name}>{token})" for name, token in TOKENS.items()), re.I)
BETWEEN = re.compile(r"[ ,;|.•()*/-]*")
LONGEST = 160
NUMBERS_ALONE = re.compile(r"[-/ ]*\d[-/ \d]*")


def kinds(line: str) -> set[str]:
    """The kinds of what a line consists of; none at all if it holds anything but furniture."""
    found: set[str] = set()
    position = after_marks(line, 0)
    while position < len(line) <= LONGEST:
        token = TOKEN.match(line, position)
        if not token or line[token.end() : token.end() + 1].isalnum():
            return set()
        found.add(token.lastgroup or "")
        position = after_marks(line, token.end())
    return found if len(line) <= LONGEST else set()


def after_marks(line: str, position: int) -> int:
    marks = BETWEEN.match(line, position)
    return marks.end() if marks else position


def furniture(lines: list[str]) -> set[int]:
    """Which of the lines are furniture, with the numbers and the empty lines beside them."""
    is_made_of = [kinds(line) for line in lines]
    sure = {n for n, made_of in enumerate(is_made_of) if made_of - {"number"}}
    weak = {n for n, line in enumerate(lines) if not line or NUMBERS_ALONE.fullmatch(line)}
    for numbers in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        beside = False
        for n in numbers:
            beside = n in sure or (beside and n in weak)
            if beside:
                sure.add(n)
    return sure


def without_furniture(text: str) -> str:
    """A piece of a list without the furniture in it."""
    return TOKEN.sub(" ", text)


def dates_in(line: str) -> list[date]:
    return [day for day in map(as_date, DATE.finditer(line)) if day]


def as_date(found: re.Match[str]) -> date | None:
    month = MONTHS.index(found["month"].capitalize()) + 1
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def meetings_in(line: str) -> list[str]:
    """Symbols of meetings, or else their numbers in words: "46th meeting"."""
    tokens = list(TOKEN.finditer(line))
    return [
        token.group().replace("PV. ", "PV.")
        for kind in ("meeting_symbol", "meeting")
        for token in tokens
        if token.lastgroup == kind
    ]
