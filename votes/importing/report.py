"""What came of an import: counted for the table, listed for the run."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from votes.readers.rollcalls import Mark, Refusal

MOST_LISTED = 2_000
LEFT = "left to editors"  # the kind of notice of a vote that was not imported


@dataclass
class Report:
    counts: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    marked: int = 0
    sessions: Counter[str] = field(default_factory=Counter)  # votes told of each
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        self.counts["rows refused"] += refusal.rows
        if len(self.refusals) < MOST_LISTED:
            self.refusals.append(refusal)

    def mark(self, marks: list[Mark]) -> None:
        """Count a vote once for each of its reasons."""
        if marks:
            self.marked += 1
            self.marks.update({str(mark.code) for mark in marks})

    def notice(self, kind: str, record: str, line: int, sentence: str, *about: str) -> None:
        """List what deserves a look; `about` names the objects, which not everybody may see."""
        self.counts[kind] += 1
        if len(self.notices) < MOST_LISTED:
            self.notices.append(
                {
                    "kind": kind,
                    "record": record,
                    "line": line,
                    "sentence": sentence,
                    "about": about,
                }
            )

    def as_data(self) -> dict[str, Any]:
        return {
            "counts": {name: count for name, count in self.counts.items() if count},
            "marked": self.marked,
            "marks": dict(self.marks.most_common()),
            "sessions": dict(self.sessions),
        }

    def refused(self) -> list[dict[str, Any]]:
        return [
            {
                "line": refusal.line,
                "record": refusal.source_id,
                "content": refusal.content,
                "reason": refusal.reason,
                "code": str(refusal.code),
                "rows": refusal.rows,
            }
            for refusal in self.refusals
        ]
