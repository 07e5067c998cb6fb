"""What a material says, as the first values of the head of an entry."""

from typing import Any

from resolutions import symbols
from resolutions.models import Session
from resolutions.models.provenance import SourceKind
from votes.entry.proposal import Proposal

UN_LIBRARY = "United Nations Dag Hammarskjöld Library"
RECORD = "https://digitallibrary.un.org/record/{}"


def initial_of(proposal: Proposal) -> dict[str, Any]:
    said = {
        "adopted": proposal.resolution,
        "draft": proposal.draft,
        "title": proposal.title,
        "agenda_item": proposal.agenda_item,
        "question": proposal.question,
        "question_text": proposal.question_text,
        "method": proposal.method,
        "outcome": proposal.outcome,
        "date": proposal.date,
        "meeting": meeting_symbol(proposal.meeting),
        "session": Session.objects.filter(code=proposal.session).first(),
        "undl_id": proposal.undl_id,
        **announced(proposal),
        **source(proposal),
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def meeting_symbol(printed: str) -> str:
    """Return the symbol of the meeting's record; “46th meeting” is none."""
    symbol = symbols.try_parse(printed)
    if symbol is None or symbol.kind is not symbols.Kind.MEETING_RECORD:
        return ""
    return symbol.canonical


def announced(proposal: Proposal) -> dict[str, int | None]:
    """Return the totals where the material gives all three of them."""
    said = proposal.announced
    if not said.is_whole:
        return {}
    return {
        "announced_yes": said.yes,
        "announced_no": said.no,
        "announced_abstain": said.abstain,
        "announced_non_voting": said.non_voting,
    }


def source(proposal: Proposal) -> dict[str, str]:
    """Return the record of the UN Library as the source, where the material is one."""
    if proposal.undl_id is None:
        return {}
    return {
        "source_kind": SourceKind.RECORD.value,
        "source_publisher": UN_LIBRARY,
        "source_title": f"UN Digital Library, voting record of {proposal.resolution}",
        "source_url": RECORD.format(proposal.undl_id),
    }
