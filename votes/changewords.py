"""A change in words: which fields, from what to what, and the sentences that tell of them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from resolutions.models import Origin, Resolution, TimelineEvent
from resolutions.wording import long_date
from votes.models import Position, VoteEvent
from votes.reference import Reference

Value = Mapping[str, Any]

POSITION = "position"
LONGEST = 32
NOTHING: tuple[Any, ...] = (None, "", [])
MODELS: dict[str, type[models.Model]] = {
    "text": Resolution,
    "event": VoteEvent,
    "timeline": TimelineEvent,
}
FIELDS: dict[str, Any] = {
    # of a vote
    "text": _("the text"),
    "question": _("the kind of question"),
    "question_text": _("the question"),
    "venue": _("the organ"),
    "method": _("the method of voting"),
    "rule": _("the majority rule"),
    "rule_basis": _("the basis of the rule"),
    "outcome": _("the outcome"),
    "date": _("the date"),
    "sequence": _("the order within the day"),
    "meeting": _("the meeting record"),
    "announced_yes": _("the announced yes votes"),
    "announced_no": _("the announced no votes"),
    "announced_abstain": _("the announced abstentions"),
    "announced_non_voting": _("the announced number of members not voting"),
    "undl_id": _("the number of the UN Digital Library record"),
    "rcid": _("the number in Voeten’s data"),
    "data_set": _("the data set that it was imported from"),
    "note": _("the note"),
    "positions": _("the number of positions"),
    # of a text
    "organ": _("the organ"),
    "kind": _("the kind"),
    "title": _("the title"),
    "title_is_ours": _("whether the title is a description"),
    "session": _("the session"),
    "subjects": _("the subjects"),
    "agenda_item": _("the agenda item"),
    "summary": _("the summary"),
    # of an event of the timeline
    "precision": _("how exactly the date is known"),
    "not_after": _("the day by which it had happened"),
    "standing": _("the standing"),
    "as_of": _("the day of the report"),
    "description": _("the description"),
    # rows that hang on an entry, by what their model is called
    "document symbol": _("the symbol"),
    "sponsorship": _("the sponsor"),
    "member concerned": _("the member concerned"),
    "stated intention": _("the stated intention"),
    "discrepancy": _("what another source says"),
    "mark of an import": _("the mark of an import"),
    "citation": _("the citation"),
    "link of an event to a text": _("the link of an event to a text"),
}


@dataclass(frozen=True)
class Words:
    """Puts the values of one change into words; members have the names of the day of the vote.

    Texts longer than `longest` are cut, unless it is None.
    """

    kind: str
    day: datetime.date | None
    reference: Reference
    longest: int | None = LONGEST

    def corrected(self, value: Value, *, again: bool = False) -> SafeString:
        """Return `the position of Mali from Yes to Abstain`; the next one is `of Chad …`."""
        if value["field"] != POSITION:
            template = _t("{what} from {before} to {after}")
        elif again:
            template = _t("of {name} from {before} to {after}")
        else:
            template = _t("the position of {name} from {before} to {after}")
        return format_html(
            template,
            what=self.field(value),
            name=self.member(value),
            before=self.value(value, "from"),
            after=self.value(value, "to"),
        )

    def alone(self, value: Value) -> SafeString:
        """Return what was added or removed: `the note (“It rained.”)`."""
        is_position = value["field"] == POSITION
        template = _t("the position of {name} ({said})") if is_position else _t("{what} ({said})")
        return format_html(
            template,
            what=self.field(value),
            name=self.member(value),
            said=self.value(value, "to" if value.get("from") in NOTHING else "from"),
        )

    def field(self, value: Value) -> str:
        """Return the field in words; one that is not known here is shown as it is."""
        field = str(value["field"])
        return str(FIELDS.get(field, field))

    def member(self, value: Value) -> str:
        code = str(value.get("member", ""))
        member = self.reference.by_code.get(code)
        if member is None:
            return code
        return member.name_on(self.day).text if self.day else member.present_name

    def value(self, value: Value, side: str) -> str:
        raw = value.get(side)
        if value["field"] == POSITION:
            return str(dict(Position.choices).get(str(raw), raw))
        column = self._column(str(value["field"]))
        if isinstance(raw, bool):
            return _t("yes") if raw else _t("no")
        if isinstance(raw, list):
            return ", ".join(str(part) for part in raw)
        if column is not None and column.choices:
            return str(dict(column.flatchoices).get(str(raw), raw))
        if isinstance(column, models.DateField):
            return day_in_words(raw)
        return self.quoted(raw) if isinstance(raw, str) else str(raw)

    def quoted(self, text: str) -> str:
        return _t("“%(words)s”") % {"words": cut(text, self.longest)}

    def _column(self, field: str) -> "models.Field[Any, Any] | None":
        columns = MODELS[self.kind]._meta.concrete_fields if self.kind in MODELS else ()
        return next((column for column in columns if column.name == field), None)


def cut(text: str, longest: int | None) -> str:
    return text if longest is None else Truncator(text).chars(longest)


def day_in_words(raw: Any) -> str:
    try:
        return long_date(datetime.date.fromisoformat(raw))
    except (TypeError, ValueError):
        return str(raw)


def listed(phrases: list[SafeString]) -> SafeString:
    """Return `a`, `a and b`, or `a, b, and c`."""
    *most, last = phrases
    if not most:
        return last
    template = (
        pgettext("two things", "{first} and {last}")
        if len(most) == 1
        else pgettext("three things or more", "{first}, and {last}")
    )
    return format_html(template, first=SafeString(", ".join(most)), last=last)


def author(origin: str, person: Any) -> str:
    """Return who made a change: a person by name, and what was loaded as such."""
    if origin == Origin.FIXTURE:
        return _t("a new edition of the record that comes with the portal")
    if origin == Origin.IMPORT:
        return _t("an import of a new edition of the public record")
    return (person.get_full_name() or person.get_username()) if person else _t("an editor")
