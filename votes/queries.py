"""What pages ask the database: texts with their status, lists of votes, positions of a member."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, NullIf

from resolutions import symbols
from resolutions.models import (
    Action,
    Change,
    Citation,
    DocumentSymbol,
    ImportRun,
    Resolution,
    Session,
    Source,
    State,
    Subject,
    TimelineEvent,
)
from resolutions.models.provenance import RunOutcome
from resolutions.models.session import SessionKind
from resolutions.models.text import Scheme, SymbolRole
from resolutions.prepared import Prepared
from votes.models import (
    Discrepancy,
    EventMember,
    ImportMark,
    Question,
    Revision,
    Sponsorship,
    StatedIntention,
    Venue,
    Vote,
    VoteEvent,
)
from votes.sight import PUBLIC, Sight
from votes.status import Texts, decides, decisions_on_a_text, with_status

ASSEMBLY = Q(venue=Venue.PLENARY)


def texts() -> Texts:
    """Return the published texts with their status."""
    return with_status(Resolution.objects.published().select_related("session"))


def texts_in_lists() -> Texts:
    """Return the texts with what a list shows of the last decision on each."""
    last = decisions_on_a_text().order_by("-date", "-sequence")
    yes, no = F("yes"), F("no")
    listed: Texts = (
        texts()
        .prefetch_related("symbols")
        .annotate(
            method=Subquery(last.values("method")[:1]),
            outcome=Subquery(last.values("outcome")[:1]),
            yes=Subquery(last.values("announced_yes")[:1]),
            no=Subquery(last.values("announced_no")[:1]),
            abstain=Subquery(last.values("announced_abstain")[:1]),
            has_positions=Exists(Vote.objects.filter(event=Subquery(last.values("pk")[:1]))),
        )
        .annotate(
            share_of_yes=ExpressionWrapper(
                Cast(yes, FloatField()) * 100 / NullIf(yes + no, 0), output_field=FloatField()
            )
        )
    )
    return listed


@Prepared
def _symbols_beside(symbol: Any) -> QuerySet[DocumentSymbol]:
    named = Resolution.objects.published().with_symbol(symbol)
    return DocumentSymbol.objects.filter(text__in=named).select_related("text__session")


def text_called(symbol: str) -> Resolution | None:
    """Return the published text that a canonical symbol names, as a draft or as adopted."""
    symbols = _symbols_beside(symbol)
    if not symbols:
        return None
    text: Resolution = symbols[0].text
    text.all_symbols = symbols
    return text


def text_with_key(key: str) -> Resolution | None:
    """Return the text with this key, published or not."""
    return Resolution.objects.select_related("session").filter(key=key).first()


def text_out_of_sight(symbol: str) -> Resolution | None:
    """Return the text of that symbol which is not published."""
    hidden = Resolution.objects.exclude(state=State.PUBLISHED).with_symbol(symbol)
    return hidden.prefetch_related("symbols").first()


def text_typed(
    typed: str, find: Callable[[str], Resolution | None] = text_called
) -> Resolution | None:
    """Return the text that somebody means who typed this symbol, in whatever spelling."""
    if not typed or len(typed) > symbols.MAX_LENGTH:
        return None
    for symbol in symbols.lookup_candidates(typed):
        if text := find(symbol):
            return text
    return None


def text_seen(key: int, sight: Sight) -> Resolution:
    """Return a text for its preview."""
    seen = Resolution.objects.published_or(sight.texts).select_related("session")
    text: Resolution = seen.get(pk=key)
    return text


@Prepared
def _public_events_of(text: Any) -> QuerySet[VoteEvent]:
    on_it = VoteEvent.objects.published().filter(text=text)
    return on_it.select_related("data_set").in_time_order()


def events_of(text: Resolution, sight: Sight = PUBLIC) -> list[VoteEvent]:
    if sight == PUBLIC:
        return _public_events_of(text.pk)
    return list(text.events.published_or(sight.votes).select_related("data_set").in_time_order())


@Prepared
def _votes_called(key: Any) -> QuerySet[VoteEvent]:
    found = VoteEvent.objects.published().select_related("text__session", "data_set")
    return found.filter(key=key)


def vote_called(key: str) -> VoteEvent | None:
    return next(iter(_votes_called(key)), None)


def vote_out_of_sight(key: str) -> VoteEvent | None:
    """Return the event of that key which is not published, or of which the text is not."""
    return VoteEvent.objects.select_related("text").filter(key=key).first()


def main_event(events: Iterable[VoteEvent]) -> VoteEvent | None:
    """Return the last decision on the text as a whole."""
    decisions = [event for event in events if decides(event)]
    return decisions[-1] if decisions else None


def is_shown_with_its_text(event: VoteEvent, sight: Sight = PUBLIC) -> bool:
    """Say whether the page of the text is the page of this event: it is the last decision on it."""
    if event.text is None or event.question != Question.WHOLE:
        return False
    return main_event(events_of(event.text, sight)) == event


def texts_under_headings() -> Texts:
    """Return the texts under any heading of this portal, in time order."""
    return (
        texts_in_lists()
        .filter(subjects__scheme=Scheme.PORTAL)
        .distinct()
        .order_by(F("decided_on").asc(nulls_last=True), "key")
    )


def changes_around(text: Resolution) -> list[Change]:
    """Return what the public may be told of a text, of the votes on it and of its story."""
    of_text = Resolution.objects.filter(pk=text.pk)
    votes, story = VoteEvent.objects.filter(text=text), TimelineEvent.objects.filter(texts=text)
    return changes_of(keys("text", of_text).union(keys("event", votes), keys("timeline", story)))


def texts_with_changes() -> set[int | None]:
    """Return the texts around which anything was ever changed; None stands for votes on none."""
    told = Change.objects.order_by().values("subject")
    around = (
        ("text", Resolution.objects.all(), "pk"),
        ("event", VoteEvent.objects.all(), "text"),
        ("timeline", TimelineEvent.objects.all(), "texts"),
    )
    found: set[int | None] = set()
    for kind, rows, text in around:
        named = rows.order_by().alias(subject=Concat(Value(f"{kind}:"), "key"))
        found.update(named.filter(subject__in=told).values_list(text, flat=True))
    return found


def keys(kind: str, rows: QuerySet[Any]) -> "QuerySet[Any, Any]":
    """Return the keys by which the history names these rows: those of their `subject_key`."""
    return rows.order_by().values_list(Concat(Value(f"{kind}:"), "key"))


def changes_of(subjects: Any) -> list[Change]:
    """Return what happened to these objects once the public had seen them."""
    withdrawn = Change.objects.filter(
        subject=OuterRef("subject"), action=Action.WITHDRAWN, pk__lt=OuterRef("pk")
    )
    seen = Change.objects.filter(Q(was_public=True) | Exists(withdrawn), subject__in=subjects)
    return list(seen.select_related("made_by"))


def moves_of(subject: str) -> list[Change]:
    """Return when an object was published and withdrawn, latest first."""
    moves = (Action.PUBLISHED, Action.WITHDRAWN)
    return list(Change.objects.filter(subject=subject, action__in=moves))


def votes_with_keys(keys: Iterable[str]) -> list[VoteEvent]:
    """Return the events with these keys, those too that the public no longer sees."""
    return list(VoteEvent.objects.filter(key__in=list(keys)))


def revisions_of(events: Iterable[VoteEvent]) -> dict[int, list[Revision]]:
    """Return the history of the positions of each event, without the positions (one query)."""
    found: dict[int, list[Revision]] = {}
    rows = Revision.objects.filter(event__in=list(events)).defer("vector")
    for revision in rows.order_by("event", "number"):
        found.setdefault(revision.event_id, []).append(revision)
    return found


def headings_of_texts() -> dict[int, set[int]]:
    """Return the portal's headings over each text that has any."""
    found: dict[int, set[int]] = {}
    rows = Resolution.subjects.through.objects.filter(subject__scheme=Scheme.PORTAL)
    for text, heading in rows.values_list("resolution_id", "subject_id"):
        found.setdefault(text, set()).add(heading)
    return found


