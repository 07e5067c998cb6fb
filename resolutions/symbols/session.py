import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, total_ordering

from resolutions.symbols.errors import SymbolError, quoting
from resolutions.symbols.roman import from_roman, to_roman
from resolutions.symbols.spelling import clean


class SessionKind(StrEnum):
    REGULAR = "regular"  # opens every September
    SPECIAL = "special"  # called on one subject
    EMERGENCY = "emergency special"  # called under Uniting for Peace, A/RES/377(V)


PREFIXES = {SessionKind.REGULAR: "", SessionKind.SPECIAL: "S-", SessionKind.EMERGENCY: "ES-"}

# The UN Digital Library writes 80, 29sp and 11emsp; symbols write S-29 and ES-11.
KINDS = {
    None: SessionKind.REGULAR,
    "REGULAR": SessionKind.REGULAR,
    "S": SessionKind.SPECIAL,
    "SP": SessionKind.SPECIAL,
    "SPECIAL": SessionKind.SPECIAL,
    "ES": SessionKind.EMERGENCY,
    "EMSP": SessionKind.EMERGENCY,
    "EMERGENCY SPECIAL": SessionKind.EMERGENCY,
}

# The last sessions whose resolutions carry the session in parentheses, as 3379 (XXX) of 1975,
# 3362 (S-VII) of 1975 and 2252 (ES-V) of 1967 do.
LAST_IN_PARENTHESES = {
    SessionKind.REGULAR: 30,
    SessionKind.SPECIAL: 7,
    SessionKind.EMERGENCY: 5,
}

# The first two special sessions were printed with Arabic figures: 106 (S-1), 186 (S-2).
ARABIC_IN_PARENTHESES = {"S-1", "S-2"}

LARGEST = 999

SPELLINGS = (
    re.compile(r"(?:(?P<kind>ES|S)[-_. ]?)?(?P<number>\d{1,3})"),
    re.compile(r"(?:(?P<kind>ES|S)[-_. ])?(?P<roman>[IVXLCDM]{1,15})"),
    re.compile(
        r"(?P<number>\d{1,3})(?:ST|ND|RD|TH)?"
        r" ?(?P<kind>EMSP|SP|EMERGENCY SPECIAL|SPECIAL|REGULAR)?(?: SESSION)?"
    ),
)


@total_ordering
@dataclass(frozen=True)
class SessionCode:
    """A session of the General Assembly; sorts by kind, then in the order of time."""

    kind: SessionKind
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LARGEST:
            raise SymbolError(f"there is no {self.kind} session {self.number} of the Assembly")

    def __str__(self) -> str:
        return f"{PREFIXES[self.kind]}{self.number}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, SessionCode):
            return NotImplemented
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[int, int]:
        return tuple(SessionKind).index(self.kind), self.number

    @property
    def stands_in_parentheses(self) -> bool:
        """Whether this session's resolutions are written 1514(XV) rather than 79/6."""
        return self.number <= LAST_IN_PARENTHESES[self.kind]

    @property
    def in_parentheses(self) -> str:
        if str(self) in ARABIC_IN_PARENTHESES:
            return str(self)
        return PREFIXES[self.kind] + to_roman(self.number)


@lru_cache(maxsize=1024)
def read_session(cleaned: str) -> SessionCode:
    for spelling in SPELLINGS:
        if found := spelling.fullmatch(cleaned.strip()):
            return _session(found.groupdict())
    raise SymbolError(f"{cleaned!r} is no session such as 79, S-10, ES-11 or (XV)")


def _session(found: dict[str, str | None]) -> SessionCode:
    roman = found.get("roman")
    number = from_roman(roman) if roman else int(found["number"] or 0)
    return SessionCode(KINDS[found["kind"]], number)


def parse_session(text: str) -> SessionCode:
    """Reads 80, 11emsp, 29sp, ES-10, ES-XI, (XV), (S-VI), "79th session"."""
    with quoting(text, "a session of the General Assembly"):
        return read_session(clean(text))
