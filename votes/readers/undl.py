"""General Assembly voting data of the UN Digital Library: one row per member and vote, or wide.

    with open_file(path) as opened:
        for found in read(opened):   # RollCall | Refusal

Versions 1 to 5 differ in names and order of columns, so columns are found by name; what is not known
goes into `extra`. The key of a vote is its undl_id: up to eight votes share date, report and title.
Codes are trusted, names only kept: one code has many names. X, NV, a blank and a space are all
non-voting here; in the wide layout a blank is no member, and only X is non-voting. Version 1 has no
session; it is taken from the resolution's symbol.

Rows of a vote need not be adjacent (see `gathering`), and rows of one vote that contradict each other
are not weighed against each other where it matters (see `assembling`). In the long layouts votes come
out when the whole file was read, in the order in which they begin.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from votes.readers import cells
from votes.readers.assembling import Assembler, Meaning
from votes.readers.cells import Unreadable
from votes.readers.files import Opened, UnreadableFile, only
from votes.readers.gathering import gather
from votes.readers.headers import Header
from votes.readers.records import Lines, Record, read_record, records
from votes.readers.rollcalls import (
    Layout,
    Mark,
    MarkCode,
    Method,
    Refusal,
    RefusalCode,
    RollCall,
    Totals,
    shortened,
)
from votes.readers.runs import Cells, Columns, RunReader

LONG = (Layout.UNDL_V1, Layout.UNDL_V2, Layout.UNDL_V3)
OF_MEMBER = ("ms_code", "ms_name", "ms_vote")
POSITIONS = {"Y": "Y", "N": "N", "A": "A", "X": "X", "NV": "X", "": "X"}
WIDE_POSITIONS = {"Y": "Y", "N": "N", "A": "A", "X": "X", "": ""}
MODALITIES = {
    "vote, recorded": Method.RECORDED,
    "vote, non-recorded": Method.NON_RECORDED,
    "without a vote": Method.WITHOUT_VOTE,
}
TOTALS = {
    "total_yes": "yes",
    "total_no": "no",
    "total_abstentions": "abstain",
    "total_non_voting": "non_voting",
    "total_ms": "members",
}
SYMBOLS = {
    "resolution": "resolutions",
    "draft": "drafts",
    "committee_report": "reports",
    "meeting": "meetings",
}
LISTS = {"agenda_title": "agenda_titles", "subjects": "subjects"}
READ = {*TOTALS, *SYMBOLS, *LISTS, *OF_MEMBER}
READ |= {"undl_id", "date", "session", "title", "vote_note", "undl_link", "modality"}
CODE = re.compile(r"[A-Z]{3}")


def read(opened: Opened) -> Iterator[RollCall | Refusal]:
    layout = only(opened, *LONG, Layout.UNDL_WIDE)
    lines = Lines(opened)
    header = read_header(lines)
    return _read_wide(lines, header) if layout is Layout.UNDL_WIDE else _read_long(lines, header, layout)


def read_header(lines: Lines) -> Header:
    found = read_record(next(lines), lines)
    if isinstance(found, Refusal):
        raise UnreadableFile(f"Its header cannot be read: {found.reason}.")
    return Header.of(found.cells)


def _read_long(lines: Lines, header: Header, layout: Layout) -> Iterator[RollCall | Refusal]:
    columns = Columns(header.columns, tuple(name for name in OF_MEMBER if header.has(name)))
    reader = RunReader(lines, columns)
    assembler = Assembler(
        reader.members,
        lambda shared: read_head(dict(zip(columns.of_vote, shared, strict=True)), layout),
        lambda member: meaning_of(dict(zip(columns.of_member, member, strict=True))),
    )
    for found in gather(reader, columns):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from assembler.assemble(found)


def meaning_of(row: dict[str, str]) -> Meaning:
    code, name = row["ms_code"].strip().upper(), " ".join(row.get("ms_name", "").split())
    position = POSITIONS.get(row["ms_vote"].strip().upper(), "")
    refused = None
    if not position:
        refused = RefusalCode.POSITION, f"{shortened(row['ms_vote'], 40)!r} is not a position"
    if not CODE.fullmatch(code):
        refused = RefusalCode.MEMBER, f"{shortened(row['ms_code'], 40)!r} is not a member’s code"
    return Meaning((code, position), name, refused)


def read_head(row: dict[str, str], layout: Layout) -> RollCall:
    """What the cells of a vote say of it; Unreadable where they do not make a vote."""
    marks: list[Mark] = []
    symbols = {field: _symbols(row.get(name, ""), marks) for name, field in SYMBOLS.items()}
    printed = row.get("title", "")
    return RollCall(
        source_id=cells.read_key(row["undl_id"]),
        layout=layout,
        date=cells.read_date(row["date"]),
        session=_session(row, marks),
        method=_method(row.get("modality", "")),
        title=cells.clean_title(printed),
        title_printed=printed,
        note=row.get("vote_note", "").strip(),
        totals=Totals(**{field: _total(name, row, marks) for name, field in TOTALS.items()}),
        url=cells.read_address(row.get("undl_link", "")),
        extra={name: text for name, text in row.items() if name not in READ and text.strip()},
        marks=tuple(marks),
        **symbols,
        **{field: cells.read_list(row.get(name, "")) for name, field in LISTS.items()},
    )
