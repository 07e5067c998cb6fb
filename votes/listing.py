"""The filters of the list of texts and of a member's positions, with the names the address uses."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.models import DocumentSymbol, Session
from resolutions.models.timeline import Standing
from votes.models import Method, Outcome, Position, Vote
from votes.status import Status, Texts

FIRST_YEAR = 1945
SORTS = {
    "-date": _("latest first"),
    "date": _("earliest first"),
    "margin": _("narrowest first"),
    "-margin": _("widest first"),
}


def any_of(choices: Any, empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *choices]


class TextFilters(forms.Form):
    """The filters of the list of texts."""

    q = forms.CharField(label=_("Words or symbol"), required=False, max_length=200)
    session = forms.CharField(label=_("Session"), required=False, max_length=20)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2999)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=any_of(Status.choices, _("any status"))
    )
    method = forms.ChoiceField(
        label=_("Method"), required=False, choices=any_of(Method.choices, _("any method"))
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=any_of(Outcome.choices, _("any outcome"))
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))

    def clean_session(self) -> str:
        typed = self.cleaned_data["session"].strip()
        if not typed:
            return ""
        try:
            return str(symbols.parse_session(typed))
        except symbols.SymbolError as error:
            raise forms.ValidationError(_("Write a session as 77, S-29 or ES-11.")) from error

    def session_choices(self) -> list[tuple[str, str]]:
        return [("", str(_("any session")))] + [
            (session.code, session.name) for session in Session.objects.all()
        ]


def filtered_texts(texts: Texts, wanted: dict[str, Any]) -> Texts:
    """Filter texts in lists, by what a list shows of them."""
    if wanted["session"]:
        texts = texts.filter(session__code=wanted["session"])
    if wanted["year"]:
        texts = texts.filter(decided_on__year=wanted["year"])
    for field in ("status", "method", "outcome"):
        if wanted[field]:
            texts = texts.filter(**{field: wanted[field]})
    return ordered(_found(texts, wanted["q"]), wanted["sort"] or "-date")


def _found(texts: Texts, words: str) -> Texts:
    """Return the texts in which each word stands in the title, the summary or a symbol."""
    for word in words.split():
        by_symbol = DocumentSymbol.objects.filter(symbol__icontains=word).values("text")
        texts = texts.filter(
            _contains("title", word) | _contains("summary", word) | Q(pk__in=by_symbol)
        )
    return texts


def _contains(field: str, word: str) -> Q:
    """Match a word with either apostrophe: sources print one, many keyboards type the other."""
    either = {word.replace("’", "'"), word.replace("'", "’")}
    return Q(*((f"{field}__icontains", spelling) for spelling in either), _connector=Q.OR)


def ordered(texts: Texts, sort: str) -> Texts:
    """Order by one of `SORTS`; the margin is that between yes and no, whichever side won."""
    margin = Abs(F("share_of_yes") - 50.0)
    orders = {
        "-date": F("decided_on").desc(nulls_first=True),
        "date": F("decided_on").asc(nulls_last=True),
        "margin": margin.asc(nulls_last=True),
        "-margin": margin.desc(nulls_last=True),
    }
    return texts.order_by(orders[sort], "key" if sort == "date" else "-key")


class PositionsOfAMember(forms.Form):
    """The filters of a member's positions."""

    position = forms.ChoiceField(
        label=_("Position"), required=False, choices=any_of(Position.choices, _("any position"))
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2999)
    q = forms.CharField(label=_("Words in the title"), required=False, max_length=200)


def filtered_positions(votes: QuerySet[Vote], wanted: dict[str, Any]) -> QuerySet[Vote]:
    if wanted["position"]:
        votes = votes.filter(position=wanted["position"])
    if wanted["year"]:
        votes = votes.filter(event__date__year=wanted["year"])
    for word in wanted["q"].split():
        votes = votes.filter(_contains("event__text__title", word))
    return votes


class TimelineFilters(forms.Form):
    """The filters of the timeline."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2999)
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=any_of(Standing.choices, _("any standing"))
    )
    text = forms.CharField(label=_("Text"), required=False, max_length=200)
