"""The tables of a pack, in an order in which each comes after those that it names.

Rows stand in the order in which the portal got them: a newer pack goes on where an older one ended,
and a portal made from a pack shows its rows in the same order. They name each other by natural keys
(key, code, symbol), never by the numbers of this database.
"""

from resolutions.models import (
    Citation,
    DocumentSymbol,
    ImportRun,
    Resolution,
    Session,
    Source,
    Subject,
    TimelineEvent,
    TimelineLink,
)
from votes import queries
from votes.models import (
    Discrepancy,
    EventMember,
    GroupMembership,
    ImportMark,
    MemberState,
    SeatGap,
    Sponsorship,
    StatedIntention,
    StateGroup,
    StateName,
    Vote,
    VoteEvent,
)
from votes.opendata.pack import histories, public
from votes.opendata.pack.memory import MEMORY
from votes.opendata.pack.table import Table, of_model

KEY = "A stable name, which never changes."
ORIGIN = "Where the row came from: a fixture, an import, or a person who entered it."
SELF_PUBLISHED = "Whether it was published by who entered it, so that no second person checked it."
OF_A_CONCEPT = {"key": KEY, "origin": ORIGIN, "self_published": SELF_PUBLISHED}

SOURCES = of_model(
    "sources",
    Source,
    "The documents that facts were taken from.",
    "key kind publisher title date date_text url licence attribution note copy_of",
    "key",
    public.sources,
    said={"key": KEY},
)
SESSIONS = of_model(
    "sessions",
    Session,
    "The sessions of the General Assembly.",
    "code kind number opened closed note",
    "code",
    queries.sessions,
    said={
        "opened": "The first day; empty where no source says it.",
        "closed": "The last day; empty where no source says it, and while the session goes on.",
    },
)
SUBJECTS = of_model(
    "subjects",
    Subject,
    "The topic headings under which texts are found.",
    "key name scheme",
    "key",
    public.subjects,
    said={"key": KEY},
)
TEXTS = of_model(
    "texts",
    Resolution,
    "Resolutions, decisions and drafts: one row for each text, from its draft to its end.",
    "key organ kind title title_is_ours session agenda_item summary origin self_published",
    "key",
    public.texts,
    said={
        **OF_A_CONCEPT,
        "title_is_ours": "Whether the title is a description: the text has no official one.",
        "summary": "What the text says, in a sentence or two of this portal.",
    },
)
SYMBOLS = of_model(
    "symbols",
    DocumentSymbol,
    "The document symbols of the texts.",
    "text symbol role sequence",
    "symbol text",
    public.on_texts(DocumentSymbol),
)
TEXT_SUBJECTS = of_model(
    "text_subjects",
    Resolution.subjects.through,
    "Which text stands under which heading.",
    "text=resolution subject",
    "text subject",
    public.on_texts(Resolution.subjects.through, "resolution"),
    said={"text": "The text.", "subject": "A heading under which it is found."},
)
STATES = of_model(
    "states",
    MemberState,
    "The members of the United Nations, former ones too: one row for each membership.",
    "code iso2 m49 cow admitted ended note",
    "code",
    said={"iso2": "Two letters of ISO 3166; empty where there are none. NA is Namibia's."},
)
STATE_SUCCESSORS = of_model(
    "state_successors",
    MemberState.successors.through,
    "Which members came after one that is no more.",
    "state=from_memberstate successor=to_memberstate",
    "state successor",
    said={"state": "The member that is no more.", "successor": "A member that came after it."},
)
STATE_NAMES = of_model(
    "state_names",
    StateName,
    "The names of the members, in six languages, with the days on which each was in force.",
    "member from_date to_date uncertain_from code name_en name_fr name_es name_ru name_ar name_zh"
    " note",
    "member from_date",
    said={
        f"name_{code}": f"The short name in {language}; empty where it is not known."
        for code, language in (
            ("fr", "French"), ("es", "Spanish"), ("ru", "Russian"), ("ar", "Arabic"),
            ("zh", "Chinese"),
        )
    },
)  # fmt: skip
SEAT_GAPS = of_model(
    "seat_gaps",
    SeatGap,
    "Days on which a member held no seat of its own, though its membership went on.",
    "member from_date to_date note",
    "member from_date",
)
GROUPS = of_model(
    "groups",
    StateGroup,
    "Regional and other groups of members.",
    "key name kind sequence note",
    "key",
    said={"key": KEY},
)
MEMBERSHIPS = of_model(
    "memberships",
    GroupMembership,
    "Which member belonged to which group, and when, where that is known.",
    "group member from_date to_date as_listed note",
    "group member from_date",
    said={"from_date": "The first day in the group; empty where no source says it."},
)
IMPORT_RUNS = of_model(
    "import_runs",
    ImportRun,
    "The runs of importers that brought rows: which file, when, with what result.",
    "started importer file_name checksum source version finished counts refusals",
    "started",
    public.runs,
    said={
        "started": "When the run began; other tables name the run by it.",
        "importer": "The command that was run.",
        "file_name": "The name of the file.",
        "checksum": "The SHA-256 of the file.",
        "source": "The data set that the file belongs to.",
        "version": "The edition of the data set, as far as it is known.",
        "finished": "When the run ended.",
        "counts": "What was read and changed, as a JSON object.",
        "refusals": "What could not be read, as a JSON list: line, content and reason of each.",
    },
)
EVENTS = of_model(
    "events",
    VoteEvent,
    "What was decided: one row for each action of an organ on one question. An adoption without a"
    " vote is one too.",
    "key text question question_text venue method rule rule_basis outcome date sequence meeting"
    " announced_yes announced_no announced_abstain announced_non_voting undl_id rcid data_set note"
    " origin self_published",
    "key",
    public.events,
    said={
        **OF_A_CONCEPT,
        "rule": "The majority that was needed; “not known” where no source says which.",
        "outcome": "What was decided.",
        "rcid": "The number of the vote in Voeten's data; empty where it has none there.",
    },
)
POSITIONS = of_model(
    "positions",
    Vote,
    "How each member voted: one row for each member and recorded vote. A state that was no member"
    " on the day has no row.",
    "event member position",
    "event member",
    public.on_events(Vote),
    order=("event_id", "member_id"),
    large=True,
)
INTENTIONS = of_model(
    "intentions",
    StatedIntention,
    "What members later said they had intended. It stands beside the record and is never counted.",
    "event member position source note",
    "event member",
    public.on_events(StatedIntention),
)
DISCREPANCIES = of_model(
    "discrepancies",
    Discrepancy,
    "Where another source gives a different position or total. The value of the portal stands.",
    "event member field ours theirs source note",
    "event member field source",
    public.on_events(Discrepancy),
)
MARKS = of_model(
    "import_marks",
    ImportMark,
    "Why an imported vote deserves a second look; it is kept as its source has it.",
    "event code sentence run",
    "",
    public.on_events(ImportMark),
    said={
        "event": "The vote.",
        "code": "The reason as a short word.",
        "sentence": "The reason in words.",
        "run": "The import that noted it.",
    },
)
SPONSORSHIPS = of_model(
    "sponsorships",
    Sponsorship,
    "Which members sponsored a draft, where that is known.",
    "text member",
    "text member",
    public.on_texts(Sponsorship),
)
MEMBERS_CONCERNED = of_model(
    "members_concerned",
    EventMember,
    "Which members a vote is about, where that is known.",
    "event member",
    "event member",
    public.on_events(EventMember),
)
TIMELINE = of_model(
    "timeline",
    TimelineEvent,
    "Dated events around the texts, as their sources told of them on their own day.",
    "key kind date precision not_after standing as_of description sequence origin self_published",
    "key",
    public.timeline,
    said={**OF_A_CONCEPT, "description": "What happened, in a sentence or two of this portal."},
)
TIMELINE_LINKS = of_model(
    "timeline_links",
    TimelineLink,
    "Which event of the timeline belongs to which text.",
    "event text",
    "event text",
    public.timeline_links,
)
CITATIONS = of_model(
    "citations",
    Citation,
    "What exactly was taken from which source.",
    "subject fact source relation locator note",
    "subject fact source",
    public.citations,
    said={
        "subject": "What is cited, as kind and key: text:…, event:…, timeline:…, session:…,"
        " state:…, group:…; “event:all-of-…” and “state:all” stand for all of a kind.",
    },
)
TABLES: tuple[Table, ...] = (
    SOURCES, SESSIONS, SUBJECTS, TEXTS, SYMBOLS, TEXT_SUBJECTS, STATES, STATE_SUCCESSORS,
    STATE_NAMES, SEAT_GAPS, GROUPS, MEMBERSHIPS, IMPORT_RUNS, EVENTS, POSITIONS,
    histories.REVISIONS, INTENTIONS, DISCREPANCIES, MARKS, SPONSORSHIPS, MEMBERS_CONCERNED,
    TIMELINE, TIMELINE_LINKS, CITATIONS, histories.WITHDRAWN, histories.CHANGES, MEMORY,
)  # fmt: skip
