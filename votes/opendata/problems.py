"""Refusals as programs read them: RFC 9457, one sentence for each."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from votes.opendata.columns import as_json, column

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Reason:
    """Why something is refused: in general, and in a sentence where nothing better is known."""

    title: str | Promise
    detail: str | Promise


REASONS = {
    400: Reason(
        _("The address cannot be read"),
        _("A parameter is unknown, or its value does not fit; the sentence says which."),
    ),
    404: Reason(
        _("Nothing is there"),
        _("The portal holds nothing under this address."),
    ),
    405: Reason(
        _("Nothing can be sent here"),
        _("Addresses of the portal answer GET, HEAD and OPTIONS."),
    ),
    410: Reason(
        _("It was withdrawn"),
        _("The portal showed it, and then took it back."),
    ),
    413: Reason(
        _("Too much at once"),
        _("What was sent is far too large, and nothing of it was read."),
    ),
    500: Reason(
        _("Something went wrong"),
        _("The fault is on our side. Please try again in a minute."),
    ),
    503: Reason(
        _("The database does not answer"),
        _("Please try again after the time that Retry-After names."),
    ),
}


@dataclass(frozen=True)
class Problem:
    """Why a request was refused."""

    type: str = column(_("Where this kind of refusal is described."))
    title: str = column(_("The kind of refusal."))
    status: int = column(_("The status of the answer."))
    detail: str = column(_("What is wrong and what to do, in a sentence."))


def problem(status: int, detail: str = "") -> JsonResponse:
    reason = REASONS[status]
    told = Problem(f"/api/#error-{status}", str(reason.title), status, detail or str(reason.detail))
    return JsonResponse(as_json(told), status=status, content_type=CONTENT_TYPE)
