"""The timeline: events as told by sources, tied to texts and to what was decided on them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _t

from resolutions import symbols
from resolutions.citing import Citations, citations_of, publishers
from resolutions.models import Citation, Resolution, TimelineEvent
from resolutions.models.provenance import Relation
from resolutions.models.timeline import EventKind, Standing, TimelineEventQuerySet
from resolutions.snapshots import Snapshot
from resolutions.wording import long_date, tally_text
from votes.drawing import Drawn
from votes.models import Question, VoteEvent
from votes.sight import PUBLIC, Sight


@dataclass(frozen=True)
class Told(Drawn):
    """One entry of a timeline, ready to be shown; `texts` are those other than the one read.

    What a vote tells of itself has no `event`.
    """

    place: tuple[datetime.date, int, str]
    when: str
    machine_date: str
    description: str
    standing: str = Standing.REPORTED
    standing_text: str = ""
    is_foreseen: bool = False
    is_here: bool = False
    publishers: str = ""
    disagreements: list[Citation] = field(default_factory=list)
    texts: list["LinkedText"] = field(default_factory=list)
    key: str = ""
    is_self_published: bool = False
    event: TimelineEvent | None = None
    citations: list[Citation] = field(default_factory=list)


@dataclass(frozen=True)
class LinkedText:
    """A text that an entry is tied to, with its result where the entry tells of the vote."""

    symbol: str
    url: str
    result: str = ""


def published_timeline(sight: Sight = PUBLIC) -> TimelineEventQuerySet:
    texts = Resolution.objects.published_or(sight.texts).prefetch_related("symbols")
    events: TimelineEventQuerySet = TimelineEvent.objects.published_or(sight.story)
    return events.prefetch_related(Prefetch("texts", queryset=texts))


def filtered_timeline(
    events: QuerySet[TimelineEvent], wanted: dict[str, Any]
) -> QuerySet[TimelineEvent]:
    if wanted["year"]:
        events = events.filter(date__year=wanted["year"])
    if wanted["standing"]:
        events = events.filter(standing=wanted["standing"])
    if wanted["text"]:
        candidates = symbols.lookup_candidates(wanted["text"])
        texts = Resolution.objects.published().filter(symbols__symbol__in=candidates)
        events = events.filter(links__text__in=texts).distinct()
    return events


Results = dict[tuple[int, datetime.date | None], str]
Matters = dict[int, set[int]]  # text → the portal's headings over it


@dataclass(frozen=True)
class Story:
    """Events with their texts, what is cited for them, and the results of the votes they tell of.

    `own` are the events of each text, `votes` those reported on the texts under each heading.
    `told` holds the entries made so far, for this story and its parts.
    """

    events: list[TimelineEvent]
    citations: Citations
    results: Results
    matters: Matters = field(default_factory=dict)
    told: Snapshot = field(default_factory=Snapshot)

    @cached_property
    def own(self) -> dict[int, list[TimelineEvent]]:
        found: dict[int, list[TimelineEvent]] = defaultdict(list)
        for event in self.events:
            for text in event.all_texts:
                found[text.pk].append(event)
        return dict(found)

    @cached_property
    def votes(self) -> dict[int, list[TimelineEvent]]:
        found: dict[int, list[TimelineEvent]] = defaultdict(list)
        for text, events in self.own.items():
            votes = [event for event in events if _is_reported_vote(event)]
            for matter in self.matters.get(text, ()):
                found[matter] += votes
        return dict(found)

    def of(self, text: Resolution) -> "Story":
        """Return the events of the text alone."""
        return replace(self, events=self.own.get(text.pk, []))

    def around(self, text: Resolution) -> "Story":
        """Return the events of the text, and the votes on others under the same heading."""
        near = [self.votes.get(matter, []) for matter in self.matters.get(text.pk, ())]
        events = {event.pk: event for part in [self.own.get(text.pk, []), *near] for event in part}
        return replace(self, events=list(events.values()))


def read_story(
    events: Iterable[TimelineEvent], matters: Matters | None = None, sight: Sight = PUBLIC
) -> Story:
    events = list(events)
    citations = citations_of(event.subject_key for event in events)
    return Story(events, citations, _results(events, sight), matters or {})


def _is_reported_vote(event: TimelineEvent) -> bool:
    return event.kind == EventKind.VOTE and event.standing == Standing.REPORTED


def tell(
    story: Story, here: Resolution | None = None, votes: Iterable[VoteEvent] = ()
) -> list[Told]:
    """Return the entries in time order, each with its sources; `here` is the text being read.

    A decision on `here` that no event tells of is told from its own date and outcome.
    """
    told = [_entry(event, story, here) for event in story.events]
    if here is not None:
        told += _untold(votes, story.events, here)
    return sorted(told, key=lambda entry: entry.place)


def _results(events: Iterable[TimelineEvent], sight: Sight) -> Results:
    """Return the totals of whole-text votes by text and day, as far as held (one query)."""
    texts = {text.pk for event in events for text in event.all_texts}
    votes = VoteEvent.objects.published_or(sight.votes).on_whole_texts().filter(text__in=texts)
    return {(vote.text_id or 0, vote.date): _totals(vote) for vote in votes}


def _totals(vote: VoteEvent) -> str:
    told = vote.announced
    return tally_text(told.yes, told.no, told.abstain) if told else ""


def _entry(event: TimelineEvent, story: Story, here: Resolution | None) -> Told:
    citations = story.citations.get(event.subject_key, [])
    key = (event.pk, here.pk if here else None)
    return story.told.once(key, lambda: _told(event, citations, story.results, here))


def _told(
    event: TimelineEvent,
    citations: list[Citation],
    results: Results,
    here: Resolution | None,
) -> Told:
    return Told(
        place=event.place_in_time,
        when=event.when,
        machine_date=event.machine_date,
        description=event.description,
        standing=event.standing,
        standing_text=standing_text(event),
        is_foreseen=event.is_foreseen,
        is_here=here is not None and _decides(event, here, results),
        publishers=publishers(citations),
        disagreements=[c for c in citations if c.relation == Relation.DIFFERS],
        texts=[_linked(event, text, results) for text in event.all_texts if text != here],
        key=event.key,
        is_self_published=event.self_published,
        event=event,
        citations=citations,
    )


def _decides(event: TimelineEvent, text: Resolution, results: Results) -> bool:
    """Say whether the event tells of the vote on `text` as a whole."""
    return (text.pk, event.date) in results and _tells_of_a_vote(event, text)


def _linked(event: TimelineEvent, text: Resolution, results: Results) -> LinkedText:
    is_vote = event.kind == EventKind.VOTE and not event.is_foreseen
    result = results.get((text.pk, event.date), "") if is_vote else ""
    return LinkedText(text.symbol, text.get_absolute_url(), result)


def standing_text(event: TimelineEvent) -> str:
    as_of = long_date(event.as_of) if event.as_of else ""
    templates = {
        Standing.PLANNED: _t("planned, as reported on %(as_of)s"),
        Standing.EXPECTED: _t("expected, as reported on %(as_of)s"),
        Standing.CLAIMED: _t("claimed by the person quoted"),
    }
    return templates.get(Standing(event.standing), "") % {"as_of": as_of}


def _untold(
    votes: Iterable[VoteEvent], events: list[TimelineEvent], here: Resolution
) -> list[Told]:
    days = {event.date for event in events if _tells_of_a_vote(event, here)}
    votes = list(votes)
    decisions = [vote for vote in votes if vote.question == Question.WHOLE]
    return [_from_vote(vote) for vote in decisions or votes if vote.date not in days]


def _tells_of_a_vote(event: TimelineEvent, text: Resolution) -> bool:
    return event.kind == EventKind.VOTE and not event.is_foreseen and text in event.all_texts


def _from_vote(vote: VoteEvent) -> Told:
    return Told(
        place=(vote.date, 50 + vote.sequence, vote.key),
        when=long_date(vote.date),
        machine_date=vote.date.isoformat(),
        description=_decision(vote) if vote.question == Question.WHOLE else _other(vote),
        is_here=vote.question == Question.WHOLE,
        publishers=_t("from the vote itself"),
    )


def _decision(vote: VoteEvent) -> str:
    words = {"outcome": vote.get_outcome_display(), "meeting": vote.meeting}
    if vote.meeting:
        return _t("%(outcome)s at the meeting recorded in %(meeting)s.") % words
    return _t("%(outcome)s.") % words


def _other(vote: VoteEvent) -> str:
    return _t("Vote – %(question)s") % {"question": vote.question_in_words}
