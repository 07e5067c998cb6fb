"""The answer in one sentence, and the majority in one more."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from resolutions.models import TimelineEvent
from resolutions.models.timeline import EventKind
from resolutions.wording import long_date
from votes.majority import Majority, Tally, Threshold
from votes.models import Method, Outcome, Question, Rule, Venue, VoteEvent
from votes.status import DECIDING, Status
from votes.tallies import Totals


def bold(number: int) -> SafeString:
    return mark_safe(f"<b>{number:d}</b>")  # noqa: S308  # a number


@dataclass(frozen=True)
class Answer:
    """The answer sentence of a text or vote, and the sentences that qualify it."""

    sentence: SafeString
    notes: list[str]


def outcome_words(event: VoteEvent) -> str:
    """Return the first words of the answer: what became of the question."""
    if event.question == Question.WHOLE and event.venue not in DECIDING:
        # A committee recommends; only the plenary adopts.
        words = {Outcome.ADOPTED: _t("Approved"), Outcome.REJECTED: _t("Rejected")}
    elif event.question == Question.ELECTION:
        words = {Outcome.ADOPTED: _t("Elected"), Outcome.REJECTED: _t("Not elected")}
    elif event.question == Question.PARAGRAPH:
        words = {Outcome.ADOPTED: _t("Retained"), Outcome.REJECTED: _t("Deleted")}
    elif event.question in (Question.WHOLE, Question.AMENDMENT):
        words = {Outcome.ADOPTED: _t("Adopted"), Outcome.REJECTED: _t("Rejected")}
    else:
        words = {Outcome.ADOPTED: _t("Carried"), Outcome.REJECTED: _t("Rejected")}
    words[Outcome.VETOED] = _t("Not adopted, because of a veto,")
    return words.get(Outcome(event.outcome), _t("Put to the vote"))


def answer(event: VoteEvent, totals: Totals) -> Answer:
    """Say what was decided, when and by how many, in the words of the method of voting."""
    start = opening(event)
    if not event.is_a_vote:
        return _without_a_vote(event, start)
    if totals.shown is None:
        return Answer(format_html("{}.", start), [_t("The sources held here give no totals.")])
    decided = format_html("{} {}.", start, counted(totals.shown))
    return Answer(_joined(decided, not_voting(totals)), _notes(totals))


def opening(event: VoteEvent) -> str:
    outcome = outcome_words(event)
    if event.method == Method.SECRET_BALLOT:
        outcome = _t("%(outcome)s by secret ballot") % {"outcome": outcome}
    words = {
        "outcome": outcome,
        "organ": event.get_venue_display(),
        "date": long_date(event.date),
    }
    if event.venue == Venue.PLENARY:
        return _t("%(outcome)s on %(date)s") % words
    return _t("%(outcome)s in the %(organ)s on %(date)s") % words


def _joined(*sentences: SafeString) -> SafeString:
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def _without_a_vote(event: VoteEvent, start: str) -> Answer:
    how = _t("by acclamation") if event.method == Method.ACCLAMATION else _t("without a vote")
    note = _t(
        "No vote was taken, so there are no totals and no positions. "
        "That is not the same as a unanimous vote."
    )
    return Answer(format_html("{} {}.", start, how), [note])


def counted(tally: Tally) -> SafeString:
    """Return `by 141 votes to 5, with 35 abstentions`."""
    sides = ngettext("by {yes} vote to {no}", "by {yes} votes to {no}", tally.yes)
    neither = ngettext("with {count} abstention", "with {count} abstentions", tally.abstain)
    return format_html(
        "{}, {}",
        format_html(sides, yes=bold(tally.yes), no=bold(tally.no)),
        format_html(neither, count=bold(tally.abstain)),
    )


def not_voting(totals: Totals) -> SafeString:
    if totals.did_not_vote is None or totals.did_not_vote == 0:
        return mark_safe("")
    return format_html(
        ngettext(
            "{count} member did not vote.", "{count} members did not vote.", totals.did_not_vote
        ),
        count=bold(totals.did_not_vote),
    )


def _notes(totals: Totals) -> list[str]:
    notes: list[str] = []
    shown = totals.shown
    if shown is not None and totals.computed_non_voting:
        notes.append(
            format_html(
                _t(
                    "How many did not vote is computed, not stated by a source: "
                    "{members} members − {part} that took part = {rest}."
                ),
                members=totals.members,
                part=shown.taking_part,
                rest=totals.computed_non_voting,
            )
        )
    if totals.differ and totals.counted is not None:
        notes.append(
            format_html(
                _t(
                    "These are the totals as announced. The positions held here add up to "
                    "{yes}–{no}–{abstain}, with {rest} not voting. Both are kept."
                ),
                yes=totals.counted.yes,
                no=totals.counted.no,
                abstain=totals.counted.abstain,
                rest=totals.counted.did_not_vote,
            )
        )
    return notes


def no_positions(event: VoteEvent, totals: Totals) -> str:
    """Say why a vote has no positions to show."""
    if event.method == Method.SECRET_BALLOT:
        return _t(
            "The ballot was secret: how each member voted was never recorded and cannot be known."
        )
    if event.method == Method.NON_RECORDED:
        return _t(
            "The vote was not recorded: the totals were counted, "
            "but nobody wrote down how each member voted."
        )
    if not event.is_a_vote:
        return _t("No vote was taken, so no member has a position.")
    if totals.shown is None:
        return _t("The sources held here do not say how each member voted.")
    return _t(
        "The sources held here name no positions: they give the totals, "
        "and do not say how each member voted."
    )


def majority_sentences(event: VoteEvent, majorities: list[Majority]) -> list[str]:
    """Say what was needed and reached; where the rule is not known, for both thresholds."""
    sentences: list[str] = [_majority_sentence(majority) for majority in majorities]
    if event.rule == Rule.NOT_KNOWN and len(majorities) > 1:
        sentences.insert(
            0,
            _t("No source held here says which majority was needed, so both thresholds are shown."),
        )
    if event.rule == Rule.NINE_VETO:
        sentences.append(_t("A vote of a permanent member against prevents adoption."))
    if event.rule_basis:
        sentences.append(format_html(_t("The rule follows from {}."), event.rule_basis))
    return sentences


def _majority_sentence(majority: Majority) -> SafeString:
    return format_html(
        NEEDED[majority.threshold](),
        voting=majority.present_and_voting,
        needed=bold(majority.needed),
        reached=_reached(majority),
    )


NEEDED = {
    Threshold.TWO_THIRDS: lambda: _t(
        "Two thirds of the {voting} members present and voting is {needed}; {reached}"
    ),
    Threshold.SIMPLE: lambda: _t(
        "A simple majority of the {voting} members present and voting is {needed}; {reached}"
    ),
    Threshold.NINE: lambda: _t("Nine votes in favour are needed; {reached}"),
}


def _reached(majority: Majority) -> SafeString:
    if majority.margin == 0:
        return format_html(_t("reached {}, exactly enough."), bold(majority.reached))
    template = (
        _t("reached {reached}, {by} more than needed.")
        if majority.is_reached
        else _t("reached {reached}, {by} too few.")
    )
    return format_html(template, reached=bold(majority.reached), by=bold(abs(majority.margin)))


def undecided(status: str, timeline: list[TimelineEvent]) -> Answer:
    """Answer for a text without a vote: what is foreseen, and what the sources do not tell."""
    foreseen = [event for event in timeline if event.is_foreseen and event.kind == EventKind.VOTE]
    if status == Status.ADOPTED:
        note = _t("The sources held here tell of no vote on the text as a whole for certain.")
        return Answer(
            format_html("{}", _t("Adopted: it bears the symbol of an adopted text.")), [note]
        )
    if status == Status.WITHDRAWN:
        return Answer(format_html("{}", _t("Withdrawn before any vote.")), [])
    if status == Status.NOT_PUT:
        return Answer(format_html("{}", _t("Not put to a vote.")), [])
    if not foreseen:
        return Answer(format_html("{}", _t("A draft. No decision on it is held here.")), [])
    return Answer(
        foreseen_vote(foreseen[-1]),
        [_t("The sources held here do not tell what happened.")],
    )


def foreseen_vote(event: TimelineEvent) -> SafeString:
    template = (
        _t("A vote is planned for {date}, as reported on {as_of}.")
        if event.standing == "planned"
        else _t("A vote is expected on {date}, as reported on {as_of}.")
    )
    as_of = long_date(event.as_of) if event.as_of else ""
    return format_html(template, date=event.when, as_of=as_of)
