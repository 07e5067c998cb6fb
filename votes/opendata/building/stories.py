"""What stands around votes as rows: the timeline, intentions, disagreements and marks."""

from collections.abc import Iterable

from resolutions.models import Resolution
from resolutions.models.provenance import Relation
from resolutions.models.timeline import EventKind, Precision
from votes.models import ImportMark, Position
from votes.opendata.rows import DisagreementRow, IntentionRow, MarkRow, TimelineRow
from votes.pages import Disagreement, Intention
from votes.reference import Reference
from votes.search.filters import NAMES
from votes.story import Told


def timeline_row(entry: Told, here: Resolution | None = None) -> TimelineRow:
    """Return an entry of a timeline; what a vote tells of itself belongs to the text `here`."""
    event = entry.event
    stating = [one.source for one in entry.citations if one.relation == Relation.STATES]
    texts = list(event.texts.all()) if event else [text for text in [here] if text]
    return TimelineRow(
        event_key=event.key if event else None,
        date=entry.machine_date or None,
        precision=event.precision if event else Precision.DAY,
        not_after=event.not_after if event else None,
        standing=entry.standing,
        as_of=event.as_of if event else None,
        kind=event.kind if event else EventKind.VOTE,
        description=entry.description,
        symbols=tuple(text.symbol or text.key for text in texts),
        sources=tuple(dict.fromkeys(source.key for source in stating)),
        publishers=tuple(dict.fromkeys(source.publisher for source in stating)),
        differing=tuple(f"{one.source.publisher}: {one.note}" for one in entry.disagreements),
        address=event.get_absolute_url() if event else None,
    )


def intention_rows(
    vote_key: str, stated: Iterable[Intention], snapshot: Reference
) -> list[IntentionRow]:
    return [
        IntentionRow(
            vote_key=vote_key,
            member_code=snapshot.members[one.stated.member_id].code,
            member_name=one.member,
            recorded=NAMES[one.recorded.position] if one.recorded else None,
            intention=NAMES[Position(one.stated.position)],
            source=one.stated.source.key,
            note=one.stated.note or None,
        )
        for one in stated
    ]


def disagreement_rows(
    vote_key: str, disagreements: Iterable[Disagreement], snapshot: Reference
) -> list[DisagreementRow]:
    return [
        DisagreementRow(
            vote_key=vote_key,
            field=one.found.field,
            member_code=_code(one.found.member_id, snapshot),
            ours=_in_a_word(one.found.ours),
            theirs=_in_a_word(one.found.theirs),
            source=one.found.source.key,
            note=one.found.note or None,
        )
        for one in disagreements
    ]


def _code(member: int | None, snapshot: Reference) -> str | None:
    return snapshot.members[member].code if member else None


def _in_a_word(value: str) -> str:
    """Return a position as everywhere in the data; a total stays the number that it is."""
    return NAMES[Position(value)] if value in Position.values else value


def mark_rows(vote_key: str, event: int) -> list[MarkRow]:
    marks = ImportMark.objects.filter(event=event).values_list("code", "sentence")
    return [MarkRow(vote_key, code, sentence) for code, sentence in marks]
