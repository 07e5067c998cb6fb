"""Three opinions of a value: what a record said before, what it says now, what the database holds.

* It says what it said before: the database stands, whoever corrected it since.
* The database holds what it said before: what it says now is taken.
* Both have moved, to different values: nobody can know which is right. The database stands, and the
  conflict is listed.

Where it was not asked before, what is empty here is filled in, and the rest stands. As in
`votes.fixtures`, values are compared as text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Before = Mapping[str, str]


@dataclass
class Conflict:
    what: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.what}: “{self.ours}” stands here, the file has “{self.theirs}”"


@dataclass
class Merged:
    changes: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def refuse(self, *names: str, here: Mapping[str, Any]) -> None:
        """Leave these as they are, since what they would become does not fit the rest."""
        for name in names:
            if name in self.changes:
                theirs = as_text(self.changes.pop(name))
                self.conflicts.append(Conflict(name, as_text(here[name]), theirs))


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


def remembered(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: as_text(value) for name, value in values.items()}


def merge(
    now: Mapping[str, Any], before: Before, here: Mapping[str, Any], empty: Mapping[str, Any]
) -> Merged:
    """Compare value by value; `empty` holds what a field has where nobody said anything."""
    merged = Merged()
    for name, value in now.items():
        said, held = as_text(value), as_text(here[name])
        if said == held or before.get(name) == said:
            continue
        if before.get(name, as_text(empty.get(name))) == held:
            merged.changes[name] = value
        else:
            merged.conflicts.append(Conflict(name, held, said))
    return merged


def merge_positions(now: Mapping[str, str], before: Before, here: Mapping[str, str]) -> Merged:
    """The same for a vector, in which a member may come or go: "" stands for none.

    A member that is missing in a first telling is not told of; one that is missing later has gone.
    """
    merged = Merged()
    for code in sorted({*now, *before, *here}):
        said, was, held = now.get(code, ""), before.get(code, ""), here.get(code, "")
        if said == held or (said == was if before else not said):
            continue
        if held == was and (before or not here):
            merged.changes[code] = said
        else:
            merged.conflicts.append(Conflict(f"position of {code}", held or "–", said or "–"))
    return merged
