"""Every kind of page described, from what the page itself shows."""

from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from resolutions.addresses import address
from resolutions.models import Resolution, Session, Subject
from resolutions.models.text import Organ, document_url
from resolutions.wording import grouped, long_date
from votes.logs import EarlierPositions
from votes.models import VoteEvent
from votes.opendata.described import Crumb, Described, Document, plain
from votes.pages import EventPage, TextPage
from votes.profile import Profile
from votes.runs import RunPage
from votes.search.finding import Finding
from votes.status import Status

MOST_IN_A_TITLE = 6  # filters
ORGANS = {
    Organ.ASSEMBLY: lambda: _t("United Nations, General Assembly"),
    Organ.COUNCIL: lambda: _t("United Nations, Security Council"),
}


def of_text(page: TextPage) -> Described:
    text, vote = page["text"], page["vote"]
    session = text.session
    above = Crumb(session.name, session.get_absolute_url()) if session else None
    return Described(
        title=f"{text.title} ({text.symbol})" if text.symbol else text.title,
        path=text.get_absolute_url(),
        short=text.symbol,
        sentence=plain(page["answer"].sentence),
        crumbs=(sessions_crumb(), above) if above else (texts_crumb(),),
        document=document_of(page),
        vote=vote["event"].key if vote else "",
        is_dataset=bool(vote and vote["roll_call"]),
    )


def document_of(page: TextPage) -> Document | None:
    """Return the document of the United Nations; the day is known where it was adopted."""
    text, vote = page["text"], page["vote"]
    if not text.symbol:
        return None
    is_adopted = bool(vote and text.adopted_symbol and page["status"] == Status.ADOPTED)
    return Document(
        symbol=text.symbol,
        title=text.title,
        organ=ORGANS[Organ(text.organ)](),
        kind=text.get_kind_display() if text.adopted_symbol else _t("Draft resolution"),
        day=vote["event"].date if vote and is_adopted else None,
        url=document_url(text.symbol),
    )


def of_vote(page: EventPage) -> Described:
    event, text = page["vote"]["event"], page["text"]
    question = {"question": event.question_in_words, "date": long_date(event.date)}
    title = _t("%(question)s, %(date)s") % question
    return Described(
        title=f"{title} ({text.symbol})" if text else title,
        path=address("vote", event.key),
        sentence=plain(page["vote"]["answer"].sentence),
        crumbs=(texts_crumb(), *above_vote(text)),
        vote=event.key,
        is_dataset=bool(page["vote"]["roll_call"]),
    )


def above_vote(text: Resolution | None) -> tuple[Crumb, ...]:
    is_public = text is not None and text.is_published
    return (Crumb(str(text), text.get_absolute_url()),) if text and is_public else ()


def of_changes(
    text: Resolution | None, event: VoteEvent | None, path: str, page: Page[Any]
) -> Described:
    about = (str(text) if text else "", event.question_in_words if event else "")
    return Described(
        title=_t("Changes since publication: %(what)s") % {"what": ", ".join(filter(None, about))},
        path=path,
        query=query_of_page(page),
        sentence=_t("Every change of what this portal had published, latest first."),
        crumbs=(texts_crumb(), *above_vote(text)),
    )


def of_earlier_positions(page: EarlierPositions) -> Described:
    event, number = page["event"], page["revision"].number
    until = {"date": long_date(page["until"].last_day)}
    said = _t("Positions as they were until %(date)s") % until
    about = f"{event.question_in_words}, {long_date(event.date)}"
    return Described(
        title=f"{said} ({number}): {about}",
        path=address("vote-positions", event.key, number),
        sentence=_t("How each member voted, as it was shown then. It has been changed since."),
        crumbs=(texts_crumb(), *above_vote(event.text)),
        is_dataset=False,
    )


def of_state(profile: Profile, finding: Finding) -> Described:
    name = profile.member.present_name
    return Described(
        title=with_filters(_t("How %(state)s voted") % {"state": name}, finding),
        path=profile.state.get_absolute_url(),
        query=query_of(finding),
        sentence=profile.answer,
        crumbs=(Crumb(_t("Member states"), address("states")),),
    )


def of_states(count: int, query: str) -> Described:
    return Described(
        title=_t("Member states of the United Nations"),
        path=address("states"),
        query=query,
        sentence=_t(
            "%(count)d member states, present and former, with how often each voted yes or no,"
            " abstained, or did not vote."
        )
        % {"count": count},
    )


def of_session(session: Session, page: Page[Any]) -> Described:
    texts = page.paginator.count
    held = ngettext(
        "The portal holds %(texts)s text of this session.",
        "The portal holds %(texts)s texts of this session.",
        texts,
    )
    return Described(
        title=_t("%(session)s of the General Assembly") % {"session": session.name},
        path=session.get_absolute_url(),
        query=query_of_page(page),
        sentence=held % {"texts": grouped(texts)},
        crumbs=(sessions_crumb(),),
    )


