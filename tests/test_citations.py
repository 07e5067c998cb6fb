"""Citations: what they say, and that the programs they are for read the same out of them."""

import datetime
import json
import warnings

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from votes.opendata.bibtex import bibtex, escaped
from votes.opendata.citations import citations_of
from votes.opendata.csl import csl
from votes.opendata.described import Described, Document, Imprint, Moment
from votes.opendata.references import one_line, references_of
from votes.opendata.ris import ris

pytestmark = pytest.mark.pure

HOME = "https://portal.example"
MOMENT = Moment(HOME, datetime.date(2026, 5, 4), 17, datetime.datetime(2026, 5, 1, 8, 30))
BEES = Document(
    symbol="A/RES/77/9000",
    title="On the keeping of bees",
    organ="United Nations, General Assembly",
    kind="Resolution",
    day=datetime.date(2022, 10, 12),
    url="https://docs.un.org/en/A/RES/77/9000",
)
HOSTILE = r"""R&D at 50% of $1 #_{} ~^ \end{x} "quoted" 'so' {unmatched @misc{x, <b>é – 中"""


def imprint(title: str = "", document: Document | None = BEES) -> Imprint:
    page = Described(
        title=title or f"{BEES.title} ({BEES.symbol})",
        path="/resolutions/A/RES/77/9000/",
        sentence="Adopted on 12 October 2022 without a vote.",
        document=document,
    )
    return Imprint(page, MOMENT)


def hostile() -> Imprint:
    return imprint(HOSTILE, BEES._replace(title=HOSTILE))


# In words


def test_the_un_style_names_the_document_and_then_the_page():
    assert citations_of(imprint())[0] == (
        "UN",
        "United Nations, General Assembly, “On the keeping of bees”, A/RES/77/9000 (12 October"
        " 2022). Available at https://docs.un.org/en/A/RES/77/9000. UNGA Portal, data version"
        " 17. Available at https://portal.example/resolutions/A/RES/77/9000/ (accessed on 4 May"
        " 2026).",
    )


def test_apa_and_chicago_name_the_page_with_its_version_and_the_day_of_access():
    assert dict(citations_of(imprint())[1:]) == {
        "APA": "UNGA Portal. (2026). On the keeping of bees (A/RES/77/9000) (data version 17)"
        " [Data set]. Retrieved May 4, 2026, from"
        " https://portal.example/resolutions/A/RES/77/9000/",
        "Chicago": "UNGA Portal. “On the keeping of bees (A/RES/77/9000).” Data version 17."
        " Accessed May 4, 2026. https://portal.example/resolutions/A/RES/77/9000/.",
    }


def test_a_document_that_was_not_adopted_has_no_date():
    draft = imprint(document=BEES._replace(symbol="A/77/L.9", day=None))

    assert "”, A/77/L.9. Available at" in citations_of(draft)[0].text
    assert "issued" not in csl(references_of(draft)[1])
    assert (
        "year"
        not in parse_string(bibtex(references_of(draft)), "bibtex").entries["A-77-L.9"].fields
    )
    assert "year" not in rispy.loads(ris(references_of(draft)))[1]


def test_a_page_that_is_about_no_document_is_cited_alone():
    assert len(references_of(imprint(document=None))) == 1


# As BibTeX


def test_bibtex_has_the_page_and_the_document():
    page, document = parse_string(bibtex(references_of(imprint())), "bibtex").entries.items()

    assert page[0] == "unga-portal-resolutions-A-RES-77-9000"
    assert page[1].type == "misc"
    assert dict(page[1].fields) == {
        "title": "{On the keeping of bees (A/RES/77/9000)}",
        "year": "2026",
        "month": "May",
        "version": "data version 17",
        "howpublished": "data version 17",
        "url": "https://portal.example/resolutions/A/RES/77/9000/",
        "urldate": "2026-05-04",
    }
    assert document[0] == "A-RES-77-9000"
    assert document[1].type == "techreport"
    assert document[1].fields["number"] == "A/RES/77/9000"
    assert document[1].fields["year"] == "2022"
    assert [str(one) for one in document[1].persons["author"]] == [
        "{United Nations, General Assembly}"
    ]


