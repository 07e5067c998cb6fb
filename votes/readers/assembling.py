"""One vote out of its rows: what the rows say together, and which of them cannot be taken.

Rows that contradict each other are not weighed against each other where it matters. Two positions
of one member: neither is taken. Another date or another resolution under the same number: the rows
in the minority are refused, all of them where there is no majority. Where rows differ in what
describes the vote, the value that most of them print is taken, the first of equals, and a mark
tells of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, NamedTuple

from votes.readers.cells import Unreadable, clean_title
from votes.readers.gathering import Vote
from votes.readers.rollcalls import (
    Mark,
    MarkCode,
    Refusal,
    RefusalCode,
    RollCall,
    Totals,
    shortened,
)
from votes.readers.runs import Cells, Members, Run

# In the words of the files, with the field of RollCall or Totals that holds each.
DESCRIPTION = {
    "session": "session",
    "draft": "drafts",
    "committee report": "reports",
    "meeting": "meetings",
    "title": "title_printed",
    "agenda title": "agenda_titles",
    "subjects": "subjects",
    "note": "note",
    "link": "url",
    "further columns": "extra",
}
TOTALS = {
    "total of yes": "yes",
    "total of no": "no",
    "total of abstentions": "abstain",
    "total of non-voting": "non_voting",
    "number of members": "members",
}


class Meaning(NamedTuple):
    """What a member's cells mean: code and position ("" for none), or why they are refused."""

    pair: tuple[str, str]
    name: str
    refused: tuple[RefusalCode, str] | None = None


class Row(NamedTuple):
    line: int
    cells: Cells
    meaning: Meaning


class Head(NamedTuple):
    """What one run says of the vote."""

    run: Run
    says: RollCall

    @property
    def identity(self) -> tuple[object, ...]:
        return self.says.date, self.says.resolutions


Found = list[Refusal]
Values = dict[str, Any]


@dataclass
class Assembler:
    """Makes roll-calls of one file: `head_of` reads the vote's cells, `meaning_of` a member's.

    Without `names` it leaves out what the members are called.
    """

    members: Members
    head_of: Callable[[Cells], RollCall]
    meaning_of: Callable[[Cells], Meaning]
    names: bool = True
    _meanings: list[Meaning] = field(default_factory=list)
    _refused: set[int] = field(default_factory=set)

    def assemble(self, vote: Vote) -> Iterator[RollCall | Refusal]:
        self._learn()
        if simple := self._simply(vote):
            yield simple
        else:
            yield from self._carefully(vote)

    def _learn(self) -> None:
        """The members' cells that were met since the last vote."""
        for cells in self.members.cells[len(self._meanings) :]:
            meaning = self.meaning_of(cells)
            if meaning.refused:
                self._refused.add(len(self._meanings))
            self._meanings.append(meaning)

    def _simply(self, vote: Vote) -> RollCall | None:
        """Nearly every vote: one run, nothing refused, each member once."""
        rows = vote.runs[0].rows
        if len(vote.runs) > 1 or vote.refused or not self._refused.isdisjoint(rows):
            return None
        meanings = list(map(self._meanings.__getitem__, rows))
        if len(dict(map(itemgetter(0), meanings))) < len(meanings):
            return None
        try:
            return self._whole(self.head_of(vote.runs[0].shared), vote, meanings)
        except Unreadable:
            return None

    def _carefully(self, vote: Vote) -> Iterator[RollCall | Refusal]:
        heads, refused = self._heads(vote)
        heads, foreign = _agreeing(vote.key, heads)
        meanings, unclear, marks = positions_of(
            vote.key, [row for head in heads for row in self._rows(head)]
        )
        refusals = [*refused, *foreign, *unclear]
        yield from sorted(refusals, key=lambda refusal: refusal.line)
        if any(meaning.pair[1] for meaning in meanings):
            says, disagreement = _described(heads)
            missing = vote.refused + sum(refusal.rows for refusal in refusals)
            marks = [*says.marks, *disagreement, *marks, *mark_of_refused(missing)]
            yield self._whole(replace(says, marks=tuple(dict.fromkeys(marks))), vote, meanings)

    def _whole(self, says: RollCall, vote: Vote, meanings: list[Meaning]) -> RollCall:
        cast = [meaning for meaning in meanings if meaning.pair[1]]
        return replace(
            says,
            positions=tuple(map(itemgetter(0), cast)),
            names=tuple(map(itemgetter(1), cast)) if self.names else (),
            first_line=vote.runs[0].first_line,
            last_line=max(run.last_line for run in vote.runs),
        )

    def _heads(self, vote: Vote) -> tuple[list[Head], Found]:
        heads, refused = [], []
        says: dict[Cells, RollCall] = {}
        for run in vote.runs:
            try:
                if run.shared not in says:
                    says[run.shared] = self.head_of(run.shared)
                heads.append(Head(run, says[run.shared]))
            except Unreadable as reason:
                refused.append(_refused_run(run, vote.key, reason.code, str(reason)))
        return heads, refused

    def _rows(self, head: Head) -> list[Row]:
        return [
            Row(head.run.first_line + place, self.members.cells[number], self._meanings[number])
            for place, number in enumerate(head.run.rows)
        ]


