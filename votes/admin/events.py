"""Vote events: their totals, and the way to everything that hangs on one."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.admin_base.changes import TabularInline
from resolutions.admin_base.entries import EntryAdmin, has_source
from resolutions.admin_base.panels import bullets, link, page, rows_of, rows_to_add
from resolutions.admin_base.previews import PreviewedAdmin
from resolutions.admin_base.publication import PUBLISH, SUBMIT, Step
from resolutions.journal import told_elsewhere
from resolutions.models import Resolution, State
from resolutions.wording import tally_text
from votes import previews
from votes.admin.entry.screens import EntryScreens
from votes.admin.eventform import EventForm
from votes.entry.findings import obstacles
from votes.entry.texts import name_as_adopted
from votes.models import (
    Discrepancy,
    EventMember,
    Revision,
    StatedIntention,
    Vote,
    VoteEvent,
)
from votes.models.event import WITH_POSITIONS

# The forms that ask for an event with a position of each member, by the name of their model.
OF_POSITIONS = ("vote", "statedintention")


class EventMemberInline(TabularInline):
    model = EventMember
    extra = 0
    autocomplete_fields = ("member",)


@admin.register(VoteEvent)
class VoteEventAdmin(EntryScreens, PreviewedAdmin, EntryAdmin):
    form = EventForm
    inlines = (EventMemberInline,)
    autocomplete_fields = ("text", "session")
    readonly_fields = ("hanging",)
    fieldsets = (
        (_("What was put to the vote"), {"fields": ["text", "question", "question_text"]}),
        (_("How it was decided"), {"fields": ["venue", "method", "rule", "rule_basis"]}),
        (_("When"), {"fields": ["date", "sequence", "session", "meeting"]}),
        (
            _("Totals as announced"),
            {
                "fields": [
                    ("announced_yes", "announced_no", "announced_abstain", "announced_non_voting")
                ]
            },
        ),
        (_("What came of it"), {"fields": ["outcome", "note", "undl_id", "key"]}),
    )
    list_display = (
        "key", "date", "shown_text", "question", "method", "totals", "outcome", "state", "origin",
    )  # fmt: skip
    list_filter = ("state", "origin", "question", "method", "outcome", "rule", "venue")
    list_select_related = ("text",)
    date_hierarchy = "date"
    search_fields = ("key", "question_text", "meeting", "text__title", "text__symbols__symbol")
    search_help_text = _("A symbol in any common spelling, a date as 2022-03-02, or words.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VoteEvent]:
        return super().get_queryset(request).prefetch_related("text__symbols")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if request.GET.get("model_name") in OF_POSITIONS:
            queryset = open_to_positions(queryset, self.has_publish_permission(request))
        named = queryset.filter(text__symbols__symbol__in=symbols.lookup_candidates(search_term))
        if search_term and named.exists():
            return named, True
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        panel = (_("What hangs on it"), {"fields": ["hanging"]})
        return [*fieldsets, panel] if obj else fieldsets

    @admin.display(description=_("text"), ordering="text__key")
    def shown_text(self, event: VoteEvent) -> str:
        return event.text.symbol or event.text.key if event.text else "–"

    @admin.display(description=_("announced"))
    def totals(self, event: VoteEvent) -> str:
        said = event.announced
        return tally_text(said.yes, said.no, said.abstain) if said else "–"

    @admin.display(description=_("positions and more"))
    def hanging(self, event: VoteEvent) -> SafeString:
        added = (Vote, StatedIntention) if event.can_have_positions else ()
        grid = [link(page(VoteEvent, "positions", event.pk), _("Positions of all members"))]
        return bullets(
            [
                *(grid if added else ()),
                *(rows_to_add(event, model, "event") for model in added),
                *(rows_of(event, model, "event") for model in (Discrepancy, Revision)),
            ]
        )

    def along(self, step: Step, entry: VoteEvent) -> list[tuple[EntryAdmin, Any]]:
        """A text that nobody has seen yet goes the way of the vote on it."""
        text = entry.text
        if step not in (SUBMIT, PUBLISH) or text is None or text.state not in step.starts:
            return []
        text = Resolution.objects.select_for_update().get(pk=text.pk)
        return [(cast(EntryAdmin, self.admin_site.get_model_admin(Resolution)), text)]

    def take_one(self, step: Step, request: HttpRequest, entry: VoteEvent) -> None:
        super().take_one(step, request, entry)
        if step is PUBLISH and entry.adopted_as:
            with told_elsewhere():
                name_as_adopted(entry, request.user)

    def page_of(self, request: HttpRequest, entry: VoteEvent) -> tuple[str, dict[str, Any]]:
        return previews.of_vote(entry, request.GET)

    def obstacles_to(self, step: Step, entry: VoteEvent) -> list[str]:
        if step not in (SUBMIT, PUBLISH):
            return []
        return [*map(str, missing_before(step, entry)), *obstacles(entry)]


def missing_before(step: Step, event: VoteEvent) -> list[Any]:
    missing = []
    if event.text is not None and event.text.state == State.WITHDRAWN:
        missing.append(_("Its text is withdrawn: send the text back to draft first."))
    if step is PUBLISH and event.text is not None and event.text.state == State.DRAFT:
        missing.append(_("Its text is not submitted for review: submit the text first."))
    if not has_source(event):
        missing.append(_("It names no source: add a citation."))
    return missing


def open_to_positions(events: QuerySet[Any], reviewer: bool) -> QuerySet[Any]:
    events = events.filter(method__in=WITH_POSITIONS)
    return events if reviewer else events.filter(state=State.DRAFT)
