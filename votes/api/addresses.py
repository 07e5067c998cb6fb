"""Every address of the API; one that is longer stands before the one that it begins with."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from votes.api import finders, words
from votes.api.endpoints import KEY, Endpoint, all_of, many, one
from votes.api.fields import PATTERNS, parameters_of
from votes.api.parameters import Parameter
from votes.api.rows import PortalRow
from votes.listing import TimelineFilters
from votes.models import Position
from votes.opendata import rows
from votes.opendata.building.changes import ChangeRow
from votes.opendata.popolo import Motion
from votes.opendata.taking.headings import SessionDocument, SubjectDocument
from votes.opendata.taking.states import StateDocument
from votes.opendata.taking.votes import TextDocument, VoteDocument
from votes.pages import PositionFilters
from votes.reference import Reference
from votes.search.filters import MOST_STATES, POSITIONS, Filters

ANY = {"": _("any")}
BY_WORD = {name: position.label for name, position in POSITIONS.items()}
BY_CODE = {position.value: position.label for position in Position}


def filters_of_cards(snapshot: Reference) -> list[Parameter]:
    """Return the filters of a list of texts or votes."""
    return [*parameters_of(Filters()), _states(snapshot), _positions(MOST_STATES)]


def filters_of_a_state(snapshot: Reference) -> list[Parameter]:
    own = _positions(MOST_STATES + 1, words.OWN_POSITION)
    return [*parameters_of(Filters()), _states(snapshot), own]


def _states(snapshot: Reference) -> Parameter:
    names = dict(snapshot.choices)
    return Parameter("state", words.FILTERS["state"], choices=names, most_times=MOST_STATES)


def _positions(most: int, description: words.Text = words.FILTERS["position"]) -> Parameter:
    choices = {**BY_WORD, **BY_CODE, **ANY}
    return Parameter("position", description, choices=choices, most_times=most)


def filters_of_positions(snapshot: Reference) -> list[Parameter]:
    position = Parameter("position", words.POSITION_OF_MEMBERS, choices={**BY_WORD, **BY_CODE})
    return [position, *filters_of_members(snapshot)]


def filters_of_members(snapshot: Reference) -> list[Parameter]:
    """Return the group and the name: the fields of the list of states have the same."""
    found = parameters_of(PositionFilters(QueryDict(), snapshot))
    return [parameter for parameter in found if parameter.name in ("group", "name")]


def filters_of_the_timeline(snapshot: Reference) -> list[Parameter]:
    return parameters_of(TimelineFilters())


SYMBOL = Parameter(
    "symbol", words.SYMBOL, pattern=r"[A-Za-z0-9][A-Za-z0-9 ./()\[\],;#_-]*", longest=80,
    example="A/RES/ES-11/1",
)  # fmt: skip
VOTE = Parameter("key", words.VOTE, pattern=KEY, longest=80, example="2022-03-02-A-RES-ES-11-1")
STATE = Parameter("code", words.STATE, pattern=r"[A-Z]{3}", example="FRA")
SESSION = Parameter("code", words.SESSION, pattern=PATTERNS["session"][0], example="ES-11")
SUBJECT = Parameter("key", words.SUBJECT, pattern=KEY, longest=120, example="ukraine")

A_VOTE = "/votes/2022-03-02-A-RES-ES-11-1"
WHOLE, TEXTS = _("The portal as a whole"), _("Texts")
VOTES, STATES = _("Votes"), _("Member states")

ENDPOINTS = [
    Endpoint(
        "portal", WHOLE, "/", _("What the portal holds, and in which state its data are."),
        one(PortalRow), finders.portal, example="/",
    ),
    Endpoint(
        "timeline", WHOLE, "/timeline", _("Events around the texts, as the sources tell them."),
        many(rows.TimelineRow), finders.timeline, filters=filters_of_the_timeline, goes_on=True,
        example="/timeline?text=ES-11/4",
    ),
    Endpoint(
        "sources", WHOLE, "/sources", _("The documents that facts were taken from."),
        many(rows.SourceRow), finders.sources, goes_on=True, example="/sources",
    ),
    Endpoint(
        "resolutions", TEXTS, "/resolutions", _("Texts, each with the last decision on it."),
        many(rows.ResolutionRow), finders.resolutions, filters=filters_of_cards, goes_on=True,
        example="/resolutions?q=territorial&status=adopted&sort=-margin",
    ),
    Endpoint(
        "resolution", TEXTS, "/resolutions/{symbol}", _("One text with all that its page tells."),
        all_of(TextDocument), finders.resolution, (SYMBOL,), may_be_gone=True,
        example="/resolutions/A/RES/ES-11/1",
    ),
    Endpoint(
        "sessions", TEXTS, "/sessions", _("Sessions of the General Assembly."),
        many(rows.SessionRow), finders.sessions, example="/sessions",
    ),
    Endpoint(
        "session", TEXTS, "/sessions/{code}", _("One session with its texts."),
        all_of(SessionDocument), finders.session, (SESSION,), goes_on=True,
        example="/sessions/ES-11",
    ),
    Endpoint(
        "subjects", TEXTS, "/subjects", _("Headings over texts."),
        many(rows.SubjectRow), finders.subjects, goes_on=True, example="/subjects",
    ),
    Endpoint(
        "subject", TEXTS, "/subjects/{key}", _("One heading with the texts under it."),
        all_of(SubjectDocument), finders.subject, (SUBJECT,), goes_on=True,
        example="/subjects/ukraine",
    ),
    Endpoint(
        "votes", VOTES, "/votes", _("Votes, and adoptions without a vote."),
        many(rows.VoteRow), finders.votes, filters=filters_of_cards, goes_on=True,
        example="/votes?state=IND&position=abstain&state=BRA&position=yes",
    ),
    Endpoint(
        "votePositions", VOTES, "/votes/{key}/positions",
        _("The position of each member in one vote."),
        many(rows.PositionRow), finders.positions, (VOTE,), filters_of_positions,
        may_be_gone=True, example=f"{A_VOTE}/positions?position=abstain",
    ),
    Endpoint(
        "voteChanges", VOTES, "/votes/{key}/changes",
        _("What was changed of one vote after its publication."),
        many(ChangeRow), finders.changes, (VOTE,), goes_on=True, may_be_gone=True,
        example=f"{A_VOTE}/changes",
    ),
    Endpoint(
        "votePopolo", VOTES, "/votes/{key}/popolo", _("One vote in the terms of Popolo."),
        one(Motion), finders.as_popolo, (VOTE,), may_be_gone=True, example=f"{A_VOTE}/popolo",
    ),
    Endpoint(
        "vote", VOTES, "/votes/{key}", _("One vote with all that its page tells."),
        all_of(VoteDocument), finders.vote, (VOTE,), may_be_gone=True, example=A_VOTE,
    ),
    Endpoint(
        "states", STATES, "/states", _("Member states, present and former ones."),
        many(rows.StateRow), finders.states, filters=filters_of_members, example="/states?name=fra",
    ),
    Endpoint(
        "statePositions", STATES, "/states/{code}/positions",
        _("The positions of one member, latest first."),
        many(rows.PositionRow), finders.positions_of_state, (STATE,), filters_of_a_state,
        goes_on=True, example="/states/FRA/positions?position=no&year=2022",
    ),
    Endpoint(
        "state", STATES, "/states/{code}", _("One member with all that its page tells."),
        all_of(StateDocument), finders.state, (STATE,), filters_of_a_state, goes_on=True,
        example="/states/FRA?limit=10",
    ),
]  # fmt: skip
