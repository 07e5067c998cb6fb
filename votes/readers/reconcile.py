"""Compare a vote with itself and with the seats of its day; say what differs and change nothing.

    reconcile(roll_call, seated)  ->  [Mark(TOTALS_DIFFER, "Yes 120 printed, 119 counted."), …]

Printed and counted totals are two facts; where they differ both are kept. `seated` are the codes of
the members that had a seat on that day, as the layout writes them: three letters of the UN Library
as they were that day (SUN in 1980), or numbers of the Correlates of War.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from votes.readers.rollcalls import Layout, Mark, MarkCode, Method, RollCall, long_date
from votes.readers.undl_heads import session_of

WORDS = {"Y": "yes", "N": "no", "A": "abstaining", "X": "non-voting"}
CAST = ("Y", "N", "A")
MOST_NAMED = 12


Positions = Mapping[str, str]


def reconcile(
    roll_call: RollCall, seated: Collection[str], positions: Positions | None = None
) -> list[Mark]:
    """What was noticed in reading, then what the comparison shows.

    `positions` by code stand for those of the roll-call where `seated` has other codes.
    """
    cast = dict(roll_call.positions) if positions is None else positions
    found = [*roll_call.marks, *_missing(roll_call, cast), *_totals(roll_call, cast)]
    found += [*_sum(roll_call), *_session(roll_call)]
    found += [*_members(roll_call, seated), *_more_than_seats(roll_call, seated)]
    return [*found, *_not_seated(roll_call, cast, seated), *_without_row(roll_call, cast, seated)]


def count_by_reason(marks: Iterable[Mark]) -> Counter[MarkCode]:
    return Counter(mark.code for mark in marks)


def _missing(roll_call: RollCall, cast: Positions) -> Iterator[Mark]:
    """What a recorded vote has and an adoption without a vote cannot have."""
    printed = roll_call.totals.by_position()
    missing = [WORDS[letter] for letter in CAST if printed[letter] is None]
    if roll_call.method is Method.RECORDED and missing:
        yield Mark(MarkCode.TOTALS_MISSING, f"No total is printed for {', '.join(missing)}.")
    if roll_call.method is Method.WITHOUT_VOTE and len(missing) < len(CAST):
        yield Mark(MarkCode.TOTALS_WITHOUT_VOTE, "Adopted without a vote, yet totals are printed.")
    is_roll_call = roll_call.layout is not Layout.UNDL_OUTCOMES
    if roll_call.method is Method.RECORDED and is_roll_call and not cast:
        yield Mark(MarkCode.POSITIONS_MISSING, "A recorded vote, yet no positions are printed.")


def _totals(roll_call: RollCall, cast: Positions) -> Iterator[Mark]:
    if not cast:
        return
    counted = Counter(cast.values())
    differing = [
        f"{WORDS[letter]} {total} printed, {counted[letter]} counted"
        for letter, total in roll_call.totals.by_position().items()
        if total is not None and total != counted[letter]
    ]
    if differing:
        yield Mark(MarkCode.TOTALS_DIFFER, f"{'; '.join(differing).capitalize()}.")


def _sum(roll_call: RollCall) -> Iterator[Mark]:
    printed = [total for total in roll_call.totals.by_position().values() if total is not None]
    members = roll_call.totals.members
    if members is not None and len(printed) == len(WORDS) and sum(printed) != members:
        told = f"{' + '.join(map(str, printed))} = {sum(printed)}, not {members}"
        yield Mark(MarkCode.SUM_DIFFERS, f"The printed totals do not make up the members: {told}.")


def _session(roll_call: RollCall) -> Iterator[Mark]:
    by_symbol = session_of(roll_call.resolutions)
    if by_symbol and roll_call.session and by_symbol != roll_call.session:
        told = f"session {roll_call.session}, but {roll_call.resolution} is of {by_symbol}"
        yield Mark(MarkCode.SESSION_DIFFERS, f"It is said to be of {told}.")


def _members(roll_call: RollCall, seated: Collection[str]) -> Iterator[Mark]:
    members = roll_call.totals.members
    if members is not None and members != len(seated):
        sentence = f"{members} members are printed, {len(seated)} had a seat on {day(roll_call)}."
        yield Mark(MarkCode.MEMBERS_DIFFER, sentence)


def _more_than_seats(roll_call: RollCall, seated: Collection[str]) -> Iterator[Mark]:
    votes = sum(total or 0 for total in roll_call.totals.by_position().values())
    if votes > len(seated):
        sentence = f"{votes} votes are printed, {len(seated)} had a seat on {day(roll_call)}."
        yield Mark(MarkCode.MORE_VOTES_THAN_SEATS, sentence)


def _not_seated(roll_call: RollCall, cast: Positions, seated: Collection[str]) -> Iterator[Mark]:
    codes = [code for code in cast if code not in seated]
    if codes:
        sentence = f"A position, but no seat on {day(roll_call)}: {_named(codes)}."
        yield Mark(MarkCode.NOT_SEATED, sentence)


def _without_row(roll_call: RollCall, cast: Positions, seated: Collection[str]) -> Iterator[Mark]:
    if not cast:
        return
    codes = sorted(code for code in seated if code not in cast)
    if codes:
        sentence = f"A seat on {day(roll_call)}, but no row: {_named(codes)}."
        yield Mark(MarkCode.SEATED_WITHOUT_ROW, sentence)


def day(roll_call: RollCall) -> str:
    return long_date(roll_call.date)


def _named(codes: list[str]) -> str:
    rest = len(codes) - MOST_NAMED
    return ", ".join(codes[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
