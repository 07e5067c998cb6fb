"""The change log of a page: its latest entries, the whole of it, and the positions as they were."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import TypedDict

from resolutions.addresses import address
from resolutions.models import Change, Resolution
from votes import queries
from votes.changelog import Entry, Told, Votes, entry, told_of
from votes.marks import Share
from votes.models import Revision, VoteEvent
from votes.models.position import positions_in
from votes.reference import Reference
from votes.rollcall import Row, rows_from, shares

# A page with 193 positions is heavy enough: the log has a page of its own.
MOST_SHOWN = 3
ROOM = 520
CHANGES_ON_A_PAGE = 20


@dataclass(frozen=True)
class Log:
    """What a page tells of changes, latest first; `here` are the objects that the page is about."""

    told: list[Told]
    votes: Votes
    here: frozenset[str]
    address: str
    snapshot: Reference

    @property
    def latest(self) -> list[Entry]:
        """Return the first entries, as many as a page has room for: one at least."""
        entries = self.in_words(self.told[:MOST_SHOWN], short=True)
        used = accumulate(entry.length for entry in entries)
        fitting = [entry for entry, length in zip(entries, used, strict=True) if length <= ROOM]
        return fitting or entries[:1]

    def in_words(self, told: Iterable[Told], *, short: bool = False) -> list[Entry]:
        return [entry(one, self.snapshot, self.votes, self.here, short=short) for one in told]


def log_of_text(
    text: Resolution, votes: list[VoteEvent], main: VoteEvent | None, snapshot: Reference
) -> Log:
    """Return the log of the text, of all votes on it and of its story."""
    changes = queries.changes_around(text) if text.pk in snapshot.texts_with_changes else []
    here = {text.subject_key, *([main.subject_key] if main else [])}
    address = f"{text.get_absolute_url()}changes/"
    return Log(told_of(changes), named(changes, votes), frozenset(here), address, snapshot)


def log_of_vote(event: VoteEvent, snapshot: Reference) -> Log:
    is_told = event.text_id in snapshot.texts_with_changes
    told = told_of(queries.changes_of([event.subject_key]) if is_told else [])
    page = address("vote-changes", event.key)
    here = event.subject_key
    return Log(told, {here: event}, frozenset({here}), page, snapshot)


def named(changes: Iterable[Change], known: Iterable[VoteEvent]) -> Votes:
    """Return the votes that the changes are about; only a withdrawn one has to be looked up."""
    votes = {vote.subject_key: vote for vote in known}
    kinds = {change.subject for change in changes} - votes.keys()
    keys = [subject.partition(":")[2] for subject in kinds if subject.startswith("event:")]
    withdrawn = queries.votes_with_keys(keys) if keys else []
    return votes | {vote.subject_key: vote for vote in withdrawn}


@dataclass(frozen=True)
class Line:
    """An entry of the whole log, with the address of the positions as they were before."""

    entry: Entry
    positions_before: str


def lines(log: Log, told: Iterable[Told]) -> list[Line]:
    entries = log.in_words(told)
    public = [vote for vote in log.votes.values() if vote.is_published]
    revisions = queries.revisions_of(public)
    return [Line(entry, _address_before(entry.told, log.votes, revisions)) for entry in entries]


Revisions = dict[int, list[Revision]]


def _address_before(told: Told, votes: Votes, revisions: Revisions) -> str:
    vote = votes.get(told.change.subject)
    before = revision_before(told, revisions.get(vote.pk, [])) if vote else None
    return address("vote-positions", vote.key, before.number) if vote and before else ""


def revision_before(told: Told, revisions: Iterable[Revision]) -> Revision | None:
    """Return the positions that the public saw before a change of positions."""
    before = [revision for revision in revisions if revision.made_at < told.until]
    return before[-1] if before and told.changes_positions else None


class EarlierPositions(TypedDict):
    """The positions of an event as the public saw them until a change."""

    event: VoteEvent
    revision: Revision
    until: Told
    rows: list[Row]
    shares: list[Share]
    changed_since: list[Entry]
    log: Log


def earlier_positions(
    event: VoteEvent, number: int, snapshot: Reference
) -> EarlierPositions | None:
    """Return the positions of this revision, unless the public never saw it or sees it still."""
    log = log_of_vote(event, snapshot)
    revisions = queries.revisions_of([event]).get(event.pk, [])
    for place, told in enumerate(log.told):
        revision = revision_before(told, revisions)
        if revision is not None and revision.number == number:
            rows = _rows(revision, event, snapshot)
            return EarlierPositions(
                event=event,
                revision=revision,
                until=told,
                rows=rows,
                shares=shares(rows),
                changed_since=log.in_words(log.told[: place + 1][-CHANGES_ON_A_PAGE:]),
                log=log,
            )
    return None


def _rows(revision: Revision, event: VoteEvent, snapshot: Reference) -> list[Row]:
    held = positions_in(revision.vector)
    members = {member.code: pk for pk, member in snapshot.members.items()}
    return rows_from([(members[code], said) for code, said in held.items()], event, snapshot)
