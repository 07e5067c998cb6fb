"""General Assembly voting data of the UN Digital Library: one row per member and vote, or wide.

    with open_file(path) as opened:
        for found in read(opened):   # RollCall | Refusal

Versions 1 to 5 differ in names and order of columns, so columns are found by name; what is not
known goes into `extra`. The key of a vote is its undl_id: up to eight votes share date, report and
title. Codes are trusted, names only kept: one code has many names. X, NV, a blank and a space are
all non-voting here; in the wide layout a blank is no member, and only X is non-voting. Version 1
has no session; it is taken from the resolution's symbol.

Rows of a vote need not be adjacent (see `gathering`), and rows of one vote that contradict each
other are not weighed against each other where it matters (see `assembling`). In the long layouts
votes come out when the whole file was read, in the order in which they begin.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from votes.readers.assembling import Assembler, Meaning
from votes.readers.cells import Unreadable
from votes.readers.files import Opened, only
from votes.readers.gathering import Gather, gather
from votes.readers.headers import Header
from votes.readers.records import Lines, Record, records
from votes.readers.rollcalls import (
    Layout,
    Mark,
    MarkCode,
    Refusal,
    RefusalCode,
    RollCall,
    shortened,
)
from votes.readers.runs import Columns, RunReader
from votes.readers.undl_heads import read_head, read_header

LONG = (Layout.UNDL_V1, Layout.UNDL_V2, Layout.UNDL_V3)
OF_MEMBER = ("ms_code", "ms_name", "ms_vote")
POSITIONS = {"Y": "Y", "N": "N", "A": "A", "X": "X", "NV": "X", "": "X"}
WIDE_POSITIONS = {"Y": "Y", "N": "N", "A": "A", "X": "X"}
CODE = re.compile(r"[A-Z]{3}")


def read(
    opened: Opened, gather: Gather = gather, *, names: bool = True
) -> Iterator[RollCall | Refusal]:
    layout = only(opened, *LONG, Layout.UNDL_WIDE)
    lines = Lines(opened)
    header = read_header(lines)
    if layout is Layout.UNDL_WIDE:
        yield from _read_wide(lines, header)
    else:
        yield from _read_long(lines, header, layout, gather, names)


def _read_long(
    lines: Lines, header: Header, layout: Layout, gather: Gather, names: bool
) -> Iterator[RollCall | Refusal]:
    of_member = tuple(name for name in OF_MEMBER if header.has(name))
    columns = Columns(header.columns, of_member, key="undl_id")
    reader = RunReader(lines, columns)
    assembler = Assembler(
        reader.members,
        head_of=lambda shared: read_head(columns.vote(shared), layout),
        meaning_of=lambda member: meaning_of(columns.member(member)),
        names=names,
    )
    for found in gather(reader, columns):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from assembler.assemble(found)


def meaning_of(row: dict[str, str]) -> Meaning:
    return meaning(row["ms_code"], row["ms_vote"], row.get("ms_name", ""))


def meaning(code: str, position: str, name: str) -> Meaning:
    """What a code, a letter and a name mean, in the long layouts as in a MARCXML record."""
    read_code, read_position = code.strip().upper(), POSITIONS.get(position.strip().upper(), "")
    refused = None
    if not read_position:
        refused = RefusalCode.POSITION, f"{shortened(position, 40)!r} is not a position"
    if not CODE.fullmatch(read_code):
        refused = RefusalCode.MEMBER, f"{shortened(code, 40)!r} is not the code of a member"
    return Meaning((read_code, read_position), " ".join(name.split()), refused)


def _read_wide(lines: Lines, header: Header) -> Iterator[RollCall | Refusal]:
    first_lines: dict[str, int] = {}
    for found in records(lines, len(header.columns)):
        if isinstance(found, Refusal):
            yield found
            continue
        try:
            yield from _read_wide_row(found, header, first_lines)
        except Unreadable as reason:
            content = shortened(",".join(found.cells))
            yield Refusal(found.line, content, str(reason), reason.code)


def _read_wide_row(
    record: Record, header: Header, first_lines: dict[str, int]
) -> Iterator[RollCall | Refusal]:
    row = dict(zip(header.columns, record.cells, strict=True))
    printed = {code: row.pop(code).strip() for code in header.members}
    head = read_head(row, Layout.UNDL_WIDE)
    refuse_repeated(head, record.line, first_lines)
    unread = {code: text for code, text in printed.items() if text and not _wide(text)}
    for code, text in unread.items():
        reason = f"{shortened(text, 40)!r} is not a position"
        content = f"{code}: {shortened(text)}"
        yield Refusal(record.line, content, reason, RefusalCode.POSITION, head.source_id)
    positions = tuple((code, _wide(text)) for code, text in printed.items() if _wide(text))
    yield replace(
        head,
        positions=positions,
        names=("",) * len(positions),
        first_line=record.line,
        last_line=record.last_line,
        marks=(*head.marks, *_of_unread(list(unread))),
    )


def _wide(text: str) -> str:
    return WIDE_POSITIONS.get(text.upper(), "")


def _of_unread(codes: list[str]) -> list[Mark]:
    if not codes:
        return []
    return [Mark(MarkCode.ROWS_REFUSED, f"Could not be read: {', '.join(codes)}.")]


def refuse_repeated(head: RollCall, line: int, first_lines: dict[str, int]) -> None:
    """Where a vote is one row, a second row of it is refused, whatever it says."""
    first = first_lines.setdefault(head.source_id, line)
    if first != line:
        raise Unreadable(f"vote {head.source_id} is on line {first} already", RefusalCode.REPEATED)
