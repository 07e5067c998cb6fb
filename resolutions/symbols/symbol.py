import re
from dataclasses import dataclass
from enum import StrEnum

from resolutions.symbols.session import SessionCode


class Organ(StrEnum):
    ASSEMBLY = "General Assembly"
    MAIN_COMMITTEE = "Main Committee"  # the First to Sixth and the former Special Political
    SECURITY_COUNCIL = "Security Council"
    ECOSOC = "Economic and Social Council"
    TRUSTEESHIP_COUNCIL = "Trusteeship Council"
    SECRETARIAT = "Secretariat"
    SUBSIDIARY = "subsidiary body"  # commissions, conferences, councils below a principal organ
    OTHER = "other body"  # treaty bodies, funds, programmes


class Kind(StrEnum):
    RESOLUTION = "resolution"
    DECISION = "decision"  # A/DEC/…, a kind of document; not every action of the Assembly
    DRAFT = "draft"  # L. documents of the Assembly and its Main Committees
    MEETING_RECORD = "meeting record"  # PV. verbatim, SR. summary
    DOCUMENT = "document"  # reports, letters, and the Council's drafts: the symbol does not tell
    PRESS_RELEASE = "press release"


SortKey = tuple[int, int, tuple[int, int], int, int, tuple[tuple[int, str], ...]]


@dataclass(frozen=True)
class Symbol:
    canonical: str
    organ: Organ
    kind: Kind
    base: str  # without part, passage, Add., Corr. and Rev.: the text that all of them belong to
    session: SessionCode | None = None
    number: int | None = None
    year: int | None = None  # of a Security Council document
    part: str = ""  # C, A-C
    passage: str = ""  # PARA.3, RULE-73

    def __str__(self) -> str:
        return self.canonical

    @property
    def suffix(self) -> str:
        """The part and the passage: "C", "A-C", "[PARA.3]", "A[PARA.3]"."""
        return self.part + (f"[{self.passage}]" if self.passage else "")

    @property
    def sort_key(self) -> SortKey:
        """Organ, kind, session in time order, year, number; then the spelling, 9 before 10."""
        return (
            tuple(Organ).index(self.organ),
            tuple(Kind).index(self.kind),
            self.session.sort_key if self.session else (-1, 0),
            self.year or 0,
            self.number or 0,
            natural_order(self.canonical),
        )


def natural_order(text: str) -> tuple[tuple[int, str], ...]:
    chunks = re.findall(r"(\d*)(\D*)", text)
    return tuple((int(digits or 0), letters) for digits, letters in chunks)