def mark_of_refused(rows: int) -> list[Mark]:
    return [Mark(MarkCode.ROWS_REFUSED, f"{rows} of its rows could not be read.")] if rows else []


def _refused_run(run: Run, key: str, code: RefusalCode, reason: str) -> Refusal:
    content = shortened(",".join(run.shared))
    return Refusal(run.first_line, content, reason, code, key, len(run.rows))


def _agreeing(key: str, heads: list[Head]) -> tuple[list[Head], Found]:
    """The heads that speak of the same vote, and the refusals of all others."""
    rows = Counter[tuple[object, ...]]()
    for head in heads:
        rows[head.identity] += len(head.run.rows)
    if len(rows) <= 1:
        return heads, []
    (chosen, most), (_other, second) = rows.most_common(2)
    if most == second:
        reason = f"the rows of vote {key} tell of two votes, equally many of each"
        return [], [_refused_run(head.run, key, RefusalCode.TWO_VOTES, reason) for head in heads]
    reason = f"most rows of vote {key} tell of another: {_identified(chosen)}"
    foreign = [
        _refused_run(head.run, key, RefusalCode.TWO_VOTES, reason)
        for head in heads
        if head.identity != chosen
    ]
    return [head for head in heads if head.identity == chosen], foreign


def _identified(identity: tuple[object, ...]) -> str:
    date, resolutions = identity
    return f"{date}, {_shown(resolutions) or 'no symbol'}"


def positions_of(key: str, rows: list[Row]) -> tuple[list[Meaning], Found, list[Mark]]:
    """Each member's one position, what is refused, and who is named twice."""
    refused = [_refused_row(key, row) for row in rows if row.meaning.refused]
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        if not row.meaning.refused:
            by_code.setdefault(row.meaning.pair[0], []).append(row)
    taken, repeated = [], []
    for code, its_rows in by_code.items():
        if len({row.meaning.pair for row in its_rows}) > 1:
            refused.append(_refused_member(key, code, its_rows))
            continue
        taken.append(its_rows[0].meaning)
        if len(its_rows) > 1:
            repeated.append(code)
    return taken, sorted(refused, key=lambda refusal: refusal.line), _of_repeated(repeated)


def _refused_row(key: str, row: Row) -> Refusal:
    code, reason = row.meaning.refused or (RefusalCode.MEMBER, "")
    return Refusal(row.line, shortened(",".join(row.cells)), reason, code, key)


def _refused_member(key: str, code: str, rows: list[Row]) -> Refusal:
    told = " and ".join(f"{row.meaning.pair[1] or 'none'} on line {row.line}" for row in rows)
    reason = f"{code} has two positions in vote {key}: {told}; neither is taken"
    content = shortened(" | ".join(",".join(row.cells) for row in rows))
    return Refusal(rows[0].line, content, reason, RefusalCode.TWO_POSITIONS, key, len(rows))


def _of_repeated(codes: list[str]) -> list[Mark]:
    if not codes:
        return []
    named = ", ".join(codes)
    return [Mark(MarkCode.MEMBER_REPEATED, f"Named twice, with the same position: {named}.")]


def _described(heads: list[Head]) -> tuple[RollCall, list[Mark]]:
    """What the heads say together: of each column the value of most rows."""
    first = heads[0].says
    if all(head.says is first for head in heads):
        return first, []
    marks = [mark for head in heads for mark in head.says.marks]
    values = _prevailing(heads, DESCRIPTION, lambda head: head.says, marks)
    totals = _prevailing(heads, TOTALS, lambda head: head.says.totals, marks)
    title = clean_title(values["title_printed"])
    return replace(first, **values, title=title, totals=Totals(**totals)), marks


def _prevailing(
    heads: list[Head], columns: dict[str, str], of: Callable[[Head], object], marks: list[Mark]
) -> Values:
    values = {}
    for column, name in columns.items():
        told: dict[str, list[Head]] = {}
        for head in heads:
            told.setdefault(repr(getattr(of(head), name)), []).append(head)
        ranked = sorted(told.values(), key=lambda group: -sum(len(head.run.rows) for head in group))
        values[name] = getattr(of(ranked[0][0]), name)
        if len(ranked) > 1:
            others = [
                (getattr(of(group[0]), name), group[0].run.first_line) for group in ranked[1:]
            ]
            marks.append(_of_disagreement(column, values[name], others))
    return values


def _of_disagreement(column: str, taken: object, others: list[tuple[object, int]]) -> Mark:
    told = "; ".join(f"{_shown(value) or 'nothing'} on line {line}" for value, line in others[:3])
    sentence = (
        f"Its rows differ in the {column}: taken is {_shown(taken) or 'nothing'}, not {told}."
    )
    return Mark(MarkCode.ROWS_DISAGREE, sentence)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else shortened(str(value), 80)
