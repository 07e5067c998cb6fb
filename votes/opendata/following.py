"""What is told to those who follow a list of votes or texts: an entry for each."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t

from resolutions.models.text import document_url
from votes import sentences
from votes.models import Position, VoteEvent
from votes.opendata.asked import MOST_FOLLOWED, Asked
from votes.opendata.described import Moment, plain
from votes.opendata.feeds import Entry, Followed
from votes.opendata.moments import Moments, latest, moments_of, positions_written
from votes.reference import Member, Reference, reference
from votes.search.catalogue import Catalogue
from votes.search.filters import NAMES
from votes.search.finding import Finding
from votes.search.lines import Line, lines_of
from votes.search.orders import rank_in
from votes.search.paging import Rank, window
from votes.tallies import totals_of


@dataclass(frozen=True)
class Lines:
    """The lines of a list, with what a feed tells of them besides."""

    catalogue: Catalogue
    reference: Reference
    moment: Moment
    events: dict[int, VoteEvent]
    moments: dict[str, Moments]
    written: dict[int, datetime.datetime]

    def entry(self, line: Line) -> Entry:
        row = line.row
        told = self.moments_of(line)
        return Entry(
            id=self.moment.home + (reverse("vote", args=[row.key]) if row.event else line.url),
            url=self.moment.home + line.url,
            title=title_of(line),
            sentence=self.answer(line),
            since=midnight(row.date) if row.date else self.moment.changed,
            published=told.published,
            changed=told.changed,
            document=document_url(line.symbol) if line.symbol else "",
            tags=self.tags(line),
            details=details_of(line),
        )

    def holds(self, line: Line) -> bool:
        """Say whether the line is still public: something may be withdrawn while lines are read."""
        return line.row.event is None or line.row.event in self.events

    def answer(self, line: Line) -> str:
        """Return the sentence with which the page of the line answers."""
        row = line.row
        if row.event is None:
            told = self.reference.story.own.get(row.text or 0, [])
            return plain(sentences.undecided(row.status, told).sentence)
        event = self.events[row.event]
        totals = totals_of(event, self.positions(line), self.reference)
        return plain(sentences.answer(event, totals).sentence)

    def positions(self, line: Line) -> str:
        rolls = self.catalogue.rolls
        place = rolls.line_of_place.get(self.catalogue.place_of_card[line.row.pk])
        return "" if place is None else rolls.lines[place].decode().replace(" ", "")

    def moments_of(self, line: Line) -> Moments:
        of_text = self.moments.get(f"text:{line.text_key}", Moments())
        if line.row.event is None:
            return of_text
        own = self.moments.get(f"event:{line.row.key}", Moments())
        both = own | of_text
        changed = latest(both.changed, self.written.get(line.row.event))
        return Moments(both.published if own.published else None, changed)

    def tags(self, line: Line) -> tuple[str, ...]:
        names = self.catalogue.names
        session = names["session"].get(line.row.session, "")
        subjects = [names["subject"].get(key, key) for key in line.row.subjects.split()]
        return tuple(filter(None, [session, *subjects]))


def read_lines(
    lines: list[Line], catalogue: Catalogue, reference: Reference, moment: Moment
) -> Lines:
    """Read what a feed tells of these lines (three queries)."""
    keys = [line.row.event for line in lines if line.row.event]
    events = VoteEvent.objects.published().select_related("text").in_bulk(keys)
    subjects = {f"event:{line.row.key}" for line in lines if line.row.event}
    subjects |= {f"text:{line.text_key}" for line in lines if line.text_key}
    return Lines(
        catalogue, reference, moment, events, moments_of(subjects), positions_written(keys)
    )


def title_of(line: Line) -> str:
    named = " ".join(filter(None, [line.symbol, line.title]))
    return " – ".join(filter(None, [named, line.question]))


def details_of(line: Line) -> dict[str, Any]:
    row = line.row
    told = {
        "date": row.date.isoformat() if row.date else None,
        "symbol": line.symbol or None,
        "vote": row.key if row.event else None,
        "outcome": row.outcome or None,
        "yes": row.yes,
        "no": row.no,
        "abstain": row.abstain,
    }
    return {name: value for name, value in told.items() if value is not None}


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def followed_finding(asked: Asked, finding: Finding) -> Callable[[Moment], Followed]:
    """Return what is told to those who follow a search: in the order asked for, or latest first."""
    return _followed(asked, lambda: _in_order(finding), finding.catalogue, finding.query())


def followed_texts(asked: Asked, found: int, cards: Catalogue) -> Callable[[Moment], Followed]:
    """Return what is told to those who follow the texts of a session or subject."""
    return _followed(asked, lambda: _decided_first(cards.places(found), cards), cards, "")


def followed_state(asked: Asked, finding: Finding, member: Member) -> Callable[[Moment], Followed]:
    """Return how a member voted, vote by vote."""
    cards = finding.catalogue

    def of_member(entry: Entry, line: Line) -> Entry:
        place = cards.place_of_card[line.row.pk]
        return of_state(entry, line, Position(cards.rolls.position(member.state.pk, place)), member)

    return _followed(asked, lambda: _in_order(finding), cards, finding.query(), of_member)


def _followed(
    asked: Asked,
    in_order: Callable[[], tuple[list[int], Rank]],
    cards: Catalogue,
    query: str,
    told: Callable[[Entry, Line], Entry] = lambda entry, line: entry,
) -> Callable[[Moment], Followed]:
    def follow(moment: Moment) -> Followed:
        places, rank = in_order()
        part = window(places, {"after": asked.after}, MOST_FOLLOWED, cards, rank)
        wanted = lines_of(part.places, cards)
        lines = read_lines(wanted, cards, reference(), moment)
        entries = [told(lines.entry(line), line) for line in wanted if lines.holds(line)]
        return Followed(entries, asked.following(query, part.after))

    return follow


def _in_order(finding: Finding) -> tuple[list[int], Rank]:
    cards = finding.catalogue
    if sort := finding.form.cleaned_data["sort"]:
        return finding.places, rank_in(sort, finding.places, cards)
    return _decided_first(cards.places(finding.found), cards)


def _decided_first(places: list[int], cards: Catalogue) -> tuple[list[int], Rank]:
    """Return the latest decisions first; drafts come last, or they would stand first for ever."""

    def rank(place: int) -> tuple[bool, int]:
        return (cards.rows[place].date is None, place)

    return sorted(places, key=rank), rank


def of_state(entry: Entry, line: Line, position: Position, member: Member) -> Entry:
    date = line.row.date
    name = member.name_on(date).text if date else member.present_name
    told = {"position": position.label, "title": entry.title}
    return replace(
        entry,
        id=f"{entry.id}#{member.code}",
        title=_t("%(position)s: %(title)s") % told,
        sentence=f"{VOTED[position]() % {'name': name}} {entry.sentence}",
        details={**entry.details, "member": member.code, "position": NAMES[position]},
    )


VOTED = {
    Position.YES: lambda: _t("%(name)s voted yes."),
    Position.NO: lambda: _t("%(name)s voted no."),
    Position.ABSTAIN: lambda: _t("%(name)s abstained."),
    Position.NON_VOTING: lambda: _t("%(name)s did not vote."),
    Position.NOT_ELIGIBLE: lambda: _t("%(name)s was not eligible to vote."),
}
