"""Which member a printed name means, if that is certain.

A name is read when it is known letter by letter: case, accents, spaces, hyphens, apostrophes,
brackets, footnote marks and a leading "the" make no difference, anything else does. A close
spelling is a suggestion, never a reading.

    NameBook(known).lookup("Micronesia (Federated\\nStates of)")  ->  Known("FSM", …)
    NameBook(known).lookup("Congo", date(1965, 1, 1))  ->  Ambiguous((COG, COD))
    NameBook(known).lookup("Zimbabbwe")  ->  Unknown((ZWE,))
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from pathlib import Path

ALIASES = Path(__file__).parent.parent / "data" / "aliases.csv"

# Letters that Unicode does not take apart into a base and an accent.
PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
# What may stand in or around a name without changing it; "?" or "/" may not.
INSIGNIFICANT = re.compile(r"[\s\d.,;()\[\]*†‡§'’‘‛ʼ`´′\"“”_‐-―−­-]+")
FOOTNOTE_LETTER = re.compile(r"\s+\(?[a-z][/)]$")  # "Niger a/"
ABBREVIATIONS = {"st": "saint", "&": "and"}

# How a name and what describes it change places.
INVERTED = re.compile(r"(?P<name>[^(,]+?)(?: \(|, )(?P<kind>[^(),]+ of(?: the)?)\)?", re.I)
STRAIGHT = re.compile(r"(?P<kind>.+? of(?: the)?) (?P<name>[^(),]+)", re.I)

ARTICLES = ("the",)  # "Gambia, The"

SUGGESTED = 3
CODE_LENGTH = 3
LONGEST_NAME = 90
LONGEST_READ = 300  # with its letters spaced, perhaps
LIKENESS = 0.75
LIKENESS_OF_A_DESCRIPTION = 0.6


@dataclass(frozen=True)
class KnownName:
    """A name that a member bears from a day on, until before another; no code: no member's."""

    text: str
    code: str
    from_date: date | None = None
    to_date: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Period:
    """From the first to the last of these days: when something was that has no exact date."""

    first: date
    last: date


When = date | Period | None


@dataclass(frozen=True)
class Known:
    """A member, the name under which it was found, and whether it had that name at the time."""

    code: str
    name: str
    in_force: bool = True


@dataclass(frozen=True)
class Ambiguous:
    """A name that several members bear or bore."""

    candidates: tuple[Known, ...]


@dataclass(frozen=True)
class Unknown:
    """No member's name, the likeliest ones that may be meant, and a reason where one is known."""

    suggestions: tuple[Known, ...] = ()
    reason: str = ""


Finding = Known | Ambiguous | Unknown


