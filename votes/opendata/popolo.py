"""Votes in the terms of Popolo: Motion, VoteEvent, Count and Vote.

The specification is http://www.popoloproject.com/specs/. What does not fit is not bent to it:

* A member that did not vote is “not voting”. Popolo's “absent” is never used, because the record
  does not tell an absent member from one that pressed no button.
* “not eligible” and “vetoed” are values from outside its lists.
* An adoption without a vote is a motion that passed without any vote event.
* The day of a vote is known and its hour is not; the day on which a motion was made is not known.
* Popolo's group is a political one; regional groups are none, so no vote names its group.
* Stated intentions and what other sources say have no place in Popolo and are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from votes.models import Method, Outcome, Question, Rule, Venue
from votes.models.event import WITHOUT_TOTALS
from votes.opendata.columns import column
from votes.opendata.rows import PositionRow, SourceRow, VoteRow

OPTIONS = {
    "yes": "yes",
    "no": "no",
    "abstain": "abstain",
    "non-voting": "not voting",
    "not-eligible": "not eligible",
}
OPTION_WORDS = [
    ("yes", _("In favour.")),
    ("no", _("Against.")),
    ("abstain", _("Neither in favour nor against.")),
    ("not voting", _("Absent, or present without pressing a button: the record does not tell.")),
    ("not eligible", _("Without a vote on that day, as a source says; not in Popolo’s list.")),
]
RESULTS = {
    Outcome.ADOPTED: "pass",
    Outcome.REJECTED: "fail",
    Outcome.VETOED: "vetoed",
}
RESULT_WORDS = [
    ("pass", _("Adopted; for a paragraph retained, for a motion carried.")),
    ("fail", _("Rejected.")),
    ("vetoed", _("Against the vote of a permanent member of the Council; not in Popolo’s list.")),
]
REQUIREMENTS = {
    Rule.TWO_THIRDS: "two-thirds majority",
    Rule.SIMPLE: "simple majority",
    Rule.NINE_VETO: "nine votes, no permanent member against",
    Rule.NINE_PROCEDURAL: "nine votes",
}
RESULT = _("What was decided; null where no source tells.")


@dataclass(frozen=True)
class Organization:
    """A body that votes, or a member that votes in it."""

    id: str = column(_("The code of the body or of the member."))
    name: str = column(_("The name; that of a member is the one of the day."))


@dataclass(frozen=True)
class LegislativeSession:
    """A session of the General Assembly."""

    id: str = column(_("The session as symbols write it."))
    name: str = column(_("The name of the session."))


@dataclass(frozen=True)
class Link:
    """A document that the motion was taken from."""

    url: str = column(_("Where it can be read."))
    note: str = column(_("The line of attribution."))


@dataclass(frozen=True)
class Count:
    """The number of votes for one option."""

    option: str = column(_("The option."), codes=OPTION_WORDS)
    value: int = column(_("How many members chose it."))


@dataclass(frozen=True)
class Vote:
    """The vote of one member."""

    vote_event_id: str = column(_("The vote event that it belongs to."))
    voter_id: str = column(_("The code of the member."))
    voter: Organization = column(_("The member."))
    option: str = column(_("The option that the member chose."), codes=OPTION_WORDS)


@dataclass(frozen=True)
class VoteEvent:
    """A vote on a motion, with its totals and, where they are held, the vote of each member."""

    id: str = column(_("The portal’s stable key of the vote."))
    motion_id: str = column(_("The motion that was decided."))
    organization_id: str = column(_("The code of the body whose members voted."))
    legislative_session_id: str | None = column(_("The session of the Assembly."))
    identifier: str | None = column(_("The number of the record in the UN Digital Library."))
    classification: str = column(_("The method of voting."), codes=Method.choices)
    start_date: str = column(_("The day of the vote; its hour is not known."))
    result: str | None = column(RESULT, codes=RESULT_WORDS)
    counts: tuple[Count, ...] = column(
        _("The totals that stand; they may differ from the votes where others were announced.")
    )
    votes: tuple[Vote, ...] = column(_("The votes, where the portal holds them."))


@dataclass(frozen=True)
class Motion:
    """What was put to a body; one of which nobody voted has no vote event."""

    id: str = column(_("The key of the vote, after the word motion."))
    organization_id: str = column(_("The code of the body in which it was decided."))
    organization: Organization = column(_("The body in which it was decided."))
    legislative_session_id: str | None = column(_("The session of the Assembly."))
    legislative_session: LegislativeSession | None = column(_("The session of the Assembly."))
    text: str = column(_("What was put to the vote, in words."))
    identifier: str | None = column(_("The symbol of the text, where there is one."))
    classification: str = column(_("The kind of question."), codes=Question.choices)
    requirement: str | None = column(
        _("The majority that was needed, in words; null where no source says it.")
    )
    result: str | None = column(RESULT, codes=RESULT_WORDS)
    vote_events: tuple[VoteEvent, ...] = column(_("The vote on it, if there was one."))
    sources: tuple[Link, ...] = column(_("The documents behind it that have an address."))


def motion_of(
    vote: VoteRow,
    positions: Iterable[PositionRow],
    session_name: str,
    sources: Iterable[SourceRow],
) -> Motion:
    """Return a vote as the motion on which it was held."""
    session = LegislativeSession(vote.session, session_name) if vote.session else None
    was_voted_on = vote.method not in WITHOUT_TOTALS
    return Motion(
        id=_motion_id(vote),
        organization_id=vote.venue,
        organization=Organization(vote.venue, str(Venue(vote.venue).label)),
        legislative_session_id=vote.session,
        legislative_session=session,
        text=_text(vote),
        identifier=vote.symbol,
        classification=vote.question,
        requirement=REQUIREMENTS.get(Rule(vote.rule)),
        result=RESULTS.get(Outcome(vote.outcome)),
        vote_events=(_event(vote, positions),) if was_voted_on else (),
        sources=tuple(Link(one.url, one.attribution) for one in sources if one.url),
    )


def _motion_id(vote: VoteRow) -> str:
    return f"motion:{vote.vote_key}"


def _text(vote: VoteRow) -> str:
    what = " ".join(filter(None, (vote.symbol, vote.title)))
    if vote.question == Question.WHOLE:
        return what
    question = vote.question_text or str(Question(vote.question).label)
    asked = {"question": question, "text": what}
    return _t("%(question)s (on %(text)s)") % asked if what else question


def _event(vote: VoteRow, positions: Iterable[PositionRow]) -> VoteEvent:
    return VoteEvent(
        id=vote.vote_key,
        motion_id=_motion_id(vote),
        organization_id=vote.venue,
        legislative_session_id=vote.session,
        identifier=None if vote.undl_id is None else str(vote.undl_id),
        classification=vote.method,
        start_date=vote.date.isoformat(),
        result=RESULTS.get(Outcome(vote.outcome)),
        counts=tuple(_counts(vote)),
        votes=tuple(_vote(vote, row) for row in positions),
    )


def _counts(vote: VoteRow) -> Iterator[Count]:
    """Yield the totals that are known; an announced “non-voting” may hold those not eligible."""
    is_counted = vote.counted_non_voting is not None
    held = {
        "yes": vote.yes,
        "no": vote.no,
        "abstain": vote.abstain,
        "not voting": vote.counted_non_voting if is_counted else vote.announced_non_voting,
        "not eligible": vote.counted_not_eligible or None,
    }
    return (Count(option, value) for option, value in held.items() if value is not None)


def _vote(vote: VoteRow, row: PositionRow) -> Vote:
    member = Organization(row.member_code, row.member_name)
    return Vote(vote.vote_key, row.member_code, member, OPTIONS[row.position])
