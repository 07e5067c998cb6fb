"""What was taken back elsewhere, as far as its address tells of it: a row without contents."""

from collections.abc import Iterable
from typing import Any

from resolutions.models import (
    DocumentSymbol,
    Origin,
    Resolution,
    State,
    TimelineEvent,
    TimelineLink,
)
from resolutions.models.text import SymbolRole
from resolutions.models.timeline import Precision
from votes.models import VoteEvent
from votes.opendata.pack.filling import Known
from votes.opendata.pack.histories import Withdrawn
from votes.opendata.pack.table import Row

OUT = {"state": State.WITHDRAWN, "origin": Origin.IMPORT}


def fill_withdrawn(rows: Iterable[Row], known: Known) -> None:
    for row in rows:
        gone = Withdrawn(*row)
        match gone.kind:
            case "text":
                _text(gone, known)
            case "event":
                _event(gone, known)
            case "timeline":
                _timeline(gone, known)


def _text(gone: Withdrawn, known: Known) -> None:
    text = Resolution.objects.create(key=gone.key, title=gone.title or "", **OUT)
    known.of(Resolution)[gone.key] = text.pk
    for place, symbol in enumerate(gone.drafts, 1):
        _symbol(text, symbol, SymbolRole.DRAFT, place)
    if gone.adopted:
        _symbol(text, gone.adopted, SymbolRole.ADOPTED, 1)


def _symbol(text: Resolution, symbol: str, role: SymbolRole, sequence: int) -> None:
    DocumentSymbol.objects.create(text=text, symbol=symbol, role=role, sequence=sequence)


def _event(gone: Withdrawn, known: Known) -> None:
    said: dict[str, Any] = {"question": gone.question, "date": gone.date}
    words = gone.question_text or ""
    text = next(iter(_texts(gone, known)), None)
    VoteEvent.objects.create(key=gone.key, text_id=text, question_text=words, **said, **OUT)


def _timeline(gone: Withdrawn, known: Known) -> None:
    event = TimelineEvent.objects.create(key=gone.key, precision=Precision.UNDATED, **OUT)
    for text in _texts(gone, known):
        TimelineLink.objects.create(event=event, text_id=text)


def _texts(gone: Withdrawn, known: Known) -> list[Any]:
    return [known.find(Resolution, key) for key in gone.texts]
