"""Rows of long tables as HTML: templates would take most of the time of a page."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _t

from resolutions.models.provenance import Fact, Relation
from resolutions.wording import (
    in_percent,
    long_date,
    no_positions,
    no_totals,
    remembered,
    tally_text,
)
from votes.drawing import drawn
from votes.facts import FactRow, Note
from votes.profile import PositionRow
from votes.search.lines import Line


def fact_rows(rows: Iterable[FactRow]) -> SafeString:
    """Return the rows of the table that says where each fact comes from."""
    unknown, unnamed = escape(_t("not known")), escape(_t("no source named"))
    return mark_safe(  # noqa: S308  # every value is escaped
        "".join(
            [
                f'<tr><th scope="row">{_name(row.fact)}</th>'
                f"<td>{escape(row.value) or unknown}</td>"
                f"<td>{''.join(map(_note, row.notes)) or unnamed}</td></tr>\n"
                for row in rows
            ]
        )
    )


@remembered
def _name(fact: Fact) -> str:
    return escape(fact.label)


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


def text_lines(lines: Iterable[Line]) -> SafeString:
    """Return lines of texts: date, text, status, totals, and whether positions are held."""
    return drawn(lines, "text", draw=_text_line)


def vote_lines(lines: Iterable[Line]) -> SafeString:
    """Return lines of single votes: with the outcome in place of a status."""
    return drawn(lines, "vote", draw=_vote_line)


def position_lines(rows: Iterable[PositionRow]) -> SafeString:
    """Return how a member voted, line by line."""
    return drawn(rows, "position", draw=_position_line)


def _text_line(line: Line) -> str:
    status = f'<span class="pill {slugify(line.row.status)}">{escape(line.status)}</span>'
    return f"<tr>{_heading(line)}<td>{status}</td>{_totals(line)}{_held(line)}</tr>\n"


def _vote_line(line: Line) -> str:
    outcome = escape(line.outcome)
    return f"<tr>{_heading(line)}<td>{outcome}</td>{_totals(line)}{_held(line)}</tr>\n"


def _position_line(position: PositionRow) -> str:
    line, row = position.line, position.line.row
    held = f'<td class="{position.css}">{escape(position.label)}</td>'
    result: str = escape(line.outcome)
    if row.yes is not None:
        totals = tally_text(row.yes, row.no or 0, row.abstain or 0)
        result += f', <span class="result">{totals}</span>'
    return f"<tr>{_heading(line)}{held}<td>{result}</td></tr>\n"


def _heading(line: Line) -> str:
    """Return the date, and what was decided with the way to its page."""
    text = f'<bdi dir="ltr" class="sym">{escape(line.symbol)}</bdi> {escape(line.title)}'
    named = " – ".join(filter(None, [text if line.title else "", escape(line.question)]))
    elsewhere = f" <small>{escape(line.elsewhere)}</small>" if line.elsewhere else ""
    link = f'<a href="{escape(line.url)}">{named}</a>'
    return f'<td class="day">{_day(line)}</td><th scope="row">{link}{elsewhere}</th>'


def _day(line: Line) -> str:
    date = line.row.date
    if date is None:
        return escape(_t("not decided"))
    return f'<time datetime="{date.isoformat()}">{escape(long_date(date))}</time>'


def _totals(line: Line) -> str:
    row, share = line.row, line.share_of_yes
    if row.yes is None:
        return f'<td class="num" colspan="4">{escape(no_totals(row.method))}</td>'
    cells = (row.yes, row.no, row.abstain, "" if share is None else escape(in_percent(share)))
    return "".join([f'<td class="num">{cell}</td>' for cell in cells])


def _held(line: Line) -> str:
    row = line.row
    return f"<td>{escape(_t('held') if row.is_recorded else no_positions(row.method))}</td>"