def of_sessions() -> Described:
    return Described(
        title=_t("Sessions of the General Assembly"),
        path=address("sessions"),
        sentence=_t("The sessions of which the portal holds texts, with their dates."),
    )


def of_subject(subject: Subject, page: Page[Any]) -> Described:
    texts = page.paginator.count
    held = ngettext(
        "The portal holds %(texts)s text on this subject.",
        "The portal holds %(texts)s texts on this subject.",
        texts,
    )
    return Described(
        title=_t("Texts on the subject “%(subject)s”") % {"subject": subject.name},
        path=address("subject", subject.key),
        query=query_of_page(page),
        sentence=held % {"texts": grouped(texts)},
        crumbs=(texts_crumb(),),
    )


def of_texts(finding: Finding) -> Described:
    found = len(finding.places)
    told = ngettext(
        "%(found)s text, with its symbol, date, title and result.",
        "%(found)s texts, each with its symbol, date, title and result.",
        found,
    )
    return Described(
        title=with_filters(_t("Resolutions"), finding),
        path=address("resolutions"),
        query=query_of(finding),
        sentence=told % {"found": grouped(found)},
    )


def of_votes(finding: Finding) -> Described:
    found = len(finding.places)
    told = ngettext(
        "%(found)s vote, with its text, date, question and result.",
        "%(found)s votes, each with its text, date, question and result.",
        found,
    )
    return Described(
        title=with_filters(_t("Votes"), finding),
        path=address("votes"),
        query=query_of(finding),
        sentence=told % {"found": grouped(found)},
    )


def of_timeline(events: int, query: str) -> Described:
    told = ngettext(
        "%(events)d event around texts, with its date as far as it is known, and its source.",
        "%(events)d events around texts, each with its date as far as it is known, and its source.",
        events,
    )
    return Described(
        title=_t("Timeline"),
        path=address("timeline"),
        query=query,
        sentence=told % {"events": events},
    )


def of_home() -> Described:
    return Described(
        title=_t("How the General Assembly votes"),
        path=address("home"),
        sentence=_t("How the General Assembly decides, and how each state voted."),
        is_dataset=False,
    )


def of_about() -> Described:
    return Described(
        title=_t("About this portal"),
        path=address("about"),
        sentence=_t("Method, glossary, disclaimer, sources and licences."),
        is_dataset=False,
    )


def of_data() -> Described:
    return Described(
        title=_t("Data"),
        path=address("data"),
        sentence=_t(
            "Everything that the portal shows, to take away as whole tables or page by page."
        ),
        is_dataset=False,
    )


def of_ledger() -> Described:
    return Described(
        title=_t("What is held and what is missing"),
        path=address("ledger"),
        sentence=_t("What the portal holds of each session of the Assembly, and what it lacks."),
    )


def of_imports(page: Page[Any]) -> Described:
    return Described(
        title=_t("Imported files"),
        path=address("imports"),
        query=query_of_page(page),
        sentence=_t("The files that were imported into the portal, each with what came of it."),
        crumbs=(ledger_crumb(),),
    )


def of_import(page: RunPage, query: str) -> Described:
    run = page["run"]
    return Described(
        title=_t("Import of %(file)s") % {"file": run.file_name},
        path=address("import", run.pk),
        query="&".join(filter(None, (query, query_of_page(page["page"])))),
        sentence=_t("What the import of this file brought, marked, refused and listed."),
        crumbs=(ledger_crumb(), Crumb(_t("Imports"), address("imports"))),
    )


def of_api() -> Described:
    return Described(
        title=_t("API"),
        path=address("api"),
        sentence=_t("The rows and filters of the portal’s pages for programs, with all addresses."),
        is_dataset=False,
    )


def query_of_page(page: Page[Any]) -> str:
    return f"page={page.number}" if page.number > 1 else ""


def sessions_crumb() -> Crumb:
    return Crumb(_t("Sessions"), address("sessions"))


def ledger_crumb() -> Crumb:
    return Crumb(_t("Ledger"), address("ledger"))


def texts_crumb() -> Crumb:
    return Crumb(_t("Resolutions"), address("resolutions"))


def with_filters(title: str, finding: Finding) -> str:
    """Return the title of a list with what it is filtered for."""
    labels = [
        f"“{finding.typed}”" if condition.name == "q" else condition.label
        for condition in finding.conditions[:MOST_IN_A_TITLE]
    ]
    return f"{title} – {'; '.join(labels)}" if labels else title


def query_of(finding: Finding) -> str:
    """Return the parameters that make a list; the first page of it needs no key to begin after."""
    start = finding.window.start
    before = finding.catalogue.rows[finding.places[start - 1]].key if start else ""
    return finding.query(after=before)
