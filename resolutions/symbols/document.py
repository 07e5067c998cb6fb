"""Every symbol that is no resolution: drafts, meeting records, reports, and the rest."""

import re
from functools import lru_cache
from typing import NamedTuple

from resolutions.symbols.errors import SymbolError
from resolutions.symbols.session import SessionCode, SessionKind, read_session
from resolutions.symbols.symbol import Kind, Organ, Symbol

# The letters with which symbols of the United Nations and its treaty bodies begin. "and/or 2"
# typed into a search box is not a document, so whatever is missing here has to be added.
ROOTS = re.compile(
    "A|S|E|T|ST|AC|APLC|AT|BWC|CAC|CAT|CBD|CCPR|CCW|CD|CEB|CED|CEDAW|CERD|CMW|CRC|CRPD|CTOC|DC|DP"
    "|DSG|ECE|ECOSOC|FCCC|GA|GC|HRI|HS|HSP|ICCD|ICSC|ID|IDB|ISBA|JIU|LC|LOS|NPT|OPCAT|PBC|PC"
    "|PCNICC|SC|SG|SPLOS|TD|TPNW|TRANS|UNCTAD|UNEP|UNFPA|UNITAR|UNW|WFC|WFP"
)
PRINCIPAL_ORGANS = {
    "A": Organ.ASSEMBLY,
    "S": Organ.SECURITY_COUNCIL,
    "E": Organ.ECOSOC,
    "T": Organ.TRUSTEESHIP_COUNCIL,
    "ST": Organ.SECRETARIAT,
}
PRESS_RELEASES = {"GA", "SC", "SG", "DSG", "ECOSOC"}

# Written with a full stop before a figure: L.39, PV.5, C.3.
DOTTED = "ADD|AMEND|AC|C|CN|CONF|CORR|CRP|L|PV|REV|SR|SUB|WG|WP"
# Everything else is written in capitals.
SPELLED = {
    "ADD": "Add",
    "AMEND": "Amend",
    "CORR": "Corr",
    "REV": "Rev",
    "SUB": "Sub",
    "SUMMARY": "Summary",
}
IN_PARENTHESES = {"RESUMPTION": "Resumption", "PART": "Part", "VOL": "Vol."}

COMPONENT = re.compile(
    r"(?P<name>(?:[A-Z]{1,8}|[A-Z]{0,7}\d[A-Z0-9]{0,9})(?:[.-][A-Z0-9]{1,10}){0,3})"
    r"(?P<qualifier>\((?=[A-Z0-9])(?:(?P<word>RESUMPTION|PART|VOL|SUPP|[A-Z]{3,10})\.? ?)?"
    r"(?P<figure>[A-Z0-9]{0,6})\))?"
)
GLUED = re.compile(rf"(?P<word>{DOTTED})[-. ]?(?P<number>\d[A-Z0-9]*(?:-\d+)?)")
SESSION = re.compile(r"E?S[-. ]?\d{1,3}|E?S[- ][IVX]{1,6}")
MODIFIER = re.compile(r"(?:Add|Amend|Corr|Rev)\..+|Summary")
# S-10-L.1 is left out: it is not the Council's but a special session's.
SLUG = re.compile(r"(?:A|E|ST|S(?=[-_.](?:\d{4}|[A-Z])))(?:[-_.][^/_.-]+){2,}")
MAIN_COMMITTEE = re.compile(r"C\.[1-6]|SPC")
PLENARY = re.compile(r"\d.*|E?S-\d+|(?:L|PV)\..+|INF")
BODY = re.compile(r"(?:AC|C|CN|CONF|SUB|Sub|WG)\..+")
# From its 31st session the Assembly puts the session into its documents; before, A/1234.
FIRST_SESSION_IN_DOCUMENTS = 31

KINDS = (
    (re.compile(r"(?:PV|SR)\.\d.*"), Kind.MEETING_RECORD),
    (re.compile(r"RES"), Kind.RESOLUTION),
    (re.compile(r"DEC"), Kind.DECISION),
)
DRAFT = re.compile(r"L\.\d.*")
DRAFTING_ORGANS = {Organ.ASSEMBLY, Organ.MAIN_COMMITTEE}
YEAR = re.compile(r"(?:19|20|21)\d\d")


class Cut(NamedTuple):
    """A document's components, with what was added to it later cut off."""

    body: list[str]
    modifiers: list[str]


def read_document(text: str) -> Symbol:
    cut = _cut(_components(text))
    _refuse_unnumbered(cut.body)
    base = "/".join(cut.body)
    organ = _organ(cut.body)
    return Symbol(
        "/".join([base, *cut.modifiers]),
        organ,
        _kind(organ, cut.body),
        base,
        _session(organ, cut.body),
        _number(cut.body[-1]),
        _year(cut.body),
    )


