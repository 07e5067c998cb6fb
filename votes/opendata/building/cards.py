"""Texts and votes as rows, from their cards."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from votes.majority import Tally
from votes.models import Position
from votes.opendata.details import Details, OfEvent, OfText, Symbols, details_of
from votes.opendata.rows import ResolutionRow, VoteRow
from votes.search.catalogue import Catalogue, Counts, Row, counted
from votes.tallies import Totals

NO_SYMBOLS = Symbols({})


def resolution_rows(places: Iterable[int], cards: Catalogue) -> list[ResolutionRow]:
    """Return the texts for which these cards stand, in their order; only what is published."""
    places = list(places)
    details = details_of(cards.rows[place] for place in places)
    return [
        _resolution_row(place, text, cards, details)
        for place in places
        if (text := details.texts.get(cards.rows[place].text or 0))
    ]


def _resolution_row(place: int, text: OfText, cards: Catalogue, details: Details) -> ResolutionRow:
    card = cards.rows[place]
    event = details.events.get(card.event or 0)
    symbols = details.symbols.get(card.text or 0, NO_SYMBOLS)
    subjects = tuple(card.subjects.split())
    totals = _totals(event, counts_at(place, cards)) if event else None
    return ResolutionRow(
        text_key=text.key,
        symbol=symbols.own,
        draft_symbols=symbols.drafts,
        title=text.title,
        title_is_ours=text.title_is_ours,
        organ=text.organ,
        kind=text.kind,
        session=card.session or None,
        status=card.status,
        agenda_item=text.agenda_item or None,
        subject_keys=subjects,
        subjects=tuple(cards.names["subject"].get(key, key) for key in subjects),
        date=card.date,
        vote_key=card.key if event else None,
        undl_id=event.undl_id if event else None,
        method=card.method or None,
        rule=card.rule or None,
        outcome=card.outcome or None,
        yes=totals.yes if totals else None,
        no=totals.no if totals else None,
        abstain=totals.abstain if totals else None,
        non_voting=totals.did_not_vote if totals else None,
        has_positions=card.is_recorded,
        data_set=event.data_set_key if event else None,
        address=reverse("resolution", args=[symbols.own or text.key]),
    )


def vote_rows(places: Iterable[int], cards: Catalogue) -> list[VoteRow]:
    """Return the votes of these cards, in their order; only what is published."""
    places = list(places)
    details = details_of(cards.rows[place] for place in places)
    return [
        _vote_row(place, event, cards, details)
        for place in places
        if (event := details.events.get(cards.rows[place].event or 0))
    ]


def _vote_row(place: int, event: OfEvent, cards: Catalogue, details: Details) -> VoteRow:
    card = cards.rows[place]
    text = details.texts.get(card.text or 0)
    symbol = details.symbols.get(card.text or 0, NO_SYMBOLS).own
    counts = counts_at(place, cards)
    totals = _totals(event, counts)
    return VoteRow(
        vote_key=card.key,
        undl_id=event.undl_id,
        rcid=event.rcid,
        text_key=text.key if text else None,
        symbol=symbol,
        title=text.title if text else None,
        session=card.session or None,
        date=event.date,
        sequence=card.sequence,
        venue=card.venue,
        question=card.question,
        question_text=event.question_text or None,
        method=card.method,
        rule=card.rule,
        rule_basis=event.rule_basis or None,
        outcome=card.outcome,
        yes=totals.yes if totals else None,
        no=totals.no if totals else None,
        abstain=totals.abstain if totals else None,
        announced_yes=event.announced_yes,
        announced_no=event.announced_no,
        announced_abstain=event.announced_abstain,
        announced_non_voting=event.announced_non_voting,
        **_as_counted(counts),
        meeting=event.meeting or None,
        has_positions=card.is_recorded,
        note=event.note or None,
        data_set=event.data_set_key,
        address=_address(card, symbol, text),
    )


def _address(card: Row, symbol: str | None, text: OfText | None) -> str:
    if card.stands_for_text and text:
        return reverse("resolution", args=[symbol or text.key])
    return reverse("vote", args=[card.key])


def counts_at(place: int, cards: Catalogue) -> Counts | None:
    """Return how many members held each position in this vote; None where none is held."""
    if not cards.rows[place].is_recorded:
        return None
    rolls = cards.rolls
    return counted(rolls.lines[rolls.line_of_place[place]])


COUNTED = {
    "counted_yes": Position.YES,
    "counted_no": Position.NO,
    "counted_abstain": Position.ABSTAIN,
    "counted_non_voting": Position.NON_VOTING,
    "counted_not_eligible": Position.NOT_ELIGIBLE,
}


def _as_counted(counts: Counts | None) -> dict[str, Any]:
    return {
        name: None if counts is None else counts.get(position, 0)
        for name, position in COUNTED.items()
    }


def _totals(event: OfEvent, counts: Counts | None) -> Tally | None:
    """Return the totals that the pages show."""
    tally = Tally(*_as_counted(counts).values()) if counts else None
    return Totals(event.announced, tally, members=0).shown
