"""What an address asks for: which vote, which chart, in which colours."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from votes import queries
from votes.embed.refusals import Refused
from votes.opendata.exhibit import Exhibit, exhibit
from votes.opendata.pictures.drawing import CHARTS
from votes.reference import reference
from votes.withdrawals import withdrawal_of_vote

THEMES = [("light", _("light")), ("dark", _("dark"))]
WRONG_THEME = _("choose light or dark.")
WRONG_FRAME_THEME = _("choose light, dark or auto.")
WRONG_CHART = _("choose bar, board or map.")


def choice(label: Any, choices: list[tuple[str, Any]], wrong: Any) -> forms.ChoiceField:
    """Return a parameter; what is said of a wrong one does not repeat it, and so can be kept."""
    return forms.ChoiceField(
        label=label, required=False, choices=choices, error_messages={"invalid_choice": wrong}
    )


class PictureLook(forms.Form):
    """The parameters of a picture."""

    theme = choice(_("Theme"), THEMES, WRONG_THEME)


class FrameLook(forms.Form):
    """The parameters of the page that stands in a frame."""

    chart = choice(_("Chart"), [(name, name) for name in CHARTS], WRONG_CHART)
    theme = choice(_("Theme"), [("auto", _("automatic")), *THEMES], WRONG_FRAME_THEME)


def tidy_address(request: HttpRequest, form: forms.Form) -> str:
    """Return the address without what means nothing in it, or nothing if it has nothing such.

    So no picture is drawn and kept more than once.
    """
    given = {name: form.cleaned_data[name] for name in form.fields if form.cleaned_data[name]}
    query = urlencode(given)
    if request.META["QUERY_STRING"] == query:
        return ""
    path = escape_uri_path(request.path)
    return f"{path}?{query}" if query else path


def displayed_address(request: HttpRequest, shown: Exhibit) -> str:
    """Return the address of the vote's page as it is printed under a picture."""
    return f"{request.get_host()}{shown.path}"


def vote_shown(key: str) -> Exhibit:
    """Return the vote of this key; raise what says in words that there is none to show."""
    event = queries.vote_called(key)
    if event is not None:
        return exhibit(event, reference())
    hidden = queries.vote_out_of_sight(key)
    if hidden is not None and (gone := withdrawal_of_vote(hidden)):
        raise Refused(410, gone.in_words, gone=gone)
    raise Http404(_t("The portal holds no vote under this address."))


def check_chart(shown: Exhibit, chart: str) -> None:
    """Raise what says why there is no such chart of this vote."""
    if chart not in CHARTS:
        raise Http404(_t("There is no such chart: choose bar, board or map."))
    if chart != "bar" and not shown.rows:
        raise Http404(shown.no_positions)
