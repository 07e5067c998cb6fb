"""The address of what was public and was taken back: 410, with when and why, and nothing more."""

import datetime

import pytest
from django.utils import timezone

from resolutions import history
from resolutions.models import Action, Origin, State
from tests import cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from tests.reading import links, read
from votes.models import Question

BEES, VOTE, PART = "/resolutions/A/77/L.9000/", "/votes/bees-vote/", "/votes/bees-part/"
REASON = "It was a vote of another day."


@pytest.fixture
def maria(empty_portal, monkeypatch):  # noqa: F811  # the fixture itself
    noon = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    return cast.person("maria")


@pytest.fixture
def bees(maria):
    cast.states()
    return cast.text("A/77/L.9000", title="On the keeping of bees")


@pytest.fixture
def vote(bees):
    return cast.event(bees, positions=HABITS, key="bees-vote")


@pytest.fixture
def part(bees):
    return cast.event(
        bees, positions=HABITS, key="bees-part",
        question=Question.PARAGRAPH, question_text="Paragraph 3",
    )  # fmt: skip


def record(row, action: Action, was_public: bool, reason: str = "") -> None:
    history.record(row.subject_key, str(row), action, was_public=was_public, reason=reason)


def withdraw(row, reason: str = REASON) -> None:
    row.state = State.WITHDRAWN
    row.save()
    record(row, Action.WITHDRAWN, was_public=True, reason=reason)


def gone(client, address: str):
    page = read(client, address, status=410)
    for name in cast.NAMES.values():
        assert name not in page.text
    assert not page.has_section("positions")
    return page


def test_a_withdrawn_vote_says_what_it_was_when_and_why_and_shows_no_positions(client, part):
    withdraw(part)
    page = gone(client, PART)

    assert page.texts(".//h1") == ["This vote has been withdrawn"]
    assert page.texts(".//p[@class='lede']") == [
        "Paragraph: Paragraph 3, 12 October 2022 · A/77/L.9000 On the keeping of bees"
    ]
    assert page.answer == "The portal showed it until 5 March 2026, and then took it back."
    assert f"Reason: {REASON}" in page.text
    assert links(page.one(".//main")) == [BEES, "/resolutions/", "/states/", "/timeline/"]


def test_a_withdrawn_decision_is_gone_and_its_text_is_not(client, vote):
    withdraw(vote)

    assert "Text as a whole, 12 October 2022" in gone(client, VOTE).text
    assert read(client, BEES).answer == "A draft. No decision on it is held here."


@pytest.mark.parametrize("address", [BEES, "/resolutions/a-77-l-9000/", f"{BEES}changes/"])
def test_a_withdrawn_text_is_gone_under_every_spelling(client, bees, address):
    withdraw(bees)
    page = gone(client, address)

    assert page.texts(".//h1") == ["This text has been withdrawn"]
    assert page.texts(".//p[@class='lede']") == ["A/77/L.9000 On the keeping of bees"]
    assert f"Reason: {REASON}" in page.text
    assert links(page.one(".//main")) == ["/resolutions/", "/states/", "/timeline/"]


@pytest.mark.parametrize("address", [PART, f"{PART}changes/", f"{PART}positions/1/"])
def test_all_pages_of_a_withdrawn_vote_are_gone(client, part, address):
    withdraw(part)

    assert f"Reason: {REASON}" in gone(client, address).text


def test_a_vote_is_gone_with_its_text(client, bees, part):
    withdraw(bees)
    page = gone(client, PART)

    assert page.texts(".//h1") == ["This text has been withdrawn"]
    assert "Paragraph 3" not in page.text


def test_the_text_of_a_withdrawn_vote_is_not_named_where_it_is_a_draft(client, bees, part):
    withdraw(part)
    bees.state = State.DRAFT
    bees.save()
    page = gone(client, PART)

    assert "9000" not in page.text
    assert "bees" not in page.text


def test_what_was_withdrawn_without_a_word_says_that_no_reason_is_recorded(client, part):
    part.state = State.WITHDRAWN
    part.save()
    page = gone(client, PART)

    assert page.answer == "The portal showed it, and then took it back."
    assert "No reason is recorded." in page.text


def entered(row, **fields) -> None:
    """Make it an editor's entry, of which the public knows nothing."""
    row.origin, row.entered_by = Origin.EDITOR, cast.person(f"editor of {row}")
    row.self_published = True
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.WITHDRAWN])
def test_what_was_never_public_is_not_there_and_never_was(client, bees, part, state):
    entered(part, state=state)
    record(part, Action.ENTERED, was_public=False)
    record(part, Action.SUBMITTED, was_public=False)
    assert client.get(PART).status_code == 404

    entered(bees, state=state)
    assert client.get(BEES).status_code == 404
    assert client.get(PART).status_code == 404


def test_what_an_editor_published_and_a_reviewer_withdrew_is_gone(client, part):
    entered(part)
    record(part, Action.PUBLISHED, was_public=False)
    withdraw(part)

    assert gone(client, PART)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_a_withdrawn_entry_stays_gone_while_it_is_worked_on_and_shows_nothing_of_that(
    client, bees, part, state
):
    withdraw(part)
    record(part, Action.SENT_BACK, was_public=False)
    part.state, part.question_text = state, "Hidden paragraph"
    part.save()
    page = gone(client, PART)

    assert "Hidden" not in page.text
    assert page.texts(".//p[@class='lede']") == []
    assert f"Reason: {REASON}" in page.text


def test_a_draft_that_is_given_up_does_not_count_as_a_withdrawal(client, part):
    withdraw(part)
    record(part, Action.SENT_BACK, was_public=False)
    record(part, Action.WITHDRAWN, was_public=False, reason="Nobody goes on with it.")

    assert f"Reason: {REASON}" in gone(client, PART).text


def test_an_imported_draft_that_is_given_up_was_never_there(client, part):
    part.state = State.WITHDRAWN
    part.save()
    record(part, Action.WITHDRAWN, was_public=False)

    assert client.get(PART).status_code == 404


def test_what_is_public_again_is_there_again(client, part):
    withdraw(part)
    part.state = State.PUBLISHED
    part.save()
    record(part, Action.PUBLISHED, was_public=False)

    assert client.get(PART).status_code == 200


def test_the_last_withdrawal_counts(client, part):
    withdraw(part, "The first time.")
    record(part, Action.PUBLISHED, was_public=False)
    withdraw(part, "The second time.")

    assert "Reason: The second time." in gone(client, PART).text


def test_what_is_withdrawn_is_on_no_list_and_in_no_count(client, bees, vote):
    withdraw(vote)
    withdraw(bees)

    assert "0 texts" in read(client, "/resolutions/").text
    assert "0 texts, 0 votes" in read(client, "/").text
    assert "0 texts" in read(client, "/resolutions/?q=A/77/L.9000").text
    assert "Borvia" in read(client, "/states/QAB/").text
    assert "bees" not in read(client, "/states/QAB/").text


def test_a_page_that_is_gone_sets_no_cookie_and_is_safe(client, part):
    withdraw(part)
    response = gone(client, PART).response

    assert not response.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert client.post(PART).status_code == 405
