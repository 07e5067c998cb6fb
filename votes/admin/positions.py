"""Single positions, written through `votes.ingest` only, and their history."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import ReadOnlyAdmin, RuledForm
from resolutions.admin_base.hanging import PartAdmin
from resolutions.admin_base.panels import page
from resolutions.models import Origin, State
from votes.ingest import positions_of, refuse_what_is_wrong, set_position
from votes.models import MemberState, Revision, Vote, VoteEvent

MOST_COUNTED = 10_000
MOST_MATCHES = 200
BY_HAND = _("Entered by hand")
TAKEN_OUT = _("Taken out by hand")


class PositionForm(RuledForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the event's history; needed once the event is published."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        event = values.get("event") or getattr(self.instance, "event", None)
        member = values.get("member") or getattr(self.instance, "member", None)
        if event is not None:
            self.check_event(event, values)
        if event is not None and member is not None:
            self.check_seat(event, member)
        return values

    def check_event(self, event: VoteEvent, values: dict[str, Any]) -> None:
        if not event.can_have_positions:
            self.refuse(
                "event",
                _("Its method is “%(method)s”, which leaves no positions."),
                method=event.get_method_display(),
            )
        if event.is_published and not values.get("reason"):
            self.refuse("reason", _("The event is published: give the reason of the change."))

    def check_seat(self, event: VoteEvent, member: MemberState) -> None:
        if not MemberState.objects.seated_on(event.date).filter(pk=member.pk).exists():
            self.refuse(
                "member",
                _("%(code)s was not seated on %(date)s."),
                code=member.code,
                date=event.date,
            )

    def refuse(self, field: str, message: Any, **params: Any) -> None:
        self.add_error(
            field if field in self.fields else None, ValidationError(message, params=params)
        )

    def check_rules(self) -> None:
        vote: Vote = self.instance
        after = {**positions_of(vote.event), vote.member.code: vote.position}
        refuse_what_is_wrong(vote.event, after)


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # takes none at run time
    """Counts no further than anybody pages: there are more than a million positions."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Vote] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[:MOST_COUNTED].count()


@admin.register(Vote)
class VoteAdmin(PartAdmin):
    """One position at a time; each change is an entry in the event's history."""

    form = PositionForm
    fields = ("event", "member", "position", "reason")
    fixed = ("event", "member")
    autocomplete_fields = ("event", "member")
    radio_fields = {"position": admin.HORIZONTAL}
    list_display = ("event", "member", "position")
    list_filter = ("position",)
    list_select_related = ("event", "member")
    # The newest first is an index; any other order would sort a million rows.
    ordering = ("-pk",)
    sortable_by = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("event__key", "member__code")
    search_help_text = _("Part of an event's key, the code or name of a member, or both.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Vote]:
        return super().get_queryset(request).prefetch_related("member__names")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split():
            queryset = queryset.filter(matching(word))
        return queryset, False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.event.state != State.PUBLISHED)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.hold(request, obj)
        reason = form.cleaned_data["reason"] or BY_HAND
        write(request, obj, obj.position, reason)
        obj.pk = Vote.objects.get(event=obj.event, member=obj.member).pk

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().response_add(request, obj, *args, **kwargs)
        # The next position is of the same event, most likely.
        another = page(Vote, "add", event=obj.event_id)
        return HttpResponseRedirect(another) if "_addanother" in request.POST else response

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.hold(request, obj)
        write(request, obj, None, TAKEN_OUT)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for vote in queryset:
            self.hold(request, vote)
            write(request, vote, None, TAKEN_OUT)


def write(request: HttpRequest, vote: Vote, position: str | None, reason: Any) -> None:
    set_position(
        vote.event,
        vote.member.code,
        position,
        reason=str(reason),
        origin=Origin.EDITOR,
        person=request.user,
    )


def matching(word: str) -> Q:
    """Return a condition that the database answers from its indexes, having looked up the word."""
    events = VoteEvent.objects.filter(key__icontains=word).order_by()
    members = MemberState.objects.filter(
        Q(code__iexact=word) | Q(names__name_en__icontains=word)
    ).order_by()
    return Q(event__in=first_of(events)) | Q(member__in=first_of(members))


def first_of(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:MOST_MATCHES])


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("event", "number", "made_at", "made_by", "origin", "reason")
    list_filter = ("origin",)
    list_select_related = ("event", "made_by")
    ordering = ("-pk",)
    search_fields = ("event__key", "reason", "made_by__username")
