"""The source of an entry, and what is cited from it."""

from typing import Any

from resolutions.keys import free_key, slug, words_of
from resolutions.models import Citation, Fact, Resolution, Source
from resolutions.models.provenance import SourceKind
from resolutions.models.text import document_url
from votes.models import Outcome, Question, Rule, VoteEvent

UNITED_NATIONS = "United Nations"


def meeting_record(symbol: str) -> Source:
    """Return the meeting record as a source; it is a UN document with an address of its own."""
    source: Source = Source.objects.get_or_create(
        key=slug(symbol).lower(),
        defaults={
            "kind": SourceKind.DOCUMENT,
            "publisher": UNITED_NATIONS,
            "title": symbol,
            "url": document_url(symbol),
        },
    )[0]
    return source


def new_source(**fields: Any) -> Source:
    date = fields.get("date")
    stem = "-".join(filter(None, [words_of(fields["publisher"], 3), date and date.isoformat()]))
    source: Source = Source.objects.create(key=free_key(Source, stem or "source"), **fields)
    return source


def cite_text(text: Resolution, source: Source) -> None:
    stated = {
        Fact.SYMBOL: text.adopted_symbol,
        Fact.DRAFT_SYMBOL: text.draft_symbol,
        Fact.SESSION: text.session,
        Fact.TITLE: "" if text.title_is_ours else text.title,
    }
    cite(text.subject_key, source, stated)


def cite_event(event: VoteEvent, source: Source) -> None:
    """Cite the source for every fact that the entry states."""
    stated = {
        Fact.DATE: event.date,
        Fact.MEETING: event.meeting,
        Fact.QUESTION: event.question != Question.WHOLE,
        Fact.METHOD: event.method,
        Fact.TOTALS: event.announced,
        Fact.NON_VOTING: event.announced_non_voting is not None,
        Fact.POSITIONS: event.can_have_positions,
        Fact.MAJORITY: event.rule not in (Rule.NOT_KNOWN, Rule.NONE),
        Fact.OUTCOME: event.outcome != Outcome.NOT_KNOWN,
    }
    cite(event.subject_key, source, stated)


def cite(subject: str, source: Source, stated: dict[Fact, Any]) -> None:
    for fact, is_stated in stated.items():
        if is_stated:
            Citation.objects.get_or_create(subject=subject, fact=fact, source=source)
