"""The form of a vote event."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.admin_base.keys import KeyedForm
from resolutions.keys import slug
from votes.checks import Seats, check_event
from votes.ingest import positions_of, refuse_what_is_wrong
from votes.models import Question, Rule, Venue, VoteEvent


class EventForm(KeyedForm):
    def proposed_key(self, values: dict[str, Any]) -> str:
        if not values.get("date"):
            return ""
        text, question = values.get("text"), values.get("question", "")
        parts = [values["date"].isoformat(), slug(text.symbol or text.key) if text else ""]
        if question != Question.WHOLE:
            parts.append(slug(question))
        return "-".join(filter(None, parts))

    def clean_meeting(self) -> str:
        meeting: str = self.cleaned_data["meeting"]
        if not meeting or "meeting" not in self.changed_data:
            return meeting
        try:
            symbol = symbols.parse(meeting)
        except symbols.SymbolError as error:
            raise ValidationError(str(error)) from error
        if symbol.kind != symbols.Kind.MEETING_RECORD:
            raise ValidationError(
                _("%(symbol)s is no meeting record: one reads like A/ES-11/PV.5."),
                params={"symbol": symbol.canonical},
            )
        return symbol.canonical

    def clean_rule(self) -> str:
        rule: str = self.cleaned_data["rule"]
        is_simple = rule == Rule.SIMPLE and self.cleaned_data.get("venue") == Venue.PLENARY
        if is_simple and self.cleaned_data.get("question") == Question.RECONSIDERATION:
            raise ValidationError(_("To reconsider a proposal takes two thirds (rule 81)."))
        return rule

    def check_rules(self) -> None:
        if self.instance.pk:
            refuse_what_contradicts(self.instance)


def refuse_what_contradicts(event: VoteEvent) -> None:
    """Refuse a change that its positions, or what the public is told, would contradict."""
    if not event.is_published:
        return refuse_what_is_wrong(event, positions_of(event))
    if errors := errors_of(event):
        raise ValidationError(errors)


def errors_of(event: VoteEvent) -> list[str]:
    return [str(found) for found in check_event(event, Seats()) if found.is_error]
