"""Why an imported vote deserves a second look, in the words of a reader.

An import keeps what does not add up as its source has it, and marks it; `ImportMark.code` is one of
these. The sentence beside a code says what exactly was found.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from votes.models import VoteEvent
from votes.readers.rollcalls import MarkCode
from votes.reference import Reference


class Reason(NamedTuple):
    name: Any  # short, for lists
    meaning: Any  # one or two sentences


REASONS = {
    MarkCode.TOTALS_DIFFER: Reason(
        _("Totals differ"),
        _("The totals that the source prints are not those to which its positions add up."),
    ),
    MarkCode.TOTALS_MISSING: Reason(
        _("Totals missing"), _("The source does not print all totals of a recorded vote.")
    ),
    MarkCode.SUM_DIFFERS: Reason(
        _("Sum differs"),
        _("The printed totals do not add up to the number of members that the source prints."),
    ),
    MarkCode.MEMBERS_DIFFER: Reason(
        _("Number of members differs"),
        _("The source prints another number of members than had a seat on that day."),
    ),
    MarkCode.MORE_VOTES_THAN_SEATS: Reason(
        _("More votes than seats"),
        _("The printed totals come to more votes than members had a seat on that day."),
    ),
    MarkCode.NOT_SEATED: Reason(
        _("Position without a seat"),
        _(
            "The source has a position of somebody who had no seat on the day that it gives. In "
            "old votes the date is often only near, and a state was admitted between the two days."
        ),
    ),
    MarkCode.SEATED_WITHOUT_ROW: Reason(
        _("Member without a position"),
        _("The source says nothing of a member that had a seat on the day that it gives."),
    ),
    MarkCode.MEMBER_UNKNOWN: Reason(
        _("Position of nobody known"),
        _("A position has a code that no member had on that day. It could not be kept."),
    ),
    MarkCode.MEMBER_TWICE: Reason(
        _("Member under two codes"),
        _("One member stands in the source twice, under two codes."),
    ),
    MarkCode.MEMBER_REPEATED: Reason(
        _("Member repeated"), _("A member stands in the source twice, with the same position.")
    ),
    MarkCode.POSITIONS_MISSING: Reason(
        _("Positions missing"), _("The source calls the vote recorded and prints no positions.")
    ),
    MarkCode.TOTALS_WITHOUT_VOTE: Reason(
        _("Totals without a vote"),
        _("The source says that no vote was taken, and prints totals all the same."),
    ),
    MarkCode.ROWS_DISAGREE: Reason(
        _("Rows disagree"),
        _("Rows of one vote say different things of it. What most of them say is shown."),
    ),
    MarkCode.ROWS_REFUSED: Reason(
        _("Rows refused"), _("Some rows of the vote could not be read, and were left out.")
    ),
    MarkCode.SYMBOL_UNREADABLE: Reason(
        _("Symbol unreadable"),
        _("What the source prints as a symbol is none, so no text is named for certain."),
    ),
    MarkCode.SESSION_UNREADABLE: Reason(
        _("Session unreadable"), _("What the source prints as a session is none.")
    ),
    MarkCode.SESSION_DIFFERS: Reason(
        _("Session differs"),
        _("The source gives another session than the symbol of the resolution."),
    ),
    MarkCode.DATE_OUTSIDE_SESSION: Reason(
        _("Date outside the session"),
        _("The date that the source gives lies before or after the session."),
    ),
    MarkCode.TOTAL_UNREADABLE: Reason(
        _("Total unreadable"), _("What the source prints as a total is no number.")
    ),
    MarkCode.DRAFT_OF_ANOTHER: Reason(
        _("Draft of another text"),
        _("The source gives a draft that is held as the draft of another text."),
    ),
    MarkCode.TEXT_OF_ANOTHER: Reason(
        _("Text of another vote"),
        _(
            "Several votes name the same resolution. Which of them was on the text as a whole is "
            "not known for certain, so they are told in their own words and never merged."
        ),
    ),
}
# Whose sentences name members by their codes.
OF_MEMBERS = {
    MarkCode.NOT_SEATED,
    MarkCode.SEATED_WITHOUT_ROW,
    MarkCode.MEMBER_TWICE,
    MarkCode.MEMBER_REPEATED,
}
CODE = re.compile(r"\b[A-Z]{3}\b")
MOST_TOLD = 8  # on a page that has to stay light


@dataclass(frozen=True)
class Doubt:
    """One reason to look twice at a vote: its name, that in addresses, and what was found."""

    name: str
    slug: str
    sentence: str


def slug_of(code: str) -> str:
    return code.replace(" ", "-")


def doubts_of(event: VoteEvent, snapshot: Reference) -> list[Doubt]:
    return [
        Doubt(name_of(code), slug_of(code), in_words(code, sentence, event.date, snapshot))
        for code, sentence in snapshot.marks.get(event.pk, [])[:MOST_TOLD]
    ]


def name_of(code: str) -> str:
    return str(REASONS[MarkCode(code)].name) if code in REASONS else code


def in_words(code: str, sentence: str, date: datetime.date, snapshot: Reference) -> str:
    """Return the sentence of a mark with the names that members had on the day."""
    if code not in OF_MEMBERS:
        return sentence

    def name(found: re.Match[str]) -> str:
        member = snapshot.by_code.get(found[0])
        return member.name_on(date).text if member else found[0]

    return CODE.sub(name, sentence)