def test_bibtex_prints_every_sign_of_a_title():
    entries = parse_string(bibtex(references_of(hostile())), "bibtex").entries

    assert len(entries) == 2
    assert {entry.fields["title"] for entry in entries.values()} == {
        r"{R\&D at 50\% of \$1 \#\_\textbraceleft{}\textbraceright{} \textasciitilde{}"
        r"\textasciicircum{} \textbackslash{}end\textbraceleft{}x\textbraceright{}"
        r""" "quoted" 'so' \textbraceleft{}unmatched @misc\textbraceleft{}x, <b>é – 中}"""
    }


@pytest.mark.parametrize("sign", ["&", "%", "#", "_", "é", "“"])
def test_latex_turned_back_is_the_title(sign):
    assert str(Text.from_latex(escaped(f"a {sign} b"))) == f"a {sign} b"


@given(st.text(max_size=60))
def test_no_title_breaks_a_bibtex_file(title):
    read = parse_string(bibtex(references_of(imprint(f"x{title}"))), "bibtex").entries

    assert list(read) == ["unga-portal-resolutions-A-RES-77-9000", "A-RES-77-9000"]
    assert read["A-RES-77-9000"].fields["url"] == BEES.url


# As RIS


def test_ris_has_the_page_and_the_document():
    page, document = rispy.loads(ris(references_of(imprint())))

    assert page["type_of_reference"] == "ELEC"
    assert page["authors"] == ["UNGA Portal"]
    assert page["year"] == "2026"
    assert page["access_date"] == "2026/05/04/"
    assert page["edition"] == "data version 17"
    assert page["urls"] == ["https://portal.example/resolutions/A/RES/77/9000/"]
    assert document["type_of_reference"] == "RPRT"
    assert document["authors"] == ["United Nations General Assembly"]
    assert document["date"] == "2022/10/12/"
    assert document["issn"] == "A/RES/77/9000"


def test_ris_keeps_a_title_on_one_line():
    broken = imprint("On bees\r\nER  - \r\nTY  - JOUR\u2028and wasps")
    read = rispy.loads(ris(references_of(broken)))

    assert len(read) == 2
    assert read[0]["title"] == "On bees ER - TY - JOUR and wasps"


@given(st.text(max_size=60))
def test_no_title_breaks_a_ris_file(title):
    text = ris(references_of(imprint(f"x{title}")))

    assert rispy.loads(text)[0]["title"] == one_line(f"x{title}")
    assert all(line[2:6] == "  - " for line in text.split("\r\n")[:-1])


# As CSL-JSON


def set_by_a_style(items):
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatters.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


def test_csl_json_is_set_by_a_citation_processor():
    items = json.loads(json.dumps([csl(reference) for reference in references_of(imprint())]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page, document = set_by_a_style(items)

    assert page.startswith("UNGA Portal (2026)")
    assert "On the keeping of bees (A/RES/77/9000)" in page
    assert "https://portal.example/resolutions/A/RES/77/9000/" in page
    assert "(Accessed: May 4, 2026)" in page
    assert document.startswith("United Nations, General Assembly (2022)")
    assert "A/RES/77/9000" in document


def test_csl_dates_are_parts():
    page, document = (csl(reference) for reference in references_of(imprint()))

    assert page["accessed"] == {"date-parts": [[2026, 5, 4]]}
    assert document["issued"] == {"date-parts": [[2022, 10, 12]]}
    assert document["number"] == "A/RES/77/9000"
    assert page["version"] == "data version 17"


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\x00", "\x85", "\u2028", "\x1f"])
def test_what_would_begin_a_line_is_a_space(sign):
    assert one_line(f" a{sign}b ") == "a b"
