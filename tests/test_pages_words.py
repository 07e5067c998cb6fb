"""No word for readers stands outside gettext: pages are made in a language that marks what it says.

Every message comes back in brackets. What then stands outside of all brackets must be a name, a
title or another value of the database, a number or a sign, or the name of the portal.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from resolutions.models import ImportRun
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.corrected import corrected_portal
from tests.imported import imported_portal
from tests.reading import parse
from votes.models import Method, Outcome, Question, StateName, Venue

pytestmark = pytest.mark.once

OPEN, CLOSE = "⟦", "⟧"
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt")
# What no language changes: the portal's own name, the symbol that shows how symbols look, formats.
PROPER_NAMES = {
    "UNGA Portal", "A/RES/ES-11/1",
    "CSV", "JSON", "JSON Feed", "Atom", "BibTeX", "RIS", "CSL-JSON", "PNG", "SVG",
}  # fmt: skip

RECORD = [
    "/",
    "/about/",
    "/data/",
    "/resolutions/",
    "/resolutions/?q=nothing+fits+this",
    "/resolutions/?year=soon&status=x",
    "/resolutions/?session=next",
    "/resolutions/?page=x",
    "/resolutions/?page=99",
    "/resolutions/A/RES/ES-11/1/",
    "/resolutions/A/RES/ES-11/3/",
    "/resolutions/A/RES/ES-11/4/?view=map",
    "/resolutions/A/RES/ES-11/6/?view=groups",
    "/resolutions/A/RES/ES-11/1/?view=table&position=A",
    "/resolutions/A/RES/ES-11/1/?name=nobody+at+all",
    "/resolutions/A/RES/ES-11/1/?view=globe",
    "/resolutions/A/RES/99/1/",
    "/resolutions/honey/",
    "/resolutions/S/2022/720/",
    "/sessions/",
    "/sessions/ES-11/",
    "/sessions/77/",
    "/sessions/honey/",
    "/states/",
    "/states/?name=atlantis",
    "/states/FRA/",
    "/states/FRA/?year=1999",
    "/states/TUR/",
    "/states/SYR/",
    "/states/YUG/",
    "/states/XYZ/",
    "/timeline/",
    "/timeline/?year=1999",
    "/data/ledger/",
    "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/",
    "/votes/nothing/",
    "/share/votes/2022-03-02-A-RES-ES-11-1/",
    "/share/votes/nothing/",
    "/embed/votes/2022-03-02-A-RES-ES-11-1/",
    "/embed/votes/2022-03-02-A-RES-ES-11-1/?chart=board",
    "/embed/votes/2022-11-14-A-RES-ES-11-5/?chart=map",
    "/embed/votes/2022-03-02-A-RES-ES-11-1/?theme=red",
    "/embed/votes/nothing/",
    "/nothing/",
    "/?q=%00",
    "/?q=%ff",
]


def marked(message: object, *others: object) -> str:
    return f"{OPEN}{message}{CLOSE}"


def marked_plural(one: str, many: str, number: float) -> str:
    return marked(one if number == 1 else many)


@pytest.fixture
def marking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every message come back in brackets, as from a catalogue."""
    before = translation.get_language()
    # A language of its own: what was made and remembered in another one is not to be seen here.
    for name, replacement in {
        "get_language": lambda: "en-marked",
        "gettext": marked,
        "ngettext": marked_plural,
        "pgettext": lambda context, message: marked(message),
        "npgettext": lambda context, one, many, number: marked_plural(one, many, number),
    }.items():
        monkeypatch.setattr(translation._trans, name, replacement)  # type: ignore[attr-defined]
    yield
    # Who overrode the language meanwhile has put back the one that there is only here.
    translation.activate(before)


def values_of_the_database() -> set[str]:
    """Return every text that editors and fixtures have written."""
    found: set[str] = set()
    for room in ("resolutions", "votes"):
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.choices:
                    found.update(model._base_manager.values_list(field.name, flat=True).distinct())
    return {value for value in found if re.search(r"[^\W\d_]{2}", value)} | PROPER_NAMES


def read_out(root: Element) -> Iterator[str]:
    """Yield the texts that stand in attributes."""
    for element in root.iter():
        yield from (element.get(name, "") for name in ATTRIBUTES)
        if element.get("name") == "description":
            yield element.get("content", "")


def outside_of_brackets(texts: Iterable[str]) -> Iterator[str]:
    """Yield what is left of each text; a message may begin in one and end in another."""
    depth = 0
    for text in texts:
        kept = []
        for sign in text:
            depth += sign == OPEN
            kept.append("" if depth else sign)
            depth -= sign == CLOSE
        yield "".join(kept)
    assert depth == 0, "a mark is lost"


def untranslated(response: HttpResponse, values: set[str]) -> set[str]:
    """Return what a reader of another language would read in English."""
    root = parse(response.content.decode())
    # What machines are told is made of the same words, and of names that no reader sees.
    for data in root.findall(".//script[@type='application/ld+json']"):
        data.text = ""
    for code in root.iter("textarea"):
        code.text = ""
    left = {*outside_of_brackets(root.itertext()), *outside_of_brackets(read_out(root))}
    known = sorted(values, key=len, reverse=True)
    return {text.strip() for text in left if has_words(without(text, known))}


def without(text: str, values: list[str]) -> str:
    if not has_words(text):
        return ""
    for value in values:
        text = text.replace(value, "")
    return text


def has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text))


