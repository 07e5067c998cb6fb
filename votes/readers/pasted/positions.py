"""One position for each member: whoever is named twice is told, and in two lists not counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from votes.readers.pasted.problems import LISTS, Problems
from votes.readers.pasted.reading import PastedPosition, ProblemCode


@dataclass
class Positions:
    """The positions read so far, and the members whose position is not certain any more."""

    problems: Problems
    certain: dict[str, PastedPosition] = field(default_factory=dict)
    uncertain: dict[str, PastedPosition] = field(default_factory=dict)

    def enter(self, code: str, found: PastedPosition) -> None:
        before = self.certain.get(code) or self.uncertain.get(code)
        if before is None:
            self.certain[code] = found
        elif before.position == found.position and code in self.certain:
            self._tell(ProblemCode.TWICE, found, f"once more: it is in line {before.line} already")
        else:
            self._tell(
                ProblemCode.IN_TWO_LISTS,
                found,
                f"also in the list “{LISTS[before.position]}” (line {before.line});"
                " its position is left open",
            )
            self.leave_open(code)

    def leave_open(self, code: str) -> None:
        if code in self.certain:
            self.uncertain[code] = self.certain.pop(code)

    def enter_all(self, found: Iterable[tuple[str, PastedPosition]]) -> None:
        for code, position in found:
            self.enter(code, position)

    def _tell(self, code: ProblemCode, found: PastedPosition, what: str) -> None:
        sentence = f"“{found.printed}” stands in the list “{LISTS[found.position]}” {what}."
        self.problems.add_at(code, sentence, found.line, found.printed)
