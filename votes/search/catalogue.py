"""All cards as one read-only snapshot that the requests of a process share.

Like `votes.reference` it is read anew when the data version has changed. A list then asks the
database only for what it shows.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from itertools import chain, compress, groupby
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Case, Value, When

from resolutions.lately import Lately
from resolutions.models import DataVersion, Session, Subject
from resolutions.models.version import Stamp
from resolutions.snapshots import Latest, Snapshot
from votes import queries
from votes.doubts import slug_of
from votes.models import Card, Position, Venue
from votes.models.event import WITHOUT_TOTALS
from votes.search.bits import TRUTH, bits_of, sorted_out, truth_of

AT_ONCE = 4000
COUNTS_AT_HAND, MEMBERS_AT_HAND, WORDS_AT_HAND = 200, 32, 100
Counts: TypeAlias = dict[Position, int]
ANY_REASON, DISPUTED = "any", "yes"
LATEST = datetime.date.max  # what is not decided comes before the latest decisions


class Row(NamedTuple):
    """One card, without its words and positions."""

    pk: int
    text: int | None
    event: int | None
    key: str
    stands_for_text: bool
    is_recorded: bool  # the position of each member is held
    yes: int | None
    no: int | None
    abstain: int | None
    session: str
    date: datetime.date | None
    sequence: int
    status: str
    venue: str
    question: str
    method: str
    rule: str
    outcome: str
    split_groups: str
    subjects: str

    @property
    def difference(self) -> int | None:
        """Return how many votes lay between yes and no."""
        return None if self.yes is None or self.no is None else abs(self.yes - self.no)

    @property
    def share_of_difference(self) -> float | None:
        """Return the difference as a share of yes and no; 0 is a tie, 1 is nobody on one side."""
        if self.difference is None or not (self.yes or self.no):
            return None
        return self.difference / ((self.yes or 0) + (self.no or 0))


OF_ITS_OWN = Row._fields.index("session")  # from there on cards have much in common


def year_of(row: Row) -> list[str]:
    return [str(row.date.year)] if row.date else []


def decade_of(row: Row) -> list[str]:
    return [str(row.date.year // 10 * 10)] if row.date else []


CONTESTED = 0.25


def margins_of(row: Row) -> Iterator[str]:
    """Yield “unanimous” and “contested” where they fit; see `MARGINS` in `votes.search.facets`."""
    if row.method in WITHOUT_TOTALS or row.yes is None or row.no is None:
        return
    if row.no == 0 and row.yes:
        yield "unanimous"
    if row.yes + row.no and min(row.yes, row.no) >= CONTESTED * (row.yes + row.no):
        yield "contested"


def held_of(row: Row) -> list[str]:
    """Return what is held of the decision; see `HELD` in `votes.search.filters`."""
    if row.is_recorded:
        return ["positions"]
    if row.method in WITHOUT_TOTALS:
        return ["no-vote"]
    return ["no-result" if row.yes is None else "totals"]


# What each facet files a card under; the names are those of the address.
VALUES: dict[str, Callable[[Row], Iterable[str]]] = {
    "session": lambda row: [row.session] if row.session else [],
    "decade": decade_of,
    "year": year_of,
    "subject": lambda row: row.subjects.split(),
    "status": lambda row: [row.status] if row.status else [],
    "method": lambda row: [row.method] if row.method else [],
    "question": lambda row: [row.question] if row.question else [],
    "outcome": lambda row: [row.outcome] if row.outcome else [],
    "rule": lambda row: [row.rule] if row.rule else [],
    "margin": margins_of,
    "split": lambda row: row.split_groups.split(),
    "held": held_of,
}
# What is noted of votes beside their cards: why an import marked them, and who says otherwise.
NOTED = ("marked", "disputed")


class Catalogue(Snapshot):
    """The published cards, latest first, and the sets of those that share a value."""

    def __init__(
        self,
        rows: list[Row],
        sessions: list[Session],
        subjects: dict[str, str],
        noted: dict[str, dict[str, set[int]]],
        stamp: Stamp = None,
    ) -> None:
        self.rows = rows
        self.stamp = stamp
        self.sessions = sessions
        self.subjects = subjects
        self.noted = noted
        self.size = len(rows)
        self._all = tuple(range(self.size))
        self.everything = (1 << self.size) - 1
        self._orders: dict[str, list[int]] = {}
        self._counts: Lately[tuple[str, int], dict[str, int]] = Lately(COUNTS_AT_HAND)
        self._words: Lately[Hashable, int] = Lately(WORDS_AT_HAND)

    @property
    def names(self) -> dict[str, dict[str, str]]:
        """Return the names of sessions and subjects, as the reader's language has them."""
        return self.once("names", self._names)

    def _names(self) -> dict[str, dict[str, str]]:
        sessions = {session.code: session.name for session in self.sessions}
        return {"session": sessions, "subject": self.subjects}

    @cached_property
    def place_of_card(self) -> dict[int, int]:
        return {row.pk: place for place, row in enumerate(self.rows)}

    @cached_property
    def place_of_key(self) -> dict[str, int]:
        return {row.key: place for place, row in enumerate(self.rows)}

    @cached_property
    def place_of_event(self) -> dict[int, int]:
        return {row.event: place for place, row in enumerate(self.rows) if row.event}

    @cached_property
    def place_of_text(self) -> dict[int, int]:
        return {
            row.text: place
            for place, row in enumerate(self.rows)
            if row.text and row.stands_for_text
        }

    @cached_property
    def by_value(self) -> dict[str, dict[str, int]]:
        filed = {name: sorted_out(self.rows, values) for name, values in VALUES.items()}
        return filed | {
            name: {value: self.of_events(events) for value, events in noted.items()}
            for name, noted in self.noted.items()
        }

    @cached_property
    def texts(self) -> int:
        return bits_of(place for place, row in enumerate(self.rows) if row.stands_for_text)

    @cached_property
    def events(self) -> int:
        return bits_of(self.place_of_event.values())

    @cached_property
    def with_totals(self) -> int:
        return self.where(lambda row: row.yes is not None)

    @cached_property
    def in_council(self) -> int:
        return self.where(lambda row: row.venue == Venue.COUNCIL)

    @cached_property
    def recorded_in_plenary(self) -> list[Row]:
        """Return the Assembly's votes of which positions are held, latest first."""
        return [row for row in self.rows if row.is_recorded and row.venue == Venue.PLENARY]

    @cached_property
    def rolls(self) -> "Rolls":
        return Rolls(self)

    def with_value(self, name: str, value: str) -> int:
        return self.by_value[name].get(value, 0)

    def counts(self, name: str, found: int) -> dict[str, int]:
        """Return how many of these cards share each value."""
        return self._counts.get((name, found), lambda: self._counted(name, found))

    def _counted(self, name: str, found: int) -> dict[str, int]:
        """Go through the values, or through the cards where they are fewer."""
        sets = self.by_value[name]
        if name not in VALUES or found.bit_count() >= len(sets):
            return {value: (cards & found).bit_count() for value, cards in sets.items()}
        rows = (self.rows[place] for place in self.places(found))
        counted = Counter(chain.from_iterable(map(VALUES[name], rows)))
        return {value: counted[value] for value in sets if value in counted}

    def where(self, fits: Callable[[Row], bool]) -> int:
        return bits_of(place for place, row in enumerate(self.rows) if fits(row))

    def cards(self, keys: Iterable[int]) -> int:
        return _among(self.place_of_card, keys)

    def of_events(self, keys: Iterable[int]) -> int:
        return _among(self.place_of_event, keys)

    def with_words(self, words: Hashable, search: Callable[[], Iterable[int]]) -> int:
        """Return the cards that a search finds; pages and filters of a list repeat its words."""
        return self._words.get(words, lambda: self.cards(search()))

    def ordered(self, name: str, key: Callable[[Row], Any]) -> list[int]:
        """Return the places of all cards in an order, which is remembered by its name."""
        if name not in self._orders:
            self._orders[name] = sorted(self._all, key=lambda place: key(self.rows[place]))
        return self._orders[name]

    def places(self, bits: int, order: list[int] | None = None) -> list[int]:
        """Return the places in a set, in the given order, or latest first."""
        truth = truth_of(bits, self.size)
        if order is None:
            return list(compress(self._all, truth))
        return [place for place in order if truth[place]]


