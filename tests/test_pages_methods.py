"""What the page of a text says after each method of voting, and of what is odd: an invented cast.

Aldora and Estmere vote yes, Borvia no, Cestria abstains and Dunmark never comes to the hall.
"""

import datetime

import pytest

from tests import builders, cast
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    DAY,
    DUNMARK,
    ESTMERE,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.reading import Page, cells, links, positions, read, redirected, words
from votes import reference
from votes.models import (
    GroupKind,
    GroupMembership,
    MemberState,
    Method,
    Outcome,
    Position,
    Question,
    Rule,
    StateName,
    Venue,
    VoteEvent,
)

VIEWS = ["board", "map", "groups", "table"]
BEES = "/resolutions/A/77/L.9000/"
WITHOUT_BALLOT = (
    "No vote was taken, so there are no totals and no positions. That is not the same as a"
    " unanimous vote."
)


@pytest.fixture
def states(empty_portal: None) -> dict[str, MemberState]:  # noqa: F811  # the fixture itself
    return cast.states()


@pytest.fixture
def bees(states):
    return cast.text("A/77/L.9000")


def page_of(client, address: str = BEES) -> Page:
    return read(client, address)


def majority(page: Page) -> list[str]:
    return page.texts(".//figure[@class='tally']/figcaption/p")


def has_no_chart(page: Page) -> bool:
    return not page.all(".//figure") and not page.all(".//svg[@class='tallybar']")


def positions_section(page: Page) -> str:
    return words(page.section("positions")).removeprefix("How each member voted ")


# The methods


@pytest.mark.parametrize(
    ("method", "how", "label"),
    [
        (Method.WITHOUT_VOTE, "without a vote", "Without a vote"),
        (Method.ACCLAMATION, "by acclamation", "Acclamation"),
    ],
)
def test_where_nobody_voted_there_is_no_chart_and_no_word_of_unanimity(
    client, bees, method, how, label
):
    cast.event(bees, method)
    page = page_of(client)

    assert page.answer == f"Adopted on 12 October 2022 {how}."
    assert page.notes == [WITHOUT_BALLOT]
    assert has_no_chart(page)
    assert positions_section(page) == "No vote was taken, so no member has a position."
    assert label in page.texts(".//main/ul[@class='meta']/li")
    assert read(client, "/resolutions/").rows("texts")[0][2:] == [
        "Adopted",
        how,
        "none: no vote",
    ]


def test_after_a_secret_ballot_nobody_will_ever_know_a_position(client, bees):
    cast.event(bees, Method.SECRET_BALLOT)
    page = page_of(client)

    assert page.answer == (
        "Adopted by secret ballot on 12 October 2022 by 2 votes to 1, with 1 abstention."
        " 1 member did not vote."
    )
    assert positions_section(page) == (
        "The ballot was secret: how each member voted was never recorded and cannot be known."
    )
    assert page.all(".//svg[@class='tallybar']")
    assert read(client, "/resolutions/").rows("texts")[0][-1] == "secret"


def test_a_vote_that_was_not_recorded_has_totals_and_no_positions(client, bees):
    cast.event(bees, Method.NON_RECORDED)
    page = page_of(client)

    assert page.answer.startswith("Adopted on 12 October 2022 by 2 votes to 1")
    assert positions_section(page) == (
        "The vote was not recorded: the totals were counted, but nobody wrote down how each member"
        " voted."
    )
    assert read(client, "/resolutions/").rows("texts")[0][-1] == "never recorded"


def test_where_the_method_is_not_known_the_sources_are_said_to_give_totals_only(client, bees):
    cast.event(bees, Method.NOT_KNOWN)
    page = page_of(client)

    assert "Vote, method not stated" in page.text
    assert positions_section(page).startswith("The sources held here name no positions")
    assert read(client, "/resolutions/").rows("texts")[0][-1] == "totals only"


@pytest.mark.parametrize("method", [Method.RECORDED, Method.ROLL_CALL])
def test_a_recorded_vote_may_be_held_without_its_positions(client, bees, method):
    cast.event(bees, method)

    assert positions_section(page_of(client)).startswith("The sources held here name no positions")


