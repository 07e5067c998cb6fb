"""Small files of votes in the layouts of the UN Library and of Voeten, with invented members.

path = v5(folder, vote("Y N A X"), vote("Y Y", undl_id="2"))
taken, refused = found_in(path)
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from votes.readers.files import open_file
from votes.readers.reading import read
from votes.readers.rollcalls import Refusal, RollCall

V5 = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,"
    "agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,"
    "total_ms,undl_link"
)
V2 = V5.replace("vote_note,", "")
V1 = (
    "undl_id,ms_code,ms_name,ms_vote,resolution,title,modality,draft,committee_report,meeting,"
    "agenda_title,subjects,date,yes,no,abstentions,non-voting,total-voting,undl_link"
)
OUTCOMES = (
    "undl_id,resolution,session,date,title,modality,draft,committee_report,meeting,agenda_title,"
    "subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link"
)
VOETEN_2021 = (
    "rcid,ccode,member,vote,Country,Countryname,year,session,abstain,yes,no,importantvote,date,"
    "unres,amend,para,short,descr,me,nu,di,hr,co,ec,ident,resid"
)
VOETEN_2016 = "rcid,session,vote,ccode,member,importantvote,date,unres,me,nu,di,hr,co,ec,year"
ENDING = " : resolution / adopted by the General Assembly"
VOTE = {
    "undl_id": "4000001",
    "date": "2022-10-12",
    "session": "77",
    "resolution": "A/RES/77/901",
    "draft": "A/77/L.9001",
    "committee_report": "A/77/901|A/77/901/Add.1",
    "meeting": "A/77/PV.14",
    "title": f"Lighthouses, harbours and buoys{ENDING}",
    "agenda_title": "Lighthouses.|Report of the Harbour Master: buoys.",
    "subjects": "LIGHTHOUSES--MAINTENANCE|HARBOURS (TIDAL)--FEES, DUES",
    "vote_note": "",
    "total_yes": "2.0",
    "total_no": "1.0",
    "total_abstentions": "1.0",
    "total_non_voting": "1.0",
    "total_ms": "5.0",
    "undl_link": "https://digitallibrary.un.org/record/4000001",
    "modality": "Vote, recorded",
}
ROLL_CALL = "Y N A X Y"
CODES = ("QAA", "QAB", "QAC", "QAD", "QAE")
POSITIONS = (("QAA", "Y"), ("QAB", "N"), ("QAC", "A"), ("QAD", "X"), ("QAE", "Y"))
V1_TOTALS = {
    "yes": "total_yes",
    "no": "total_no",
    "abstentions": "total_abstentions",
    "non-voting": "total_non_voting",
    "total-voting": "total_ms",
}

Row = dict[str, str]


def vote(letters: str = ROLL_CALL, **changes: str) -> list[Row]:
    """The rows of one vote in which members QAA, QAB … voted so; `_` stands for a blank."""
    shared = VOTE | {"undl_link": "", **changes}
    return [
        shared | {"ms_code": code, "ms_name": f"LAND {code}", "ms_vote": letter.strip("_")}
        for code, letter in zip(CODES, letters.split(), strict=False)
    ]


def line(cells: Iterable[str], end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerow(cells)
    return text.getvalue()


def document(header: str, rows: Iterable[Row], end: str = "\n") -> str:
    columns = header.split(",")
    cells = (
        [row.get(name, row.get(V1_TOTALS.get(name, ""), "")) for name in columns] for row in rows
    )
    return header + end + "".join(line(row, end) for row in cells)


def saved(folder: Path, content: str | bytes, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def v5(folder: Path, *votes: Sequence[Row], end: str = "\n") -> Path:
    return saved(folder, document(V5, [row for rows in votes for row in rows], end))


def found_in(path: Path) -> tuple[list[RollCall], list[Refusal]]:
    with open_file(path) as opened:
        found = list(read(opened))
    taken = [item for item in found if isinstance(item, RollCall)]
    return taken, [item for item in found if isinstance(item, Refusal)]


def only_vote(path: Path) -> RollCall:
    taken, refused = found_in(path)
    assert refused == []
    assert len(taken) == 1
    return taken[0]


def told(roll_call: RollCall) -> dict[str, Any]:
    """What a vote says, apart from where it stands in its file and who is named how."""
    names = (
        "source_id",
        "date",
        "session",
        "resolutions",
        "drafts",
        "reports",
        "meetings",
        "title",
    )
    more = ("agenda_titles", "subjects", "totals")
    return {name: getattr(roll_call, name) for name in (*names, *more)} | {
        "positions": dict(roll_call.positions)
    }
