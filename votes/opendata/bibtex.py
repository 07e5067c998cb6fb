"""Citations as BibTeX, which BibTeX and biblatex both understand."""

import re
from collections.abc import Iterable, Iterator

from votes.opendata.references import Reference

# In BibTeX braces have to match even where a backslash stands before them, so they get names.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def bibtex(references: Iterable[Reference]) -> str:
    return "\n".join(map(entry, references))


def entry(reference: Reference) -> str:
    kind = "techreport" if reference.is_document else "misc"
    fields = "".join(f"  {name} = {value},\n" for name, value in fields_of(reference))
    return f"@{kind}{{{reference.key},\n{fields}}}\n"


def fields_of(reference: Reference) -> Iterator[tuple[str, str]]:
    # A second pair of braces keeps a style from taking an author apart or a title to lower case.
    yield "author", f"{{{{{escaped(reference.author)}}}}}"
    yield "title", f"{{{{{escaped(reference.title)}}}}}"
    if reference.is_document:
        yield "institution", f"{{{escaped('United Nations')}}}"
        yield "type", f"{{{escaped(reference.kind)}}}"
        yield "number", f"{{{escaped(reference.number)}}}"
    if reference.day:
        yield "year", f"{{{reference.day.year}}}"
        yield "month", MONTHS[reference.day.month - 1]
    if reference.version:
        yield "version", f"{{{escaped(reference.version)}}}"
        yield "howpublished", f"{{{escaped(reference.version)}}}"
    yield "url", f"{{{reference.url}}}"
    yield "urldate", f"{{{reference.accessed.isoformat()}}}"


def escaped(text: str) -> str:
    """Return a text as LaTeX prints it."""
    return re.sub(r"[\\{}~^&%$#_]", lambda found: SPECIAL[found[0]], text)
