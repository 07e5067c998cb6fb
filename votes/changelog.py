"""The public log of changes: what was corrected after publication, each change a sentence.

Nothing of a draft is told. What became of an entry while it was withdrawn is told as one change
when it is published again: only what differs from what the public had seen.
"""

import datetime
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from resolutions.models import Action, Change, Origin
from resolutions.wording import long_date
from votes.changewords import NOTHING, POSITION, Value, Words, author, cut, listed
from votes.models import VoteEvent
from votes.reference import Reference

MOST_NAMED = 3
LONGEST_SHORTENED = 108  # the reason of an import, with its edition
UNTOLD = (Action.SUBMITTED, Action.SENT_BACK)
# What the public does not see of an entry; that it is public, or no longer, is an action.
UNSEEN = {
    "key", "state", "origin", "entered_by", "reviewed_by", "self_published", "adopted_as",
}  # fmt: skip
CORRECTED, ADDED, REMOVED = "corrected", "added", "removed"
MOVES = {
    Action.WITHDRAWN: _("On {date} {who} withdrew {thing}."),
    Action.PUBLISHED: _("On {date} {who} published {thing} again."),
    Action.DELETED: _("On {date} {who} removed {thing}."),
}
OPENINGS = {
    CORRECTED: _("On {date} {who} corrected {what}."),
    ADDED: _("On {date} {who} added {what}."),
    REMOVED: _("On {date} {who} removed {what}."),
    "": _("On {date} {who} changed {thing}."),
}
# A new edition may know better, or only otherwise.
LOADED = OPENINGS | {CORRECTED: _("On {date} {who} changed {what}.")}
MORE = {
    CORRECTED: _("Corrected: {what}."),
    ADDED: _("Added: {what}."),
    REMOVED: _("Removed: {what}."),
}
THINGS = {
    "text": _("this text"),
    "event": _("this vote"),
    "timeline": _("this event of the timeline"),
}


@dataclass(frozen=True)
class Told:
    """A change that the public is told of; what it was before, it was until `until`."""

    change: Change
    values: list[Value]
    until: datetime.datetime

    @property
    def day(self) -> datetime.date:
        """Return the day of the change, as the public is told it."""
        return timezone.localtime(self.change.made_at).date()

    @property
    def last_day(self) -> datetime.date:
        """Return the day until which the public saw what was before."""
        return timezone.localtime(self.until).date()

    @property
    def says_something(self) -> bool:
        return bool(self.values) or self.change.action in MOVES or not self.change.values

    @property
    def changes_positions(self) -> bool:
        return any(value["field"] == POSITION for value in self.values)


def told_of(changes: Iterable[Change]) -> list[Told]:
    """Return what the public is told, latest first."""
    withdrawn: dict[str, list[Change]] = {}
    found: list[Told] = []
    for change in sorted(changes, key=lambda change: change.pk):
        meanwhile = withdrawn.get(change.subject)
        if meanwhile is not None and change.action == Action.PUBLISHED:
            del withdrawn[change.subject]
            found.append(Told(change, net([*meanwhile, change]), meanwhile[0].made_at))
        elif meanwhile is not None:
            meanwhile.append(change)
        elif change.was_public and change.action not in UNTOLD:
            found.append(Told(change, net([change]), change.made_at))
            if change.action == Action.WITHDRAWN:
                withdrawn[change.subject] = [change]
    return [told for told in found if told.says_something][::-1]


def net(changes: Iterable[Change]) -> list[Value]:
    """Return what differs after all the changes, positions first."""
    found: list[dict[str, Any]] = []
    for value in (value for change in changes for value in change.values):
        if value.get("field", "") in UNSEEN:
            continue
        earlier = next((row for row in found if goes_on(row, value)), None)
        if earlier is None:
            found.append({"field": "", **value})
        else:
            earlier["to"] = value.get("to")
    different = [row for row in found if row.get("from") != row.get("to")]
    return sorted(different, key=lambda row: row["field"] != POSITION)


