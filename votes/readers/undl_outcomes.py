"""Outcomes of General Assembly resolutions, of the UN Digital Library: one row per resolution.

All resolutions are there, however they were adopted. So a RollCall of this layout has no positions,
`method` says how it was adopted, and totals are often missing where the vote was not recorded.
"""

from collections.abc import Iterator
from dataclasses import replace

from votes.readers.cells import Unreadable
from votes.readers.files import Opened, only
from votes.readers.headers import Header
from votes.readers.records import Lines, Record, records
from votes.readers.rollcalls import Layout, Refusal, RefusalCode, RollCall, shortened
from votes.readers.undl import refuse_repeated
from votes.readers.undl_heads import read_head, read_header


def read(opened: Opened) -> Iterator[RollCall | Refusal]:
    layout = only(opened, Layout.UNDL_OUTCOMES)
    lines = Lines(opened)
    header = read_header(lines)
    first_lines: dict[str, int] = {}
    for found in records(lines, len(header.columns)):
        yield found if isinstance(found, Refusal) else _outcome(found, header, layout, first_lines)


def _outcome(
    record: Record, header: Header, layout: Layout, first_lines: dict[str, int]
) -> RollCall | Refusal:
    row = dict(zip(header.columns, record.cells, strict=True))
    try:
        if not row["modality"].strip():
            raise Unreadable("it does not say how it was adopted", RefusalCode.MODALITY)
        head = read_head(row, layout)
        refuse_repeated(head, record.line, first_lines)
    except Unreadable as reason:
        content = shortened(",".join(record.cells))
        return Refusal(record.line, content, str(reason), reason.code)
    return replace(head, first_line=record.line, last_line=record.last_line)