def test_an_event_without_totals_says_so_and_contradicts_itself_nowhere(client, bees):
    cast.event(bees, Method.NOT_KNOWN, **cast.totals(None, None, None))
    page = page_of(client)

    assert page.answer == "Adopted on 12 October 2022."
    assert page.notes == ["The sources held here give no totals."]
    assert has_no_chart(page)
    assert positions_section(page) == "The sources held here do not say how each member voted."


# The outcomes


def test_a_rejected_text_says_how_many_votes_it_lacked(client, bees):
    cast.event(bees, outcome=Outcome.REJECTED, rule=Rule.TWO_THIRDS, **cast.totals(2, 2, 1))
    page = page_of(client)

    assert page.answer == ("Rejected on 12 October 2022 by 2 votes to 2, with 1 abstention.")
    assert majority(page)[0].startswith(
        "Two thirds of the 4 members present and voting is 3; reached 2, 1 too few."
    )
    assert "Rejected" in page.texts(".//main/ul[@class='meta']/li")


def test_a_tie_is_no_majority(client, bees):
    cast.event(bees, outcome=Outcome.REJECTED, **cast.totals(2, 2, 0))
    page = page_of(client)

    assert page.answer.startswith(
        "Rejected on 12 October 2022 by 2 votes to 2, with 0 abstentions."
    )
    assert majority(page)[0].startswith(
        "A simple majority of the 4 members present and voting is 3; reached 2, 1 too few."
    )


def test_just_enough_is_called_exactly_enough(client, bees):
    cast.event(bees, rule=Rule.TWO_THIRDS, **cast.totals(2, 1, 2))

    assert majority(page_of(client))[0].startswith(
        "Two thirds of the 3 members present and voting is 2; reached 2, exactly enough."
    )


def test_an_outcome_that_nobody_tells_is_not_guessed(client, bees):
    cast.event(bees, outcome=Outcome.NOT_KNOWN)

    assert page_of(client).answer.startswith("Put to the vote on 12 October 2022 by 2 votes to 1")


def test_the_approval_of_a_committee_is_not_called_an_adoption(client, bees):
    committee = cast.event(bees, venue=Venue.C3)
    page = page_of(client)

    assert page.texts(".//main/ul[@class='meta']/li")[1] == "Draft"
    assert page.answer == "A draft. No decision on it is held here."
    assert f"/votes/{committee.key}/" in links(page.section("chain"))
    assert read(client, f"/votes/{committee.key}/").answer.startswith(
        "Approved in the Third Committee on 12 October 2022 by 2 votes to 1"
    )
    assert read(client, "/resolutions/").rows("texts")[0][2:] == ["Draft", "no vote yet", "–"]


def test_the_vote_of_the_plenary_follows_that_of_the_committee_and_leads_the_page(client, bees):
    committee = cast.event(bees, venue=Venue.C3, **cast.totals(1, 1, 3))
    cast.event(bees, date=DAY + datetime.timedelta(days=30))
    page = page_of(client)

    assert page.answer.startswith("Adopted on 11 November 2022 by 2 votes to 1")
    assert f"/votes/{committee.key}/" in links(page.section("chain"))
    assert read(client, f"/votes/{committee.key}/").answer.startswith("Approved in the Third")


def test_a_council_vote_of_which_the_rule_is_not_known_needs_nine_votes_all_the_same(client, bees):
    council = cast.text("S/2022/9000", session=None, organ="council")
    cast.event(council, venue=Venue.COUNCIL, rule=Rule.NOT_KNOWN, **cast.totals(8, 2, 5))

    assert majority(read(client, "/resolutions/S/2022/9000/")) == [
        "Nine votes in favour are needed; reached 8, 1 too few."
    ]


# Announced and counted totals


def test_totals_announced_otherwise_than_counted_are_both_shown(client, bees):
    cast.event(bees, positions=HABITS, **cast.totals(3, 1, 1))
    page = page_of(client)

    assert page.answer.startswith("Adopted on 12 October 2022 by 3 votes to 1, with 1 abstention.")
    assert page.notes[-1] == (
        "These are the totals as announced. The positions held here add up to 2–1–1, with 1 not"
        " voting. Both are kept."
    )
    assert list(positions(page).values()).count("Yes") == 2


