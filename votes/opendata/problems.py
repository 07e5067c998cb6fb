"""Refusals as programs read them: RFC 9457, one sentence for each."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from votes.opendata.columns import as_json, column

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Reason:
    """A kind of refusal; `detail` is said where nothing more is known, `meaning` in general."""

    title: str | Promise
    detail: str | Promise
    meaning: str | Promise


REASONS = {
    400: Reason(
        _("This address cannot be read"),
        _("The request makes no sense to this portal."),
        _(
            "A parameter is not known or its value does not fit, or the query is longer than 4096 "
            "bytes, not UTF-8, or contains NUL."
        ),
    ),
    404: Reason(
        _("There is no such page"),
        _("The portal holds nothing under this address."),
        _("Nothing is held under this address, or a list has no row to go on from."),
    ),
    405: Reason(
        _("This page can only be read"),
        _("Nothing can be sent to this address. Pages of the portal answer GET and HEAD."),
        _("Any method but GET, HEAD and OPTIONS."),
    ),
    410: Reason(
        _("Withdrawn"),
        _("The portal showed it, and then took it back."),
        _("The portal showed it once and took it back; the sentence tells when and why."),
    ),
    413: Reason(
        _("Too much at once"),
        _("What was sent is far too large, and nothing of it was read."),
        _("More than 12 MB were sent with the request."),
    ),
    500: Reason(
        _("Something went wrong"),
        _("The portal could not make this answer. The fault is on our side."),
        _("A fault of the portal. Nothing that is asked for can cause it."),
    ),
    503: Reason(
        _("The database does not answer"),
        _("The portal cannot make this page at the moment. Nothing was lost."),
        _("Retry-After names the seconds after which to ask again."),
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