@pytest.mark.usefixtures("record", "marking")
@pytest.mark.parametrize("address", RECORD)
def test_no_word_of_a_page_stands_outside_gettext(client, address):
    assert untranslated(client.get(address), values_of_the_database()) == set()


# Pages of which rows, charts and names are kept from one request to the next.
KEPT = ["/", "/resolutions/", "/states/", "/states/FRA/", "/sessions/", "/timeline/",
        "/sessions/ES-11/", "/data/ledger/", "/resolutions/A/RES/ES-11/1/"]  # fmt: skip


@pytest.fixture
def made_in_english(client: Client, record: None) -> None:
    for address in KEPT:
        assert client.get(address).status_code == 200, address


@pytest.mark.usefixtures("made_in_english", "marking")
@pytest.mark.parametrize("address", KEPT)
def test_what_was_made_for_one_language_is_not_shown_in_another(client, address):
    assert untranslated(client.get(address), values_of_the_database()) == set()


@pytest.mark.usefixtures("marking")
def test_no_word_of_a_refusal_stands_outside_gettext(client):
    assert untranslated(client.post("/"), PROPER_NAMES) == set()


EVENTS: dict[str, Callable[..., object]] = {
    "without a vote": lambda text: cast.event(text, Method.WITHOUT_VOTE),
    "acclamation": lambda text: cast.event(text, Method.ACCLAMATION),
    "secret ballot": lambda text: cast.event(text, Method.SECRET_BALLOT),
    "not recorded": lambda text: cast.event(text, Method.NON_RECORDED),
    "not known": lambda text: cast.event(text, Method.NOT_KNOWN, rule="not known"),
    "no totals": lambda text: cast.event(text, **cast.totals(None, None, None)),
    "rejected": lambda text: cast.event(text, outcome=Outcome.REJECTED, rule="two thirds"),
    "outcome not known": lambda text: cast.event(text, outcome=Outcome.NOT_KNOWN),
    "in committee": lambda text: cast.event(text, venue=Venue.SPC),
    "recorded": lambda text: cast.event(text, positions=cast.HABITS),
    "not eligible": lambda text: cast.event(text, positions=cast.HABITS | {cast.DUNMARK: "I"}),
    "announced otherwise": lambda text: cast.event(
        text, positions=cast.HABITS, **cast.totals(3, 1, 1)
    ),
    "withdrawn": lambda text: cast.timeline_event(kind="withdrawal").texts.add(text),
    "not put": lambda text: cast.timeline_event(kind="not put to a vote").texts.add(text),
    "planned": lambda text: cast.timeline_event(
        kind="vote", standing="planned", as_of=cast.DAY
    ).texts.add(text),
    "nothing": lambda text: None,
}


@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("happening", EVENTS)
def test_no_word_about_any_method_stands_outside_gettext(client, empty_portal, happening):  # noqa: F811
    members = cast.states()
    StateName.objects.filter(member=members[cast.ALDORA]).update(from_date="2023-01-01")
    StateName.objects.filter(member=members[cast.BORVIA]).update(uncertain_from="2022-01-01")
    text = cast.text("A/77/L.9000", title_is_ours=True)
    EVENTS[happening](text)
    for event in text.events.all():
        builders.intention(event=event, member=members[cast.ESTMERE])
        builders.discrepancy(event=event, member=members[cast.BORVIA])
        cast.cite(event.subject_key, fact="totals", relation="differs", note="Prints 3.")
    part = cast.event(text, question=Question.PARAGRAPH, question_text="Paragraph 3")
    values = values_of_the_database()

    for address in (
        "/",
        "/resolutions/",
        "/resolutions/A/77/L.9000/?view=map",
        "/resolutions/A/77/L.9000/?view=groups",
        f"/votes/{part.key}/",
        "/sessions/77/",
        "/states/QAA/",
        "/timeline/",
    ):
        assert untranslated(client.get(address), values) == set(), address


@pytest.mark.usefixtures("marking", "empty_portal")
def test_no_word_about_what_was_imported_stands_outside_gettext(client, tmp_path):
    """What the reader of a file found in it is told in the words in which it was kept."""
    pages = imported_portal(tmp_path)
    kept = {
        row.get(name, "")
        for run in ImportRun.objects.all()
        for row in (*run.refusals, *run.notices)
        for name in ("content", "reason", "sentence")
    }
    names = {"Farland", "Estmere", "QAF", "QAE"}
    sentences = {
        "A position, but no seat on 12 October 2022",
        "A seat on 12 October 2022, but no row",
    }
    values = values_of_the_database() | kept | names | sentences

    for name, address in pages.items():
        assert untranslated(client.get(address), values) == set(), name


@pytest.mark.usefixtures("marking", "empty_portal")
def test_no_word_about_a_change_stands_outside_gettext(client):
    pages = corrected_portal()
    client.force_login(cast.person("editor", "superuser"))
    values = values_of_the_database() | {"Maria Rossi", "On bees", "The bees swarm. "}

    for name, address in pages.items():
        assert untranslated(client.get(address), values) == set(), name


def test_the_mark_would_show_a_word_that_nobody_marked():
    page = f"<main><p title='Why'>{OPEN}How <b>{OPEN}many{CLOSE}</b> x{CLOSE} 12 votes</p></main>"

    assert untranslated(HttpResponse(page), {"Aldora"}) == {"12 votes", "Why"}
    assert untranslated(HttpResponse(page), {"votes", "Why"}) == set()
