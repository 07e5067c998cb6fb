"""What templates tell of a page besides what it shows."""

from django import template
from django.utils.safestring import SafeString

from votes.opendata import citations, linked
from votes.opendata.accepting import CITATIONS, Form
from votes.opendata.citations import Citation
from votes.opendata.described import Imprint

register = template.Library()
NAMES = {Form.BIBTEX: "BibTeX", Form.RIS: "RIS", Form.CSL: "CSL-JSON"}


@register.filter
def json_ld(imprint: Imprint) -> SafeString:
    return linked.json_ld(imprint)


@register.filter
def in_words(imprint: Imprint) -> list[Citation]:
    return citations.citations_of(imprint)


@register.filter
def as_files(imprint: Imprint) -> list[tuple[str, str]]:
    """Return the name of each format of citations, and the path where the page has it."""
    return [(NAMES[form], imprint.page.beside(form)) for form in CITATIONS]