def test_where_they_agree_nothing_is_said_of_it(client, bees):
    cast.event(bees, positions=HABITS, **cast.totals(2, 1, 1), announced_non_voting=1)
    page = page_of(client)

    assert page.answer == (
        "Adopted on 12 October 2022 by 2 votes to 1, with 1 abstention. 1 member did not vote."
    )
    assert page.notes == []


def test_counted_totals_stand_where_none_were_announced(client, bees):
    cast.event(bees, positions=HABITS, **cast.totals(None, None, None))

    assert page_of(client).answer == (
        "Adopted on 12 October 2022 by 2 votes to 1, with 1 abstention. 1 member did not vote."
    )


def test_totals_greater_than_the_assembly_compute_no_negative_rest(client, bees):
    cast.event(bees, **cast.totals(9, 6, 3))
    page = page_of(client)

    assert page.answer == "Adopted on 12 October 2022 by 9 votes to 6, with 3 abstentions."
    assert page.notes == []


# Not eligible


@pytest.fixture
def dunmark_in_arrears(bees) -> VoteEvent:
    return cast.event(bees, positions=HABITS | {DUNMARK: Position.NOT_ELIGIBLE})


def test_a_member_without_a_vote_is_told_apart_from_one_that_did_not_come(
    client, dunmark_in_arrears
):
    page = page_of(client)

    assert words(page.section("not-eligible")) == (
        "Not eligible 1 A source says that these members had no vote on that day, under Article 19"
        " of the Charter. Dunmark"
    )
    assert not page.has_section("not-voting")
    assert words(page.one(".//svg[@class='tallybar']/title")) == (
        "Yes 2, No 1, Abstain 1, Non-voting 0, Not eligible 1"
    )
    assert page.texts(".//ul[@class='key']/li") == [
        "Yes 2",
        "No 1",
        "Abstain 1",
        "Not eligible 1",
    ]


def group_of(name: str, *members: MemberState, kind: GroupKind = GroupKind.REGIONAL) -> None:
    group = builders.group(name=name, kind=kind)
    for member in members:
        GroupMembership.objects.create(group=group, member=member)


def test_the_columns_of_the_groups_stand_under_their_heads(client, states, dunmark_in_arrears):
    group_of("The Coast", states[ALDORA], states[BORVIA])
    group_of("The Hills", states[CESTRIA], states[DUNMARK])
    page = read(client, f"{BEES}?view=groups")
    head = page.texts(".//table[@class='groups']/thead/tr/th")
    rows = page.rows("groups")

    assert head[2:] == ["Yes", "No", "Abstain", "Non-voting", "Not eligible", "Members"]
    assert [row[0] for row in rows] == ["The Coast", "The Hills", "In no group"]
    assert [[cell.split()[0] for cell in row[2:]] for row in rows] == [
        ["1", "1", "0", "0", "0", "2"],
        ["0", "0", "1", "0", "1", "2"],
        ["1", "0", "0", "0", "0", "1"],
    ]


def test_the_columns_of_a_state_and_of_all_members_are_the_same(client, dunmark_in_arrears):
    page = read(client, "/states/QAA/")
    head = page.all(".//table[@class='shares']/thead/tr/th")
    rows = page.rows("shares")

    assert [words(cell) for cell in head][1:] == [
        "Yes",
        "No",
        "Abstain",
        "Non-voting",
        "Not eligible",
    ]
    assert rows[0][2:] == ["100 % 1", "0 % 0", "0 % 0", "0 % 0", "0 % 0"]
    assert rows[1][2:] == ["40.0 % 2", "20.0 % 1", "20.0 % 1", "0 % 0", "20.0 % 1"]


def test_the_list_of_states_has_a_column_for_it_where_somebody_needs_it(
    client, states, dunmark_in_arrears
):
    page = read(client, "/states/")
    head = page.texts(".//table[@class='states']/thead/tr/th")
    rows = {row[0]: row for row in page.rows("states")}

    assert head[-1] == "Not eligible"
    assert all(len(row) == len(head) for row in rows.values())
    assert rows["Dunmark"][4:] == ["0", "0", "0", "0", "1"]


