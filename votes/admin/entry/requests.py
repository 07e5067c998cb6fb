"""What the query of an entry's screen names: a vote event, a material, and a vote in it."""

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _t

from votes.entry.material import contents_of, proposal_for
from votes.entry.proposal import Proposal
from votes.models import Material, Reading, VoteEvent

LARGEST = 2**31


def number_in(request: HttpRequest, name: str) -> int | None:
    """Return the whole number of this name in the address; 404 where it is something else."""
    typed = request.GET.get(name)
    if typed is None:
        return None
    if not typed.isascii() or not typed.isdecimal() or int(typed[:11]) >= LARGEST:
        raise Http404(_t("The address does not name anything here."))
    return int(typed)


def event_in(request: HttpRequest) -> VoteEvent | None:
    pk = number_in(request, "event")
    return None if pk is None else get_object_or_404(VoteEvent, pk=pk)


def material_in(request: HttpRequest) -> tuple[Material, int] | None:
    """Return the material and the place of a vote in it."""
    pk = number_in(request, "material")
    if pk is None:
        return None
    return get_object_or_404(Material, pk=pk), number_in(request, "place") or 0


def proposal_in(request: HttpRequest) -> Proposal | None:
    """Return what a material says, before there is an event."""
    named = material_in(request)
    if named is None:
        return None
    material, place = named
    votes = contents_of(material).votes
    return found(votes[place] if place < len(votes) else None)


def reading_of(request: HttpRequest, event: VoteEvent) -> Proposal | None:
    """Return what a material says of the event, or nothing where the address names none."""
    named = material_in(request)
    return None if named is None else found(proposal_for(event, *named))


def found(proposal: Proposal | None) -> Proposal:
    if proposal is None:
        raise Http404(_t("The material holds no such vote."))
    return proposal


def remember_reading(request: HttpRequest, event: VoteEvent) -> None:
    """Keep which vote of a material the event was entered from; 404 where it holds no such vote."""
    named = material_in(request)
    if reading_of(request, event) and named is not None:
        material, place = named
        Reading.objects.get_or_create(event=event, material=material, place=place)


def go_on_with(material: Material, event: VoteEvent | None) -> HttpResponseRedirect:
    """Go to the positions where the event is known and the vote is the only one; else choose."""
    if event is not None and len(contents_of(material, event.date).votes) == 1:
        address = reverse("admin:votes_voteevent_positions", args=[event.pk])
        return HttpResponseRedirect(f"{address}?{urlencode({'material': material.pk, 'place': 0})}")
    address = reverse("admin:votes_voteevent_material", args=[material.pk])
    query = f"?{urlencode({'event': event.pk})}" if event else ""
    return HttpResponseRedirect(f"{address}{query}")


def is_suggested(material: Material, text: str, code: str, event: VoteEvent | None) -> bool:
    """Say whether the reader itself suggests that this name may mean this member."""
    contents = contents_of(material, event.date if event else None)
    troubles = [*contents.troubles, *(one for vote in contents.votes for one in vote.troubles)]
    return any(
        one.text == text and code in {known.code for known in one.suggestions} for one in troubles
    )
