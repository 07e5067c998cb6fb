"""The rules that reach across tables, checked for one event or for the whole database."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t

from resolutions import symbols
from resolutions.models import (
    Citation,
    DocumentSymbol,
    Origin,
    Resolution,
    Session,
    Source,
    State,
    TimelineEvent,
)
from resolutions.models.text import SymbolRole
from votes.majority import Tally
from votes.models import (
    GroupMembership,
    MemberState,
    Method,
    Outcome,
    Position,
    Question,
    Rule,
    StatedIntention,
    StateGroup,
    StateName,
    Venue,
    VoteEvent,
)
from votes.models.event import WITH_POSITIONS, shared_subject
from votes.models.group import GroupKind
from votes.models.position import digest, vector_of
from votes.readers.rollcalls import MarkCode
from votes.status import DECIDING

ROOMS = ("resolutions", "votes")
COUNCIL_SIZE = 15
# What is cited once for all members alike.
EVERY_STATE = "state:all"
# Charter, Article 23; the seats are memberships, so a change of name or government is no matter.
PERMANENT_MEMBERS = frozenset({"CHN", "FRA", "RUS", "GBR", "USA"})
# An entry may lack members until it is published; what it holds must be right all the same.
ALLOWED_IN_A_DRAFT = frozenset({"seated-member-without-position", "council-not-fifteen"})
# What a source has like that is kept and marked; the mark tells the reader. Entries have no marks.
TOLD_BY_A_MARK = {
    "member-not-seated": {MarkCode.NOT_SEATED},
    "seated-member-without-position": {
        MarkCode.SEATED_WITHOUT_ROW,
        MarkCode.MEMBER_UNKNOWN,
        MarkCode.MEMBER_TWICE,
    },
    "more-votes-than-members": {MarkCode.MORE_VOTES_THAN_SEATS},
    "date-outside-session": {MarkCode.DATE_OUTSIDE_SESSION},
}


@dataclass(frozen=True)
class Finding:
    """Something wrong, or (where `is_error` is false) something that a reader must be told."""

    code: str
    subject: str
    sentence: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.subject}: {self.sentence}"


def check_positions(
    event: VoteEvent, positions: Mapping[str, str], seated: frozenset[str]
) -> Iterator[Finding]:
    """Check the positions of one event (member code → position) against those seated that day."""
    if not positions:
        return
    if event.method not in WITH_POSITIONS:
        yield Finding(
            "positions-that-cannot-exist",
            event.subject_key,
            _t("has positions, but its method is “%(method)s”, which leaves none.")
            % {"method": event.get_method_display()},
        )
        return
    yield from _check_members(event, positions, seated)
    yield from _check_totals(event, Tally.of(positions.values()))


def _check_members(
    event: VoteEvent, positions: Mapping[str, str], seated: frozenset[str]
) -> Iterator[Finding]:
    if strangers := sorted(set(positions) - seated):
        yield Finding(
            "member-not-seated",
            event.subject_key,
            _t("has a position of %(codes)s, not seated on %(date)s.")
            % {"codes": ", ".join(strangers), "date": event.date},
        )
    if event.venue == Venue.COUNCIL:
        if len(positions) != COUNCIL_SIZE:
            yield Finding(
                "council-not-fifteen",
                event.subject_key,
                _t("has %(count)d positions; the Security Council has 15 members.")
                % {"count": len(positions)},
            )
    elif missing := sorted(seated - set(positions)):
        yield Finding(
            "seated-member-without-position",
            event.subject_key,
            _t("has no position of %(codes)s, seated on %(date)s.")
            % {"codes": ", ".join(missing), "date": event.date},
        )


def _check_totals(event: VoteEvent, counted: Tally) -> Iterator[Finding]:
    announced = event.announced
    if announced is None:
        return
    pairs: dict[str, tuple[int, int | None]] = {
        "yes": (announced.yes, counted.yes),
        "no": (announced.no, counted.no),
        "abstain": (announced.abstain, counted.abstain),
    }
    if announced.non_voting is not None:
        pairs["non-voting"] = (announced.non_voting, counted.did_not_vote)
    for name, (said, found) in pairs.items():
        if said != found:
            # Both are kept and shown: neither is made from the other.
            yield Finding(
                "totals-differ",
                event.subject_key,
                _t("%(name)s: announced %(said)s, counted %(found)s.")
                % {"name": name, "said": said, "found": found},
                is_error=False,
            )


def check_outcome(
    event: VoteEvent, tally: Tally | None, against: frozenset[str]
) -> Iterator[Finding]:
    """Check the outcome against the majority rule; `against` are the members that voted no."""
    if (
        tally is None
        or event.outcome == Outcome.NOT_KNOWN
        or event.rule in (Rule.NOT_KNOWN, Rule.NONE)
    ):
        return
    (majority,) = event.majorities(tally)
    can_be_vetoed = event.rule == Rule.NINE_VETO and majority.is_reached
    vetoed_by = sorted(against & PERMANENT_MEMBERS) if can_be_vetoed else []
    if vetoed_by:
        if event.outcome != Outcome.VETOED:
            yield Finding(
                "veto-overlooked",
                event.subject_key,
                _t("is marked “%(outcome)s”, but %(codes)s, a permanent member, voted against.")
                % {"outcome": event.get_outcome_display(), "codes": ", ".join(vetoed_by)},
            )
    elif event.outcome == Outcome.VETOED and majority.is_reached:
        # Where not every vote against has a name, any of them may be a permanent member's.
        if len(against) >= tally.no:
            yield Finding(
                "veto-without-a-permanent-member",
                event.subject_key,
                _t("is marked vetoed, but no permanent member voted against."),
            )
    elif event.outcome != (Outcome.ADOPTED if majority.is_reached else Outcome.REJECTED):
        yield Finding(
            "outcome-against-the-rule",
            event.subject_key,
            _t("is marked “%(outcome)s” with %(reached)d of the %(needed)d votes needed.")
            % {
                "outcome": event.get_outcome_display(),
                "reached": majority.reached,
                "needed": majority.needed,
            },
        )


class Seats:
    """Who was seated on a day, asked of the database once a day."""

    def __init__(self) -> None:
        self._days: dict[datetime.date, frozenset[str]] = {}

    def on(self, date: datetime.date) -> frozenset[str]:
        if date not in self._days:
            seated = MemberState.objects.seated_on(date).values_list("code", flat=True)
            self._days[date] = frozenset(seated)
        return self._days[date]


def check_event(event: VoteEvent, seats: Seats) -> Iterator[Finding]:
    """Check an event as the database holds it; what a mark of its import tells is but a note."""
    positions = dict(event.votes.values_list("member__code", "position"))
    yield from check_entry(event, positions, seats)
    yield from _check_history(event, positions)


def check_entry(event: VoteEvent, positions: Mapping[str, str], seats: Seats) -> Iterator[Finding]:
    """Check an event with these positions, saved or not."""
    return beside_marks(event, _check_entry(event, positions, seats))


def beside_marks(event: VoteEvent, findings: Iterable[Finding]) -> Iterator[Finding]:
    marks: set[str] | None = None
    for finding in findings:
        if event.origin == Origin.IMPORT and finding.is_error and finding.code in TOLD_BY_A_MARK:
            if marks is None:
                marks = set(event.marks.values_list("code", flat=True))
            if TOLD_BY_A_MARK[finding.code] & marks:
                finding = _as_note(finding)
        yield finding


def _check_entry(event: VoteEvent, positions: Mapping[str, str], seats: Seats) -> Iterator[Finding]:
    found = list(check_positions(event, positions, seats.on(event.date)))
    yield from found
    is_whole = bool(positions) and not any(one.code in ALLOWED_IN_A_DRAFT for one in found)
    # What was announced is what was decided; the count of positions stands in where it is missing.
    decided = event.announced or (Tally.of(positions.values()) if is_whole else None)
    against = frozenset(code for code, position in positions.items() if position == Position.NO)
    yield from check_outcome(event, decided, against)
    yield from _check_members_of_the_assembly(event, seats)
    yield from _check_method(event, positions)
    yield from _check_place(event)


def _check_members_of_the_assembly(event: VoteEvent, seats: Seats) -> Iterator[Finding]:
    size = COUNCIL_SIZE if event.venue == Venue.COUNCIL else len(seats.on(event.date))
    if event.announced is None:
        return
    if event.announced.taking_part + (event.announced.non_voting or 0) > size:
        yield Finding(
            "more-votes-than-members",
            event.subject_key,
            _t("announces more votes than the %(size)d members of that day.") % {"size": size},
        )


def _check_history(event: VoteEvent, positions: Mapping[str, str]) -> Iterator[Finding]:
    history = list(event.revisions.order_by("number"))
    if not history and not positions:
        return
    if not history or history[-1].sha256 != digest(vector_of(positions)):
        yield Finding(
            "positions-without-revision",
            event.subject_key,
            _t("has positions that its history does not hold."),
        )
    if [revision.number for revision in history] != list(range(1, len(history) + 1)):
        yield Finding(
            "revision-missing",
            event.subject_key,
            _t("has a history in which a revision is missing."),
        )
    for revision in history:
        if digest(revision.vector) != revision.sha256:
            yield Finding(
                "revision-tampered",
                event.subject_key,
                _t("has a revision %(number)d whose hash is not that of its positions.")
                % {"number": revision.number},
            )


def _check_method(event: VoteEvent, positions: Mapping[str, str]) -> Iterator[Finding]:
    method = {"method": event.get_method_display()}
    if event.is_published and event.can_have_positions and not positions:
        yield Finding(
            "positions-not-held",
            event.subject_key,
            _t("has no positions, though its method is “%(method)s”, which leaves them.") % method,
            is_error=False,
        )
    # Rule 92: elections, and they alone, are held by secret ballot, unless nobody asks for a vote.
    is_open = event.is_a_vote and event.method not in (Method.SECRET_BALLOT, Method.NOT_KNOWN)
    is_election = event.question == Question.ELECTION
    if (is_election and is_open) or (not is_election and event.method == Method.SECRET_BALLOT):
        yield Finding(
            "method-unlike-rule-92",
            event.subject_key,
            _t("is decided by “%(method)s”; rule 92 has secret ballots for elections only.")
            % method,
            is_error=False,
        )


def _check_place(event: VoteEvent) -> Iterator[Finding]:
    if event.text and event.state == State.PUBLISHED and event.text.state != State.PUBLISHED:
        yield Finding(
            "published-event-of-hidden-text",
            event.subject_key,
            _t("is published, but its text is not, so that nobody sees it."),
            # An import meets a text that is being entered, and leaves it to its editor.
            is_error=event.origin != Origin.IMPORT,
        )
    session = event.of_session
    if session is not None and not _within(session, event.date):
        yield Finding(
            "date-outside-session",
            event.subject_key,
            _t("is dated %(date)s, outside session %(session)s.")
            % {"date": event.date, "session": session.code},
        )


def _within(session: Session, date: datetime.date) -> bool:
    return not (
        (session.opened and date < session.opened) or (session.closed and date > session.closed)
    )


def check_texts() -> Iterator[Finding]:
    for text in Resolution.objects.published().prefetch_related("symbols", "events"):
        decided = {
            event.outcome
            for event in text.events.all()
            if event.is_published and event.question == Question.WHOLE and event.venue in DECIDING
        }
        if text.adopted_symbol and Outcome.ADOPTED not in decided:
            yield Finding(
                "adopted-symbol-without-adoption",
                text.subject_key,
                _t("has the symbol %(symbol)s, but no event adopted it.")
                % {"symbol": text.adopted_symbol},
                # A data set may tell of a vote on a part, and not of the adoption.
                is_error=text.origin != Origin.IMPORT,
            )
        if not text.symbol:
            yield Finding("text-without-symbol", text.subject_key, _t("has no symbol."))


def check_symbols() -> Iterator[Finding]:
    for row in DocumentSymbol.objects.select_related("text__session"):
        try:
            symbol = symbols.parse(row.symbol)
        except symbols.SymbolError as error:
            yield Finding("symbol-unreadable", row.text.subject_key, str(error))
            continue
        if symbol.canonical != row.symbol:
            yield Finding(
                "symbol-not-canonical",
                row.text.subject_key,
                _t("has the symbol %(is)s, which is written %(should)s.")
                % {"is": row.symbol, "should": symbol.canonical},
            )
        yield from _check_session_of(row, symbol)


def _check_session_of(row: DocumentSymbol, symbol: symbols.Symbol) -> Iterator[Finding]:
    theirs = row.text.session
    if row.role != SymbolRole.ADOPTED or symbol.session is None or theirs is None:
        return
    if str(symbol.session) != theirs.code:
        yield Finding(
            "symbol-of-another-session",
            row.text.subject_key,
            _t("is placed in session %(session)s, its symbol %(symbol)s in another.")
            % {"session": theirs.code, "symbol": row.symbol},
        )


def check_intentions() -> Iterator[Finding]:
    for row in StatedIntention.objects.select_related("event", "member"):
        recorded = row.event.votes.filter(member=row.member).first()
        if recorded is None or recorded.position == row.position:
            yield Finding(
                "intention-without-a-different-vote",
                row.event.subject_key,
                _t("has a stated intention of %(code)s, which differs from no recorded vote.")
                % {"code": row.member.code},
            )


def subjects() -> set[str]:
    """Return the keys of everything that a citation can stand behind."""
    keyed: dict[str, tuple[QuerySet[Any], str]] = {
        "text": (Resolution.objects.all(), "key"),
        "event": (VoteEvent.objects.all(), "key"),
        "timeline": (TimelineEvent.objects.all(), "key"),
        "session": (Session.objects.all(), "code"),
        "state": (MemberState.objects.all(), "code"),
        "group": (StateGroup.objects.all(), "key"),
    }
    shared = {shared_subject(key) for key in Source.objects.values_list("key", flat=True)}
    return (
        {EVERY_STATE}
        | shared
        | {
            f"{kind}:{key}"
            for kind, (rows, field) in keyed.items()
            for key in rows.values_list(field, flat=True)
        }
    )


def check_citations() -> Iterator[Finding]:
    known = subjects()
    cited = Citation.objects.order_by("subject").values_list("subject", flat=True).distinct()
    for subject in cited:
        if subject in known:
            continue
        yield Finding(
            "citation-of-nothing",
            subject,
            _t("is cited, but there is no such object."),
        )


def check_sources() -> Iterator[Finding]:
    """Every published event and timeline event names at least one source."""
    cited = set(Citation.objects.values_list("subject", flat=True))
    events: list[VoteEvent | TimelineEvent] = [
        *VoteEvent.objects.published().select_related("data_set"),
        *TimelineEvent.objects.published(),
    ]
    for event in events:
        shared = event.shared_subject if isinstance(event, VoteEvent) else ""
        if event.subject_key not in cited and shared not in cited:
            yield Finding("fact-without-source", event.subject_key, _t("names no source."))


def check_names() -> Iterator[Finding]:
    by_member: dict[str, list[StateName]] = {}
    for name in StateName.objects.select_related("member"):
        by_member.setdefault(name.member.code, []).append(name)
    for code, names in by_member.items():
        names.sort(key=lambda name: name.from_date or datetime.date.min)
        for earlier, later in pairwise(names):
            if earlier.to_date is None or (later.from_date and earlier.to_date > later.from_date):
                yield Finding(
                    "names-overlap",
                    f"state:{code}",
                    _t("has the names “%(one)s” and “%(other)s” at the same time.")
                    % {"one": earlier.name_en, "other": later.name_en},
                )


def check_groups() -> Iterator[Finding]:
    by_member: dict[str, list[GroupMembership]] = {}
    regional = GroupMembership.objects.filter(group__kind=GroupKind.REGIONAL)
    for membership in regional.select_related("group", "member").order_by("member__code", "pk"):
        by_member.setdefault(membership.member.code, []).append(membership)
    for code, memberships in by_member.items():
        for one, other in combinations(memberships, 2):
            if one.group != other.group and _overlap(one, other):
                yield Finding(
                    "two-regional-groups",
                    f"state:{code}",
                    _t("is in the regional groups “%(one)s” and “%(other)s” at the same time.")
                    % {"one": one.group.name, "other": other.group.name},
                )


def _overlap(one: GroupMembership, other: GroupMembership) -> bool:
    latest_start = max(row.from_date or datetime.date.min for row in (one, other))
    return latest_start < min(row.to_date or datetime.date.max for row in (one, other))


def check_everything() -> Iterator[Finding]:
    """Check the whole database."""
    seats = Seats()
    events = VoteEvent.objects.select_related("text__session", "session")
    for event in events.order_by("date", "pk"):
        for finding in check_event(event, seats):
            yield _as_note(finding) if _may_wait(event, finding) else finding
    for check in (
        check_texts,
        check_symbols,
        check_intentions,
        check_citations,
        check_sources,
        check_names,
        check_groups,
    ):
        yield from check()


def _may_wait(event: VoteEvent, finding: Finding) -> bool:
    return not event.is_published and finding.code in ALLOWED_IN_A_DRAFT


def _as_note(finding: Finding) -> Finding:
    return replace(finding, is_error=False)
