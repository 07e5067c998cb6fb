"""The head of a new entry: which text, which question, how, when, and by which source."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminURLFieldWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.keys import slug
from resolutions.models import Citation, Resolution, Source
from resolutions.models.provenance import SourceKind
from votes.admin.eventform import EventForm
from votes.entry import texts
from votes.entry.sources import cite_event, cite_text, meeting_record, new_source
from votes.models import Question, VoteEvent
from votes.models.event import OF_A_TEXT

SOURCE = ("source", "source_kind", "source_publisher", "source_title", "source_date", "source_url")
FIELDSETS = (
    (
        _("The text"),
        {
            "fields": [("adopted", "draft"), "title", "title_is_ours", "session", "agenda_item"],
            "description": _(
                "A text that the portal holds is found by its symbol; a new one is begun as a "
                "draft and needs a title."
            ),
        },
    ),
    (_("What was put to the vote"), {"fields": ["question", "question_text"]}),
    (
        _("How it was decided"),
        {"fields": [("venue", "method"), ("rule", "rule_basis"), "outcome"]},
    ),
    (_("When"), {"fields": [("date", "sequence"), "meeting"]}),
    (
        _("Totals as announced"),
        {
            "fields": [
                ("announced_yes", "announced_no", "announced_abstain", "announced_non_voting")
            ]
        },
    ),
    (
        _("Where it comes from"),
        {
            "fields": [
                "source",
                ("source_kind", "source_publisher"),
                "source_title",
                ("source_date", "source_url"),
            ],
            "description": _(
                "Choose a source that the portal knows, or describe a new one. Left empty, the "
                "meeting record is the source."
            ),
        },
    ),
    (_("More"), {"fields": ["note", "undl_id", "key"], "classes": ["collapse"]}),
)


def read_symbol(text: str, *kinds: symbols.Kind) -> str:
    """Return the canonical symbol of one of these kinds, or nothing where nothing was typed."""
    if not text:
        return ""
    try:
        symbol = symbols.parse(text)
    except symbols.SymbolError as error:
        raise ValidationError(str(error)) from error
    if symbol.kind not in kinds:
        raise ValidationError(
            _("%(symbol)s is the symbol of another kind of document: %(kind)s."),
            params={"symbol": symbol.canonical, "kind": symbol.kind.value},
        )
    return symbol.canonical


def chooser(model: type, field: str, **kwargs: Any) -> "forms.ModelChoiceField[Any]":
    """Return a choice of rows by autocomplete, as the admin makes it for that foreign key."""
    column = model._meta.get_field(field)  # type: ignore[attr-defined]
    return forms.ModelChoiceField(
        column.related_model.objects.all(),
        required=False,
        widget=AutocompleteSelect(column, admin.site),
        **kwargs,
    )


class HeaderForm(EventForm):
    """The form of a new vote event, with its text and its source."""

    adopted = forms.CharField(
        label=_("Symbol as adopted"),
        required=False,
        max_length=80,
        help_text=_("For example A/RES/77/1, in any common spelling."),
    )
    draft = forms.CharField(
        label=_("Symbol of the draft"),
        required=False,
        max_length=80,
        help_text=_("The draft that was voted on, for example A/77/L.1."),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=600,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Needed for a new text only; a text held here keeps its own."),
    )
    title_is_ours = forms.BooleanField(
        label=_("The title is a description"),
        required=False,
        help_text=_("Tick this where the text has no official title and you describe it."),
    )
    session = chooser(
        Resolution,
        "session",
        label=_("Session"),
        help_text=_("For a new text whose symbol does not name the session."),
    )
    agenda_item = forms.CharField(
        label=_("Agenda item"),
        required=False,
        max_length=600,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("As the meeting record prints it; for a new text only."),
    )
    source = chooser(
        Citation,
        "source",
        label=_("Source"),
        help_text=_("A document that the portal cites already."),
    )
    source_kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", "–"), *SourceKind.choices]
    )
    source_publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    source_title = forms.CharField(
        label=_("Title of the source"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )
    source_date = forms.DateField(label=_("Published on"), required=False, widget=AdminDateWidget())
    source_url = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=AdminURLFieldWidget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What was put to the vote is said, never left at a default.
        question = self.fields["question"]
        question.choices = [("", "–"), *Question.choices]  # type: ignore[attr-defined]
        self.initial["question"] = (kwargs.get("initial") or {}).get("question", "")
        self.text: Resolution | None = None
        self.names = texts.Names()
        self.is_new_text = False

    def clean_adopted(self) -> str:
        return read_symbol(
            self.cleaned_data["adopted"], symbols.Kind.RESOLUTION, symbols.Kind.DECISION
        )

    def clean_draft(self) -> str:
        # The Council's drafts are documents whose symbols do not tell that they are drafts.
        return read_symbol(self.cleaned_data["draft"], symbols.Kind.DRAFT, symbols.Kind.DOCUMENT)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.names = texts.Names(values.get("adopted", ""), values.get("draft", ""))
        try:
            self.check_text(values)
        except ValidationError as error:
            self.add_error("adopted" if self.names.adopted else "draft", error)
        self.check_source(values)
        return values

    def check_text(self, values: dict[str, Any]) -> None:
        if not self.names:
            if values.get("question") in OF_A_TEXT:
                raise ValidationError(_("A vote on a text names it: give its symbol."))
            return
        self.text = texts.held_text(self.names)
        if self.text is not None:
            texts.refuse_missing_names(self.text, self.names)
            return
        if not values.get("title"):
            self.add_error("title", _("The portal does not hold this text yet: give its title."))

    def check_source(self, values: dict[str, Any]) -> None:
        new = [name for name in SOURCE[1:] if values.get(name)]
        if values.get("source"):
            if new:
                self.add_error("source", _("Choose a source or describe a new one, not both."))
        elif new:
            for name in ("source_kind", "source_publisher", "source_title"):
                if not values.get(name):
                    self.add_error(name, _("A new source needs a kind, a publisher and a title."))
        elif not values.get("meeting") and "meeting" not in self.errors:
            self.add_error(
                "source", _("Every fact names its source: choose one, or give the meeting record.")
            )

    def proposed_key(self, values: dict[str, Any]) -> str:
        if not values.get("date"):
            return ""
        names = [values.get("adopted") or values.get("draft") or ""]
        if values.get("question") != Question.WHOLE:
            names.append(values.get("question") or "")
        return "-".join(filter(None, [values["date"].isoformat(), *(slug(name) for name in names)]))

    def save_around(self, event: VoteEvent, person: Any) -> None:
        """Save the text, which the event then names."""
        if self.names and self.text is None:
            self.text = texts.begin_text(
                self.names,
                person=person,
                title=self.cleaned_data["title"],
                title_is_ours=self.cleaned_data["title_is_ours"],
                session=self.cleaned_data["session"],
                agenda_item=self.cleaned_data["agenda_item"],
            )
            self.is_new_text = True
        elif self.text is not None:
            event.adopted_as = texts.name_text(self.text, self.names)
        event.text = self.text

    def cite(self, event: VoteEvent) -> None:
        source = self.chosen_source()
        cite_event(event, source)
        if event.text is not None and self.is_new_text:
            cite_text(Resolution.objects.get(pk=event.text.pk), source)

    def chosen_source(self) -> Source:
        values = self.cleaned_data
        if values.get("source"):
            held: Source = values["source"]
            return held
        if values.get("source_title"):
            return new_source(**{name.removeprefix("source_"): values[name] for name in SOURCE[1:]})
        return meeting_record(values["meeting"])
