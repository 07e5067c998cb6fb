"""Reasons why soft findings may stand, as they go to a page and come back from it.

<input type="hidden" name="finding-0" value="totals-differ Yes: announced 2, counted 3.">
<textarea name="reason-0">…</textarea>
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from votes.entry.findings import Found


@dataclass(frozen=True)
class Asked:
    """A soft finding with the reason given for it; one that no longer stands is not shown."""

    number: int
    found: Found
    reason: str
    stands: bool = True

    @property
    def value(self) -> str:
        return f"{self.found.code} {self.found.sentence}"


def typed(text: str) -> str:
    """Return a text as every database keeps it: PostgreSQL takes no NUL."""
    return text.replace("\x00", "").strip()


def read_reasons(post: QueryDict) -> list[Found]:
    """Return the soft findings of the page for which a reason was given."""
    given = []
    for field, value in post.items():
        if field.startswith("finding-"):
            code, _space, sentence = str(value).partition(" ")
            reason = typed(post.get(field.replace("finding", "reason", 1), ""))
            given.append(Found(code, sentence, False, reason))
    return [one for one in given if one.reason]


def ask(found: Iterable[Found], given: Iterable[Found]) -> list[Asked]:
    """Return the soft findings, and what was given for none of them, so that no text is lost.

    A reason for a finding whose numbers have changed meanwhile is shown with the new one, to be
    looked at; it counts once it is sent with the finding as it reads now.
    """
    found = [one for one in found if not one.is_hard]
    standing = {one.sentence for one in found}
    left = [one for one in given if one.sentence not in standing]
    asked = [
        Asked(number, one, one.reason or _taken(left, one.code)) for number, one in enumerate(found)
    ]
    unasked = [
        Asked(number, one, one.reason, stands=False)
        for number, one in enumerate(left, start=len(found))
    ]
    return [*asked, *unasked]


def _taken(left: list[Found], code: str) -> str:
    like = next((one for one in left if one.code == code), None)
    if like is None:
        return ""
    left.remove(like)
    return like.reason


def by_sentence(given: Sequence[Found]) -> dict[str, str]:
    return {one.sentence: one.reason for one in given}