def _among(known: dict[int, int], keys: Iterable[int]) -> int:
    return bits_of(known[key] for key in keys if key in known) if keys else 0


class Rolls:
    """Who held which position in the votes of the catalogue, one column for each member.

    The votes of the Assembly's plenary come first, because shares count nothing else.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        def is_elsewhere(vote: tuple[int, tuple[int, ...], str]) -> bool:
            return catalogue.rows[vote[0]].venue != Venue.PLENARY

        votes = sorted(_rolls_read(catalogue.place_of_card), key=is_elsewhere)
        self.size = catalogue.size
        self.places = [place for place, _roll, _positions in votes]
        self.in_plenary = sum(1 for vote in votes if not is_elsewhere(vote))
        self._sessions = [catalogue.rows[place].session for place in self.places[: self.in_plenary]]
        members = {member for _place, roll, _positions in votes for member in roll}
        self.column = {member: number for number, member in enumerate(sorted(members))}
        self.width = len(self.column)
        self.lines = [self._line(roll, positions) for _place, roll, positions in votes]
        self.matrix = b"".join(self.lines)
        self._held: Lately[int, dict[str, int]] = Lately(MEMBERS_AT_HAND)

    def _line(self, roll: tuple[int, ...], positions: str) -> bytes:
        line = bytearray(b" " * self.width)
        for member, position in zip(roll, positions.encode(), strict=True):
            line[self.column[member]] = position
        return bytes(line)

    @cached_property
    def line_of_place(self) -> dict[int, int]:
        return {place: line for line, place in enumerate(self.places)}

    @cached_property
    def totals(self) -> dict[Position, list[int]]:
        """Return how many members held each position in each vote of the plenary."""
        lines = self.lines[: self.in_plenary]
        return {
            position: [line.count(position.encode()) for line in lines] for position in Position
        }

    @cached_property
    def stretches(self) -> list[tuple[str, int, int]]:
        """Return the votes of the plenary from session to session: code, first, and one beyond."""
        found, start = [], 0
        for session, votes in groupby(self._sessions):
            end = start + len(list(votes))
            found.append((session, start, end))
            start = end
        return found

    def of(self, member: int) -> bytes:
        """Return the member's position in each of `places`, a blank where it has none."""
        column = self.column.get(member)
        return b" " * len(self.places) if column is None else self.matrix[column :: self.width]

    def by_session(self, member: int) -> dict[str, Counts]:
        """Return how often the member held each position in the plenary of each session."""
        letters = self.of(member)
        found: dict[str, Counts] = {}
        for session, start, end in self.stretches:
            if session and (counts := counted(letters[start:end])):
                held = found.setdefault(session, {})
                for position, count in counts.items():
                    held[position] = held.get(position, 0) + count
        return found

    def counts(self, member: int) -> Counts:
        return counted(self.of(member)[: self.in_plenary])

    def counts_beside(self, member: int) -> Counts:
        """Return how often all members held each position in the votes of this one."""
        own = self.of(member)[: self.in_plenary].translate(HELD[""]).translate(TRUTH)
        sums = {position: sum(compress(totals, own)) for position, totals in self.totals.items()}
        return {position: total for position, total in sums.items() if total}

    def position(self, member: int, place: int) -> str:
        return chr(self.lines[self.line_of_place[place]][self.column[member]])

    def holding(self, member: int, position: str = "") -> int:
        """Return the votes in which the member held the position, or any."""
        return self._held.get(member, lambda: self._of_cards(member))[position]

    def _of_cards(self, member: int) -> dict[str, int]:
        letters = self.of(member) + b" "
        lines = (self.line_of_place.get(place, -1) for place in range(self.size - 1, -1, -1))
        held = bytes(map(letters.__getitem__, lines))
        return {
            position: int(held.translate(telling) or b"0", 2) for position, telling in HELD.items()
        }


