"""Which of the votes in a material an address names: `?material=3&place=0`."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _t

from votes.entry.material import proposal_for
from votes.entry.proposal import Proposal
from votes.models import Material, VoteEvent


@dataclass(frozen=True)
class Read:
    """A vote as a material tells it."""

    material: Material
    proposal: Proposal


def reading_of(request: HttpRequest, event: VoteEvent) -> Read | None:
    """Return what the material of the address says of the event; None where it names none."""
    named = [request.GET.get(name, "") for name in ("material", "place")]
    if not any(named):
        return None
    if all(number.isdecimal() and len(number) < 10 for number in named):
        material = Material.objects.filter(pk=named[0]).first()
        proposal = material and proposal_for(event, material, int(named[1]))
        if material and proposal:
            return Read(material, proposal)
    raise Http404(_t("There is no such vote in a material that was pasted or uploaded."))