def members_concerned() -> dict[int, list[int]]:
    """Return the members that each event is about, where it is about any."""
    found: dict[int, list[int]] = {}
    for event, member in EventMember.objects.order_by().values_list("event_id", "member_id"):
        found.setdefault(event, []).append(member)
    return found


def intentions() -> dict[int, list[StatedIntention]]:
    """Return what members said of each event that they had intended."""
    found: dict[int, list[StatedIntention]] = {}
    for stated in StatedIntention.objects.select_related("source"):
        found.setdefault(stated.event_id, []).append(stated)
    return found


def sponsors() -> dict[int, list[int]]:
    """Return the members that sponsored each text, where the sources name any."""
    found: dict[int, list[int]] = {}
    for text, member in Sponsorship.objects.order_by().values_list("text_id", "member_id"):
        found.setdefault(text, []).append(member)
    return found


@Prepared
def _subjects_of(text: Any) -> QuerySet[Subject]:
    return Subject.objects.filter(texts=text)


def subjects_of(text: Resolution) -> list[Subject]:
    return _subjects_of(text.pk)


def events_in_dispute() -> set[int]:
    return set(Discrepancy.objects.order_by().values_list("event_id", flat=True).distinct())


def marks_of_imports() -> dict[int, list[tuple[str, str]]]:
    """Return why imported events deserve a second look: code and sentence of each mark."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = ImportMark.objects.order_by("pk").values_list("event_id", "code", "sentence")
    for event, code, sentence in rows.iterator():
        found.setdefault(event, []).append((code, sentence))
    return found


def discrepancies_of(event: VoteEvent) -> QuerySet[Discrepancy]:
    return event.discrepancies.select_related("source")


def sessions() -> QuerySet[Session]:
    """Return the sessions, latest of each kind first, without those known from drafts only."""
    counted = Session.objects.annotate(
        text_count=Count("texts", filter=Q(texts__state=State.PUBLISHED)),
        is_special=Case(When(kind=SessionKind.REGULAR, then=0), default=1),
    )
    votes = VoteEvent.objects.published().filter(session=OuterRef("pk"))
    shown = counted.filter(Q(text_count__gt=0) | Q(opened__isnull=False) | Exists(votes))
    return shown.order_by("is_special", "kind", "-number")


def symbols_as_adopted() -> Iterable[str]:
    """Return the symbol of each published text of the Assembly that has one as adopted."""
    adopted = DocumentSymbol.objects.filter(role=SymbolRole.ADOPTED, text__state=State.PUBLISHED)
    return adopted.order_by().values_list("symbol", flat=True).iterator()


def finished_imports() -> QuerySet[ImportRun]:
    """Return the imports of files that were read to their end, latest first."""
    done = ImportRun.objects.filter(outcome=RunOutcome.DONE).select_related("source")
    return done.order_by("-finished", "-pk")


def sources() -> dict[int, Source]:
    return {source.pk: source for source in Source.objects.select_related("copy_of")}


def subjects_cited(most: int) -> set[str] | None:
    """Return the keys of all objects for which anything is cited; None if they are more."""
    keys = Citation.objects.order_by("subject").values_list("subject", flat=True).distinct()
    found = set(keys[: most + 1])
    return found if len(found) <= most else None


def sources_shown() -> QuerySet[Source]:
    """Return the sources of what the public sees; those of a draft stay unseen with it."""
    cited = Citation.objects.filter(source=OuterRef("pk")).exclude(subject__in=hidden_subjects())
    shown = VoteEvent.objects.published().values("pk")
    said = StatedIntention.objects.filter(source=OuterRef("pk"), event__in=shown)
    differing = Discrepancy.objects.filter(source=OuterRef("pk"), event__in=shown)
    return Source.objects.filter(Exists(cited) | Exists(said) | Exists(differing)).select_related(
        "copy_of"
    )


def hidden_subjects() -> list[str]:
    """Return the keys of what is not published; drafts are few at any time."""
    hidden = [
        model.objects.exclude(state=State.PUBLISHED)
        for model in (Resolution, TimelineEvent, VoteEvent)
    ]
    return [row.subject_key for rows in hidden for row in rows.only("key")]