def _components(text: str) -> list[str]:
    if " " in text:
        text = re.sub(r" ?([.()]) ?", r"\1", text)
    root, *rest = _from_slug(text) if SLUG.fullmatch(text) else text.split("/")
    # Only the Assembly has emergency special sessions: ES-11/L.1 is A/ES-11/L.1.
    if root.startswith("ES") and SESSION.fullmatch(root):
        root, rest = "A", [root, *rest]
    if not ROOTS.fullmatch(root) or not rest:
        raise SymbolError(
            "it neither begins with the letters of a UN body, as A/, S/ and E/ do,"
            " nor is it the number of a resolution, such as 68/262"
        )
    return [root, *map(_spelled, rest)]


def _from_slug(text: str) -> list[str]:
    """a-es-11-l-1, A_C.3_77_L.5: split at every sign, then ES and 11, L and 1 belong together."""
    first, *words = re.split(r"[-_.]", text)
    components = [first]
    for word in words:
        if len(components) > 1 and GLUED.fullmatch(f"{components[-1]}.{word}"):
            components[-1] += "." + word
        elif len(components) > 1 and SESSION.fullmatch(f"{components[-1]}-{word}"):
            components[-1] += "-" + word
        else:
            components.append(word)
    return components


@lru_cache(maxsize=4096)
def _spelled(component: str) -> str:
    if SESSION.fullmatch(component):
        return str(read_session(component))
    if glued := GLUED.fullmatch(component):
        component = f"{glued['word']}.{_figure(glued['number'])}"
    found = COMPONENT.fullmatch(component)
    if not found:
        raise SymbolError(f"{component!r} is no component of a symbol")
    return _name(found["name"]) + _qualifier(found)


def _name(name: str) -> str:
    word, dot, rest = name.partition(".")
    return _figure(SPELLED.get(word, word)) + dot + rest


def _figure(text: str) -> str:
    return (text.lstrip("0") or "0") if text.isdigit() else text


def _qualifier(found: re.Match[str]) -> str:
    """(Resumption 1) is written (Resumption1), as in the UN Digital Library."""
    if not found["qualifier"]:
        return ""
    word = found["word"] or ""
    return f"({IN_PARENTHESES.get(word, word)}{found['figure']})"


def _cut(components: list[str]) -> Cut:
    length = len(components)
    while length > 1 and MODIFIER.fullmatch(components[length - 1]):
        length -= 1
    return Cut(components[:length], components[length:])


def _refuse_unnumbered(body: list[str]) -> None:
    """A/C.3 is a committee and A/ES-11 a session: neither is a document."""
    numbered = any(re.search(r"\d", component) for component in body[1:])
    if not numbered or BODY.fullmatch(body[-1]) or SESSION.fullmatch(body[-1]):
        raise SymbolError(f"after {body[-1]} the number of the document is missing")


def _organ(body: list[str]) -> Organ:
    principal = PRINCIPAL_ORGANS.get(body[0], Organ.OTHER)
    if principal is Organ.ASSEMBLY:
        return _organ_below_the_assembly(body[1])
    below = BODY.fullmatch(body[1]) and principal is not Organ.OTHER
    return Organ.SUBSIDIARY if below else principal


def _organ_below_the_assembly(component: str) -> Organ:
    if MAIN_COMMITTEE.fullmatch(component):
        return Organ.MAIN_COMMITTEE
    return Organ.ASSEMBLY if PLENARY.fullmatch(component) else Organ.SUBSIDIARY


def _kind(organ: Organ, body: list[str]) -> Kind:
    if body[0] in PRESS_RELEASES:
        return Kind.PRESS_RELEASE
    for pattern, kind in KINDS:
        if any(pattern.fullmatch(component) for component in body[1:]):
            return kind
    drafted = organ in DRAFTING_ORGANS and any(map(DRAFT.fullmatch, body))
    return Kind.DRAFT if drafted else Kind.DOCUMENT


def _session(organ: Organ, body: list[str]) -> SessionCode | None:
    """A/79/PV.29 and A/C.3/79/L.5, but not A/1234 and not A/HRC/49/L.1, a session of its own."""
    if organ not in DRAFTING_ORGANS:
        return None
    candidate, *rest = body[1 if organ is Organ.ASSEMBLY else 2 :]
    if not rest or not re.fullmatch(r"\d{1,3}|E?S-\d+", candidate):
        return None
    session = read_session(candidate)
    plain = session.kind is SessionKind.REGULAR and session.number < FIRST_SESSION_IN_DOCUMENTS
    return None if plain else session


def _number(component: str) -> int | None:
    found = re.search(r"(\d+)(?:\(.*)?$", component)
    return int(found[1]) if found else None


def _year(body: list[str]) -> int | None:
    if body[0] != "S":
        return None
    return next((int(part) for part in body[1:-1] if YEAR.fullmatch(part)), None)