class NameBook:
    """The names that members bear and bore, in every common form."""

    def __init__(
        self,
        known: Iterable[KnownName],
        aliases: Iterable[KnownName] | None = None,
        decided: Iterable[KnownName] = (),
    ) -> None:
        """`decided` are names that a person read, which stand whatever else they may mean."""
        names = [*known, *(read_aliases() if aliases is None else aliases)]
        self._rows: dict[str, list[KnownName]] = defaultdict(list)
        self._forms: dict[str, list[KnownName]] = defaultdict(list)
        self._descriptions: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for text in (name.text, *other_orders(name.text)):
                self._enter(text, name)
        for name in decided:
            self._rows[key(name.text)] = [name]
        self._codes = frozenset(name.code for name in names if name.code)

    def _enter(self, text: str, name: KnownName) -> None:
        rows = self._rows[key(text)]
        if name not in rows:
            rows.append(name)
            self._forms[" ".join(words(text))].append(name)
        if found := INVERTED.fullmatch(text):
            self._descriptions[key(found["name"])].add(key(found["kind"]))

    def lookup(self, text: str, when: When = None) -> Finding:
        """The member of this name on a day, or why none can be told, and who may be meant."""
        finding = self.identify(text, when)
        if isinstance(finding, Unknown) and not finding.reason:
            return Unknown(self.suggest(text))
        return finding

    def identify(self, text: str, when: When = None) -> Finding:
        """As `lookup`, a thousand times as fast: without suggestions."""
        rows = self._rows.get(key(text)) if len(text) <= LONGEST_READ else None
        return decide(rows, when) if rows else Unknown()

    def identify_cell(self, text: str, when: When = None) -> Finding:
        """As `identify`, for a cell, where three letters may be a code and not a word."""
        code = text.strip().upper()
        if code in self._codes and key(code) not in self._rows:
            return Known(code, code)
        return self.identify(text, when)

    def suggest(self, text: str) -> tuple[Known, ...]:
        form = " ".join(words(text))
        if not form or len(form) > LONGEST_NAME:
            return ()
        close = get_close_matches(form, self._forms, SUGGESTED, LIKENESS)
        rows = [row for match in close for row in self._forms[match] if not is_code(row.text)]
        return distinct(rows, None)[:SUGGESTED]

    def goes_on(self, text: str, rest: str) -> bool:
        """Whether `rest` describes a name after a comma, well spelt or not: "Republik of"."""
        described = self._descriptions.get(key(text), ())
        return rest.lower() in ARTICLES or any(
            SequenceMatcher(None, key(rest), description).ratio() >= LIKENESS_OF_A_DESCRIPTION
            for description in described
        )

    def may_be_cut(self, text: str, when: When) -> bool:
        """Whether another member's name begins with this one, as Guinea-Bissau does with Guinea."""
        begin = key(text)
        longer = (rows for other, rows in self._rows.items() if other.startswith(begin))
        bearers = {row.code for rows in longer for row in rows if at_the_time(row, when)}
        return len(bearers - {""}) > 1

    def may_be_a_beginning(self, text: str) -> bool:
        """Whether a longer name begins with this one, be it the same member's."""
        begin = key(text)
        return any(other.startswith(begin) and other != begin for other in self._rows)

    def may_be_a_rest(self, text: str) -> bool:
        """Whether a longer name ends with this one, as Equatorial Guinea does with Guinea."""
        end = key(text)
        return any(other.endswith(end) and other != end for other in self._rows)

    def __iter__(self) -> Iterator[KnownName]:
        return iter(dict.fromkeys(row for rows in self._rows.values() for row in rows))


def is_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and text.isupper()


def decide(rows: Sequence[KnownName], when: When) -> Finding:
    in_force = [row for row in rows if at_the_time(row, when)]
    found = distinct(in_force or rows, when)
    if len(found) > 1:
        return Ambiguous(tuple(name for name in found if name.code))
    return found[0] if found[0].code else Unknown(reason=(in_force or rows)[0].reason)


def distinct(rows: Iterable[KnownName], when: When) -> tuple[Known, ...]:
    """One finding for each member among the rows."""
    found: dict[str, Known] = {}
    for row in rows:
        found.setdefault(row.code, Known(row.code, row.text, is_in_force(row, when)))
    return tuple(found.values())


def at_the_time(name: KnownName, when: When) -> bool:
    """Whether a name may be meant; without a date every name may."""
    return when is None or is_in_force(name, when)


def is_in_force(name: KnownName, when: When) -> bool:
    if when is None:
        return name.from_date is None and name.to_date is None
    period = when if isinstance(when, Period) else Period(when, when)
    begun = name.from_date is None or name.from_date <= period.last
    return begun and (name.to_date is None or name.to_date > period.first)


def read_aliases(path: Path = ALIASES) -> tuple[KnownName, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            KnownName(
                line["name"], line["code"], day(line["from_date"]), day(line["to_date"]),
                line["reason"],
            )
            for line in csv.DictReader(file)
        )  # fmt: skip


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """The letters of a name, in which all its spellings agree."""
    return "".join(words(text))


def words(text: str) -> list[str]:
    """The words of a name without accents, marks and case, nor an article around it."""
    text = FOOTNOTE_LETTER.sub("", without_accents(text)).replace("&", " & ")
    found = [ABBREVIATIONS.get(word.strip(".,"), word) for word in text.split()]
    found = [word for word in (INSIGNIFICANT.sub("", word) for word in found) if word]
    if found[:1] == ["the"]:
        found = found[1:]
    # "Bahamas, The", but not "Congo, Democratic Republic of the".
    if found[-1:] == ["the"] and found[-2:-1] != ["of"]:
        found = found[:-1]
    return found


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(PLAIN_LETTERS)


def other_orders(text: str) -> list[str]:
    """Korea, Republic of ↔ Republic of Korea."""
    if found := INVERTED.fullmatch(text):
        return [f"{found['kind']} {found['name']}"]
    if found := STRAIGHT.fullmatch(text):
        kind = re.sub(r"^the ", "", found["kind"], flags=re.I)
        return [f"{found['name']}, {kind}", f"{found['name']}, the {kind}"]
    return []
