"""What templates tell of a page besides what it shows."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from votes.opendata import citations, linked
from votes.opendata.accepting import CITATIONS, Form
from votes.opendata.described import Imprint

register = template.Library()
NAMES = {
    Form.ATOM: _("Feed (Atom)"),
    Form.JSON_FEED: _("Feed (JSON)"),
    Form.CALENDAR: _("Calendar"),
    Form.BIBTEX: "BibTeX",
    Form.RIS: "RIS",
    Form.CSL: "CSL-JSON",
}


@register.filter
def json_ld(imprint: Imprint) -> SafeString:
    return linked.json_ld(imprint)


@register.filter
def in_words(imprint: Imprint) -> SafeString:
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>\n", citations.citations_of(imprint))


@register.filter
def as_files(imprint: Imprint) -> SafeString:
    return format_html_join("", '<a href="{1}">{0}</a>', named(imprint, CITATIONS))


@register.filter
def to_follow(imprint: Imprint) -> list[tuple[str, str]]:
    return named(imprint, imprint.forms)


def named(imprint: Imprint, forms: Iterable[Form]) -> list[tuple[str, str]]:
    """Return the name of each form of a page, and the path where it stands."""
    return [(str(NAMES[form]), imprint.page.beside(form)) for form in forms]
