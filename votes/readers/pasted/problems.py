"""The sentences in which problems are told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from votes.readers.names import Known, NameBook, Unknown
from votes.readers.pasted.flow import Flow, shown
from votes.readers.pasted.reading import Problem, ProblemCode

# Looking for suggestions takes a thousand times as long as a lookup.
MOST_SUGGESTIONS = 60
MOST_PROBLEMS = 300

LISTS = {"Y": "In favour", "N": "Against", "A": "Abstaining", "X": "Absent"}


class TooMany(Exception):
    """There are so many problems that reading on would help nobody."""


@dataclass
class Problems:
    """The problems of a text, collected while it is read; `place` names the list at hand."""

    flow: Flow
    names: NameBook
    found: list[Problem] = field(default_factory=list)
    vote: int | None = None
    place: str = ""

    def add(
        self,
        code: ProblemCode,
        sentence: str,
        offset: int,
        text: str = "",
        suggestions: Sequence[Known] = (),
    ) -> None:
        self.add_at(code, sentence, self.flow.line_at(offset), text, suggestions)

    def add_at(
        self,
        code: ProblemCode,
        sentence: str,
        line: int,
        text: str = "",
        suggestions: Sequence[Known] = (),
    ) -> None:
        if len(self.found) >= MOST_PROBLEMS:
            raise TooMany
        self.found.append(Problem(code, sentence, line, shown(text), tuple(suggestions), self.vote))

    def stop(self) -> None:
        """Say that reading ended here; votes and lines after this were not read."""
        last = self.found[-1].line if self.found else 1
        sentence = (
            f"There are more than {MOST_PROBLEMS} problems; reading stopped near line {last}."
            " Paste less at a time."
        )
        self.found.append(Problem(ProblemCode.TOO_MANY, sentence, last, vote=self.vote))

    def unknown(self, offset: int, text: str, finding: Unknown) -> None:
        self.unknown_at(self.flow.line_at(offset), text, finding)

    def unknown_at(self, line: int, text: str, finding: Unknown) -> None:
        name = f"“{shown(text, 90)}”{self._of_the_list()}"
        if finding.reason:
            sentence = f"{name} is no member that may vote. {finding.reason}"
            self.add_at(ProblemCode.NOT_A_MEMBER, sentence, line, text)
            return
        few = sum(bool(problem.suggestions) for problem in self.found) < MOST_SUGGESTIONS
        suggestions = self.names.suggest(shown(text)) if few else ()
        sentence = f"{name} is not known as the name of a member.{perhaps(suggestions)}"
        self.add_at(ProblemCode.UNKNOWN_NAME, sentence, line, text, suggestions)

    def ambiguous(self, offset: int, text: str, candidates: Sequence[Known]) -> None:
        self.ambiguous_at(self.flow.line_at(offset), text, candidates)

    def ambiguous_at(self, line: int, text: str, candidates: Sequence[Known]) -> None:
        codes = " or ".join(known.code for known in candidates)
        sentence = (
            f"“{shown(text, 90)}”{self._of_the_list()} may mean more than one state at the time of"
            f" this vote, or at different times ({codes}). Give the date, or the full name."
        )
        self.add_at(ProblemCode.AMBIGUOUS_NAME, sentence, line, text, candidates)

    def several_ways(self, offset: int, text: str) -> None:
        sentence = f"“{shown(text, 90)}”{self._of_the_list()} may be one name or several."
        self.add(ProblemCode.AMBIGUOUS_NAME, sentence, offset, text)

    def cut_off(self, offset: int, text: str) -> None:
        sentence = f"The list{self._named()} seems to be cut off after “{shown(text[-60:])}”."
        self.add(ProblemCode.LIST_CUT_OFF, sentence, offset, text)

    def end_unclear(self, offset: int, text: str) -> None:
        sentence = (
            f"It is not clear where the list{self._named()} ends: “{shown(text, 90)}” is neither"
            " a name nor the beginning of a text known here."
        )
        self.add(ProblemCode.LIST_END_UNCLEAR, sentence, offset, text)

    def _of_the_list(self) -> str:
        return f" in the list “{self.place}”" if self.place else ""

    def _named(self) -> str:
        return f" “{self.place}”" if self.place else ""


def perhaps(suggestions: Sequence[Known]) -> str:
    if not suggestions:
        return ""
    return f" Perhaps {' or '.join(known.name for known in suggestions)}?"
