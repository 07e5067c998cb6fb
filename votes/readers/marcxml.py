"""Voting records of the UN Digital Library as MARCXML, one or many in a file.

    001 number                         791 $a symbol, $c session   952 $a meeting
    245 $a $b $c title                 967 $c code, $d Y, N or A, $e name, once per member
    269 $a date                        991 $c agenda title, $d subject
    591 $a kind of vote                993 $a drafts and reports
    996 $b yes $c no $d abstaining $e non-voting $f members, the rest is a note

A member without $d did not vote. The parser refuses document types, entities and whatever is kept
elsewhere, so that a file can neither blow up nor reach out. Votes come out one by one; a file that
is not well-formed is only found at that place.
"""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from resolutions.symbols import Kind
from votes.readers import cells
from votes.readers.assembling import Row, mark_of_refused, positions_of
from votes.readers.cells import Unreadable
from votes.readers.files import KIB, MIB, Opened, UnreadableFile, only
from votes.readers.rollcalls import Layout, Mark, Method, Refusal, RefusalCode, RollCall, Totals
from votes.readers.undl import meaning, refuse_repeated
from votes.readers.undl_heads import (
    read_session,
    read_symbols,
    read_total,
    refuse_the_council,
    session_of,
)

BLOCK = 64 * KIB
LARGEST_RECORD = 8 * MIB  # a real one has 50 KB
DEEPEST = 32
ADDRESS = "https://digitallibrary.un.org/record/{}"
# Looked for in 591; the first that is found.
KINDS = (
    (re.compile(r"NON-? ?RECORDED|UNRECORDED", re.IGNORECASE), Method.NON_RECORDED),
    (re.compile(r"RECORDED|ROLL-? ?CALL", re.IGNORECASE), Method.RECORDED),
    (re.compile(r"WITHOUT (?:A )?VOTE|CONSENSUS", re.IGNORECASE), Method.WITHOUT_VOTE),
)
TOTALS = {"yes": "b", "no": "c", "abstain": "d", "non_voting": "e", "members": "f"}


@dataclass
class Field:
    """A field of a record with its subfields, of which each may occur more than once."""

    tag: str
    line: int
    subfields: list[tuple[str, str]] = field(default_factory=list)

    def all(self, codes: str) -> list[str]:
        return [text for code, text in self.subfields if code in codes and text]

    def first(self, code: str) -> str:
        return next(iter(self.all(code)), "")


@dataclass
class MarcRecord:
    line: int
    last_line: int = 0
    fields: list[Field] = field(default_factory=list)

    def tagged(self, tag: str) -> list[Field]:
        return [field for field in self.fields if field.tag == tag]

    def all(self, tag: str, code: str) -> list[str]:
        return [text for field in self.tagged(tag) for text in field.all(code)]

    def first(self, tag: str, code: str) -> str:
        return next(iter(self.all(tag, code)), "")

    @property
    def number(self) -> str:
        return self.first("001", "a")


class Builder(ContentHandler):
    """Makes records of the elements as they come; `done` holds those that are complete."""

    def __init__(self, locator: Locator) -> None:
        super().__init__()
        self._place = locator
        self.done: deque[MarcRecord] = deque()
        self.records = 0
        self._depth = 0
        self._record: MarcRecord | None = None
        self._code = ""
        self._text: list[str] = []

    @property
    def _line(self) -> int:
        return self._place.getLineNumber() or 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableFile("Its elements are nested too deep.")
        kind = name.rpartition(":")[2]
        self._text = []
        if kind == "record":
            self._record = MarcRecord(self._line)
        elif self._record and kind in ("controlfield", "datafield"):
            self._record.fields.append(Field(attrs.get("tag", ""), self._line))
            self._code = "a"  # the text of a control field counts as its subfield a
        elif kind == "subfield":
            self._code = attrs.get("code", "")

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:
        self._depth -= 1
        kind = name.rpartition(":")[2]
        if kind in ("subfield", "controlfield") and self._record and self._record.fields:
            text = " ".join("".join(self._text).split())
            self._record.fields[-1].subfields.append((self._code, text))
        elif kind == "record" and self._record:
            self._record.last_line = self._line
            self.done.append(self._record)
            self.records += 1
            self._record = None
        self._text = []


def read(opened: Opened) -> Iterator[RollCall | Refusal]:
    only(opened, Layout.UNDL_MARCXML)
    first_lines: dict[str, int] = {}
    for record in marc_records(opened):
        try:
            yield from _vote(record, first_lines)
        except Unreadable as reason:
            content = f"{record.number} {record.first('245', 'a')}"
            yield Refusal(record.line, content, str(reason), reason.code, record.number)


