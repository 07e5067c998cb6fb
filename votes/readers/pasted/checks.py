"""What a text says in figures against what was read of its names."""

from collections.abc import Mapping
from dataclasses import dataclass

from votes.readers.pasted.problems import LISTS, Problems
from votes.readers.pasted.reading import ProblemCode, Result, Totals


@dataclass(frozen=True)
class Listed:
    """A list as it was read: how many members, how many names not, and where it begins."""

    read: int
    unread: int
    explicit: bool  # it says "None"
    start: int
    count: int | None = None  # printed beside it


@dataclass(frozen=True)
class Compared:
    """What is to be compared for one vote; `complete` where all its lists should be there."""

    announced: Totals
    lists: Mapping[str, Listed]
    complete: bool
    told: bool
    result: Result
    start: int


def check_vote(problems: Problems, vote: Compared) -> None:
    for position in LISTS:
        check_list(problems, vote, position)
    if vote.complete and not vote.told:
        untold(problems, vote)
    check_result(problems, vote)


def untold(problems: Problems, vote: Compared) -> None:
    counted = all(listed.count is not None for listed in vote.lists.values())
    sentence = (
        "The text tells no result of this vote; its lists were compared with their own figures."
        if counted
        else "The text gives no totals for this vote: a name missing from a list can’t be noticed."
    )
    problems.add(ProblemCode.NO_TOTALS, sentence, vote.start)


def check_list(problems: Problems, vote: Compared, position: str) -> None:
    announced = vote.announced.of(position)
    listed = vote.lists.get(position)
    if listed is None:
        if vote.complete and announced:
            missing(problems, vote, position, announced)
        return
    if None not in (announced, listed.count) and announced != listed.count:
        disagree(problems, position, announced, listed)
    expected = announced if announced is not None else listed.count
    if expected is not None and expected != listed.read:
        differ(problems, position, expected, listed)
    if expected is None:
        unchecked(problems, vote, position, listed)


def missing(problems: Problems, vote: Compared, position: str, announced: int) -> None:
    problems.add(
        ProblemCode.LIST_MISSING,
        f"{announced} are announced as “{LISTS[position].lower()}”, but there is no such list.",
        vote.start,
    )


def disagree(problems: Problems, position: str, announced: int | None, listed: Listed) -> None:
    problems.add(
        ProblemCode.TOTALS_DISAGREE,
        f"The text announces {announced} for the list “{LISTS[position]}”,"
        f" and {listed.count} is printed beside it.",
        listed.start,
    )


def differ(problems: Problems, position: str, expected: int, listed: Listed) -> None:
    by = listed.read - expected
    unread = f"; {listed.unread} in it could not be read" if listed.unread else ""
    problems.add(
        ProblemCode.TOTALS_DIFFER,
        f"The list “{LISTS[position]}” should have {expected} members and {listed.read} were read:"
        f" {abs(by)} too {'many' if by > 0 else 'few'}{unread}.",
        listed.start,
    )


def unchecked(problems: Problems, vote: Compared, position: str, listed: Listed) -> None:
    """A list without any figure: absent members are never announced, the others should be."""
    if not (listed.read or listed.unread or listed.explicit):
        sentence = f"The list “{LISTS[position]}” is empty; where nobody is in it, it says “None”."
        problems.add(ProblemCode.LIST_EMPTY, sentence, listed.start)
    elif vote.told and position != "X" and listed.read:
        sentence = f"The text gives no number for the list “{LISTS[position]}”: {listed.read} read."
        problems.add(ProblemCode.NO_TOTALS, sentence, listed.start)


def check_result(problems: Problems, vote: Compared) -> None:
    yes, no = vote.announced.yes, vote.announced.no
    if yes is None or no is None or vote.result is Result.UNKNOWN:
        return
    # An important question may be rejected with more in favour than against: worth a look.
    if (yes > no) == (vote.result is Result.REJECTED):
        problems.add(
            ProblemCode.OUTCOME_CONTRADICTS,
            f"The text says “{vote.result}”, with {yes} in favour and {no} against.",
            vote.start,
        )
