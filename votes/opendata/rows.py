"""The rows of every list as data: what each holds, and what each of its columns means.

The same classes describe what pages offer as CSV and JSON, what the API answers, and the tables of
a data pack. Names of keys are the same in all of them, so that tables can be joined by name.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from resolutions.models.provenance import Fact, Relation, SourceKind
from resolutions.models.session import SessionKind
from resolutions.models.text import Organ, Scheme, TextKind
from resolutions.models.timeline import EventKind, Precision, Standing
from votes.models import GroupKind, Method, Outcome, Question, Rule, Venue
from votes.models.position import Differing
from votes.opendata.columns import column
from votes.search.filters import POSITIONS
from votes.status import Status

POSITION_WORDS = [(name, position.label) for name, position in POSITIONS.items()]
INTENTION_WORDS = POSITION_WORDS[:3]
NAME_STANDINGS = [
    ("in force", _("The name was in force on that day.")),
    ("uncertain", _("No source says whether the name was still in force on that day.")),
    ("present", _("The name of that day is not known; this is the present one.")),
]

TEXT_KEY = _("The portal’s stable key of the text.")
VOTE_KEY = _("The portal’s stable key of the vote.")
UNDL_ID = _("The number of the voting record in the UN Digital Library.")
RCID = _("The number of the vote in Erik Voeten’s data (rcid).")
SYMBOL = _("The symbol the text goes by: the resolution’s, or its last draft’s before adoption.")
TITLE = _("The official title of the text, or a description where it has none.")
SESSION = _("The session of the Assembly, written 77, S-29 or ES-11.")
DATE = _("The day of the vote or decision.")
VENUE = _("The body that voted.")
QUESTION = _("What was put to the vote: a text as a whole, a part of it, or a motion.")
QUESTION_TEXT = _("Which paragraph, amendment or motion it was, in words.")
METHOD = _("How it was decided.")
RULE = _("The majority that was needed.")
OUTCOME = _("What was decided; for a paragraph retained or deleted, for a motion carried or not.")
YES = _("Votes in favour: as announced where a total was announced, or else as counted.")
NO = _("Votes against: as announced where a total was announced, or else as counted.")
ABSTAIN = _("Abstentions: as announced where a total was announced, or else as counted.")
HAS_POSITIONS = _("Whether the portal holds the position of each member.")
ADDRESS = _("Where the portal shows it: the path that follows the portal’s own address.")
MEMBER_CODE = _("The three-letter code of the member that the UN Digital Library uses.")
MEMBER_NAME = _("The name of the member that was in force on the day, as far as it is known.")
NAME_STANDING = _("How well it is known that the name was in force on that day.")
GROUP_ON_THE_DAY = _("The key of the member’s regional group on that day.")
DATA_SET = _(
    "The key of the data set that the vote was imported from; empty where its facts name their "
    "sources one by one."
)
NOTE = _("What a reader should know.")
SOURCE = _("The key of the source, under which it stands in the list of sources.")


@dataclass(frozen=True)
class ResolutionRow:
    """One text, with the last decision on it as a whole."""

    text_key: str = column(TEXT_KEY)
    symbol: str | None = column(SYMBOL)
    draft_symbols: tuple[str, ...] = column(_("The symbols of its drafts, from the first."))
    title: str = column(TITLE)
    title_is_ours: bool = column(
        _("Whether the title is a description by the portal, because the text has none.")
    )
    organ: str = column(_("The organ whose text it is."), codes=Organ.choices)
    kind: str = column(_("The kind of document."), codes=TextKind.choices)
    session: str | None = column(SESSION)
    status: str = column(_("What has become of the text."), codes=Status.choices)
    agenda_item: str | None = column(_("The agenda item, as the meeting record prints it."))
    subject_keys: tuple[str, ...] = column(_("The keys of the headings over the text."))
    subjects: tuple[str, ...] = column(_("The headings over the text, in the same order."))
    date: datetime.date | None = column(_("The day of the last decision on the text."))
    vote_key: str | None = column(_("The portal’s stable key of that decision."))
    undl_id: int | None = column(UNDL_ID)
    method: str | None = column(METHOD, codes=Method.choices)
    rule: str | None = column(RULE, codes=Rule.choices)
    outcome: str | None = column(OUTCOME, codes=Outcome.choices)
    yes: int | None = column(YES)
    no: int | None = column(NO)
    abstain: int | None = column(ABSTAIN)
    non_voting: int | None = column(
        _("Members that did not vote, where a source says it or the positions show it.")
    )
    has_positions: bool = column(HAS_POSITIONS)
    data_set: str | None = column(DATA_SET)
    address: str = column(ADDRESS)


@dataclass(frozen=True)
class VoteRow:
    """One vote, or one adoption without a vote."""

    vote_key: str = column(VOTE_KEY)
    undl_id: int | None = column(UNDL_ID)
    rcid: int | None = column(RCID)
    text_key: str | None = column(TEXT_KEY)
    symbol: str | None = column(SYMBOL)
    title: str | None = column(TITLE)
    session: str | None = column(SESSION)
    date: datetime.date = column(DATE)
    sequence: int = column(_("The order among the votes of one day."))
    venue: str = column(VENUE, codes=Venue.choices)
    question: str = column(QUESTION, codes=Question.choices)
    question_text: str | None = column(QUESTION_TEXT)
    method: str = column(METHOD, codes=Method.choices)
    rule: str = column(RULE, codes=Rule.choices)
    rule_basis: str | None = column(
        _("The provision that asks for this majority, where a source names it.")
    )
    outcome: str = column(OUTCOME, codes=Outcome.choices)
    yes: int | None = column(YES)
    no: int | None = column(NO)
    abstain: int | None = column(ABSTAIN)
    announced_yes: int | None = column(_("Votes in favour, as announced."))
    announced_no: int | None = column(_("Votes against, as announced."))
    announced_abstain: int | None = column(_("Abstentions, as announced."))
    announced_non_voting: int | None = column(
        _("Members that did not vote, where the source prints it.")
    )
    counted_yes: int | None = column(_("Positions held that are in favour."))
    counted_no: int | None = column(_("Positions held that are against."))
    counted_abstain: int | None = column(_("Positions held that are abstentions."))
    counted_non_voting: int | None = column(_("Members held as not voting."))
    counted_not_eligible: int | None = column(_("Members held as not eligible to vote."))
    meeting: str | None = column(_("The symbol of the meeting record."))
    has_positions: bool = column(HAS_POSITIONS)
    note: str | None = column(NOTE)
    data_set: str | None = column(DATA_SET)
    address: str = column(ADDRESS)


@dataclass(frozen=True)
class PositionRow:
    """One member’s recorded position in one vote."""

    vote_key: str = column(VOTE_KEY)
    undl_id: int | None = column(UNDL_ID)
    rcid: int | None = column(RCID)
    text_key: str | None = column(TEXT_KEY)
    symbol: str | None = column(SYMBOL)
    date: datetime.date = column(DATE)
    title: str | None = column(TITLE)
    session: str | None = column(SESSION)
    venue: str = column(VENUE, codes=Venue.choices)
    question: str = column(QUESTION, codes=Question.choices)
    question_text: str | None = column(QUESTION_TEXT)
    member_code: str = column(MEMBER_CODE)
    member_name: str = column(MEMBER_NAME)
    name_standing: str = column(NAME_STANDING, codes=NAME_STANDINGS)
    group: str | None = column(GROUP_ON_THE_DAY)
    position: str = column(
        _("The position as the record shows it, whatever the member said later."),
        codes=POSITION_WORDS,
    )
    intention: str | None = column(
        _("What the member later said it had intended; it is never counted."),
        codes=INTENTION_WORDS,
    )
    outcome: str = column(OUTCOME, codes=Outcome.choices)
    yes: int | None = column(YES)
    no: int | None = column(NO)
    abstain: int | None = column(ABSTAIN)
    data_set: str | None = column(DATA_SET)


@dataclass(frozen=True)
class StateRow:
    """One member state, with how often it held each position in the Assembly’s plenary."""

    member_code: str = column(MEMBER_CODE)
    iso2: str | None = column(
        _("The ISO two-letter code; that of Namibia is NA, which is not a missing value.")
    )
    m49: str | None = column(_("The three digits of the M49 code."))
    cow: int | None = column(_("The number in the Correlates of War list (ccode)."))
    name: str = column(_("The present name, or the last one of a member that is no more."))
    admitted: datetime.date = column(_("The first day with a seat."))
    ended: datetime.date | None = column(
        _("The first day without a seat; empty for a present member.")
    )
    group: str | None = column(_("The key of the member’s present regional group."))
    group_name: str | None = column(_("The name of the member’s present regional group."))
    successors: tuple[str, ...] = column(_("The codes of the members that came after it."))
    yes: int = column(_("How often the member voted yes."))
    no: int = column(_("How often the member voted no."))
    abstain: int = column(_("How often the member abstained."))
    non_voting: int = column(_("How often the member did not vote."))
    not_eligible: int = column(_("How often a source says that the member could not vote."))
    note: str | None = column(NOTE)
    address: str = column(ADDRESS)


@dataclass(frozen=True)
class SessionRow:
    """One session of the General Assembly."""

    session: str = column(SESSION)
    name: str = column(_("The name of the session."))
    kind: str = column(_("The kind of session."), codes=SessionKind.choices)
    number: int = column(_("The number among the sessions of its kind."))
    opened: datetime.date | None = column(_("The day on which it was opened."))
    closed: datetime.date | None = column(_("The day on which it was closed."))
    texts: int = column(_("How many texts of the session the portal holds."))
    note: str | None = column(NOTE)
    address: str = column(ADDRESS)


@dataclass(frozen=True)
class SubjectRow:
    """One heading under which texts are found."""

    subject_key: str = column(_("The portal’s stable key of the heading."))
    name: str = column(_("The heading as readers see it."))
    scheme: str = column(_("Where the heading comes from."), codes=Scheme.choices)
    texts: int = column(_("How many texts the portal holds under it."))
    address: str = column(ADDRESS)


@dataclass(frozen=True)
class TimelineRow:
    """One entry of a timeline."""

    event_key: str | None = column(
        _("The portal’s stable key of the event; none where a vote tells of itself.")
    )
    date: str | None = column(
        _("The date as far as it is known: 2022-10-12, 2022-10 or 2022; empty where undated.")
    )
    precision: str = column(_("How exactly the date is known."), codes=Precision.choices)
    not_after: datetime.date | None = column(
        _("For an undated event, the day by which it had happened.")
    )
    standing: str = column(
        _("Whether the source reports what happened, foresees it, or quotes somebody."),
        codes=Standing.choices,
    )
    as_of: datetime.date | None = column(_("The day on which the source foresaw the event."))
    kind: str = column(_("The kind of event."), codes=EventKind.choices)
    description: str = column(_("What happened, in one or two neutral sentences."))
    symbols: tuple[str, ...] = column(_("The symbols of the texts that it belongs to."))
    sources: tuple[str, ...] = column(_("The keys of the sources that state it."))
    publishers: tuple[str, ...] = column(_("The publishers of those sources."))
    differing: tuple[str, ...] = column(
        _("What other sources say instead, each with its publisher before it.")
    )
    address: str | None = column(ADDRESS)


@dataclass(frozen=True)
class NameRow:
    """One name of a member state, with the days on which it was in force."""

    member_code: str = column(MEMBER_CODE)
    name: str = column(_("The name."))
    from_date: datetime.date | None = column(
        _("The first day of the name; empty where it is not known or since admission.")
    )
    to_date: datetime.date | None = column(_("The first day of the next name."))
    uncertain_from: datetime.date | None = column(
        _("From this day on no source says whether the name was still in force.")
    )
    code: str | None = column(_("The three-letter code of that time, where it was another."))
    note: str | None = column(NOTE)


@dataclass(frozen=True)
class MembershipRow:
    """One member’s place in a group of states."""

    member_code: str = column(MEMBER_CODE)
    group: str = column(_("The portal’s stable key of the group."))
    name: str = column(_("The name of the group."))
    kind: str = column(_("The kind of group."), codes=GroupKind.choices)
    from_date: datetime.date | None = column(_("The first day in the group, where known."))
    to_date: datetime.date | None = column(_("The first day outside the group."))
    as_listed: str | None = column(
        _("The year of the list that shows it, where the dates are not known.")
    )
    note: str | None = column(NOTE)


@dataclass(frozen=True)
class GapRow:
    """Days on which a member held no seat of its own, though its membership went on."""

    member_code: str = column(MEMBER_CODE)
    from_date: datetime.date = column(_("The first day without a seat."))
    to_date: datetime.date = column(_("The first day with a seat again."))
    note: str | None = column(NOTE)


@dataclass(frozen=True)
class IntentionRow:
    """What a member later said it had intended, beside what was recorded."""

    vote_key: str = column(VOTE_KEY)
    member_code: str = column(MEMBER_CODE)
    member_name: str = column(MEMBER_NAME)
    recorded: str | None = column(_("The position on record."), codes=POSITION_WORDS)
    intention: str = column(
        _("What the member said it had intended; it is never counted."), codes=INTENTION_WORDS
    )
    source: str = column(SOURCE)
    note: str | None = column(NOTE)


@dataclass(frozen=True)
class DisagreementRow:
    """Where another source gives a different position or total for the same vote."""

    vote_key: str = column(VOTE_KEY)
    field: str = column(_("What differs."), codes=Differing.choices)
    member_code: str | None = column(_("The code of the member; empty where a total differs."))
    ours: str = column(_("What the portal shows and counts: a position in a word, or a number."))
    theirs: str = column(_("What the other source says, likewise."))
    source: str = column(SOURCE)
    note: str | None = column(NOTE)


@dataclass(frozen=True)
class MarkRow:
    """Why an imported vote deserves a second look."""

    vote_key: str = column(VOTE_KEY)
    code: str = column(_("The reason, as the importer names it."))
    sentence: str = column(_("The reason in words."))


@dataclass(frozen=True)
class FactRow:
    """One fact of a page with one source behind it; a fact without a source stands alone."""

    fact: str = column(_("Which fact it is."), codes=Fact.choices)
    value: str | None = column(_("What the portal shows, in words; empty where it is not known."))
    source: str | None = column(SOURCE)
    relation: str | None = column(
        _("Whether the source states it, repeats it from another, or says something else."),
        codes=Relation.choices,
    )
    locator: str | None = column(_("Where in the source it stands."))
    note: str | None = column(_("Where the source differs, what it says instead."))


@dataclass(frozen=True)
class SourceRow:
    """One document that facts were taken from."""

    source: str = column(SOURCE)
    kind: str = column(_("What sort of document it is."), codes=SourceKind.choices)
    publisher: str = column(_("Who published it."))
    title: str = column(_("The title as it is printed."))
    date: datetime.date | None = column(_("The day of publication, where known."))
    date_text: str | None = column(_("The date in words, where one day does not say it."))
    url: str | None = column(_("Where it can be read."))
    licence: str | None = column(_("The terms of use, where they are stated."))
    attribution: str = column(
        _("The line of attribution that the publisher asks for, or one that names the source.")
    )
