"""The filters of a list of votes or texts, with the names that the address uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from votes.doubts import REASONS, slug_of
from votes.models import Method, Outcome, Position, Question, Rule
from votes.reference import Member, Reference
from votes.search.catalogue import ANY_REASON, DISPUTED
from votes.status import Status

FIRST_YEAR = 1945
LONGEST_QUERY = 200
MOST_STATES = 10
SORTS = {
    "-date": _("latest first"),
    "date": _("earliest first"),
    "relevance": _("best match first"),
    "margin": _("narrowest first"),
    "-margin": _("widest first"),
    "-against": _("most against first"),
    "-abstentions": _("most abstentions first"),
}
MARGINS = {
    "unanimous": _("nobody against"),  # unanimous among those that voted; some may have abstained
    "contested": _("contested: a quarter or more on the smaller side"),
}
HELD = {
    "positions": _("the position of each member"),
    "totals": _("totals only"),
    "no-vote": _("adopted without a vote"),
    "no-result": _("no result"),
}
MARKED = {ANY_REASON: _("for any reason")} | {
    slug_of(code): reason.name for code, reason in REASONS.items()
}
# The positions as the address names them; the codes of the formats are understood as well.
POSITIONS = {
    "yes": Position.YES,
    "no": Position.NO,
    "abstain": Position.ABSTAIN,
    "non-voting": Position.NON_VOTING,
    "not-eligible": Position.NOT_ELIGIBLE,
}
NAMES = {position: name for name, position in POSITIONS.items()}


def any_of(choices: Any, empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *choices]


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=any_of(choices, _("any")))


def whole_number(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


class Filters(forms.Form):
    """The filters that stand once in an address; how states voted comes in pairs."""

    q = forms.CharField(label=_("Words or symbol"), required=False, max_length=LONGEST_QUERY)
    sort = choice(_("Order"), list(SORTS.items()))
    session = forms.CharField(label=_("Session"), required=False, max_length=20)
    decade = whole_number(_("Decade"), FIRST_YEAR // 10 * 10, 2990)
    year = whole_number(_("Year"), FIRST_YEAR, 2999)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=120)
    status = choice(_("Status"), Status.choices)
    method = choice(_("Method"), Method.choices)
    question = choice(_("Kind of question"), Question.choices)
    outcome = choice(_("Outcome"), Outcome.choices)
    rule = choice(_("Majority rule"), Rule.choices)
    margin = choice(_("Margin"), list(MARGINS.items()))
    within = whole_number(_("Decided within so many votes"), 0, 999)
    against_below = whole_number(_("Fewer votes against than"), 1, 999)
    split = forms.CharField(label=_("Group that split"), required=False, max_length=30)
    held = choice(_("What is held"), list(HELD.items()))
    marked = choice(_("Marked in an import"), list(MARKED.items()))
    disputed = choice(_("Another source differs"), [(DISPUTED, _("yes"))])

    def clean_session(self) -> str:
        typed = self.cleaned_data["session"].strip()
        if not typed:
            return ""
        try:
            return str(symbols.parse_session(typed))
        except symbols.SymbolError as error:
            raise forms.ValidationError(_("Write a session as 77, S-29 or ES-11.")) from error

    def clean_decade(self) -> int | None:
        decade: int | None = self.cleaned_data["decade"]
        return None if decade is None else decade // 10 * 10


# All that the address of a list of votes or texts understands.
PARAMETERS = (*Filters.base_fields, "state", "position")


@dataclass(frozen=True)
class Held:
    """How a state voted: the position it held, or any (an empty one).

    On a state's own page its position stands in the address without its code.
    """

    member: Member
    position: str
    is_own: bool = False

    @property
    def name(self) -> str:
        """Return the position as the address names it."""
        return NAMES[Position(self.position)] if self.position else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        own = [] if self.is_own else [("state", self.member.code)]
        return [*own, ("position", self.name)]


def held_by_states(data: QueryDict, reference: Reference, own: Member | None = None) -> list[Held]:
    """Read `state=IND&position=abstain&state=BRA&position=yes`: pairs in the order they come in.

    On the page of the state `own` its own position may come first, without a state. Raises
    BadRequest, with a sentence, where a state or position is unknown or stands alone.
    """
    states, positions = data.getlist("state"), data.getlist("position")
    found = []
    if own and len(positions) > len(states):
        position = position_called(positions.pop(0).strip())
        found = [Held(own, position, is_own=True)] if position else []
    if len(positions) > len(states) or len(states) > MOST_STATES:
        raise BadRequest(
            _t("Give each position its state before it, and at most %(most)d states.")
            % {"most": MOST_STATES}
        )
    positions += [""] * (len(states) - len(positions))
    pairs = (
        _held(state.strip(), position.strip(), reference)
        for state, position in zip(states, positions, strict=True)
    )
    return list(dict.fromkeys([*found, *(pair for pair in pairs if pair)]))


def _held(state: str, position: str, reference: Reference) -> Held | None:
    if not state and not position:
        return None
    member = reference.by_code.get(state.upper())
    if member is None:
        raise BadRequest(_t("State: write the code of a member state, for example IND."))
    return Held(member, position_called(position))


def position_called(name: str) -> str:
    """Return the code of a position; an empty name is any position."""
    if not name:
        return ""
    if name.upper() in Position.values:
        return name.upper()
    if name.lower() not in POSITIONS:
        known = ", ".join(POSITIONS)
        raise BadRequest(_t("Position: choose one of %(known)s.") % {"known": known})
    return str(POSITIONS[name.lower()].value)


def query_of(values: Mapping[str, Any], states: Iterable[Held], **changes: Any) -> str:
    """Return the address's query for filters; empty ones are left out."""
    kept = {**values, **changes}
    pairs = [(name, str(value)) for name, value in kept.items() if value not in (None, "")]
    return urlencode([*pairs, *(pair for held in states for pair in held.pairs)])
