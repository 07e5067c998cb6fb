"""Citations as RIS, the lines that reference managers exchange."""

from collections.abc import Iterable, Iterator

from votes.opendata.references import Reference

END = "\r\n"


def ris(references: Iterable[Reference]) -> str:
    lines = (line for reference in references for line in lines_of(reference))
    return "".join(f"{tag}  - {value}{END}" for tag, value in lines)


def lines_of(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT" if reference.is_document else "ELEC"
    yield "ID", reference.key
    # A comma would split an author into a family and a first name.
    yield "AU", reference.author.replace(",", "")
    yield "TI", reference.title
    if reference.day:
        yield "PY", str(reference.day.year)
        yield "DA", reference.day.strftime("%Y/%m/%d/")
    if reference.is_document:
        yield "PB", "United Nations"
        yield "M3", reference.kind
        yield "SN", reference.number
    if reference.version:
        yield "ET", reference.version
    yield "UR", reference.url
    yield "Y2", reference.accessed.strftime("%Y/%m/%d/")
    yield "ER", ""
