"""Rows of tables that stand on every page, as HTML: a template would take most of its time."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t

from resolutions.models.provenance import Relation
from votes.facts import FactRow, Note


def fact_rows(rows: Iterable[FactRow]) -> SafeString:
    """Return the rows of the table that says where each fact comes from."""
    unknown, unnamed = escape(_t("not known")), escape(_t("no source named"))
    return mark_safe(  # noqa: S308  # every value is escaped
        "".join(
            [
                f'<tr><th scope="row">{escape(row.fact.label)}</th>'
                f"<td>{escape(row.value) or unknown}</td>"
                f"<td>{''.join(map(_note, row.notes)) or unnamed}</td></tr>\n"
                for row in rows
            ]
        )
    )


def _note(note: Note) -> str:
    citation = note.citation
    differs = ' class="differs"' if citation.relation == Relation.DIFFERS else ""
    locator = f" {escape(citation.locator)}" if citation.locator else ""
    words = f" – {escape(citation.note)}" if citation.note else ""
    link = f'<a href="#source-{note.number}">[{note.number}]</a>'
    return f"<span{differs}>{link}{_relation(citation.relation, locator)}{locator}{words}</span>\n"


def _relation(relation: str, locator: str) -> str:
    if relation == Relation.DIFFERS:
        return f" <strong>{escape(_t('says something else:'))}</strong>"
    if relation == Relation.REPEATS:
        return f" {escape(_t('repeats it'))}{',' if locator else ''}"
    return ""
