"""What the page of a vote holds, in one typed dict: the same for a text and for a single event."""

from dataclasses import dataclass
from typing import Any, TypedDict
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resolutions.models import Origin, Resolution, Subject
from resolutions.requests import understood
from votes import charts, queries, sentences
from votes.doubts import Doubt, doubts_of
from votes.facts import Facts, Stated, facts_of, values_of_event, values_of_text
from votes.logs import Log, log_of_text, log_of_vote
from votes.marks import Share
from votes.models import Discrepancy, Position, StatedIntention, VoteEvent
from votes.reference import NameOnADay, Reference, TextRow, alphabetical
from votes.rollcall import (
    GroupSplit,
    Row,
    by_group,
    filtered,
    rows_of,
    shares,
    with_position,
)
from votes.search.filters import POSITIONS, query_of
from votes.status import Status, status_of
from votes.story import Told, tell
from votes.tallies import Totals, totals_of
from votes.tiles import TILES

PLACES = {tile.code: tile for tile in TILES}
VIEWS = {
    "board": _("Board"),
    "map": _("Map"),
    "groups": _("Groups"),
    "table": _("Table"),
}


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    query: str
    is_open: bool


class PositionFilters(forms.Form):
    """The filters of a list of positions; their names are those in the address."""

    view = forms.ChoiceField(label=_("View"), choices=list(VIEWS.items()), required=False)
    position = forms.ChoiceField(
        label=_("Position"), required=False, choices=[("", _("all")), *Position.choices]
    )
    group = forms.ChoiceField(label=_("Group"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=80)

    def __init__(self, data: object, reference: Reference) -> None:
        super().__init__(coded(data))
        groups = [(group.key, group.name) for group in reference.regional_groups]
        self.group_names = [name for _key, name in groups]
        self.fields["group"].choices = [("", _("all groups")), *groups]  # type: ignore[attr-defined]

    @property
    def open_view(self) -> str:
        return self.cleaned_data.get("view") or "board"

    @property
    def chosen(self) -> dict[str, str]:
        """Return what is asked for of each filter, without the view."""
        asked = self.cleaned_data
        return {name: asked.get(name) or "" for name in ("position", "group", "name")}

    @property
    def tabs(self) -> list[Tab]:
        """Return the views, each with these filters."""
        kept = {name: value for name, value in self.chosen.items() if value}
        return [
            Tab(key, str(label), urlencode({"view": key} | kept), key == self.open_view)
            for key, label in VIEWS.items()
        ]

    @property
    def query(self) -> str:
        """Return the filters as an address has them, without the view."""
        return query_of(self.cleaned_data, (), view="")


def position_filters(query: QueryDict, snapshot: Reference) -> PositionFilters:
    """Return the filters in an address; most pages are asked for without any, and share these."""
    if PositionFilters.base_fields.keys() & query.keys():
        return understood(PositionFilters(query, snapshot))
    return snapshot.once("no filters", lambda: understood(PositionFilters({}, snapshot)))


def coded(query: Any) -> Any:
    """Return what an address asks for with the code of a position for its word in lists."""
    word = query.get("position", "").lower() if query else ""
    return {**query.dict(), "position": POSITIONS[word].value} if word in POSITIONS else query


@dataclass(frozen=True)
class Intention:
    """What a member said it had intended, beside what was recorded."""

    member: str
    recorded: Row | None
    stated: StatedIntention


@dataclass(frozen=True)
class Disagreement:
    """What another source says of the event: of the position of members, or of a total."""

    what: str
    ours: str
    theirs: str
    found: Discrepancy


@dataclass(frozen=True)
class TileRow:
    row: Row
    column: int
    line: int


class RollCall(TypedDict):
    """The positions of an event, as filtered and in the chosen view.

    Beside `name`, what the controls show depends on `choice` alone.
    """

    view: str
    name: str
    choice: tuple[str, ...]
    form: PositionFilters
    rows: list[Row]
    shares: list[Share]
    total: int
    is_filtered: bool
    tiles: list[TileRow]
    without_tile: list[Row]
    groups: list[GroupSplit]
    abstained: list[Row]
    did_not_vote: list[Row]
    not_eligible: list[Row]
    present_names: list[Row]
    uncertain_names: list[Row]


class VotePage(TypedDict):
    """One event: its answer, its bar, its positions or why there are none."""

    event: VoteEvent
    totals: Totals
    answer: sentences.Answer
    bar: charts.TallyBar | None
    majority: list[str]
    roll_call: RollCall | None
    no_positions: str
    intentions: list[Intention]
    disagreements: list[Disagreement]
    doubts: list[Doubt]
    concerned: list[str]


def vote_page(event: VoteEvent, filters: PositionFilters, snapshot: Reference) -> VotePage:
    rows = rows_of(event, snapshot) if event.can_have_positions else []
    totals = totals_of(event, (row.position for row in rows), snapshot)
    majorities = event.majorities(totals.shown) if totals.shown else []
    bar = charts.tally_bar(totals.shown, totals.did_not_vote, majorities) if totals.shown else None
    return VotePage(
        event=event,
        totals=totals,
        answer=sentences.answer(event, totals),
        bar=bar,
        majority=sentences.majority_sentences(event, majorities),
        roll_call=roll_call(rows, filters, snapshot) if rows else None,
        no_positions="" if rows else sentences.no_positions(event, totals),
        intentions=_intentions(event, rows, snapshot),
        disagreements=_disagreements(event, snapshot),
        doubts=doubts_of(event, snapshot),
        concerned=_names(snapshot.members_concerned.get(event.pk, []), event, snapshot),
    )


def roll_call(rows: list[Row], filters: PositionFilters, snapshot: Reference) -> RollCall:
    chosen, view = filters.chosen, filters.open_view
    subset = filtered(rows, **chosen) if any(chosen.values()) else rows
    return RollCall(
        view=view,
        name=chosen["name"],
        choice=(view, chosen["position"], chosen["group"], *filters.group_names),
        form=filters,
        rows=subset,
        shares=shares(subset),
        total=len(rows),
        is_filtered=any(chosen.values()),
        tiles=tiles_of(subset) if view == "map" else [],
        without_tile=[row for row in subset if row.code not in PLACES] if view == "map" else [],
        groups=by_group(subset, snapshot.regional_groups) if view == "groups" else [],
        abstained=with_position(rows, Position.ABSTAIN),
        did_not_vote=with_position(rows, Position.NON_VOTING),
        not_eligible=with_position(rows, Position.NOT_ELIGIBLE),
        present_names=[row for row in rows if row.is_present_name],
        uncertain_names=[row for row in rows if row.is_uncertain_name],
    )


def tiles_of(rows: list[Row]) -> list[TileRow]:
    return [
        TileRow(row, PLACES[row.code].column, PLACES[row.code].row)
        for row in rows
        if row.code in PLACES
    ]


def _intentions(event: VoteEvent, rows: list[Row], snapshot: Reference) -> list[Intention]:
    recorded = {row.code: row for row in rows}
    return [
        Intention(
            snapshot.members[row.member_id].name_on(event.date).text,
            recorded.get(snapshot.members[row.member_id].code),
            row,
        )
        for row in snapshot.intentions.get(event.pk, [])
    ]


def _disagreements(event: VoteEvent, snapshot: Reference) -> list[Disagreement]:
    """Return what differs, members of whom the same is said in one line."""
    if event.pk not in snapshot.events_in_dispute:
        return []
    alike: dict[Any, list[Discrepancy]] = {}
    for row in queries.discrepancies_of(event):
        told = (row.field, row.ours, row.theirs, row.source_id, row.note)
        alike.setdefault(told, []).append(row)
    return [
        Disagreement(_what_differs(rows, event, snapshot), _value(ours), _value(theirs), rows[0])
        for (_field, ours, theirs, *_rest), rows in alike.items()
    ]


def _what_differs(rows: list[Discrepancy], event: VoteEvent, snapshot: Reference) -> str:
    members = [row.member_id for row in rows if row.member_id]
    return ", ".join(_names(members, event, snapshot)) or str(rows[0].get_field_display())


def _value(code: str) -> str:
    """Return the word for a position; a total stays the number that it is."""
    return str(Position(code).label) if code in Position.values else code


def _names(members: list[int], event: VoteEvent | None, snapshot: Reference) -> list[str]:
    return sorted((_name(pk, event, snapshot).text for pk in members), key=alphabetical)


def _name(pk: int, event: VoteEvent | None, snapshot: Reference) -> NameOnADay:
    member = snapshot.members[pk]
    return member.name_on(event.date) if event else NameOnADay(member.present_name)


class TextPage(TypedDict):
    """The whole page of a text."""

    text: Resolution
    status: Status
    vote: VotePage | None
    answer: sentences.Answer
    sponsors: list[str]
    subjects: list[Subject]
    timeline: list[Told]
    other_events: list[VoteEvent]
    same_matter: list[TextRow]
    log: Log
    facts: Facts


def text_page(text: Resolution, filters: PositionFilters, snapshot: Reference) -> TextPage:
    events = queries.events_of(text, snapshot.sight)
    main = queries.main_event(events)
    vote = vote_page(main, filters, snapshot) if main else None
    own = snapshot.story.own.get(text.pk, [])
    status = status_of(text, events, own)
    sponsors = _names(snapshot.sponsors.get(text.pk, []), main, snapshot)
    return TextPage(
        text=text,
        status=status,
        vote=vote,
        answer=vote["answer"] if vote else sentences.undecided(status, own),
        sponsors=sponsors,
        subjects=queries.subjects_of(text),
        timeline=tell(snapshot.story.around(text), text, events),
        other_events=[event for event in events if event != main],
        same_matter=snapshot.same_matter(text),
        log=log_of_text(text, events, main, snapshot),
        facts=_facts(snapshot, text, vote, events, sponsors),
    )


def _facts(
    snapshot: Reference,
    text: Resolution,
    vote: VotePage | None,
    events: list[VoteEvent],
    sponsors: list[str],
) -> Facts:
    told_by = vote["event"] if vote else next(iter(events), None)
    shared = _shared(told_by) if told_by and text.origin == Origin.IMPORT else []
    of_text = Stated(text.subject_key, values_of_text(text, sponsors), shared)
    return facts_of(snapshot, of_text, *([_values_of(vote)] if vote else []))


class EventPage(TypedDict):
    """The whole page of an event that is not the last decision on its text."""

    vote: VotePage
    text: Resolution | None
    answer: sentences.Answer
    log: Log
    facts: Facts
    timeline: list[Told]


def event_page(event: VoteEvent, filters: PositionFilters, snapshot: Reference) -> EventPage:
    vote, text = vote_page(event, filters, snapshot), event.text
    return EventPage(
        vote=vote,
        text=text,
        answer=vote["answer"],
        log=log_of_vote(event, snapshot),
        facts=facts_of(snapshot, _values_of(vote)),
        timeline=tell(snapshot.story.around(text), text) if text else [],
    )


def _values_of(vote: VotePage) -> Stated:
    event = vote["event"]
    values = values_of_event(event, vote["totals"], vote["concerned"])
    return Stated(event.subject_key, values, _shared(event))


def _shared(event: VoteEvent) -> list[str]:
    return [event.shared_subject] if event.data_set_id else []