def marc_records(opened: Opened) -> Iterator[MarcRecord]:
    parser = create_parser(forbid_dtd=True)
    builder = Builder(parser)
    parser.setContentHandler(builder)
    before, size = 0, 0
    while block := opened.read(BLOCK):
        with _sentences():
            parser.feed(block)
        size = size + len(block) if builder.records == before else 0
        before = builder.records
        if size > LARGEST_RECORD:
            raise UnreadableFile(f"It has a record of more than {LARGEST_RECORD:,} bytes.")
        while builder.done:
            yield builder.done.popleft()
    with _sentences():
        parser.close()


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as error:
        raise UnreadableFile(
            "It declares a document type, entities or something kept elsewhere; no record of the"
            " UN Library does, and it is not read."
        ) from error
    except SAXParseException as error:
        where = f"line {error.getLineNumber()}: {error.getMessage()}"
        raise UnreadableFile(f"It is not well-formed XML, {where}.") from error


def _vote(record: MarcRecord, first_lines: dict[str, int]) -> Iterator[RollCall | Refusal]:
    head = _head(record)
    refuse_repeated(head, record.line, first_lines)
    rows = [_row(field) for field in _told(record, head.method)]
    meanings, refusals, marks = positions_of(head.source_id, rows)
    yield from refusals
    refused = sum(refusal.rows for refusal in refusals)
    yield replace(
        head,
        positions=tuple(meaning.pair for meaning in meanings),
        names=tuple(meaning.name for meaning in meanings),
        marks=(*head.marks, *marks, *mark_of_refused(refused)),
    )


def _told(record: MarcRecord, method: Method) -> list[Field]:
    """The members; but a list of them without any position is no roll-call where none was taken."""
    fields = record.tagged("967")
    is_roll_call = method is Method.RECORDED or any(field.first("d") for field in fields)
    return fields if is_roll_call else []


def _row(field: Field) -> Row:
    told = (field.first("c"), field.first("d"), field.first("e"))
    return Row(field.line, told, meaning(*told))


def _head(record: MarcRecord) -> RollCall:
    _refuse_other_records(record)
    marks: list[Mark] = []
    resolutions = read_symbols("|".join(record.all("791", "a")), marks)
    refuse_the_council(resolutions)
    drafts, reports = _drafts_and_reports(record, marks)
    number = cells.read_key(record.number)
    title = " ".join(text for field in record.tagged("245")[:1] for text in field.all("abc"))
    return RollCall(
        source_id=number,
        layout=Layout.UNDL_MARCXML,
        date=cells.read_date(record.first("269", "a") or record.first("992", "a")),
        session=_session(record.first("791", "c"), resolutions, marks),
        method=_method(record),
        resolutions=resolutions,
        drafts=drafts,
        reports=reports,
        meetings=read_symbols("|".join(record.all("952", "a")), marks),
        title=cells.clean_title(title),
        title_printed=title,
        agenda_titles=cells.read_list("|".join(record.all("991", "c"))),
        subjects=cells.read_list("|".join(record.all("991", "d"))),
        note=_note(record),
        totals=_totals(record, marks),
        url=ADDRESS.format(number),
        extra={"kind": record.first("591", "a")},
        first_line=record.line,
        last_line=record.last_line,
        marks=tuple(marks),
    )


def _refuse_other_records(record: MarcRecord) -> None:
    if "Security Council" in record.all("981", "a"):
        raise Unreadable("it is of the Security Council", RefusalCode.OTHER_ORGAN)
    kinds = {text.lower() for text in (*record.all("089", "a"), *record.all("989", "a"))}
    if not (
        record.tagged("967") or record.tagged("996") or kinds & {"voting record", "voting data"}
    ):
        raise Unreadable("it is not the record of a vote", RefusalCode.NO_VOTE)


def _method(record: MarcRecord) -> Method:
    told = record.first("591", "a")
    found = (method for pattern, method in KINDS if pattern.search(told))
    return next(found, Method.RECORDED if record.tagged("967") else Method.NOT_KNOWN)


def _session(text: str, resolutions: tuple[str, ...], marks: list[Mark]) -> str:
    return read_session(text, marks) if text else session_of(resolutions)


def _drafts_and_reports(
    record: MarcRecord, marks: list[Mark]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One field holds both, and only the symbol tells which it is."""
    symbols = read_symbols("|".join(record.all("993", "a")), marks)
    drafts = tuple(symbol for symbol in symbols if _is_draft(symbol))
    return drafts, tuple(symbol for symbol in symbols if symbol not in drafts)


def _is_draft(symbol: str) -> bool:
    try:
        return cells.read_symbol(symbol).kind is Kind.DRAFT
    except Unreadable:
        return False


def _note(record: MarcRecord) -> str:
    rest = [
        text
        for field in record.tagged("996")
        for code, text in field.subfields
        if code not in TOTALS.values() and text
    ]
    return "; ".join([*record.all("500", "a"), *rest])


def _totals(record: MarcRecord, marks: list[Mark]) -> Totals:
    def total(name: str) -> int | None:
        code = TOTALS[name]
        return read_total(f"996 ${code}", record.first("996", code), marks)

    return Totals(
        yes=total("yes"),
        no=total("no"),
        abstain=total("abstain"),
        non_voting=total("non_voting"),
        members=total("members"),
    )
