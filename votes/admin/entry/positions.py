"""The grid: all positions of one event on one page, saved at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t

from resolutions.admin_base.changes import PortalAdmin
from resolutions.admin_base.panels import page
from resolutions.models import State
from votes.admin.entry import reasons, words
from votes.admin.entry.reasons import ask, by_sentence, read_reasons
from votes.admin.entry.requests import material_in, reading_of
from votes.entry.findings import Found, findings
from votes.entry.grid import Grid, fill, grid_of
from votes.entry.meanwhile import fingerprint, saved_meanwhile
from votes.entry.saving import Refused, save_positions, with_reasons
from votes.entry.typed import read_typed
from votes.ingest import positions_of
from votes.models import VoteEvent
from votes.reference import reference

Positions = Mapping[str, str]


def enter_positions(admin: PortalAdmin, request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the grid of an event, or take what was sent of it."""
    # What is found here is still so when it is saved: a POST locks the event until its end.
    with transaction.atomic():
        event = admin.get_object(request, str(pk))
        if event is None:
            raise Http404(_t("There is no such vote event."))
        if not admin.has_view_or_change_permission(request, event):
            raise PermissionDenied
        desk = Desk(admin, request, event)
        return desk.answer() if request.method == "POST" else desk.open()


class Desk:
    """One person at the grid of one event."""

    def __init__(self, admin: PortalAdmin, request: HttpRequest, event: VoteEvent) -> None:
        self.admin, self.request, self.event = admin, request, event
        self.may_change = admin.has_change_permission(request, event)
        self.proposal = reading_of(request, event)
        self.saved = positions_of(event)
        self.begun_with = request.POST.get("begun-with", fingerprint(self.saved))
        self.reasons = read_reasons(request.POST)
        self.reason = reasons.typed(request.POST.get("reason", ""))

    def open(self) -> HttpResponseBase:
        if not self.may_change:
            return self.turn_away(words.for_reviewers(self.event))
        if not self.event.can_have_positions:
            return self.turn_away(words.no_positions(self.event))
        if self.proposal is None:
            return self.show(self.saved)
        positions = {**self.saved, **self.proposal.positions}
        return self.show(positions, self.found(positions))

    def turn_away(self, sentence: str) -> HttpResponseBase:
        messages.error(self.request, sentence)
        return self.to_the_event()

    def to_the_event(self) -> HttpResponseBase:
        return HttpResponseRedirect(page(VoteEvent, "change", self.event.pk))

    # What was sent is saved, or shown again, whatever is wrong with it.

    def answer(self) -> HttpResponseBase:
        names = self.grid({}).names
        typed = read_typed(dict(self.request.POST.lists()), names)
        if not self.may_change:
            refusal = Found("reviewers-only", words.for_reviewers(self.event), is_hard=True)
            return self.show(typed.positions, [refusal], status=403)
        if typed.problems:
            return self.show(typed.positions, typed.problems)
        if "others" in self.request.POST:
            return self.fill(typed.positions, self.request.POST["others"])
        if "save" in self.request.POST or self.is_unfinished:
            return self.save(typed.positions)
        found = self.found(typed.positions)
        return self.show(typed.positions, found, told="" if found else words.nothing_found())

    @property
    def is_unfinished(self) -> bool:
        return "save-unfinished" in self.request.POST

    def fill(self, typed: Positions, position: str) -> HttpResponseBase:
        grid = self.grid(typed)
        if position not in {option.value for option in grid.for_all_others}:
            refusal = Found("others", words.not_for_all_others(position), is_hard=True)
            return self.show(typed, [refusal])
        filled = fill(typed, grid.names, position)
        return self.show(filled, told=words.all_others_are(position))

    def save(self, typed: Positions) -> HttpResponseBase:
        if saved_meanwhile(self.event, self.begun_with, self.saved, typed):
            return self.show(typed)
        if refusals := self.refusals():
            return self.show(typed, [*refusals, *self.found(typed)])
        try:
            self.write(typed)
        except Refused as refused:
            return self.show(typed, refused.findings)
        except ValidationError as error:
            wrong = [Found("refused", sentence, is_hard=True) for sentence in error.messages]
            return self.show(typed, wrong)
        messages.success(self.request, words.done(self.event, self.grid(typed)))
        return self.to_the_event()

    def refusals(self) -> list[Found]:
        sentences = []
        if self.is_unfinished and self.event.state != State.DRAFT:
            sentences.append(words.only_drafts_wait())
        if self.event.is_published and not self.reason:
            sentences.append(words.reason_wanted())
        return [Found("refused", sentence, is_hard=True) for sentence in sentences]

    def write(self, typed: Positions) -> None:
        save_positions(
            self.event,
            typed,
            person=self.request.user,  # type: ignore[arg-type]  # behind the admin's login
            reason=self.reason,
            reasons=by_sentence(self.reasons),
            unfinished=self.is_unfinished,
            others=self.found_in_the_material(typed),
            reading=material_in(self.request),
            intentions=self.proposal.intentions if self.proposal else (),
        )

    # What is shown

    def grid(self, positions: Positions) -> Grid:
        return grid_of(self.event, reference(), positions, self.saved, self.proposal)

    def found(self, positions: Positions) -> list[Found]:
        found = findings(self.event, positions, self.found_in_the_material(positions))
        return with_reasons(found, by_sentence(self.reasons))

    def found_in_the_material(self, positions: Positions) -> list[Found]:
        return self.proposal.found(positions) if self.proposal else []

    def show(
        self, positions: Positions, found: Sequence[Found] = (), told: str = "", status: int = 200
    ) -> HttpResponseBase:
        grid = self.grid(positions)
        meanwhile = saved_meanwhile(self.event, self.begun_with, self.saved, positions)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "is_nav_sidebar_enabled": False,  # the room is for the members
            "title": words.title(self.event),
            "opts": VoteEvent._meta,
            "event": self.event,
            "material": material_in(self.request),
            "grid": grid,
            "begun_with": fingerprint(self.saved),
            "reason": self.reason,
            "told": told,
            "meanwhile": meanwhile,
            "versions": words.both_versions(meanwhile, grid, self.saved) if meanwhile else [],
            **self.standing(words.in_names(found, grid)),
        }
        return TemplateResponse(self.request, "admin/entry/positions.html", context, status=status)

    def standing(self, found: list[Found]) -> dict[str, Any]:
        """Return what stands in the way; what the material leaves open has suggestions."""
        doubts = [one for one in self.proposal.doubts if one.is_hard] if self.proposal else []
        notes = self.proposal.notes if self.proposal else []
        undecided = {doubt.as_found() for doubt in doubts}
        return {
            "hard": [one for one in found if one.is_hard and one not in undecided],
            "is_undecided": any(one in undecided for one in found),
            "troubles": [*doubts, *notes],
            "asked": ask(found, self.reasons),
        }
