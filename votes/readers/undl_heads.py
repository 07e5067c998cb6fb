"""What a row of the UN Digital Library says of the vote or resolution itself."""

from collections.abc import Mapping

from votes.readers import cells
from votes.readers.cells import Unreadable
from votes.readers.files import UnreadableFile
from votes.readers.headers import Header
from votes.readers.records import Lines, read_record
from votes.readers.rollcalls import (
    Layout,
    Mark,
    MarkCode,
    Method,
    Refusal,
    RefusalCode,
    RollCall,
    Totals,
)

MODALITIES = {
    "": Method.RECORDED,  # the voting data hold nothing else, and only their version 1 says so
    "vote, recorded": Method.RECORDED,
    "vote, non-recorded": Method.NON_RECORDED,
    "without a vote": Method.WITHOUT_VOTE,
}
COLUMNS = frozenset({
    "undl_id", "date", "session", "resolution", "draft", "committee_report", "meeting", "title",
    "agenda_title", "subjects", "vote_note", "modality", "total_yes", "total_no",
    "total_abstentions", "total_non_voting", "total_ms", "undl_link",
})  # fmt: skip


def read_header(lines: Lines) -> Header:
    found = read_record(next(lines), lines)
    if isinstance(found, Refusal):
        raise UnreadableFile(f"Its header cannot be read: {found.reason}.")
    return Header.of(found.cells)


def read_head(row: Mapping[str, str], layout: Layout) -> RollCall:
    """The vote without positions; Unreadable where the cells do not make one."""
    marks: list[Mark] = []
    resolutions = read_symbols(row.get("resolution", ""), marks)
    refuse_the_council(resolutions)
    printed = row.get("title", "")
    return RollCall(
        source_id=cells.read_key(row["undl_id"]),
        layout=layout,
        date=cells.read_date(row["date"]),
        session=_session(row.get("session", ""), resolutions, marks),
        method=_method(row.get("modality", "")),
        resolutions=resolutions,
        drafts=read_symbols(row.get("draft", ""), marks),
        reports=read_symbols(row.get("committee_report", ""), marks),
        meetings=read_symbols(row.get("meeting", ""), marks),
        title=cells.clean_title(printed),
        title_printed=printed,
        agenda_titles=cells.read_list(row.get("agenda_title", "")),
        subjects=cells.read_list(row.get("subjects", "")),
        note=row.get("vote_note", "").strip(),
        totals=_totals(row, marks),
        url=cells.read_address(row.get("undl_link", "")),
        extra={name: text for name, text in row.items() if name not in COLUMNS and text.strip()},
        marks=tuple(marks),
    )


def read_symbols(text: str, marks: list[Mark]) -> tuple[str, ...]:
    """Canonical where they can be read, else as printed, with a mark."""
    symbols = []
    for printed in cells.read_list(text):
        try:
            symbols.append(cells.read_symbol(printed).canonical)
        except Unreadable as reason:
            symbols.append(printed)
            marks.append(Mark(MarkCode.SYMBOL_UNREADABLE, str(reason)))
    return tuple(dict.fromkeys(symbols))


def refuse_the_council(resolutions: tuple[str, ...]) -> None:
    for symbol in resolutions:
        if symbol.startswith("S/"):
            reason = f"{symbol} is a resolution of the Security Council"
            raise Unreadable(reason, RefusalCode.OTHER_ORGAN)


def read_total(column: str, text: str, marks: list[Mark]) -> int | None:
    try:
        return cells.read_total(text)
    except Unreadable as reason:
        marks.append(Mark(MarkCode.TOTAL_UNREADABLE, f"In the column {column}, {reason}."))
        return None


def read_session(text: str, marks: list[Mark]) -> str:
    try:
        return cells.read_session(text)
    except Unreadable as reason:
        marks.append(Mark(MarkCode.SESSION_UNREADABLE, str(reason)))
        return text.strip()


def session_of(resolutions: tuple[str, ...]) -> str:
    """The session that the first symbol names, "" where it names none."""
    try:
        session = cells.read_symbol(resolutions[0]).session if resolutions else None
    except Unreadable:
        return ""
    return str(session or "")


def _session(text: str, resolutions: tuple[str, ...], marks: list[Mark]) -> str:
    return session_of(resolutions) if cells.is_nothing(text) else read_session(text, marks)


def _method(modality: str) -> Method:
    try:
        return MODALITIES[" ".join(modality.lower().split())]
    except KeyError:
        reason = f"{modality!r} is not a modality that is known"
        raise Unreadable(reason, RefusalCode.MODALITY) from None


def _totals(row: Mapping[str, str], marks: list[Mark]) -> Totals:
    def total(column: str) -> int | None:
        return read_total(column, row.get(column, ""), marks)

    return Totals(
        yes=total("total_yes"),
        no=total("total_no"),
        abstain=total("total_abstentions"),
        non_voting=total("total_non_voting"),
        members=total("total_ms"),
    )