def test_a_political_group_is_not_taken_for_a_regional_one(client, states):
    group_of("Friends of bees", states[ALDORA], kind=GroupKind.POLITICAL)
    group_of("The Coast", states[ALDORA])
    rows = {row[0]: row for row in read(client, "/states/").rows("states")}

    assert rows["Aldora"][3] == "The Coast"
    assert rows["Borvia"][3] == ""


# Stated intentions and disagreements


def test_a_stated_intention_stands_beside_the_record_and_is_not_counted(client, states, bees):
    vote = cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    before = page_of(client)
    builders.intention(
        event=vote, member=states[ESTMERE], position=Position.ABSTAIN, note="In a letter"
    )
    after = page_of(client)

    assert after.answer == before.answer
    assert positions(after) == positions(before)
    [row] = after.section("intentions").findall("table/tbody/tr")
    assert cells(row) == ["Estmere", "Yes", "(Abstain)", "The Gazette: A vote – In a letter"]
    assert "never counted" in words(after.section("intentions"))
    assert not before.has_section("intentions")


def test_an_intention_is_told_even_where_no_position_is_held(client, states, bees):
    vote = cast.event(bees, Method.NOT_KNOWN)
    builders.intention(event=vote, member=states[ESTMERE], position=Position.NO)
    [row] = page_of(client).section("intentions").findall("table/tbody/tr")

    assert cells(row)[:3] == ["Estmere", "not known", "(No)"]


def test_what_another_source_says_of_a_position_or_total_is_shown_and_not_followed(
    client, states, bees
):
    vote = cast.event(bees, positions=HABITS)
    builders.discrepancy(event=vote, member=states[BORVIA], ours="N", theirs="A", note="A slip")
    builders.discrepancy(event=vote, member=None, field="yes", ours="2", theirs="3")
    page = page_of(client)
    rows = [cells(row) for row in page.section("disagreements").findall("table/tbody/tr")]

    assert sorted(rows) == [
        ["Borvia", "No", "Abstain", "The Gazette: A vote – A slip"],
        ["Yes", "2", "3", "The Gazette: A vote"],
    ]
    assert "the page does not follow it" in words(page.section("disagreements"))
    assert positions(page)["Borvia"] == "No"
    assert page.answer.startswith("Adopted on 12 October 2022 by 2 votes to 1")


def test_a_page_without_disagreements_does_not_speak_of_them(client, bees):
    cast.event(bees, positions=HABITS)

    assert not page_of(client).has_section("disagreements")


def test_a_citation_that_differs_is_shown_beside_the_fact(client, bees):
    vote = cast.event(bees)
    cast.cite(vote.subject_key, fact="totals")
    cast.cite(vote.subject_key, fact="totals", relation="differs", note="Prints 3 votes in favour.")
    row = next(row for row in page_of(client).rows("facts") if row[0] == "Yes, no, abstentions")

    assert row[1:] == ["2–1–1", "[1] [2] says something else: – Prints 3 votes in favour."]


def told_of_totals(client) -> str:
    return next(row for row in page_of(client).rows("facts") if row[0] == "Yes, no, abstentions")[2]


@pytest.mark.parametrize("most", [0, 1, 5_000])
def test_a_source_is_named_from_the_moment_at_which_it_is_cited(client, bees, monkeypatch, most):
    """However many objects are cited for, so that it is kept or not kept which they are."""
    monkeypatch.setattr(reference, "MOST_CITED", most)
    vote = cast.event(bees)
    assert told_of_totals(client) == "no source named"

    cast.cite(vote.subject_key, fact="totals")
    assert told_of_totals(client) == "[1]"


def test_what_is_cited_for_all_votes_of_a_data_set_is_told_as_it_is_now(client, bees):
    vote = cast.event(bees, data_set=builders.source())
    cited = cast.cite(vote.shared_subject, fact="totals", locator="Table 1")
    assert told_of_totals(client) == "[1] Table 1"

    cited.locator = "Table 2"
    cited.save()
    assert told_of_totals(client) == "[1] Table 2"

    cast.cite(vote.subject_key, fact="totals", source=cited.source, locator="Row 7")
    assert told_of_totals(client) == "[1] Row 7"


# Names of the day


def rename(member: MemberState, **fields: str) -> None:
    StateName.objects.filter(member=member).update(**fields)


