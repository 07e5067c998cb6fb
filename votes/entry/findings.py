"""What stands in the way of an entry: hard findings stop it, soft ones need a reason.

The reason given for a soft finding is kept (`Explanation`) and holds as long as the finding reads
the same: when a number in it changes, it needs a reason anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from resolutions import symbols
from resolutions.models import State
from resolutions.wording import long_date
from votes.checks import ALLOWED_IN_A_DRAFT, COUNCIL_SIZE, Finding, Seats, check_entry
from votes.ingest import positions_of
from votes.models import Explanation, Venue, VoteEvent

# The checks of the whole database take these for errors of the data; an editor may know better.
SOFT = frozenset({"date-outside-session"})


@dataclass(frozen=True)
class Found:
    """Something that a check found in an entry, and the reason why it may stand, where given."""

    code: str
    sentence: str
    is_hard: bool
    reason: str = ""

    @property
    def is_about_completeness(self) -> bool:
        return self.code in ALLOWED_IN_A_DRAFT

    @property
    def stands_in_the_way(self) -> bool:
        return self.is_hard or not self.reason


def findings(
    event: VoteEvent, positions: Mapping[str, str], others: Iterable[Found] = ()
) -> list[Found]:
    """Return what is wrong or doubtful about the event with these positions, hard ones first.

    `others` is what was found in the material from which the positions were read.
    """
    found = [*others, *_checked(event, positions), *_doubtful(event)]
    reasons = kept_reasons(event)
    explained = [
        one if one.is_hard else replace(one, reason=reasons.get((one.code, one.sentence), ""))
        for one in found
    ]
    return sorted(explained, key=lambda one: not one.is_hard)


def obstacles(event: VoteEvent) -> list[str]:
    """Return sentences that say why the event cannot be submitted or published yet."""
    return [
        one.sentence if one.is_hard else _t("%(found)s Give a reason.") % {"found": one.sentence}
        for one in findings(event, positions_of(event))
        if one.stands_in_the_way
    ]


def kept_reasons(event: VoteEvent) -> dict[tuple[str, str], str]:
    rows = Explanation.objects.filter(event=event).order_by("pk")
    return {(row.code, row.sentence): row.reason for row in rows}


def _checked(event: VoteEvent, positions: Mapping[str, str]) -> Iterator[Found]:
    for finding in check_entry(event, positions, Seats()):
        yield as_found(finding)
    if event.can_have_positions and not positions:
        sentence = _t("The entry has no positions, though a vote of this kind leaves them.")
        yield Found("positions-missing", sentence, is_hard=False)


def as_found(finding: Finding) -> Found:
    sentence = _t("The entry %(finding)s") % {"finding": finding.sentence}
    if finding.code == "totals-differ":
        sentence = capfirst(finding.sentence)
    return Found(finding.code, sentence, finding.is_error and finding.code not in SOFT)


def _doubtful(event: VoteEvent) -> Iterator[Found]:
    yield from _same_question(event)
    yield from _meeting_of_another_session(event)
    yield from _announced_unlike_members(event)


def _same_question(event: VoteEvent) -> Iterator[Found]:
    others = VoteEvent.objects.exclude(pk=event.pk).exclude(state=State.WITHDRAWN)
    same = others.filter(
        text=event.text,
        question=event.question,
        question_text=event.question_text,
        venue=event.venue,
        date=event.date,
    )
    for other in same.order_by("key"):
        sentence = _t("There is a vote on the same question of the same day already: %(key)s.")
        yield Found("same-question", sentence % {"key": other.key}, is_hard=False)


def _meeting_of_another_session(event: VoteEvent) -> Iterator[Found]:
    meeting = symbols.try_parse(event.meeting)
    session = event.text.session if event.text else None
    if meeting is None or meeting.session is None or session is None:
        return
    if str(meeting.session) != session.code:
        sentence = _t("The meeting %(meeting)s is of session %(other)s, the text of %(session)s.")
        values = {
            "meeting": event.meeting,
            "other": meeting.session,
            "session": session.code,
        }
        yield Found("meeting-of-another-session", sentence % values, is_hard=False)


def _announced_unlike_members(event: VoteEvent) -> Iterator[Found]:
    announced = event.announced
    if announced is None or announced.non_voting is None:
        return
    size = COUNCIL_SIZE if event.venue == Venue.COUNCIL else len(Seats().on(event.date))
    total = announced.taking_part + announced.non_voting
    if total < size:
        sentence = _t(
            "The announced totals make up %(total)d members; %(size)d had a seat on %(date)s."
        )
        values = {"total": total, "size": size, "date": long_date(event.date)}
        yield Found("announced-unlike-members", sentence % values, is_hard=False)