def goes_on(earlier: Value, later: Value) -> bool:
    """Say whether the later value replaces the earlier one, and does not stand beside it."""
    same = all(earlier.get(name) == later.get(name) for name in ("field", "member"))
    stood = later.get("from")
    return same and earlier.get("to") == stood and (stood is not None or "member" in later)


@dataclass(frozen=True)
class Entry:
    """One entry of the log, ready to be shown.

    `about` names the vote or event where it is not the one that the page is about; `details` are
    all values, where the sentence does not name them in full.
    """

    told: Told
    sentence: SafeString
    reason: str
    about: str
    details: list[SafeString]

    @property
    def length(self) -> int:
        return len(self.about) + len(self.sentence) + len(self.reason)


Votes = Mapping[str, VoteEvent]


def entry(
    told: Told, reference: Reference, votes: Votes, here: Container[str] = (), *, short: bool
) -> Entry:
    """Put a change into words: for the whole log, or shortened for the page that was changed.

    `votes` are the events by the key of the object; an object in `here` needs no name.
    """
    subject = told.change.subject
    vote = votes.get(subject)
    words = Words(subject.partition(":")[0], vote.date if vote else None, reference)
    longest = LONGEST_SHORTENED if short else None
    return Entry(
        told,
        sentence=sentence(told, words),
        reason=cut(told.change.reason.strip(), longest),
        about="" if subject in here else cut(about(told.change, vote), longest),
        details=[] if short else details(told, words),
    )


def about(change: Change, vote: VoteEvent | None) -> str:
    if vote is None:
        return change.label
    what = {"question": vote.question_in_words, "date": long_date(vote.date)}
    return _t("%(question)s, %(date)s") % what


def sentence(told: Told, words: Words) -> SafeString:
    """Return `On 3 March 2026 Maria Rossi corrected …`, with as many sentences as it takes."""
    groups = grouped(told.values[:MOST_NAMED], words)
    sentences = [opening(told, groups, words.kind), *(more(*group) for group in groups.items())]
    if rest := len(told.values[MOST_NAMED:]):
        template = ngettext("{} more value changed.", "{} more values changed.", rest)
        sentences.append(format_html(template, rest))
    return format_html_join(" ", "{}", ((part,) for part in sentences))


def opening(told: Told, groups: dict[str, SafeString], kind: str) -> SafeString:
    """Return the first sentence; where it tells of one of the groups, take that one out."""
    change = told.change
    is_move = change.action in MOVES
    verb = "" if is_move else next(iter(groups), "")
    openings = OPENINGS if change.origin == Origin.EDITOR else LOADED
    return format_html(
        str(MOVES[Action(change.action)] if is_move else openings[verb]),
        date=format_html('<time datetime="{}">{}</time>', told.day, long_date(told.day)),
        who=author(change.origin, change.made_by),
        what=groups.pop(verb, ""),
        thing=THINGS.get(kind, _("this entry")),
    )


def more(verb: str, what: SafeString) -> SafeString:
    return format_html(str(MORE[verb]), what=what)


def grouped(values: list[Value], words: Words) -> dict[str, SafeString]:
    """Return what was corrected, added and removed, each as one list in words."""
    groups = {
        verb: [value for value in values if verb_for(value) == verb]
        for verb in (CORRECTED, ADDED, REMOVED)
    }
    return {verb: listed(phrases(verb, group, words)) for verb, group in groups.items() if group}


def phrases(verb: str, values: list[Value], words: Words) -> list[SafeString]:
    if verb != CORRECTED:
        return [words.alone(value) for value in values]
    fields = [value["field"] for value in values]
    return [
        words.corrected(value, again=POSITION in fields[:place])
        for place, value in enumerate(values)
    ]


def verb_for(value: Value) -> str:
    if value.get("from") in NOTHING:
        return ADDED
    return REMOVED if value.get("to") in NOTHING else CORRECTED


def details(told: Told, words: Words) -> list[SafeString]:
    """Return all values, one by one and in full, unless the sentence tells all of them."""
    one_by_one, in_full = (
        [more(verb, part) for value in told.values for verb, part in grouped([value], how).items()]
        for how in (words, replace(words, longest=None))
    )
    return in_full if len(told.values) > MOST_NAMED or in_full != one_by_one else []
