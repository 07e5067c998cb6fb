"""The data of a vote or of a text: the positions, and in JSON all that the page tells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import is_dataclass
from functools import cached_property
from html import unescape
from typing import Any, TypedDict

from django.utils.html import strip_tags

from resolutions.models import Resolution, Source
from votes.models import VoteEvent
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.cards import resolution_rows, vote_rows
from votes.opendata.building.positions import intentions_in, positions_in_vote
from votes.opendata.building.sources import fact_rows, sources_behind
from votes.opendata.building.stories import (
    disagreement_rows,
    intention_rows,
    mark_rows,
    timeline_row,
)
from votes.opendata.rows import (
    DisagreementRow,
    FactRow,
    IntentionRow,
    MarkRow,
    PositionRow,
    ResolutionRow,
    TimelineRow,
    VoteRow,
)
from votes.pages import EventPage, TextPage, VotePage
from votes.reference import Reference
from votes.search.catalogue import Catalogue
from votes.sentences import Answer


class VotePart(TypedDict):
    """What a page tells of one vote; `no_positions` says why none are held."""

    vote: VoteRow | None
    answer: str
    notes: list[str]
    majority: list[str]
    no_positions: str | None
    positions: Sequence[PositionRow]
    intentions: list[IntentionRow]
    disagreements: list[DisagreementRow]
    marks: list[MarkRow]
    members_concerned: list[str]


class VoteDocument(VotePart):
    """The page of a vote, with the text that was voted on, as far as it was one."""

    text: ResolutionRow | None
    timeline: list[TimelineRow]
    facts: list[FactRow]
    changes: str | None


class TextDocument(VoteDocument):
    """The page of a text; its vote is the last decision on it as a whole, if there is one."""

    summary: str | None
    sponsors: list[str]
    other_votes: list[VoteRow]
    same_matter: list[ResolutionRow]


class VoteTaken:
    """The data of a page with a vote; what only JSON holds is made where it is asked for."""

    def __init__(self, page: EventPage | TextPage, snapshot: Reference, cards: Catalogue) -> None:
        self.page = page
        self.vote = page["vote"]
        self.snapshot = snapshot
        self.cards = cards
        self.shown: Sequence[PositionRow] = ()

    def taken(self, asked: Asked, query: str) -> Taken:
        """Return the positions, or no rows where none are held, and the whole page for JSON."""
        self.shown, going_on = asked.part(self.positions, lambda row: row.member_code)
        return Taken(
            self.shown,
            len(self.positions),
            sources=self.sources,
            whole=lambda: self.document,
            following=asked.following(query, going_on),
        )

    @cached_property
    def row(self) -> VoteRow | None:
        return self.vote_rows([self.vote["event"]])[0] if self.vote else None

    @cached_property
    def positions(self) -> list[PositionRow]:
        roll = self.vote["roll_call"] if self.vote else None
        if self.vote is None or self.row is None or roll is None:
            return []
        stated = intentions_in(self.vote["event"].pk, self.snapshot)
        return positions_in_vote(self.row, roll["rows"], stated)

    @cached_property
    def document(self) -> VoteDocument:
        text = self.page["text"]
        return self.with_text(self.text_rows([text])[0] if text else None)

    def with_text(self, text: ResolutionRow | None) -> VoteDocument:
        here = self.page["text"]
        return {
            "text": text,
            **self.part,
            "timeline": [timeline_row(entry, here) for entry in self.page["timeline"]],
            "facts": fact_rows(self.page["facts"]),
            "changes": self.page["log"].address if self.page["log"].told else None,
        }

    @property
    def part(self) -> VotePart:
        if self.vote is None or self.row is None:
            return nothing_decided(self.page["answer"])
        return part_of(self.vote, self.row, self.shown, self.snapshot)

    def sources(self) -> list[Source]:
        vote = self.vote
        stated = [one.stated.source for one in vote["intentions"]] if vote else []
        differing = [one.found.source for one in vote["disagreements"]] if vote else []
        return sources_behind(rows_in(self.document), self.page["facts"].sources, stated, differing)

    def vote_rows(self, events: Iterable[VoteEvent]) -> list[VoteRow]:
        return vote_rows([self.cards.place_of_event[event.pk] for event in events], self.cards)

    def text_rows(self, texts: Iterable[Resolution]) -> list[ResolutionRow]:
        return resolution_rows([self.cards.place_of_text[text.pk] for text in texts], self.cards)


class TextTaken(VoteTaken):
    """The data of the page of a text."""

    page: TextPage

    @cached_property
    def document(self) -> TextDocument:
        page = self.page
        others = [row.text for row in page["same_matter"]]
        text, *same_matter = self.text_rows([page["text"], *others])
        return {
            **self.with_text(text),
            "summary": page["text"].summary or None,
            "sponsors": page["sponsors"],
            "other_votes": self.vote_rows(page["other_events"]),
            "same_matter": same_matter,
        }


def part_of(
    vote: VotePage, row: VoteRow, shown: Sequence[PositionRow], snapshot: Reference
) -> VotePart:
    key = row.vote_key
    return VotePart(
        vote=row,
        answer=in_plain_text(vote["answer"].sentence),
        notes=[in_plain_text(note) for note in vote["answer"].notes],
        majority=[in_plain_text(sentence) for sentence in vote["majority"]],
        no_positions=vote["no_positions"] or None,
        positions=shown,
        intentions=intention_rows(key, vote["intentions"], snapshot),
        disagreements=disagreement_rows(key, vote["disagreements"], snapshot),
        marks=mark_rows(key, vote["event"].pk),
        members_concerned=vote["concerned"],
    )


def nothing_decided(answer: Answer) -> VotePart:
    """Say of a text without a decision what its page says."""
    sentence = in_plain_text(answer.sentence)
    return VotePart(
        vote=None,
        answer=sentence,
        notes=[in_plain_text(note) for note in answer.notes],
        majority=[],
        no_positions=sentence,
        positions=[],
        intentions=[],
        disagreements=[],
        marks=[],
        members_concerned=[],
    )


def rows_in(document: VoteDocument) -> Iterator[Any]:
    """Yield every row of a document."""
    for value in document.values():
        yield from filter(is_dataclass, value if isinstance(value, Sequence) else [value])


def in_plain_text(said: str) -> str:
    """Return a sentence without its markup, where it has any."""
    return unescape(strip_tags(said)) if hasattr(said, "__html__") else str(said)
