"""The figures of a vote in running text.

Two forms are common:
    "by 105 votes to 2, with 22 abstentions"
    "by a recorded vote of 169 in favour to 6 against (Israel, …), with 3 abstentions (…)"
"""

import re
from dataclasses import dataclass, field

from votes.readers.pasted.flow import MOST_PARTS, Flow

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_words() -> dict[str, int]:
    """ "none", "twenty-one", "one hundred and five": every number of members, in words."""
    below = dict(zip(UNITS, range(20), strict=True))
    for ten, word in enumerate(TENS, start=2):
        below |= {word: ten * 10}
        below |= {f"{word}{UNITS[unit]}": ten * 10 + unit for unit in range(1, 10)}
    above = {
        f"onehundred{joint}{word}": 100 + below[word] for word in below for joint in ("and", "")
    }
    return {"none": 0, "no": 0, "nil": 0, "onehundred": 100} | below | above


NUMBERS = number_words()
WORD = "|".join([*UNITS, *TENS, "hundred"])
NUMBER = rf"(?:\d{{1,3}}(?!\d)|(?:{WORD})(?:(?:[ \n-]+and)?[ \n-]+(?:{WORD}))*\b|none\b|no\b|nil\b)"

TRIGGER = re.compile(
    rf"""\b(?:by(?:\s+an?)?(?P<kind>(?:\s+(?:recorded|roll-?call|non-recorded|separate|machine))*
        \s+vote\s+of)?(?:\s+votes)?\s+(?={NUMBER}) | vote\s+of\s+(?={NUMBER})
        | (?=\d{{1,3}}\s+(?:(?:votes?|members?|states)\s+)?in\s+favou?r\b
            \s*[,;]?\s*(?:to\b|and\b|with\b|against\b|\((?!\d)|\d)))""",
    re.I | re.X,
)
LABELS = {
    "in favour": "Y", "in favor": "Y", "for": "Y", "against": "N",
    "abstention": "A", "abstentions": "A", "abstaining": "A", "abstained": "A",
    "absent": "X", "not voting": "X", "non-voting": "X",
}  # fmt: skip
LABEL = "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in sorted(LABELS, reverse=True))
ITEM = re.compile(
    rf"(?P<joint>[\s,;]*(?:\b(?:to|and|with|against)\b\s*)*)(?P<number>{NUMBER})"
    rf"(?P<votes>\s*(?:votes?|members?|states)\b)?(?:\s*(?P<label>{LABEL})\b)?",
    re.I,
)  # fmt: skip
JOINT_WITH_NO = re.compile(r"\bto\b", re.I)
NOT_NAMES = re.compile(
    r"\s*(?:resolutions?|decisions?|documents?|drafts?|see|annex|for|as|by|meeting|recorded|A/)\b",
    re.I,
)
# After the last figure; anything else, above all a digit, and a figure has come apart.
AFTER = re.compile(
    r"\s*(?:[.,;:()\[\]*”\"'’-]|(?:as|it|the|in|on|of|and|at|to|which|that|would|after)\b)|\n\n",
    re.I,
)
# Another digit, or the last letter of "abstentions".
BROKEN = re.compile(r"\s*\d|[\s-]+s\b")
# Abstentions are told last; where they are not, the sentence has to end instead.
ENDED = re.compile(r"\s*(?:[.;:)\]*”\"]|\((?!\s*$))|\n\n")
ABSTENTIONS_UNREAD = re.compile(r"[^.()\[\]]{0,40}?\b(?:abst|with\b)", re.I)
OPENED = re.compile(r"\s*\(")
LONGEST_BRACKET = 8_000


@dataclass
class Tally:
    """Figures by position; `unlabelled` where yes and no are told apart by their order alone."""

    start: int
    end: int
    figures: dict[str, int] = field(default_factory=dict)
    named: dict[str, tuple[int, int]] = field(default_factory=dict)  # names in brackets
    unclosed: str = ""  # the position whose bracket has no end
    unlabelled: bool = True
    readable: bool = True


def find_tallies(flow: Flow) -> list[Tally]:
    found: list[Tally] = []
    for trigger in TRIGGER.finditer(flow.text):
        if len(found) > MOST_PARTS:
            break
        if found and trigger.start() <= found[-1].end + 1:
            continue
        if tally := read_tally(flow.text, trigger):
            found.append(tally)
    return found


def read_tally(text: str, trigger: re.Match[str]) -> Tally | None:
    tally = Tally(trigger.start(), trigger.end())
    # "by 1\n05 in favour": a figure in two pieces, and this is the second.
    tally.readable = bool(trigger.group()) or not ends_in_a_figure(text[: trigger.start()][-20:])
    is_a_vote = bool(trigger["kind"])
    label = None
    for place, expected in enumerate(("Y", "N", "A", "X")):
        item = ITEM.match(text, tally.end)
        if not item or not belongs(item, place):
            break
        label = position_of(item)
        is_a_vote = is_a_vote or bool(label or item["votes"])
        tally.unlabelled = tally.unlabelled and label not in ("Y", "N")
        _enter(tally, text, label or expected, item)
    if len(tally.figures) < 2 and not is_a_vote:
        return None
    tally.readable = {"Y", "N"} <= tally.figures.keys() and ends_well(text, tally, bool(label))
    return tally


def ends_in_a_figure(text: str) -> bool:
    return text.rstrip()[-1:].isdigit()


def position_of(item: re.Match[str]) -> str | None:
    return LABELS.get(" ".join((item["label"] or "").lower().split()))


def belongs(item: re.Match[str], place: int) -> bool:
    """A figure without a word for it is the first, or the second after "to"."""
    second = place == 1 and bool(JOINT_WITH_NO.search(item["joint"]))
    return place == 0 or second or position_of(item) is not None


def _enter(tally: Tally, text: str, position: str, item: re.Match[str]) -> None:
    if position in tally.figures:
        tally.readable = False
        return
    tally.figures[position] = as_number(item["number"])
    tally.end = item.end()
    opened = OPENED.match(text, item.end())
    if not opened or NOT_NAMES.match(text, opened.end()):
        return
    end = end_of_bracket(text, opened.end())
    if end is None:
        tally.unclosed = position
    else:
        tally.named[position] = (opened.end(), end)
        tally.end = end + 1


def as_number(text: str) -> int:
    digits = text.strip()
    return int(digits) if digits.isdigit() else NUMBERS.get(re.sub(r"[\s-]", "", text.lower()), -1)


def end_of_bracket(text: str, start: int) -> int | None:
    """Where the names in brackets end; they may hold brackets of their own."""
    depth = 1
    for place in range(start, min(len(text), start + LONGEST_BRACKET)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return None


def ends_well(text: str, tally: Tally, labelled: bool) -> bool:
    """Whether no figure came apart: "with 2\\n2 abstentions", "with 22 absten tions"."""
    whole = tally.readable and -1 not in tally.figures.values()
    ended = labelled or AFTER.match(text, tally.end)
    if not whole or not ended or BROKEN.match(text, tally.end):
        return False
    told = "A" in tally.figures
    unread = ABSTENTIONS_UNREAD.match(text, tally.end) or not ENDED.match(text, tally.end)
    return told or not unread
