"""The text that was voted on: found by its symbol, or begun on the spot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resolutions import history, symbols
from resolutions.keys import free_key, slug
from resolutions.models import Action, DocumentSymbol, Origin, Resolution, Session, State
from resolutions.models.text import Organ, SymbolRole, TextKind
from votes.models import VoteEvent


@dataclass(frozen=True)
class Names:
    """The canonical symbols of a text, as adopted and as a draft; either may be empty."""

    adopted: str = ""
    draft: str = ""

    def __bool__(self) -> bool:
        return bool(self.adopted or self.draft)

    def __iter__(self) -> Iterator[tuple[SymbolRole, str]]:
        for role, symbol in ((SymbolRole.ADOPTED, self.adopted), (SymbolRole.DRAFT, self.draft)):
            if symbol:
                yield role, symbol


def held_text(names: Names) -> Resolution | None:
    """Return the text of these symbols; raises ValidationError where they name two."""
    found: dict[int, Resolution] = {}
    for _role, symbol in names:
        for text in Resolution.objects.all().with_symbol(symbol):
            found[text.pk] = text
    if len(found) > 1:
        raise ValidationError(
            _("%(adopted)s and %(draft)s are two texts here: give the symbol of one."),
            params={"adopted": names.adopted, "draft": names.draft},
        )
    text = next(iter(found.values()), None)
    if text is not None and text.state == State.WITHDRAWN:
        raise ValidationError(
            _("%(symbol)s was withdrawn: send it back to draft first."),
            params={"symbol": text.symbol},
        )
    return text


def missing_names(text: Resolution, names: Names) -> list[tuple[SymbolRole, str]]:
    held = {row.symbol for row in text.all_symbols}
    return [(role, symbol) for role, symbol in names if symbol not in held]


def refuse_missing_names(text: Resolution, names: Names) -> None:
    """Raise ValidationError where the text, as it is held, cannot go by these symbols."""
    for role, symbol in missing_names(text, names):
        if role == SymbolRole.ADOPTED and text.adopted_symbol:
            raise ValidationError(
                _("%(held)s is held as adopted under that symbol, not as %(symbol)s."),
                params={"held": text.adopted_symbol, "symbol": symbol},
            )
        if role == SymbolRole.DRAFT and text.state != State.DRAFT:
            raise ValidationError(
                _(
                    "%(held)s does not have the draft symbol %(symbol)s: leave it empty, or have "
                    "it added to the text first."
                ),
                params={"held": text.symbol, "symbol": symbol},
            )


def session_of(names: Names) -> Session | None:
    """Return the session that the symbols name, begun where it is not held yet.

    A symbol tells its kind and number for certain; its dates stay unknown until somebody adds them.
    """
    for _role, symbol in names:
        code = symbols.parse(symbol).session
        if code is not None:
            session: Session = Session.objects.get_or_create(
                code=str(code), defaults={"kind": code.kind.value, "number": code.number}
            )[0]
            return session
    return None


def begin_text(names: Names, *, person: Any, session: Session | None, **fields: Any) -> Resolution:
    """Save the draft of a new text under its symbols, in the session that they name."""
    symbol = names.adopted or names.draft
    read = symbols.parse(symbol)
    of_the_council = read.organ is symbols.Organ.SECURITY_COUNCIL
    text = Resolution.objects.create(
        key=free_key(Resolution, slug(symbol)),
        organ=Organ.COUNCIL if of_the_council else Organ.ASSEMBLY,
        kind=TextKind.DECISION if read.kind is symbols.Kind.DECISION else TextKind.RESOLUTION,
        state=State.DRAFT,
        origin=Origin.EDITOR,
        entered_by=person,
        session=None if of_the_council else session_of(names) or session,
        **fields,
    )
    name_text(text, names)
    return text


def name_text(text: Resolution, names: Names) -> str:
    """Give the text the symbols it lacks.

    Returns the symbol of the resolution that a published text gets only when the vote that adopted
    it is published, or nothing.
    """
    later = ""
    for role, symbol in missing_names(text, names):
        if role == SymbolRole.ADOPTED and text.state == State.PUBLISHED:
            later = symbol
        else:
            DocumentSymbol.objects.create(text=text, symbol=symbol, role=role)
    return later


def name_as_adopted(event: VoteEvent, person: Any) -> None:
    """Give a published text the symbol under which the event, now published too, adopted it."""
    text, symbol = event.text, event.adopted_as
    if text is None or not symbol:
        return
    DocumentSymbol.objects.create(text=text, symbol=symbol, role=SymbolRole.ADOPTED)
    event.adopted_as = ""
    event.save(update_fields=["adopted_as"])
    added = {"field": "document symbol", "from": None, "to": symbol}
    history.record(
        text.subject_key, str(text), Action.CHANGED, person=person, was_public=True, values=[added]
    )
