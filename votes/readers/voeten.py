"""Voeten's voting data (Harvard Dataverse), in the layouts of 2021 and 2016.

The key of a vote is its `rcid`, that of a member its number in the Correlates of War, `ccode`: the
letters beside it stand for other members now and then. So `positions` pair a ccode ("365") with a
letter; a row with code 9, not a member, makes no position.

`resolutions` holds what the column unres seems to say. Before 1985 it often says something else,
such as a page of the records, and many dates before 1985 are only near: compare both before use.
Votes on paragraphs and amendments and failed ones are there too. What is special to this source is
in `extra`:

    rcid, unres                     as printed
    amend, para, importantvote      True, False, or None where the source does not know
    me nu di hr co ec               likewise, one for each of ISSUES
    short, ident, resid …           further columns as printed
"""

import re
from collections.abc import Iterator, Mapping

from resolutions.symbols import SymbolError, from_voeten
from votes.readers import cells
from votes.readers.assembling import Assembler, Meaning
from votes.readers.files import Opened, only
from votes.readers.gathering import Gather, gather
from votes.readers.records import Lines
from votes.readers.rollcalls import (
    Extra,
    Layout,
    Mark,
    MarkCode,
    Refusal,
    RefusalCode,
    RollCall,
    Totals,
    shortened,
)
from votes.readers.runs import Columns, RunReader
from votes.readers.undl_heads import read_header, read_session, read_total, session_of

POSITIONS = {"1": "Y", "2": "A", "3": "N", "8": "X", "9": ""}
ISSUES = {
    "me": "Palestinian conflict",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "hr": "Human rights",
    "co": "Colonialism",
    "ec": "Economic development",
}
FLAGS = ("amend", "para", "importantvote", *ISSUES)
TRUTH = {"1": True, "0": False}
OF_MEMBER = ("ccode", "vote", "member", "country", "countryname")
PLACED = {"session", "date", "yes", "no", "abstain", "descr", *FLAGS}
CCODE = re.compile(r"\d{1,3}")
# Emergency special and special sessions stand in unres, beside the regular session of the year.
OTHER_SESSION = re.compile(r"(?P<kind>E?SS)/(?P<number>\d{1,2})(?:/.*)?")
KINDS = {"ESS": "ES", "SS": "S"}


def read(
    opened: Opened, gather: Gather = gather, *, names: bool = True
) -> Iterator[RollCall | Refusal]:
    layout = only(opened, Layout.VOETEN_2021, Layout.VOETEN_2016)
    lines = Lines(opened)
    header = read_header(lines)
    of_member = tuple(name for name in OF_MEMBER if header.has(name))
    columns = Columns(header.columns, of_member, key="rcid")
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


def meaning_of(row: Mapping[str, str]) -> Meaning:
    ccode, vote = _whole_number(row["ccode"]), _whole_number(row["vote"])
    name = "" if cells.is_nothing(row.get("countryname", "")) else row["countryname"]
    refused = None
    if vote not in POSITIONS:
        refused = RefusalCode.POSITION, f"{shortened(row['vote'], 40)!r} is not a position"
    if not CCODE.fullmatch(ccode):
        refused = RefusalCode.MEMBER, f"{shortened(row['ccode'], 40)!r} is not a ccode"
    return Meaning((ccode, POSITIONS.get(vote, "")), name, refused)


def read_head(row: Mapping[str, str], layout: Layout) -> RollCall:
    marks: list[Mark] = []
    resolutions = _resolutions(row["unres"], marks)
    described = row.get("descr", "")
    title = "" if cells.is_nothing(described) else described
    return RollCall(
        source_id=cells.read_key(row["rcid"]),
        layout=layout,
        date=cells.read_date(row["date"], american=True),
        session=_session(row, resolutions, marks),
        resolutions=resolutions,
        title=cells.clean_title(title),
        title_printed=title,
        totals=Totals(
            yes=read_total("yes", row.get("yes", ""), marks),
            no=read_total("no", row.get("no", ""), marks),
            abstain=read_total("abstain", row.get("abstain", ""), marks),
        ),
        extra=_extra(row),
        marks=tuple(marks),
    )


def _extra(row: Mapping[str, str]) -> dict[str, Extra]:
    flags: dict[str, Extra] = {name: TRUTH.get(_whole_number(row.get(name, ""))) for name in FLAGS}
    further = {name: text for name, text in row.items() if name not in PLACED}
    return flags | {name: "" if cells.is_nothing(text) else text for name, text in further.items()}


def _whole_number(text: str) -> str:
    """Some programs write 1 as 1.0."""
    return text.strip().removesuffix(".0")


def _session(row: Mapping[str, str], resolutions: tuple[str, ...], marks: list[Mark]) -> str:
    """The column has the regular session of the year also for votes of another session."""
    if other := OTHER_SESSION.fullmatch(row["unres"].strip()):
        return f"{KINDS[other['kind']]}-{int(other['number'])}"
    by_symbol = session_of(resolutions)
    regular = not by_symbol or by_symbol.isdigit()
    return read_session(_whole_number(row["session"]), marks) if regular else by_symbol


def _resolutions(unres: str, marks: list[Mark]) -> tuple[str, ...]:
    if cells.is_nothing(unres):
        return ()
    try:
        return (from_voeten(unres).canonical,)
    except SymbolError as reason:
        marks.append(Mark(MarkCode.SYMBOL_UNREADABLE, str(reason)))
        return ()