def test_a_present_name_that_stands_in_for_that_of_the_day_is_marked(client, states, bees):
    cast.event(bees, positions=HABITS)
    rename(states[ALDORA], from_date="2023-05-01")
    page = page_of(client)

    assert positions(page)["Aldora"] == "Yes"
    assert (
        "The name of that day is not known for these members; their present name is shown: Aldora."
        in page.text
    )


def test_a_name_of_which_nobody_knows_whether_it_was_still_in_force_is_marked(client, states, bees):
    cast.event(bees, positions=HABITS)
    rename(states[BORVIA], uncertain_from="2022-01-01")

    assert (
        "Whether this name was still in force on that day has not been checked: Borvia."
        in page_of(client).text
    )


def test_names_that_are_known_get_no_note(client, bees):
    cast.event(bees, positions=HABITS)
    text = page_of(client).text

    assert "present name is shown" not in text
    assert "has not been checked" not in text


@pytest.mark.parametrize("view", VIEWS)
def test_members_without_a_tile_or_a_group_are_lost_in_no_view(client, bees, view):
    cast.event(bees, positions=HABITS)

    assert positions(read(client, f"{BEES}?view={view}")) == {
        "Aldora": "Yes",
        "Borvia": "No",
        "Cestria": "Abstain",
        "Dunmark": "Non-voting",
        "Estmere": "Yes",
    }


def test_a_state_that_was_not_a_member_that_day_is_not_on_the_page(client, bees):
    cast.event(bees, positions=HABITS)

    assert "Farland" not in page_of(client).text


# Parts of a text, and other events


@pytest.fixture
def paragraph(bees) -> VoteEvent:
    cast.event(bees, positions=HABITS)
    return cast.event(
        bees,
        positions=HABITS | {ALDORA: Position.NO},
        question=Question.PARAGRAPH,
        question_text="Paragraph 3",
        key="2022-10-12-bees-paragraph-3",
        sequence=2,
        **cast.totals(None, None, None),
    )


def test_a_vote_on_a_paragraph_has_its_own_page_with_positions(client, paragraph):
    page = read(client, "/votes/2022-10-12-bees-paragraph-3/")

    assert page.texts(".//h1") == ["Paragraph: Paragraph 3"]
    assert page.answer == (
        "Retained on 12 October 2022 by 1 vote to 2, with 1 abstention. 1 member did not vote."
    )
    assert positions(page)["Aldora"] == "No"
    assert BEES in links(page.one(".//nav[@class='crumbs']"))


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_of_a_paragraph_has_the_four_views_and_the_filters(client, paragraph, view):
    page = read(client, f"/votes/{paragraph.key}/?view={view}&position=N")

    assert positions(page) == {"Aldora": "No", "Borvia": "No"}


def test_the_vote_on_a_paragraph_does_not_become_the_vote_on_the_text(client, paragraph):
    page = page_of(client)

    assert page.answer.startswith("Adopted on 12 October 2022 by 2 votes to 1")
    assert positions(page)["Aldora"] == "Yes"
    assert f"/votes/{paragraph.key}/" in links(page.section("chain"))


def test_a_paragraph_that_is_not_retained_is_deleted(client, bees):
    row = cast.event(
        bees,
        question=Question.PARAGRAPH,
        question_text="Paragraph 4",
        outcome=Outcome.REJECTED,
    )

    assert read(client, f"/votes/{row.key}/").answer.startswith("Deleted on 12 October 2022")


def test_the_vote_on_the_whole_text_leads_to_the_page_of_the_text(client, bees):
    row = cast.event(bees, positions=HABITS)

    assert redirected(client, f"/votes/{row.key}/?view=map&name=Côte") == (
        f"{BEES}?view=map&name=C%C3%B4te"
    )


def test_an_earlier_vote_on_the_whole_text_keeps_a_page_of_its_own(client, bees):
    tie = cast.event(bees, outcome=Outcome.REJECTED, **cast.totals(2, 2, 0))
    cast.event(bees, date=DAY + datetime.timedelta(days=1))
    chain = page_of(client).section("chain")

    assert f"/votes/{tie.key}/" in links(chain)
    assert read(client, f"/votes/{tie.key}/").answer.startswith("Rejected on 12 October 2022")


