"""The portal when only the two articles are loaded: totals, a vote to come, and no position.

Classes of Django's, because they load the articles once for all their tests.
"""

from django.core.management import call_command
from django.test import TestCase

from resolutions.models import Resolution
from tests import printed
from tests.reading import Page, links, positions, read, redirected, words
from votes.models import MemberState, Vote

ES11_1 = "/resolutions/A/RES/ES-11/1/"
ES11_2 = "/resolutions/A/RES/ES-11/2/"
ES11_3 = "/resolutions/A/RES/ES-11/3/"
DRAFT = "/resolutions/A/ES-11/L.5/"
ADOPTED = "/resolutions/A/RES/ES-11/4/"
VETOED = "/resolutions/S/2022/720/"
NO_POSITIONS = (
    "The sources held here name no positions: they give the totals, and do not say how each member"
    " voted."
)


def load(*fixtures: str) -> None:
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    call_command("loaddata", *fixtures, verbosity=0)


def majority(page: Page) -> list[str]:
    return page.texts(".//figure[@class='tally']/figcaption/p")


def facts(page: Page) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in page.rows("facts")}


class TheArticlesAlone(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load("member_states", "sessions", "articles")

    def test_the_articles_hold_no_position_at_all(self):
        assert Vote.objects.count() == 0
        assert Resolution.objects.count() == 5
        assert MemberState.objects.present().count() == 193

    def test_the_totals_are_those_of_the_report(self):
        assert [
            read(self.client, address).answer.split(". ")[0] for address in (ES11_1, ES11_2, ES11_3)
        ] == [
            "Adopted on 2 March 2022 by 141 votes to 5, with 35 abstentions",
            "Adopted on 24 March 2022 by 140 votes to 5, with 38 abstentions",
            "Adopted on 7 April 2022 by 93 votes to 24, with 58 abstentions",
        ]

    def test_those_that_did_not_vote_are_computed_and_said_to_be(self):
        for address, took_part, rest in [(ES11_1, 181, 12), (ES11_2, 183, 10), (ES11_3, 175, 18)]:
            page = read(self.client, address)
            non_voting = facts(page)["Members that did not vote"]

            assert page.answer.endswith(f" {rest} members did not vote.")
            assert page.notes == [
                "How many did not vote is computed, not stated by a source:"
                f" 193 members − {took_part} that took part = {rest}."
            ]
            assert non_voting == [f"{rest}, computed", "no source named"]

    def test_no_source_says_the_rule_so_both_thresholds_are_shown(self):
        page = read(self.client, ES11_1)

        assert majority(page) == [
            "No source held here says which majority was needed, so both thresholds are shown.",
            "Two thirds of the 146 members present and voting is 98;"
            " reached 141, 43 more than needed.",
            "A simple majority of the 146 members present and voting is 74;"
            " reached 141, 67 more than needed."
            " Abstentions are not counted among those voting. Why?",
        ]
        assert page.texts(".//g[@class='mark']/text") == ["two thirds: 98", "simple majority: 74"]

    def test_the_page_says_that_its_sources_name_no_positions_and_draws_no_empty_chart(self):
        page = read(self.client, ES11_1)

        assert words(page.section("positions")) == f"How each member voted {NO_POSITIONS}"
        assert positions(page) == {}
        assert page.all(".//form[@class='filters']") == []
        assert not page.has_section("abstained")
        assert not page.has_section("not-voting")
        assert page.texts(".//svg[@class='tallybar']/title") == [
            "Yes 141, No 5, Abstain 35, Non-voting 12"
        ]

    def test_a_view_of_positions_that_are_not_held_is_no_error(self):
        for view in ("map", "groups", "table"):
            assert NO_POSITIONS in read(self.client, f"{ES11_1}?view={view}&position=A&name=x").text

    def test_the_method_is_not_known_and_the_page_does_not_guess(self):
        assert "Vote, method not stated" in read(self.client, ES11_1).text
        assert "Recorded vote" not in read(self.client, ES11_1).text

    # The draft before its vote

    def test_the_draft_tells_what_was_expected_and_when_that_was_said(self):
        page = read(self.client, DRAFT)

        assert (
            page.answer == "A vote is expected on 12 October 2022, as reported on 6 October 2022."
        )
        assert page.notes == ["The sources held here do not tell what happened."]
        assert page.texts(".//main/ul[@class='meta']/li")[:2] == ["A/ES-11/L.5", "Draft"]

    def test_the_draft_has_no_totals_no_majority_and_no_positions(self):
        page = read(self.client, DRAFT)

        assert page.all(".//figure") == []
        assert not page.has_section("positions")
        assert "143" not in page.text
        assert "Adopted" not in words(page.section("timeline"))

    def test_planned_days_look_planned_and_the_letter_is_undated(self):
        items = read(self.client, DRAFT).section("timeline").findall("ol/li")
        foreseen = [words(item[0]) for item in items if item.get("class") == "foreseen"]

        assert foreseen == [
            "10 October 2022 planned, as reported on 6 October 2022",
            "11 October 2022 planned, as reported on 6 October 2022",
            "12 October 2022 expected, as reported on 6 October 2022",
        ]
        letter = next(words(item) for item in items if "Nebenzia" in words(item))
        assert letter.startswith("undated, by 6 October 2022")
        assert [item for item in items if "aria-current" in item.attrib] == []

    def test_the_resolution_that_the_draft_became_is_not_known_yet(self):
        page = read(self.client, ADOPTED, status=404)

        assert page.answer == "The portal holds no text with the symbol A/RES/ES-11/4."

    # The vetoed draft of the Council

    def test_the_vetoed_draft_has_an_outcome_and_no_totals(self):
        page = read(self.client, VETOED)

        assert page.answer == (
            "Not adopted, because of a veto, in the Security Council on 30 September 2022."
        )
        assert page.notes == ["The sources held here give no totals."]
        assert page.all(".//figure") == []
        assert words(page.section("positions")) == (
            "How each member voted The sources held here do not say how each member voted."
        )
        assert page.texts(".//main/ul[@class='meta']/li")[:2] == ["S/2022/720", "Vetoed"]

    # Home, lists and states

    def test_home_shows_the_vote_to_come_and_says_that_no_positions_are_held(self):
        page = read(self.client, "/")
        [card] = page.section("foreseen").findall("ul/li")

        assert words(card).startswith(
            "A vote is expected on 12 October 2022, as reported on 6 October 2022."
        )
        assert words(card).endswith("The sources held here do not tell what happened.")
        assert links(card) == [DRAFT]
        assert "No positions of single members are held yet" in page.text
        assert "5 texts, 0 votes with the position of each member, 193 member states." in page.text

    def test_the_latest_decisions_are_those_of_the_assembly(self):
        symbols = read(self.client, "/").texts(".//table[@class='texts']/tbody/tr/th//bdi")

        assert symbols == ["A/RES/ES-11/3", "A/RES/ES-11/2", "A/RES/ES-11/1"]

    def test_the_list_says_what_is_held_of_each_text(self):
        held = {
            row[1].split()[0]: row[2:] for row in read(self.client, "/resolutions/").rows("texts")
        }

        assert held["A/RES/ES-11/1"] == ["Adopted", "141", "5", "35", "96.6 %", "totals only"]
        assert held["A/ES-11/L.5"] == ["Draft", "no vote yet", "–"]
        assert held["S/2022/720"] == ["Vetoed", "totals not held", "totals only"]

    def test_what_is_not_decided_comes_first_in_the_list(self):
        assert read(self.client, "/resolutions/").rows("texts")[0][:2] == [
            "not decided",
            "A/ES-11/L.5 Territorial integrity of Ukraine: defending the principles of the Charter"
            " of the United Nations",
        ]

    def test_the_session_counts_how_its_texts_were_decided(self):
        page = read(self.client, "/sessions/ES-11/")
        figures = page.one(".//dl[@class='figures']")

        assert page.answer == "The portal holds 4 texts of this session."
        assert [words(figure) for figure in figures] == [
            "Vote, method not stated3",
            "No decision held1",
        ]
        assert page.rows("texts")[0][0] == "not decided"

    def test_a_state_has_no_positions_and_no_chart(self):
        page = read(self.client, "/states/FRA/")

        assert page.answer == "The portal holds no position of this member in the Assembly."
        assert not page.has_section("shares")
        assert "0 positions" in page.text

    def test_the_timeline_holds_the_seventeen_events_of_the_articles(self):
        page = read(self.client, "/timeline/")

        assert "17 events" in page.text
        assert len(page.all(".//ol[@class='timeline']/li")) == 17


class TheRecordOnTop(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load("member_states", "sessions", "articles")
        call_command("loaddata", "record", verbosity=0)

    def test_the_record_on_top_completes_the_page(self):
        page = read(self.client, ES11_1)

        assert page.answer == (
            "Adopted on 2 March 2022 by 141 votes to 5, with 35 abstentions."
            " 12 members did not vote."
        )
        assert page.notes == []
        assert positions(page) == printed.board("A/RES/ES-11/1")
        assert majority(page)[0].startswith(
            "Two thirds of the 146 members present and voting is 98"
        )
        assert len(majority(page)) == 1

    def test_the_record_on_top_tells_what_became_of_the_draft(self):
        page = read(self.client, ADOPTED)

        assert redirected(self.client, DRAFT) == ADOPTED
        assert page.answer.startswith("Adopted on 12 October 2022 by 143 votes to 5")
        assert "expected, as reported on 6 October 2022" in words(page.section("timeline"))

    def test_with_the_record_nothing_is_to_come_and_the_veto_has_its_totals(self):
        home = read(self.client, "/")

        assert not home.has_section("foreseen")
        assert "Positions are held up to 24 February 2025." in home.text
        assert "by 10 votes to 1, with 4 abstentions" in read(self.client, VETOED).answer
