"""The reverse of `pasted`: positions written out as a record, an annex, or a table prints them."""

import csv
import io
import textwrap
from collections import defaultdict
from collections.abc import Mapping

from votes.readers.names import words

VERBATIM_LISTS = {"Y": "In favour", "N": "Against", "A": "Abstaining"}
ANNEX_LISTS = {"Y": "In favour", "N": "Against", "A": "Abstain", "X": "Absent"}
WORDS = {"Y": "in favour", "N": "against", "A": "abstaining", "X": "non-voting"}
COLUMN_WIDTH = 60


def to_verbatim(
    positions: Mapping[str, str],
    names: Mapping[str, str],
    *,
    subject: str = "The draft resolution",
    result: str = "adopted",
    resolution: str = "",
) -> str:
    """A verbatim record, which lists nobody as absent; `positions` and `names` are by code."""
    lists = listed(positions, names)
    figures = by_votes(lists, result)
    adopted_as = f" (resolution {resolution.removeprefix('A/RES/')})" if resolution else ""
    paragraphs = [
        "A recorded vote was taken.",
        *(f"{head}:\n{joined(lists[position])}" for position, head in VERBATIM_LISTS.items()),
        f"{subject} was {result} {figures}{adopted_as}.",
    ]
    return "\n".join(wrapped(line) for text in paragraphs for line in text.split("\n")) + "\n"


def to_annex(
    positions: Mapping[str, str],
    names: Mapping[str, str],
    *,
    subject: str = "The draft resolution",
    result: str = "adopted",
) -> str:
    """The annex of a press release, which lists the absent too, each list on one line."""
    lists = listed(positions, names)
    against = len(lists["N"]) or "none"
    paragraphs = [
        f"{subject} was {result} by a recorded vote of {len(lists['Y'])} in favour to {against}"
        f" against, with {abstentions(lists)}, as follows:",
        *(f"{head}:  {joined(lists[position])}" for position, head in ANNEX_LISTS.items()),
    ]
    return "\n\n".join(paragraphs) + "\n"


def to_table(
    positions: Mapping[str, str], names: Mapping[str, str], *, separator: str = "\t"
) -> str:
    """A heading, then name, code and position of one member on each line."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=separator, lineterminator="\n")
    writer.writerow(("Member State", "Code", "Vote"))
    for code in sorted(positions, key=lambda code: alphabetical(names[code])):
        writer.writerow((names[code], code, WORDS[positions[code]]))
    return lines.getvalue()


def listed(positions: Mapping[str, str], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The names in each list, in alphabetical order."""
    lists: dict[str, list[str]] = defaultdict(list)
    for code, position in positions.items():
        if position not in WORDS:
            raise ValueError(f"{code}: {position!r} is in no list of a record")
        lists[position].append(names[code])
    for members in lists.values():
        members.sort(key=alphabetical)
    return lists


def alphabetical(name: str) -> list[str]:
    return words(name)


def joined(names: list[str]) -> str:
    return f"{', '.join(names)}." if names else "None."


def by_votes(lists: Mapping[str, list[str]], result: str) -> str:
    """Records begin with the votes that decided: those against where a text was rejected."""
    first, second = ("N", "Y") if result == "rejected" else ("Y", "N")
    other = len(lists[second]) or "none"
    return f"by {len(lists[first])} votes to {other}, with {abstentions(lists)}"


def abstentions(lists: Mapping[str, list[str]]) -> str:
    number = len(lists["A"])
    return f"{number or 'no'} abstention{'' if number == 1 else 's'}"


def wrapped(line: str) -> str:
    return textwrap.fill(line, COLUMN_WIDTH, break_long_words=False, break_on_hyphens=False)
