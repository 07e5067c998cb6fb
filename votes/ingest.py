"""The one place through which positions are written."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _t

from resolutions import history
from resolutions.models import Action, Origin
from resolutions.versioning import public_change
from votes.checks import ALLOWED_IN_A_DRAFT, beside_marks, check_positions
from votes.models import MemberState, Position, Revision, Vote, VoteEvent
from votes.models.position import digest, positions_in, vector_of
from votes.search.upkeep import note_event


def positions_of(event: VoteEvent) -> dict[str, str]:
    return dict(event.votes.values_list("member__code", "position"))


def write_positions(
    event: VoteEvent,
    positions: Mapping[str, str],
    *,
    reason: str,
    origin: Origin,
    person: User | None = None,
) -> Revision | None:
    """Make `positions` (member code → position) the positions of `event`, whole and at once.

    Raises ValidationError, and writes nothing, where a member was not seated that day, a code or
    position is unknown, the method leaves no positions, or a published event would be incomplete.
    Returns the new revision, or None where nothing changed.
    """
    with public_change():
        locked = VoteEvent.objects.select_for_update().get(pk=event.pk)
        before = positions_of(locked)
        if before == dict(positions):
            return None
        refuse_what_is_wrong(locked, positions)
        _replace(locked, before, positions)
        return record_revision(locked, reason=reason, origin=origin, person=person)


def set_position(event: VoteEvent, code: str, position: str | None, **how: Any) -> Revision | None:
    """Set one member's position, or take it out (None), keeping the others."""
    with transaction.atomic():
        VoteEvent.objects.select_for_update().get(pk=event.pk)
        positions = positions_of(event)
        positions.pop(code, None)
        if position is not None:
            positions[code] = position
        return write_positions(event, positions, **how)


def refuse_what_is_wrong(event: VoteEvent, positions: Mapping[str, str]) -> None:
    if unknown := sorted(set(positions.values()) - set(Position.values)):
        raise ValidationError(
            _t("Unknown position: %(codes)s.") % {"codes": ", ".join(unknown)}, code="position"
        )
    seated = frozenset(MemberState.objects.seated_on(event.date).values_list("code", flat=True))
    errors = [
        str(finding)
        for finding in beside_marks(event, check_positions(event, positions, seated))
        if finding.is_error and (event.is_published or finding.code not in ALLOWED_IN_A_DRAFT)
    ]
    if errors:
        raise ValidationError(errors)


def _replace(event: VoteEvent, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Write the difference only, so that rows that stay keep their identity."""
    members = MemberState.objects.in_bulk(list(after), field_name="code")
    changed = {code for code, position in after.items() if before.get(code) != position}
    Vote.objects.filter(event=event, member__code__in=set(before) - set(after)).delete()
    Vote.objects.bulk_create(
        [Vote(event=event, member=members[code], position=after[code]) for code in sorted(changed)],
        update_conflicts=True,
        unique_fields=["event", "member"],
        update_fields=["position"],
    )
    note_event(event)


def record_revision(
    event: VoteEvent, *, reason: str, origin: Origin, person: User | None = None
) -> Revision | None:
    """Append the present positions to the event's history, unless it ends with them already."""
    positions = positions_of(event)
    vector = vector_of(positions)
    last = event.revisions.order_by("-number").first()
    if last is not None and last.sha256 == digest(vector):
        return None
    if last is None and not vector:
        return None
    if last is not None or person is not None:
        _tell(event, last, positions, reason=reason, origin=origin, person=person)
    return Revision.objects.create(
        event=event,
        number=last.number + 1 if last else 1,
        made_by=person,
        origin=origin,
        reason=reason,
        vector=vector,
        sha256=digest(vector),
    )


def _tell(event: VoteEvent, last: Revision | None, now: Mapping[str, str], **how: Any) -> None:
    """Write into the history whose position changed; the first positions are only counted."""
    if last is None:
        values: list[dict[str, Any]] = [{"field": "positions", "from": None, "to": len(now)}]
    else:
        values = position_changes(positions_in(last.vector), now)
    was_public = VoteEvent.objects.published().filter(pk=event.pk).exists()
    history.record(
        event.subject_key, str(event), Action.CHANGED, values=values, was_public=was_public, **how
    )


def position_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"field": "position", "member": row["field"], "from": row["from"], "to": row["to"]}
        for row in sorted(history.differences(before, after), key=itemgetter("field"))
    ]
