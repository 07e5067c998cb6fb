"""Two people at one grid: what one saved while the other was still typing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from votes.models import Revision, VoteEvent
from votes.models.position import digest, positions_in, vector_of


@dataclass(frozen=True)
class Meanwhile:
    """Who saved something else meanwhile (nobody: an import), and which members it is about."""

    people: Sequence[str]
    codes: Sequence[str]


def fingerprint(positions: Mapping[str, str]) -> str:
    return digest(vector_of(positions))


def saved_meanwhile(
    event: VoteEvent, begun_with: str, saved: Mapping[str, str], typed: Mapping[str, str]
) -> Meanwhile | None:
    """Return what was saved since the grid was opened and is not as typed, or None.

    `begun_with` is the fingerprint of the positions with which it was opened.
    """
    if begun_with == fingerprint(saved):
        return None
    history = list(event.revisions.select_related("made_by").order_by("number"))
    begun = [place for place, revision in enumerate(history) if revision.sha256 == begun_with]
    since = history[begun[-1] + 1 :] if begun else history
    before = positions_in(history[begun[-1]].vector) if begun else {}
    is_known = bool(begun) or begun_with == fingerprint({})
    codes = [
        code
        for code in dict.fromkeys([*saved, *typed])
        if saved.get(code) != typed.get(code)
        and (not is_known or saved.get(code) != before.get(code))
    ]
    return Meanwhile(people_of(since), codes) if codes else None


def people_of(revisions: Sequence[Revision]) -> list[str]:
    people = [revision.made_by for revision in revisions]
    return list(
        dict.fromkeys(person.get_full_name() or person.username for person in people if person)
    )
