"""The preview of an entry in the admin: its public page as it will be, before it is public."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from resolutions.models import State, TimelineEvent
from tests import cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from tests.reading import Page, links, positions, read, redirected, words
from votes import roles
from votes.models import Method, Outcome, Question

pytestmark = pytest.mark.usefixtures("empty_portal")

ROOT = Path(__file__).resolve().parent.parent
WAITING = [State.DRAFT, State.SUBMITTED]
NAMED = {cast.NAMES[code]: str(position.label) for code, position in HABITS.items()}
EVERYTHING = ("", "?view=map", "?view=groups", "?view=table&position=Y&name=ald")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(cast.person("edith", roles.EDITOR))
    return client


def address(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_preview", args=[row.pk])


def preview(client: Client, row, query: str = "") -> Page:
    return read(client, address(row) + query)


def draft_of_everything(state: State = State.DRAFT):
    """Save a text, the vote on it, one on a paragraph and a story, none of them published."""
    cast.states()
    text = cast.text("A/77/L.9001", state=state)
    vote = cast.event(text, positions=HABITS, state=state)
    part = cast.event(
        text, Method.NON_RECORDED, question=Question.PARAGRAPH, question_text="Paragraph 3",
        state=state,
    )  # fmt: skip
    story = cast.timeline_event(state=state)
    story.texts.add(text)
    return text, vote, part, story


def published(*rows) -> None:
    for row in rows:
        row.state = State.PUBLISHED
        row.save()


def without_banner(page: Page) -> str:
    banner = page.one(".//p[@class='preview']")
    return page.text.replace(words(banner), "").strip()


def without_data(page: Page) -> str:
    """Return the words of a public page but those that lead to its data: a preview has none."""
    return page.text.replace(words(page.section("take")), "").strip()


# What it shows


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("query", EVERYTHING)
def test_a_text_looks_as_it_will_with_all_that_waits_on_it(client, editor, state, query):
    rows = draft_of_everything(state)
    text = rows[0]
    before = preview(editor, text, query)
    published(*rows)

    assert without_banner(before) == without_data(read(client, text.get_absolute_url() + query))


def test_the_vote_on_a_text_is_previewed_on_the_page_of_the_text(editor):
    text, vote, _part, _story = draft_of_everything()
    page = preview(editor, vote)

    assert page.texts(".//h1") == [text.title]
    assert page.answer == (
        "Adopted on 12 October 2022 by 2 votes to 1, with 1 abstention. 1 member did not vote."
    )
    assert positions(page) == NAMED


def test_the_symbol_that_a_text_gets_with_the_vote_is_previewed_with_it(editor):
    vote = cast.event(
        cast.text("A/77/L.9001"), Method.WITHOUT_VOTE, state=State.DRAFT, adopted_as="A/RES/77/9"
    )
    page = preview(editor, vote)

    assert page.texts("head/title") == [
        "Preview: On the keeping of bees · A/RES/77/9 · UNGA Portal"
    ]
    assert page.texts(".//ul[@class='meta']/li")[:2] == ["A/RES/77/9", "Adopted"]


def test_any_other_vote_is_previewed_on_a_page_of_its_own(client, editor):
    rows = draft_of_everything()
    part = rows[2]
    before = preview(editor, part)
    published(*rows)

    assert before.texts(".//h1") == ["Paragraph: Paragraph 3"]
    assert without_banner(before) == without_data(read(client, part.get_absolute_url()))


def test_a_vote_on_a_public_text_is_previewed_alone(client, editor):
    cast.states()
    text = cast.text("A/77/L.9001")
    vote = cast.event(text, positions=HABITS, state=State.DRAFT, outcome=Outcome.ADOPTED)
    other = cast.event(
        text, question=Question.PARAGRAPH, question_text="Paragraph 3", state=State.DRAFT
    )
    cast.timeline_event(description="It is hidden.", state=State.DRAFT).texts.add(text)
    page = preview(editor, vote)
    own = preview(editor, other)

    assert positions(page) == NAMED
    assert "Paragraph 3" not in page.text
    assert "hidden" not in page.text
    assert "Adopted" in page.texts(".//ul[@class='meta']/li")
    assert links(own.one(".//nav[@class='crumbs']"))[-1] == text.get_absolute_url()
    assert "Draft" in read(client, text.get_absolute_url()).texts(".//ul[@class='meta']/li")


def test_what_is_withdrawn_stays_out_of_the_preview_of_its_text(editor):
    text, vote, part, _story = draft_of_everything()
    vote.state = part.state = State.WITHDRAWN
    vote.save()
    part.save()
    page = preview(editor, text)

    assert page.answer == "A draft. No decision on it is held here."
    assert "Paragraph 3" not in page.text


def test_a_timeline_event_is_previewed_among_the_others(client, editor):
    cast.timeline_event(description="The bees swarm.")
    story = cast.timeline_event(description="The bees rest.", state=State.DRAFT, date="2023-01-01")
    hidden = cast.timeline_event(description="The bees hide.", state=State.DRAFT)
    page = preview(editor, story)

    assert "2 events" in page.text
    assert "The bees rest." in words(page.one(".//li[@aria-current='true']"))
    assert hidden.description not in page.text
    assert "1 event" in preview(editor, story, "?year=2023").text
    assert "The bees rest." not in read(client, "/timeline/").text


def test_a_withdrawal_that_waits_is_previewed_as_the_status_of_its_text(editor):
    text = cast.text(state=State.DRAFT)
    cast.timeline_event(kind="withdrawal", state=State.DRAFT).texts.add(text)

    assert preview(editor, text).answer == "Withdrawn before any vote."


def test_an_entry_that_has_hardly_begun_is_previewed(editor):
    text = cast.text(state=State.DRAFT)
    text.symbols.all().delete()
    alone = cast.event(None, question=Question.MOTION, question_text="To rest", state=State.DRAFT)
    empty = cast.event(text, state=State.DRAFT)
    cast.states()
    some = cast.event(text, positions={cast.ALDORA: "Y"}, state=State.DRAFT)

    assert preview(editor, text).texts(".//h1") == [text.title]
    assert preview(editor, alone).texts(".//h1") == ["To rest"]
    assert preview(editor, empty).answer.startswith("Adopted on 12 October 2022")
    assert positions(preview(editor, some)) == {"Aldora": "Yes"}


def test_only_the_previews_look_beyond_what_is_published():
    looking = [
        path.relative_to(ROOT).as_posix()
        for room in ("unga_portal", "resolutions", "votes")
        for path in (ROOT / room).rglob("*.py")
        if "Sight(" in path.read_text()
    ]

    # One defines it, and holds the empty one for the public.
    assert sorted(looking) == ["votes/previews.py", "votes/sight.py"]


# How it says that it is one


@pytest.mark.parametrize("state", [*WAITING, State.WITHDRAWN])
def test_every_preview_says_so_with_the_state_and_the_way_back(editor, state):
    for row in draft_of_everything(state):
        page = preview(editor, row)
        banner = page.one(".//p[@class='preview']")

        assert words(banner) == (
            f"Preview – not public. The state of the entry: {state.label}. Back to the form"
        )
        assert links(banner) == ["../change/"]
        assert editor.get(address(row).replace("preview", "change")).status_code == 200
        assert page.texts("head/title")[0].startswith("Preview: ")


def test_no_preview_is_kept_anywhere(editor):
    for row in draft_of_everything():
        page = preview(editor, row)

        assert "no-store" in page.response["Cache-Control"]
        assert page.response["X-Robots-Tag"] == "noindex"
        assert page.one("head/meta[@name='robots']").get("content") == "noindex"


def test_views_and_filters_stay_in_the_preview_and_other_links_in_the_portal(editor):
    text, _vote, _part, _story = draft_of_everything()
    page = preview(editor, text)
    tabs = links(page.one(".//nav[@class='tabs']"))
    [filters] = page.all(".//main//form")

    assert all(tab.startswith("?view=") for tab in tabs)
    assert filters.get("action") == "#positions"
    assert links(page.one(".//nav[@aria-label='Main']")) == [
        "/resolutions/", "/states/", "/sessions/", "/timeline/", "/data/", "/about/",
    ]  # fmt: skip
    chain = [link for link in links(page.section("chain")) if link.startswith("/")]
    assert chain == []  # what has no page yet is named without a link


def test_a_filter_that_makes_no_sense_is_refused_in_words(editor):
    text, *_rest = draft_of_everything()

    assert read(editor, address(text) + "?view=globe", status=400).answer.startswith("View: ")


# Who sees it


def test_a_published_entry_has_a_public_page_and_no_preview(editor):
    rows = draft_of_everything(State.PUBLISHED)

    assert [redirected(editor, address(row)) for row in rows] == [
        row.get_absolute_url() for row in rows
    ]
    story = TimelineEvent.objects.get()
    assert story.get_absolute_url() == f"/timeline/#{story.key}"


def test_a_published_vote_on_a_draft_is_not_public_and_has_a_preview(editor):
    cast.states()
    vote = cast.event(cast.text(state=State.DRAFT), positions=HABITS)

    assert positions(preview(editor, vote)) == NAMED


def test_nobody_sees_a_preview_who_may_not_view_the_entry(client):
    guest = Client()
    guest.force_login(cast.person("gus"))
    for row in draft_of_everything():
        asked = client.get(address(row))
        assert asked.status_code == 302
        assert asked["Location"].startswith("/admin/login/")
        assert guest.get(address(row)).status_code == 403


def test_there_is_a_preview_of_what_there_is_and_it_is_only_read(editor):
    for row in draft_of_everything():
        assert editor.post(address(row)).status_code == 405
        assert editor.head(address(row)).status_code == 200
        for key in ("0", "99999999999999999999", "x", "_2f"):
            missing = reverse(
                f"admin:{row._meta.app_label}_{row._meta.model_name}_preview", args=[key]
            )
            assert editor.get(missing).status_code == 404, missing


def test_the_form_leads_to_the_preview(editor):
    for row in draft_of_everything():
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        page = editor.get(reverse(name, args=[row.pk])).content.decode()

        assert f'href="{address(row)}"' in page


def test_nothing_is_changed_by_a_look(editor):
    rows = draft_of_everything()
    for row in rows:
        preview(editor, row)

    for row in rows:
        row.refresh_from_db()
        assert row.state == State.DRAFT