def _telling(letters: str) -> bytes:
    """Return the table that turns these letters into 1 and all others into 0."""
    return bytes(b"01"[chr(code) in letters] for code in range(256))


# By position, and for any.
HELD = {
    "": _telling("".join(Position.values)),
    **{position.value: _telling(position.value) for position in Position},
}
LETTERS = [(position, position.encode()) for position in Position]


def counted(line: bytes) -> Counts:
    return {position: count for position, letter in LETTERS if (count := line.count(letter))}


def _rolls_read(places: dict[int, int]) -> Iterator[tuple[int, tuple[int, ...], str]]:
    known: dict[str, tuple[int, ...]] = {}
    cards = Card.objects.exclude(positions="").order_by("pk")
    for pk, roll, positions in _in_parts(cards, "pk", "roll", "positions"):
        if pk in places:
            if roll not in known:
                known[roll] = tuple(map(int, roll.split()))
            yield places[pk], known[roll], positions


def _in_parts(cards: Any, *fields: str) -> Iterator[tuple[Any, ...]]:
    """Read many rows in short queries."""
    last = 0
    while part := list(cards.filter(pk__gt=last).values_list(*fields)[:AT_ONCE]):
        yield from part
        last = part[-1][0]


def catalogue(stamp: Stamp = None) -> Catalogue:
    """Return the snapshot of the present data version (one query when nothing has changed).

    Where a request has asked already, `stamp` is what it was told, and spares the query.
    """
    return _latest.at(stamp or DataVersion.objects.stamp())


def _read(stamp: Stamp) -> Catalogue:
    recorded = Case(When(positions="", then=Value(False)), default=Value(True))
    cards = Card.objects.published().annotate(is_recorded=recorded).order_by("pk")
    same: dict[Any, Any] = {}  # thousands of cards share the words of the decision
    rows = [
        Row(*values[:OF_ITS_OWN], *[same.setdefault(word, word) for word in values[OF_ITS_OWN:]])
        for values in _in_parts(cards, *Row._fields)
    ]
    rows.sort(key=lambda row: (row.date or LATEST, row.sequence, row.key), reverse=True)
    subjects = dict(Subject.objects.values_list("key", "name"))
    noted = {"marked": _marked(), "disputed": _disputed()}
    return Catalogue(rows, list(Session.objects.all()), subjects, noted, stamp)


def _marked() -> dict[str, set[int]]:
    """Return the events that an import marked, for any reason and for each, by its slug."""
    found: dict[str, set[int]] = defaultdict(set)
    for event, marks in queries.marks_of_imports().items():
        for slug in (ANY_REASON, *(slug_of(code) for code, _sentence in marks)):
            found[slug].add(event)
    return found


def _disputed() -> dict[str, set[int]]:
    return {DISPUTED: queries.events_in_dispute()}


_latest = Latest(_read)
