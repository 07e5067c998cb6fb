"""What became of the rows: positions as they were, entries taken back, changes that were told."""

import datetime
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from resolutions.models import Action, Change, Origin, Resolution, State, TimelineEvent
from resolutions.models.text import SymbolRole
from votes import queries
from votes.changelog import net, told_of
from votes.changewords import Value, author
from votes.logs import revision_before
from votes.models import Question, Revision, VoteEvent
from votes.opendata.columns import column
from votes.opendata.pack import public
from votes.opendata.pack.table import AT_ONCE, Row, Table, of_model, write
from votes.withdrawals import withdrawal_of_text, withdrawal_of_vote

SUBJECT = "What was changed, as kind and key: text:…, event:… or timeline:…."


@dataclass(frozen=True)
class Withdrawn:
    """A row of the table `withdrawn`."""

    kind: str = column(
        "What it was.",
        codes=(("text", "A text"), ("event", "A vote"), ("timeline", "An event of the timeline")),
    )
    key: str = column("The stable name, which it keeps.")
    texts: tuple[str, ...] = column("The texts that it belonged to.")
    adopted: str | None = column("The symbol under which a text was adopted.")
    drafts: tuple[str, ...] = column("The symbols of the drafts of a text, the last one last.")
    title: str | None = column("The title of a text.")
    question: str | None = column("What was put to the vote.", codes=Question.choices)
    question_text: str | None = column("Which paragraph, amendment or motion.")
    date: datetime.date | None = column("The day of a vote.")


@dataclass(frozen=True)
class Changed:
    """A row of the table `changes`."""

    subject: str = column(SUBJECT)
    label: str = column("What the object was called then.")
    action: str = column("What happened to it.", codes=Action.choices)
    made_at: datetime.datetime = column("When it happened.")
    made_by: str | None = column("Who did it, as the change log of the page names the person.")
    origin: str = column("Whether a person, a fixture or an import did it.", codes=Origin.choices)
    reason: str | None = column("The reason that was given.")
    values: str = column(
        "What differs, as a JSON list: the field, what stood there, and what stands there now; for"
        " a position, the member too."
    )


def withdrawn() -> Iterator[Withdrawn]:
    """Yield what has an address that says that it was taken back, and why."""
    known = set(public.texts().values_list("key", flat=True))
    for text in _out(Resolution).prefetch_related("symbols"):
        if withdrawal_of_text(text):
            known.add(text.key)
            yield _of_text(text)
    for event in _out(VoteEvent).select_related("text"):
        texts = (event.text.key,) if event.text else ()
        if known.issuperset(texts) and withdrawal_of_vote(event):
            yield _of_event(event, texts)
    for happening in _out(TimelineEvent).prefetch_related("texts"):
        if any(move.was_public for move in queries.moves_of(happening.subject_key)):
            keys = [text.key for text in happening.texts.all() if text.key in known]
            yield _row("timeline", happening.key, texts=tuple(sorted(keys)))


def _out(model: Any) -> Any:
    return model.objects.filter(state=State.WITHDRAWN).order_by("pk")


def _row(kind: str, key: str, **more: Any) -> Withdrawn:
    nothing = dict.fromkeys(("adopted", "title", "question", "question_text", "date"))
    return Withdrawn(**{"kind": kind, "key": key, "texts": (), "drafts": (), **nothing, **more})


def _of_text(text: Resolution) -> Withdrawn:
    drafts = tuple(text.symbols_as(SymbolRole.DRAFT))
    return _row(
        "text", text.key, adopted=text.adopted_symbol or None, drafts=drafts, title=text.title
    )


def _of_event(event: VoteEvent, texts: tuple[str, ...]) -> Withdrawn:
    return _row(
        "event",
        event.key,
        texts=texts,
        question=event.question,
        question_text=event.question_text or None,
        date=event.date,
    )


