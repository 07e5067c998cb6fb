"""What a pasted text or an uploaded file says of one vote, ready to be looked at and entered."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _t

from resolutions.wording import tally_text
from votes.entry.findings import Found
from votes.models import Position, Question
from votes.readers.names import Known
from votes.readers.pasted import Intention


@dataclass(frozen=True)
class Announced:
    """Totals as the material gives them; None where it gives none."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    non_voting: int | None = None

    @property
    def is_whole(self) -> bool:
        return None not in (self.yes, self.no, self.abstain)


@dataclass(frozen=True)
class Trouble:
    """What could not be read for certain, or does not agree, and where.

    A note only says what to look at. `suggestions` are members that a name may mean; `text` is the
    name as printed.
    """

    code: str
    sentence: str
    line: int = 0
    text: str = ""
    suggestions: tuple[Known, ...] = ()
    is_hard: bool = True
    is_note: bool = False

    def as_found(self) -> Found:
        where = _t("Line %(line)d: ") % {"line": self.line} if self.line else ""
        return Found(self.code, where + self.sentence, self.is_hard)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One vote as the material tells it; what it does not tell is left empty.

    `positions` holds the members that are named, and those in `not_listed`: seated, in no list of
    a record that lists no absentees, and so non-voting. `printed` is each name as printed.
    """

    place: int
    question: str = ""
    question_text: str = ""
    draft: str = ""
    resolution: str = ""
    title: str = ""
    agenda_item: str = ""
    session: str = ""
    meeting: str = ""
    date: datetime.date | None = None
    method: str = ""
    outcome: str = ""
    announced: Announced = Announced()
    undl_id: int | None = None
    positions: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    not_listed: frozenset[str] = frozenset()
    may_omit_absent: bool = False
    intentions: tuple[Intention, ...] = ()
    own_troubles: tuple[Trouble, ...] = ()
    general_troubles: tuple[Trouble, ...] = ()
    lines: tuple[int, int] = (0, 0)

    @property
    def heading(self) -> str:
        """Return what was put to the vote, in words."""
        return self.question_text or (str(Question(self.question).label) if self.question else "")

    @property
    def announced_text(self) -> str:
        said = self.announced
        return tally_text(said.yes or 0, said.no or 0, said.abstain or 0)

    @property
    def counted_text(self) -> str:
        counted = Counter(self.positions.values())
        parts = [
            f"{Position(code).label} {counted[code]}" for code in Position.values if counted[code]
        ]
        return ", ".join(parts) or _t("no positions")

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Return what was told of this vote, and of the material as a whole."""
        return (*self.own_troubles, *self.general_troubles)

    @property
    def notes(self) -> list[Trouble]:
        return [trouble for trouble in self.troubles if trouble.is_note]

    @property
    def doubts(self) -> list[Trouble]:
        return [trouble for trouble in self.troubles if not trouble.is_note]

    @property
    def is_certain(self) -> bool:
        return not any(trouble.is_hard for trouble in self.doubts)

    def among(self, seated: Sequence[str]) -> "Proposal":
        """Return it with those that are seated but in no list as non-voting.

        Only where the layout lists no absentees, and everything else in it is certain: a name that
        could not be read may be any of them.
        """
        if not self.may_omit_absent or not self.is_certain or not self.positions:
            return self
        absent = frozenset(seated) - set(self.positions)
        added = dict.fromkeys(sorted(absent), Position.NON_VOTING.value)
        return replace(self, positions={**self.positions, **added}, not_listed=absent)

    def found(self, positions: Mapping[str, str]) -> list[Found]:
        """Return what was found in the material, and where `positions` differ from it."""
        found = [trouble.as_found() for trouble in self.doubts]
        differing = sorted(
            code for code, read in self.positions.items() if positions.get(code) != read
        )
        if differing:
            sentence = _t("The entry differs from what was read: %(changes)s.")
            changes = "; ".join(
                _t("%(member)s %(entered)s, read %(read)s")
                % {
                    "member": self.printed.get(code, code),
                    "entered": word(positions.get(code, "")),
                    "read": word(self.positions[code]),
                }
                for code in differing
            )
            found.append(Found("other-than-read", sentence % {"changes": changes}, is_hard=False))
        return found


def word(position: str) -> str:
    return str(Position(position).label) if position else _t("no position")


@dataclass(frozen=True)
class Contents:
    """All votes of a material in its order, and what was told of it as a whole."""

    votes: tuple[Proposal, ...] = ()
    troubles: tuple[Trouble, ...] = ()
