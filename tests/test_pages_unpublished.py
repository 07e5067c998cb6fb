"""What is being entered, waits for a second person or was taken back is nowhere to be seen."""

import pytest

from resolutions.models import State
from resolutions.models.text import Scheme
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from tests.reading import Page, read, words
from tests.takenaway import in_form
from votes.models import Question
from votes.opendata.accepting import DATA

# What is withdrawn was public once, as is everything that is imported; its page says so.
UNPUBLISHED = {State.DRAFT: 404, State.SUBMITTED: 404, State.WITHDRAWN: 410}
BEES = "/resolutions/A/77/L.9000/"
HONEY = "/resolutions/A/77/L.9001/"
PAGES = [
    "/",
    "/resolutions/",
    "/resolutions/?q=honey",
    "/resolutions/?q=L.9001",
    "/resolutions/?status=draft",
    "/resolutions/?status=adopted&method=recorded&outcome=adopted&year=2022&session=77",
    BEES,
    f"{BEES}changes/",
    "/sessions/",
    "/sessions/77/",
    "/states/",
    "/states/QAA/",
    "/states/QAA/?q=honey",
    "/timeline/",
    "/timeline/?text=A/77/L.9001",
    "/timeline/?year=2022&standing=reported",
    "/about/",
    "/data/",
    "/data/ledger/",
    "/data/imports/",
]


@pytest.fixture(params=UNPUBLISHED)
def state(request, empty_portal: None) -> State:  # noqa: F811  # the fixture itself
    unpublished: State = request.param
    return unpublished


@pytest.fixture
@public_change()
def bees(state):
    """A published text, on a matter, with a recorded vote on everything but one paragraph."""
    cast.states()
    text = cast.text("A/77/L.9000")
    text.subjects.add(builders.subject(key="bees", scheme=Scheme.PORTAL))
    cast.event(text, positions=HABITS)
    return text


@pytest.fixture
@public_change()
def honey(bees, state):
    """An unpublished text on the same matter, with a published vote and a told story."""
    text = cast.text("A/77/L.9001", title="Hidden honey", summary="Hidden honey.", state=state)
    text.subjects.set(bees.subjects.all())
    cast.event(text, positions=HABITS, key="hidden-honey")
    cast.event(
        text,
        positions=HABITS,
        key="hidden-part",
        question=Question.PARAGRAPH,
        question_text="Hidden part",
    )
    cast.cite(text.subject_key, source=cast.source(publisher="The Hidden Herald"))
    cast.timeline_event(description="A hive is opened.").texts.add(text, bees)
    cast.timeline_event(description="The hall votes.", kind="vote").texts.add(text)
    cast.timeline_event(
        description="A vote is near.", kind="vote", standing="expected", as_of=cast.DAY
    ).texts.add(text)
    return text


def seen_by_a_reader(client) -> dict[str, str]:
    return {address: without_echo(read(client, address)) for address in PAGES}


def without_echo(page: Page) -> str:
    """Return the words of a page but those of its address, and the data version.

    A filter that is set repeats what is looked for, and so does a citation.
    """
    text = page.text
    for echo in page.texts(".//details[@class='cite']") + page.texts(".//ul[@class='chips']"):
        assert echo in text
        text = text.replace(echo, "")
    return text


@pytest.mark.parametrize(
    "address",
    [
        HONEY,
        f"{HONEY}changes/",
        "/resolutions/a-77-l-9001/",
        "/votes/hidden-honey/",
        "/votes/hidden-part/",
        "/votes/hidden-part/changes/",
        "/votes/hidden-part/positions/1/",
    ],
)
def test_an_unpublished_text_has_no_page_and_neither_have_its_votes(client, honey, state, address):
    assert client.get(address).status_code == UNPUBLISHED[state]


def test_an_unpublished_text_is_on_no_page_at_all(client, honey):
    for address, text in seen_by_a_reader(client).items():
        assert "idden" not in text, address
        assert "9001" not in text, address


@pytest.mark.parametrize("form", DATA.values())
def test_an_unpublished_text_is_in_no_data_at_all(client, honey, form):
    for address in PAGES:
        response = client.get(in_form(address, form))
        assert response.status_code == 200, address
        assert "idden" not in response.text, address
        assert "9001" not in response.text, address


def test_an_unpublished_text_is_not_found_by_its_symbol(client, honey):
    page = read(client, "/resolutions/?q=A/77/L.9001")

    assert "No text fits these filters." in page.text
    assert "0 texts" in page.text


def test_the_story_of_an_unpublished_text_is_not_found_by_its_symbol(client, honey):
    assert "No event fits these filters." in read(client, "/timeline/?text=A/77/L.9001").text


def test_no_count_counts_an_unpublished_text(client, honey):
    home = read(client, "/").text
    session = read(client, "/sessions/77/")

    assert "1 text, 1 vote with the position of each member, 6 member states." in home
    assert not read(client, "/").has_section("foreseen")
    assert "1 text" in read(client, "/resolutions/").text
    assert session.answer == "The portal holds 1 text of this session."
    assert [words(figure) for figure in session.one(".//dl[@class='figures']")] == [
        "Recorded vote1"
    ]
    assert [row[-1] for row in read(client, "/sessions/").rows_of_any_table()] == ["1"]
    assert read(client, "/states/QAA/").answer.startswith("In the one recorded vote")
    assert read(client, "/states/").rows("states")[0][4:] == ["1", "0", "0", "0"]


def test_an_unpublished_text_is_not_a_text_on_the_same_matter(client, honey):
    assert "Other texts on the same matter" not in read(client, BEES).text


def test_an_unpublished_event_has_no_page_and_changes_nothing_that_a_reader_sees(
    client, bees, state
):
    before = seen_by_a_reader(client)
    cast.event(
        bees,
        positions=dict.fromkeys(HABITS, "N"),
        key="hidden-event",
        date="2022-12-24",
        state=state,
        outcome="rejected",
        meeting="A/77/PV.99",
        **cast.totals(0, 5, 0),
    )

    assert seen_by_a_reader(client) == before
    assert client.get("/votes/hidden-event/").status_code == UNPUBLISHED[state]


def test_a_text_with_unpublished_events_only_is_a_draft(client, state):
    text = cast.text("A/77/L.9000")
    cast.event(text, state=state)
    page = read(client, BEES)

    assert page.answer == "A draft. No decision on it is held here."
    assert not page.has_section("positions")
    assert read(client, "/resolutions/").rows("texts")[0][2:] == ["Draft", "no vote yet", "–"]


def test_an_unpublished_event_of_the_timeline_is_told_nowhere(client, bees, state):
    before = seen_by_a_reader(client)
    for kind, standing in [
        ("other", "reported"),
        ("vote", "reported"),
        ("withdrawal", "reported"),
        ("vote", "expected"),
    ]:
        cast.timeline_event(
            description="Hidden swarm.", kind=kind, standing=standing, as_of=cast.DAY, state=state
        ).texts.add(bees)

    assert seen_by_a_reader(client) == before


def test_an_unpublished_withdrawal_does_not_withdraw_a_text(client, state):
    cast.timeline_event(kind="withdrawal", state=state).texts.add(cast.text("A/77/L.9000"))

    assert read(client, BEES).answer == "A draft. No decision on it is held here."