def test_two_votes_on_the_same_text_have_titles_of_their_own(client, bees):
    addresses = [
        f"/votes/{cast.event(bees, question=Question.PARAGRAPH, question_text=part).key}/"
        for part in ("Paragraph 1", "Paragraph 2")
    ]

    titles = [read(client, address).texts(".//head/title") for address in addresses]

    assert titles[0] != titles[1]
    assert "Paragraph 1" in titles[0][0]


@pytest.mark.parametrize(
    ("question", "outcome", "words_of_it"),
    [
        (Question.AMENDMENT, Outcome.ADOPTED, "Adopted"),
        (Question.DIVISION, Outcome.ADOPTED, "Carried"),
        (Question.NO_ACTION, Outcome.REJECTED, "Rejected"),
        (Question.ELECTION, Outcome.ADOPTED, "Elected"),
    ],
)
def test_each_kind_of_question_is_decided_in_its_own_words(
    client, bees, question, outcome, words_of_it
):
    text = "An amendment" if question == Question.AMENDMENT else ""
    row = cast.event(bees, question=question, outcome=outcome, question_text=text)

    assert read(client, f"/votes/{row.key}/").answer.startswith(f"{words_of_it} on 12 October")


def test_a_motion_on_no_text_has_a_page_too(client, states):
    row = cast.event(None, question=Question.MOTION, question_text="To adjourn for tea")
    page = read(client, f"/votes/{row.key}/")

    assert page.texts(".//h1") == ["To adjourn for tea"]
    assert page.texts(".//head/title") == ["To adjourn for tea, 12 October 2022 · UNGA Portal"]
    assert not page.has_section("timeline")


# Texts without a vote


def test_a_draft_of_which_nothing_is_known_says_so(client, bees):
    page = page_of(client)

    assert page.answer == "A draft. No decision on it is held here."
    assert "The sources held here tell of no event around this text." in page.text
    assert has_no_chart(page)


@pytest.mark.parametrize(
    ("kind", "answer", "status"),
    [
        ("withdrawal", "Withdrawn before any vote.", "Withdrawn"),
        ("not put to a vote", "Not put to a vote.", "Not put to a vote"),
    ],
)
def test_a_text_that_never_came_to_a_vote_says_why(client, bees, kind, answer, status):
    happening = cast.timeline_event(kind=kind)
    happening.texts.add(bees)
    page = page_of(client)

    assert page.answer == answer
    assert status in page.texts(".//main/ul[@class='meta']/li")
    assert has_no_chart(page)
    assert not page.has_section("positions")


def test_a_motion_of_no_action_ends_a_text(client, bees):
    motion = cast.event(bees, question=Question.NO_ACTION)
    page = page_of(client)

    assert page.answer == "Not put to a vote."
    assert f"/votes/{motion.key}/" in links(page.section("chain"))


@pytest.mark.parametrize(
    ("standing", "answer"),
    [
        ("planned", "A vote is planned for 20 October 2022, as reported on 12 October 2022."),
        ("expected", "A vote is expected on 20 October 2022, as reported on 12 October 2022."),
    ],
)
def test_a_vote_to_come_is_told_as_of_the_day_of_its_source(client, bees, standing, answer):
    happening = cast.timeline_event(
        kind="vote", standing=standing, as_of=DAY, date=DAY + datetime.timedelta(days=8)
    )
    happening.texts.add(bees)
    page, home = page_of(client), read(client, "/")

    assert page.answer == answer
    assert page.notes == ["The sources held here do not tell what happened."]
    assert answer in words(home.section("foreseen"))
    assert links(home.section("foreseen")) == [BEES]


def test_a_vote_that_took_place_is_no_longer_to_come(client, bees):
    happening = cast.timeline_event(kind="vote", standing="expected", as_of=DAY)
    happening.texts.add(bees)
    cast.event(bees)

    assert not read(client, "/").has_section("foreseen")


def test_a_text_without_a_told_story_gets_one_from_its_own_vote(client, bees):
    cast.event(bees, meeting="A/77/PV.12")
    [item] = page_of(client).section("timeline").findall("ol/li")

    assert words(item) == (
        "12 October 2022 Adopted at the meeting recorded in A/77/PV.12. from the vote itself"
    )
    assert item.get("aria-current") == "true"