def changes() -> Iterator[Row]:
    """Yield the changes of which pages tell, in the order in which they were made."""
    subjects = _subjects()
    withdrawals = Change.objects.filter(action=Action.WITHDRAWN)
    moved = set(withdrawals.values_list("subject", flat=True).order_by())
    found = Change.objects.order_by("pk").select_related("made_by")
    back = dict(_told_across(list(found.filter(subject__in=moved))))
    for change in found.iterator(chunk_size=AT_ONCE):
        if change.subject in moved:
            values = back.get(change.pk)
        else:
            values = next((one.values for one in told_of([change])), None)
        if values is not None and change.subject in subjects:
            yield _changed(change, values)


def _subjects() -> set[str]:
    """Return the keys of what has a page, or an address that says that it was taken back."""
    published = [
        (model.subject_kind, model.objects.published().values_list("key", flat=True))
        for model in public.PUBLISHABLE
    ]
    known = {f"{kind}:{key}" for kind, keys in published for key in keys.iterator()}
    return known | {f"{row.kind}:{row.key}" for row in withdrawn()}


def _told_across(changes: list[Change]) -> Iterator[tuple[int, list[Value]]]:
    """Yield what is told of objects that were withdrawn once.

    What a publication is told to have changed is what differs from what the public had seen; the
    withdrawal has its own row, so that it is left out here.
    """
    told = {one.change.pk: one.values for one in told_of(changes)}
    since: dict[str, list[Change]] = {}
    for change in changes:
        meanwhile = since.setdefault(change.subject, [])
        meanwhile.append(change)
        if change.pk not in told:
            continue
        is_back = change.action == Action.PUBLISHED
        yield change.pk, net(meanwhile) if is_back else told[change.pk]
        meanwhile.clear()


def _changed(change: Change, values: list[Value]) -> Row:
    is_of_a_person = change.origin == Origin.EDITOR and change.made_by is not None
    return (
        change.subject,
        change.label,
        change.action,
        change.made_at,
        author(change.origin, change.made_by) if is_of_a_person else None,
        change.origin,
        change.reason or None,
        write(values),
    )


def public_revisions() -> QuerySet[Any]:
    """Return the positions as they are, and as they were before each change that is told."""
    last = Revision.objects.filter(event=OuterRef("event")).order_by("-number")
    is_last = Q(number=Subquery(last.values("number")[:1]))
    is_before = Q(pk__in=list(_before_changes()))
    return Revision.objects.filter(is_last | is_before, event__in=public.events())


def _before_changes() -> Iterator[int]:
    named = Change.objects.filter(subject__startswith=f"{VoteEvent.subject_kind}:")
    subjects = named.values_list("subject", flat=True).order_by().distinct()
    keys = [subject.partition(":")[2] for subject in subjects]
    for some in batched(keys):
        events = {event.subject_key: event for event in public.events().filter(key__in=some)}
        revisions = queries.revisions_of(events.values())
        for one in told_of(queries.changes_of(list(events))):
            held = revisions.get(events[one.change.subject].pk, [])
            before = revision_before(one, held)
            if before:
                yield before.pk


def batched(keys: list[str], most: int = 500) -> Iterator[list[str]]:
    return (keys[start : start + most] for start in range(0, len(keys), most))


REVISIONS = of_model(
    "revisions",
    Revision,
    "The whole list of positions of each vote, as it is and as it was before each change that the"
    " public was told of.",
    "event number made_at origin positions=vector sha256",
    "event number",
    public_revisions,
    large=True,
    said={
        "event": "The vote.",
        "number": "Its number among the revisions of the vote.",
        "made_at": "When the positions became so.",
        "origin": "Whether a person, a fixture or an import made them so.",
        "positions": "The positions as code and letter: AFG:A AGO:A …",
        "sha256": "The SHA-256 of the column positions.",
    },
)
WITHDRAWN = Table(
    "withdrawn",
    "What was public once and was taken back; its address says so. Nothing rests on it.",
    Withdrawn,
    ("kind", "key"),
    lambda: (astuple(row) for row in withdrawn()),
)
CHANGES = Table(
    "changes",
    "What was changed of a text, a vote or an event of the timeline after the public had seen it.",
    Changed,
    (),
    changes,
)
