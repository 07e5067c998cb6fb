"""Save what an editor entered, whole or not at all."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.utils.translation import gettext as _t

from resolutions.journal import journal
from resolutions.models import Citation, Fact, Origin, Source
from resolutions.versioning import public_change
from votes.entry.findings import Found, findings
from votes.ingest import positions_of, write_positions
from votes.models import (
    Explanation,
    Material,
    MemberState,
    Reading,
    Revision,
    StatedIntention,
    VoteEvent,
)
from votes.readers.pasted import Intention


class Refused(Exception):
    """Nothing was saved; `findings` are all there are, those that stand in the way among them."""

    def __init__(self, findings: list[Found]) -> None:
        super().__init__(" ".join(found.sentence for found in findings))
        self.findings = findings


def save_positions(
    event: VoteEvent,
    positions: Mapping[str, str],
    *,
    person: User,
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    unfinished: bool = False,
    others: Iterable[Found] = (),
    reading: tuple[Material, int] | None = None,
    intentions: Iterable[Intention] = (),
) -> Revision | None:
    """Make `positions` (member code → position) those of the event, with all that goes with them.

    `reason` is that of the change; `reasons` (sentence of a soft finding → reason) say why what
    was found may stand, and are kept. `unfinished` keeps a draft that lacks members, and leaves
    soft findings for later. Raises Refused where anything else stands in the way.
    """
    with public_change(), journal(person, reason):
        locked = VoteEvent.objects.select_for_update().select_related(None).get(pk=event.pk)
        found = with_reasons(findings(locked, positions, others), reasons or {})
        refuse(found, unfinished=unfinished and not locked.is_published)
        keep_reasons(locked, found, person)
        if reading is not None:
            material, place = reading
            Reading.objects.get_or_create(event=locked, material=material, place=place)
        revision = write_positions(
            locked,
            positions,
            reason=reason or _t("Entered"),
            origin=Origin.EDITOR,
            person=person,
        )
        keep_intentions(locked, intentions, positions)
        return revision


def save_reasons(event: VoteEvent, reasons: Mapping[str, str], *, person: User) -> list[Found]:
    """Keep the reasons given for soft findings of the event as it is; return all findings."""
    with public_change():
        locked = VoteEvent.objects.select_for_update().select_related(None).get(pk=event.pk)
        found = with_reasons(findings(locked, positions_of(locked)), reasons)
        keep_reasons(locked, found, person)
        return found


def with_reasons(found: Iterable[Found], reasons: Mapping[str, str]) -> list[Found]:
    given = {sentence: reason.strip() for sentence, reason in reasons.items()}
    return [
        one
        if one.is_hard or not given.get(one.sentence)
        else Found(one.code, one.sentence, False, given[one.sentence])
        for one in found
    ]


def refuse(found: list[Found], *, unfinished: bool) -> None:
    """Raise Refused where something stands in the way."""
    standing = [one for one in found if one.stands_in_the_way]
    if unfinished:
        standing = [one for one in standing if one.is_hard and not one.is_about_completeness]
    if standing:
        raise Refused(found)


def keep_reasons(event: VoteEvent, found: Iterable[Found], person: User) -> None:
    kept = {(row.code, row.sentence, row.reason) for row in Explanation.objects.filter(event=event)}
    Explanation.objects.bulk_create(
        Explanation(
            event=event, code=one.code, sentence=one.sentence, reason=one.reason, made_by=person
        )
        for one in found
        if one.reason and (one.code, one.sentence, one.reason) not in kept
    )


def keep_intentions(
    event: VoteEvent, intentions: Iterable[Intention], positions: Mapping[str, str]
) -> None:
    """Keep what members said they had intended, where it differs from what was recorded."""
    said = {row.code: row for row in intentions if positions.get(row.code) != row.position}
    if not said:
        return
    source = source_of(event)
    members = MemberState.objects.in_bulk(list(said), field_name="code")
    for code, row in said.items():
        StatedIntention.objects.update_or_create(
            event=event,
            member=members[code],
            defaults={"position": row.position, "source": source},
        )


def source_of(event: VoteEvent) -> Source:
    """Return the source that the event's positions were taken from."""
    cited = Citation.objects.filter(subject=event.subject_key).select_related("source")
    by_fact = {citation.fact: citation.source for citation in cited.order_by("-pk")}
    for fact in (Fact.POSITIONS, Fact.TOTALS, Fact.OUTCOME, Fact.DATE):
        if fact in by_fact:
            return by_fact[fact]
    raise Refused([Found("no-source", _t("The entry names no source: add one."), is_hard=True)])
