"""Pasted texts: the real samples, and each trait of the layouts in a small document of its own."""

import time
from collections import Counter
from datetime import date

import pytest

from tests.test_names import BOOK
from votes.readers.layouts import to_verbatim
from votes.readers.pasted import (
    Layout,
    Pasted,
    PastedVote,
    ProblemCode,
    QuestionKind,
    Result,
    Totals,
    read_pasted,
)
from votes.readers.pasted.furniture import furniture
from votes.readers.pasted.prose import PROSE
from votes.readers.pasted.tallies import NUMBERS

pytestmark = pytest.mark.pure

C = ProblemCode
LATELY = date(2022, 3, 2)


def read(text: str, when: date | None = LATELY) -> Pasted:
    return read_pasted(text, BOOK, when)


def only(text: str, when: date | None = LATELY) -> PastedVote:
    """The one vote of a text in which there is nothing to complain of."""
    pasted = read(text, when)
    assert not pasted.problems
    (vote,) = pasted.votes
    return vote


def told(text: str, when: date | None = LATELY) -> set[ProblemCode]:
    return {problem.code for problem in read(text, when).problems}


def counts(vote: PastedVote) -> Counter[str]:
    return Counter(found.position for found in vote.positions.values())


# --- real documents -----------------------------------------------------------------------------


@pytest.fixture
def paragraphs(reference_data) -> Pasted:
    path = reference_data / "samples" / "pv_A-48-PV.46_real_excerpt_paragraph_votes.txt"
    return read(path.read_text(encoding="utf-8"), None)


def test_five_votes_of_a_verbatim_record_are_read_whole_and_in_order(paragraphs):
    assert not paragraphs.problems
    assert [(v.announced.yes, v.announced.no, v.announced.abstain) for v in paragraphs.votes] == [
        (105, 2, 22),
        (104, 1, 30),
        (106, 1, 28),
        (111, 1, 18),
        (140, 1, 9),
    ]
    for vote in paragraphs.votes:
        assert counts(vote) == {p: vote.announced.of(p) for p in "YNA"}


def test_paragraphs_are_told_from_the_whole(paragraphs):
    assert [(v.question.kind, v.question.words, v.result) for v in paragraphs.votes] == [
        (QuestionKind.PARAGRAPH, "The eighth preambular paragraph", Result.RETAINED),
        (QuestionKind.PARAGRAPH, "The ninth preambular paragraph", Result.RETAINED),
        (QuestionKind.PARAGRAPH, "Operative paragraph 7", Result.RETAINED),
        (QuestionKind.PARAGRAPH, "Operative paragraph 8", Result.RETAINED),
        (
            QuestionKind.WHOLE,
            "Draft resolution A/48/L.13 and Corr.1, as a whole",
            Result.ADOPTED,
        ),
    ]
    assert {v.draft for v in paragraphs.votes} == {"A/48/L.13"}
    assert [v.resolution for v in paragraphs.votes] == [""] * 4 + ["A/RES/48/14"]


def test_page_headers_tell_the_meeting_and_the_day(paragraphs):
    assert {(v.meeting, v.date) for v in paragraphs.votes} == {("46th meeting", date(1993, 11, 1))}


def test_each_position_says_under_which_name_and_where_it_was_found(paragraphs):
    whole = paragraphs.votes[-1]
    assert whole.positions["MRT"].printed == "M a u r i t a n i a"
    assert whole.positions["GNB"].printed == "Guinea Bissau"
    assert whole.positions["VNM"].position == "A"
    assert (whole.positions["VNM"].line, whole.first_line, whole.last_line) == (348, 291, 350)
    assert whole.positions["COG"].printed == "Congo"


def test_a_correction_is_an_intention_and_changes_no_position(reference_data):
    path = reference_data / "samples" / "pv_A-65-PV.71_real_excerpt_correction.txt"
    vote = only(path.read_text(encoding="utf-8"), None)
    assert counts(vote) == {"Y": 129, "N": 3, "A": 52}
    (intention,) = vote.intentions
    assert (intention.code, intention.position, intention.line) == ("COD", "Y", 111)
    assert intention.sentence.startswith("Subsequently, the delegation of the Democratic Republic")
    assert "COD" not in vote.positions
    assert (vote.resolution, vote.meeting) == ("A/RES/65/199", "A/65/PV.71")
    assert not vote.listed_absent
    assert not vote.partial


def test_a_real_annex_is_read_with_its_absent_members(reference_data):
    path = reference_data / "samples" / "press_release_annex_sample.txt"
    vote = only(path.read_text(encoding="utf-8"), None)
    assert vote.layout is Layout.ANNEX
    assert counts(vote) == {"Y": 120, "N": 14, "A": 45, "X": 14}
    assert vote.listed_absent
    assert vote.draft == "A/ES-10/L.25"
    assert vote.positions["FSM"].position == "N"


@pytest.mark.parametrize("change", [str.upper, lambda t: t.replace("\n", "\r\n"), lambda t: t])
def test_the_real_record_may_come_in_other_clothes(reference_data, change):
    path = reference_data / "samples" / "pv_A-65-PV.71_real_excerpt_correction.txt"
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("Afghanistan"), text.index("Draft resolution I was")
    vote = only(text[:begin] + change(text[begin:end]) + text[end:], None)
    assert counts(vote) == {"Y": 129, "N": 3, "A": 52}


# --- verbatim records ---------------------------------------------------------------------------

RECORD = """A recorded vote was taken.
In favour:
Bosnia and Herzegovina, Côte d’Ivoire, Iran (Islamic
Republic of), Trinidad and Tobago.
Against:
Saint Vincent and the Grenadines.
Abstaining:
None.
Draft resolution A/ES-11/L.1 was adopted by 4 votes to 1,
with no abstentions (resolution ES-11/1).
"""


def test_a_small_record_is_read():
    vote = only(RECORD)
    assert vote.codes() == {"BIH": "Y", "CIV": "Y", "IRN": "Y", "TTO": "Y", "VCT": "N"}
    assert vote.announced == Totals(4, 1, 0)
    assert (vote.draft, vote.resolution) == ("A/ES-11/L.1", "A/RES/ES-11/1")
    assert (vote.first_line, vote.last_line) == (2, 10)
    assert vote.positions["IRN"].line == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("Côte d’Ivoire", "Cote d'Ivoire"),
        lambda t: t.replace("In favour:", "In favor:"),
        lambda t: t.replace("In favour:", "IN FAVOUR"),
        lambda t: t.replace("In favour:", "In favour\n:"),
        lambda t: t.replace("Against:\n", "Against "),
        lambda t: t.replace("Abstaining:", "Abstentions:"),
        lambda t: t.replace("Abstaining:", "Abstain:"),
        lambda t: t.replace("Abstaining:\nNone.", "Abstaining:  none"),
        lambda t: t.replace("Abstaining:\nNone.", "Abstaining:\n-"),
        lambda t: t.replace("Abstaining:\nNone.\n", ""),
        lambda t: t.replace(".\nAgainst", "\nAgainst"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("\n", "\r"),
        lambda t: t.replace(" ", "\xa0"),
        lambda t: t.replace("Herzegovina", "Herze\xadgovina"),
        lambda t: t.replace("Herzegovina", "Herze-\ngovina"),
        lambda t: t.replace(", ", ",\t"),
        lambda t: t.replace(", ", "; "),
        lambda t: t.replace(", Trinidad", " and Trinidad"),
        lambda t: t.replace(", Trinidad", ",\nand Trinidad"),
        lambda t: t.replace("Bosnia and H", "Bosnia and\n\nA/ES-11/PV.5\n14/15 22-27778\n\nH"),
        lambda t: t.replace("Trinidad", "\n22\nGeneral Assembly - Forty-eighth session\nTrinidad"),
        lambda t: t.replace("Trinidad", "16 November 1993\nA/48/PV.46\n65/71\nTrinidad"),
        lambda t: t.replace("Trinidad and", "Trinidad\n9\nand"),
        lambda t: t.replace("4 votes", "four votes").replace("1,", "one,"),
        lambda t: t.replace("adopted by", "adopted by a recorded vote of"),
        lambda t: " ".join(t.split()),
        lambda t: t.replace("Trinidad and Tobago.", "Trinidad and Tobago.*"),
        lambda t: t.replace("Saint Vincent", "St. Vincent"),
    ],
)
def test_a_record_is_read_in_any_clothes(change):
    pasted = read(change(RECORD))
    assert {p.code for p in pasted.problems} <= {C.OTHER_DATE}
    (vote,) = pasted.votes
    assert vote.codes() == only(RECORD).codes()
    assert vote.result is Result.ADOPTED


def test_lists_with_one_name_on_each_line_are_read():
    text = RECORD.replace(", ", "\n")
    assert only(text).codes() == only(RECORD).codes()
    bulleted = (
        text.replace("Côte", "• Côte").replace("Bosnia", "• Bosnia").replace("Iran", "• Iran")
    )
    assert only(bulleted).codes() == only(RECORD).codes()


def test_in_such_a_list_the_line_beside_an_unknown_one_is_no_name_by_chance():
    text = RECORD.replace(", ", "\n").replace("Côte d’Ivoire", "Guinea\nBisau")
    pasted = read(text)
    assert "GIN" not in pasted.votes[0].positions
    assert [p.text for p in pasted.problems if p.code is C.UNKNOWN_NAME] == ["Guinea Bisau"]


def test_germany_federal_republic_of_is_one_name():
    text = RECORD.replace("Iran (Islamic", "Germany, Federal Republic of, Iran (Islamic")
    vote = only(text.replace("4 votes", "5 votes"), date(1980, 12, 1))
    assert vote.positions["DEU"].printed == "Germany, Federal Republic of"


def test_two_stretches_are_one_name_only_where_the_second_describes_the_first():
    text = RECORD.replace("Côte d’Ivoire", "East, Germany, Federal Republic of")
    pasted = read(text, date(1980, 12, 1))
    assert "DDR" not in pasted.votes[0].positions
    assert pasted.votes[0].positions["DEU"].position == "Y"
    assert [p.text for p in pasted.problems if p.code is C.UNKNOWN_NAME] == ["East"]


def test_a_description_that_is_misspelt_leaves_the_name_before_it_unread():
    text = RECORD.replace("Côte d’Ivoire", "Congo, Democratic Republik of the")
    vote = read(text).votes[0]
    assert not {"COG", "COD"} & vote.positions.keys()


@pytest.mark.parametrize(
    ("when", "codes"),
    [(date(2004, 1, 1), {"SRB"}), (date(2010, 1, 1), {"SRB", "MNE"}), (None, set())],
)
def test_serbia_and_montenegro_are_one_member_or_two_by_the_date(when, codes):
    text = "In favour: Israel, Serbia and Montenegro.\nThe motion was adopted by 2 votes to none."
    pasted = read(text, when)
    assert pasted.votes[0].positions.keys() - {"ISR"} == codes
    assert (C.AMBIGUOUS_NAME in {p.code for p in pasted.problems}) == (when is None)


def test_without_a_date_the_session_of_the_document_tells_what_congo_is():
    text = RECORD.replace("Côte d’Ivoire", "Congo")
    assert only(text, None).positions["COG"].position == "Y"
    old = text.replace("A/ES-11/L.1", "A/L.347").replace(" (resolution ES-11/1)", "")
    assert C.AMBIGUOUS_NAME in told(old, None)
    assert C.AMBIGUOUS_NAME in told(old, date(1965, 11, 1))


def test_a_list_of_nobody_needs_no_heading_if_the_figures_say_so():
    assert only(RECORD.replace("Abstaining:\nNone.\n", "")).announced.abstain == 0


def test_a_rejection_begins_with_the_votes_against():
    text = """In favour: Cuba, Mali.
Against: Chad, Fiji, Iraq.
Abstaining: Togo.
The amendment was rejected by 3 votes to 2, with 1 abstention.
"""
    vote = only(text)
    assert vote.announced == Totals(2, 3, 1)
    assert (vote.question.kind, vote.result) == (QuestionKind.AMENDMENT, Result.REJECTED)
    reversed_heads = text.replace("In favour", "X").replace("Against", "In favour")
    assert C.OUTCOME_CONTRADICTS in told(reversed_heads.replace("X", "Against"))


@pytest.mark.parametrize(
    ("sentence", "kind", "result"),
    [
        ("The draft resolution was adopted by", "whole", "adopted"),
        ("Draft decision III was adopted by", "whole", "adopted"),
        ("Draft resolution I, contained in paragraph 9 of a report, was adopted by", "whole", "adopted"),
        ("The draft resolution, as amended, was adopted by", "whole", "adopted"),
        ("Section II of the draft resolution was retained by", "paragraph", "retained"),
        ("The words “and others” in paragraph 3 were retained by", "paragraph", "retained"),
        ("Sub-paragraph (b) was not retained by", "paragraph", "rejected"),
        ("The oral amendment to paragraph 4 was adopted by", "amendment", "adopted"),
        ("The sub-amendment was not adopted by", "amendment", "rejected"),
        ("The motion for division was carried by", "motion", "adopted"),
        ("The motion to reject the draft resolution was rejected by", "motion", "rejected"),
        ("The proposal was adopted by", "unknown", "adopted"),
        ("The para\ngraph of the draft resolution was adopted by", "unknown", "adopted"),
        ("The draft resolution was no\nt adopted by", "whole", ""),
        ("The President’s ruling was upheld by", "motion", ""),
    ],
)  # fmt: skip
def test_the_sentence_tells_what_was_voted_on_and_how_it_ended(sentence, kind, result):
    figures = "1 votes to 2" if result == "rejected" and "not" in sentence else "2 votes to 1"
    text = f"In favour: Cuba, Mali.\nAgainst: Chad.\n{sentence} {figures}."
    if result == "rejected":
        text = f"In favour: Chad.\nAgainst: Cuba, Mali.\n{sentence} {figures}."
    vote = read(text).votes[0]
    assert (vote.question.kind, vote.result) == (kind, result)


def test_a_draft_is_left_out_where_two_were_named_before_the_vote():
    text = """The Assembly will take a decision on draft resolution A/77/L.5.
Mr. Ba (Mali): I recall our vote on draft resolution A/76/L.9.
In favour: Cuba, Mali.
Against: Chad.
The draft resolution was adopted by 2 votes to 1.
"""
    assert only(text).draft == ""
    assert only(text.replace("A/76/L.9", "A/77/L.5")).draft == "A/77/L.5"


def test_what_is_put_to_the_vote_fills_in_what_the_result_leaves_out():
    text = """I now put to the vote operative paragraph 4 of draft resolution A/77/L.5.
In favour: Cuba, Mali.
Against: Chad.
It was so decided by 2 votes to 1.
"""
    vote = only(text)
    assert vote.question.kind is QuestionKind.PARAGRAPH
    assert vote.question.words.startswith("operative paragraph 4")
    assert vote.draft == "A/77/L.5"


@pytest.mark.parametrize(
    ("text", "draft", "resolution"),
    [
        ("Draft resolution A/48/L.1\n3 was adopted by 1 votes to none.", "", ""),
        ("Draft resolution A/48/L.13/Rev.1 was adopted by 1 votes to none.", "A/48/L.13/Rev.1", ""),
        ("It was adopted by 1 votes to none (resolution 65/19\n9).", "", ""),
        ("It was adopted by 1 votes to none (resolution 2991 (XXVII)).", "", "A/RES/2991(XXVII)"),
        ("It was adopted by 1 votes to none (resolution 48/75 C).", "", "A/RES/48/75C"),
    ],
)
def test_a_symbol_that_may_have_come_apart_is_left_out(text, draft, resolution):
    vote = read(f"In favour: Cuba.\n{text}").votes[0]
    assert (vote.draft, vote.resolution) == (draft, resolution)


# --- corrections --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "intentions"),
    [
        (
            "[Subsequently, the delegation of Cuba advised the Secretariat that it had intended to"
            " abstain.]",
            [("CUB", "A")],
        ),
        (
            "[Subsequently, the delegations of Bosnia and Herzegovina and Trinidad and Tobago"
            " informed the Secretariat that they had intended to vote against.]",
            [("BIH", "N"), ("TTO", "N")],
        ),
        (
            "[Subsequently, the delegations of Chad, the Niger and Mali informed the Secretariat\n"
            "that they had intended to vote in favour; the delegation of Fiji had intended to"
            " abstain.]",
            [("TCD", "Y"), ("NER", "Y"), ("MLI", "Y"), ("FJI", "A")],
        ),
        (
            "* Subsequently, the delegation of Chad advised the Secretariat that it had intended to"
            " vote in favour of the draft resolution.",
            [("TCD", "Y")],
        ),
        (
            "The delegation of Chad subsequently informed the Secretariat that it had intended to"
            " vote in favor.",
            [("TCD", "Y")],
        ),
    ],
)
def test_intentions_are_read_for_each_delegation(note, intentions):
    vote = only(f"{RECORD}{note}\n")
    assert [(i.code, i.position) for i in vote.intentions] == intentions
    assert all(i.line >= 11 for i in vote.intentions)


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("the delegation of Chad had intended not to participate.", C.PARTICIPATION),
        ("the delegation of Chad had not intended to participate in the vote.", C.PARTICIPATION),
        ("the delegation of Chad had intended to participate.", C.PARTICIPATION),
        ("the delegation of Chad had not intended to abstain.", C.INTENTION_UNREADABLE),
        ("the delegation of Chad had intended to vote in fav our.", C.INTENTION_UNREADABLE),
        ("the delegation of Chad had intended to vote as before.", C.INTENTION_UNREADABLE),
        ("the delegation of Chad had intended to vote against A/7/L.1.", C.INTENTION_UNREADABLE),
        ("the delegation of Chadd had intended to abstain.", C.UNKNOWN_NAME),
        ("Chad changed its intended vote.", C.INTENTION_UNREADABLE),
    ],
)  # fmt: skip
def test_what_is_no_clear_intention_is_told_and_not_kept(note, code):
    pasted = read(f"{RECORD}[Subsequently, {note}]\n")
    assert code in {problem.code for problem in pasted.problems}
    assert not pasted.votes[0].intentions


def test_intentions_belong_to_the_vote_before_them():
    note = "[Subsequently, the delegation of Chad had intended to abstain.]"
    pasted = read(f"{RECORD}{note}\n{RECORD}")
    assert [len(vote.intentions) for vote in pasted.votes] == [1, 0]
    assert C.INTENTION_WITHOUT_VOTE in told(f"{note}\n{RECORD}")


# --- press releases -----------------------------------------------------------------------------


def test_running_text_gives_the_positions_of_those_it_names_and_no_others():
    vote = only(
        "In one such text, adopted by a recorded vote of 169 in favour to 6 against (Israel,"
        " Marshall Islands, Federated States of Micronesia, Nauru, Palau, United States), with"
        " 3 abstentions (Cameroon, Côte d’Ivoire, Panama), the Assembly demanded …"
    )
    assert counts(vote) == {"N": 6, "A": 3}
    assert vote.partial
    assert vote.announced == Totals(169, 6, 3)
    assert vote.positions["USA"].printed == "United States"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("by a recorded vote of 9 in favour to 1against ( United States), with 8abstentions, the", "USA"),
        ("by a vote of 132 in favour to 2 against (Israel and Palau) with no abstentions.", "ISR PLW"),
        ("by 9 in favour to none against, with 2 abstentions (Iran (Islamic Republic of), Fiji).", "IRN FJI"),
        ("by 9 votes in favour to 1 against (Israel) with 2 abstentions(Albania, Chad), a", "ISR ALB TCD"),
        ("by a recorded vote of 120 in favour to none against, with no abstentions.", ""),
    ],
)  # fmt: skip
def test_brackets_of_press_releases_come_in_many_spellings(text, codes):
    assert set(only(f"The Assembly adopted the draft {text}").positions) == set(codes.split())


def test_several_votes_of_a_body_stay_apart():
    pasted = read(
        "The Assembly retained operative paragraph 7 by a recorded vote of 151 in favour to"
        " 2 against (Israel, United States), with 4 abstentions (Chad, Fiji, Mali, Togo). It then"
        " adopted the draft resolution by a recorded vote of 151 in favour to 2 against (Israel,"
        " United States), with 4 abstentions (Chad, Fiji, Mali, Togo)."
    )
    assert not pasted.problems
    assert [(v.question.kind, v.result) for v in pasted.votes] == [
        (QuestionKind.PARAGRAPH, Result.RETAINED),
        (QuestionKind.WHOLE, Result.ADOPTED),
    ]


def test_figures_before_the_verb_are_read_too():
    vote = only(
        "By a recorded vote of 87 in favour to 54 against, with 24 abstentions, the Assembly"
        " decided to retain operative paragraph 10 of the draft resolution."
    )
    assert (vote.question.kind, vote.result) == (QuestionKind.PARAGRAPH, Result.RETAINED)
    assert not vote.positions


ANNEX = """Vote on a Text

The draft resolution (document A/77/L.5) was adopted by a recorded vote of 2 in favour
to 1 against, with 1 abstention, as follows:

In favour (2):  Chad, Fiji.

Against (1):  Mali.

Abstain (1):  Togo.

Absent (1):  Venezuela.
"""


def test_an_annex_with_figures_beside_its_lists_is_read():
    vote = only(ANNEX)
    assert vote.codes() == {"TCD": "Y", "FJI": "Y", "MLI": "N", "TGO": "A", "VEN": "X"}
    assert vote.printed == Totals(2, 1, 1, 1)
    assert vote.announced == Totals(2, 1, 1)
    assert vote.listed_absent


def test_a_body_and_its_annex_are_two_entries_of_which_one_is_partial():
    body = "It was adopted by a vote of 2 in favour to 1 against (Mali), with 1 abstention."
    pasted = read(f"{body}\n\n{ANNEX}{ANNEX}")
    assert [vote.partial for vote in pasted.votes] == [True, False, False]
    assert pasted.layout is Layout.ANNEX


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("of 2 in", "of 3 in"), C.TOTALS_DISAGREE),
        (("In favour (2)", "In favour (3)"), C.TOTALS_DISAGREE),
        (("Absent (1)", "Absent (2)"), C.TOTALS_DIFFER),
        (("1 abstention,", "2\n1 abstention,"), C.TOTALS_UNREADABLE),
        (("Abstain (1):  Togo.\n\n", ""), C.LIST_MISSING),
        (("Togo.", "Togo, "), C.LIST_CUT_OFF),
        (("Mali.", ""), C.TOTALS_DIFFER),
        (("Venezuela.", "Guinea"), C.LIST_CUT_OFF),
        (("Mali.", "Mali. Kenya, Ghana"), C.LIST_END_UNCLEAR),
        (("Mali", "Mali, Holy See"), C.NOT_A_MEMBER),
        (("Mali", "Mali, Mali"), C.TWICE),
        (("Mali", "Mali, Fiji"), C.IN_TWO_LISTS),
        (("Mali", "Mali Fiji"), C.UNKNOWN_NAME),
        (("Mali", "Korea"), C.AMBIGUOUS_NAME),
        (("Against (1)", "Agianst"), C.LIST_END_UNCLEAR),
        (("adopted", "rejected"), C.OUTCOME_CONTRADICTS),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(change, code):
    assert code in told(ANNEX.replace(*change))


def test_a_problem_says_where_what_and_which_name_may_be_meant():
    pasted = read(ANNEX.replace("Mali", "Malli"))
    problem = next(p for p in pasted.problems if p.code is C.UNKNOWN_NAME)
    assert (problem.line, problem.text, problem.vote) == (8, "Malli", 0)
    assert problem.suggestions[0].code == "MLI"
    assert problem.sentence == (
        "“Malli” in the list “Against” is not known as the name of a member. Perhaps Mali?"
    )
    differ = next(p for p in pasted.problems if p.code is C.TOTALS_DIFFER)
    assert differ.sentence == (
        "The list “Against” should have 1 members and 0 were read: 1 too few;"
        " 1 in it could not be read."
    )
    assert not pasted.is_certain(0)


def test_a_member_in_two_lists_has_no_position():
    pasted = read(ANNEX.replace("Mali", "Mali, Fiji"))
    assert "FJI" not in pasted.votes[0].positions
    assert pasted.votes[0].positions["MLI"].position == "N"


def test_figures_told_twice_have_to_agree():
    again = "The result of the vote was 5 in favour, 1 against, with no abstentions.\n"
    assert C.TOTALS_DISAGREE in told(RECORD + again)
    assert not told(RECORD + again.replace("5 in", "4 in"))


def test_a_record_without_its_result_is_read_and_noted():
    pasted = read(RECORD[: RECORD.index("Draft")])
    assert [problem.code for problem in pasted.problems] == [C.NO_TOTALS]
    assert pasted.is_certain(0)


def test_a_page_of_another_day_is_told():
    text = RECORD.replace("Abstaining", "A/48/PV.46 16 November 1993\nAbstaining")
    problem = next(p for p in read(text).problems if p.code is C.OTHER_DATE)
    assert "16 November 1993" in problem.sentence
    assert "2 March 2022" in problem.sentence
    assert not told(text, date(1993, 11, 16))


# --- tables -------------------------------------------------------------------------------------

EXPECTED = {"USA": "Y", "PRK": "N", "DEU": "A", "BOL": "X"}


@pytest.mark.parametrize(
    "text",
    [
        "United States\tY\nDPRK\tN\nGermany\tA\nBolivia\tX",
        "Country\tVote\nUnited States\tyes\nNorth Korea\tno\nGermany\tabstain\nBolivia\tabsent",
        "ms_code,ms_vote\r\nUSA,Y\r\nPRK,N\r\nDEU,A\r\nBOL,NV\r\n",
        "Vote;Member State\nfor;United States\nAgainst;DPRK\nAbstention;Germany\nabsent;Bolivia",
        'United States,Y\n"Korea, Democratic People’s Republic of",N\nGermany,A\n"Bolivia",X',
        "United States, Y\nKorea, Democratic People's Republic of, N\nGermany, A\nBolivia, X",
        "1\tUSA\tUSA\tYes\n2\tPRK\tDPRK\tNo\n3\tDEU\tGermany\tAbstain\n4\tBOL\tBolivia\tX",
        "USA\tY\t\nPRK\tN\t\nDEU\tA\t\n\nBOL\tX\t",
        "United States|Y\nDPRK|N\nGermany|A\nBolivia|X",
        "In favour\tUnited States\nAgainst\tDPRK\nAbstaining\tGermany\nAbsent\tBolivia",
        "A vote\n\nState\tVote\nUnited States\tY\nDPRK\tN\nGermany\tA\nBolivia\tX\nTotal\t4",
    ],
)  # fmt: skip
def test_a_table_is_read_in_any_order_of_columns(text):
    vote = only(text)
    assert vote.layout is Layout.TABLE
    assert vote.codes() == EXPECTED
    assert vote.listed_absent
    assert not vote.partial


def test_a_table_may_name_its_text_and_its_totals():
    vote = only("Member State\tA/RES/ES-11/1\tCode\nUnited States\tY\tUSA\nYes\t1\t\nTotal\t1\t")
    assert vote.resolution == "A/RES/ES-11/1"
    assert vote.printed.yes == 1
    assert C.TOTALS_DIFFER in told("USA\tY\nPRK\tN\nYes\t2\t")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Zimbabbwe\tY", C.UNKNOWN_NAME),
        ("Chad\tperhaps", C.POSITION_UNKNOWN),
        ("Chad\t", C.POSITION_UNKNOWN),
        ("\tY", C.ROW_UNREADABLE),
        ("Germany\tA", C.TWICE),
        ("Germany\tY", C.IN_TWO_LISTS),
        ("Korea\tY", C.AMBIGUOUS_NAME),
        ("State of Palestine\tY", C.NOT_A_MEMBER),
        ("XYZ\tY", C.UNKNOWN_NAME),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_line(row, code):
    pasted = read(f"USA\tY\nPRK\tN\nDEU\tA\nBOL\tX\n{row}")
    (problem,) = pasted.problems
    assert (problem.code, problem.line) == (code, 5)
    assert pasted.votes[0].codes().items() <= EXPECTED.items()


def test_a_name_and_a_code_of_one_row_have_to_agree():
    pasted = read("USA\tUnited States\tY\nPRK\tDPRK\tN\nDEU\tFrance\tA")
    assert [problem.code for problem in pasted.problems] == [C.ROW_UNREADABLE]
    assert "DEU" not in pasted.votes[0].positions


def test_a_code_tells_which_state_a_name_means():
    vote = only("COG\tCongo\tY\nDEU\tGermany\tN", None)
    assert vote.codes() == {"COG": "Y", "DEU": "N"}


def test_a_table_of_several_votes_is_not_guessed_at():
    pasted = read("USA\tY\tN\nPRK\tN\tY\nDEU\tA\tA")
    assert [problem.code for problem in pasted.problems] == [C.COLUMNS_UNCLEAR]
    assert not pasted.votes[0].positions


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n", "Nothing of a vote.", "A,B,C\n1,2,3", "by 3 p.m."])
def test_a_text_without_a_vote_is_told_what_was_expected(text):
    pasted = read(text)
    assert pasted.layout is Layout.NONE
    assert not pasted.votes
    (problem,) = pasted.problems
    assert problem.code is C.NOTHING_RECOGNISED
    assert "verbatim record" in problem.sentence


def test_too_long_a_text_is_refused_at_once():
    text = RECORD * 35_000
    assert len(text) > 10_000_000
    begin = time.process_time()
    pasted = read(text)
    assert time.process_time() - begin < 1
    (problem,) = pasted.problems
    assert problem.code is C.TOO_LONG
    assert "2 MB" in problem.sentence


HOSTILE = {
    "brackets": "by a vote of 3 in favour to 2 against " + "(" * 100_000,
    "spaces": "In favour" + " " * 1_000_000 + ":",
    "spaces in a sentence": "by" + " " * 100_000 + "a 1" + " " * 100_000 + "in" + "\n" * 100_000,
    "headings": "Against: " * 25_000,
    "commas": "In favour: " + "," * 1_000_000,
    "ands": "In favour: " + "x and " * 40_000,
    "figures": "by 3 votes to 2, " * 10_000,
    "lines": "In favour:\n" + "Chad\n" * 50_000,
    "unknown": "In favour: " + "Atlantis, " * 25_000,
    "open note": "[Subsequently, the delegation of " * 7_500,
    "cells": "Y\tY\tY\n" * 25_000,
    "numbers": "12 " * 75_000,
    "letters": "a" * 1_000_000,
    "one line": "In favour: " + "Chad " * 60_000,
    "symbols": "A/48/L.1" * 25_000,
    "table": "Chad\tY\n" * 40_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_answered_within_seconds(text):
    begin = time.process_time()
    pasted = read(text)
    assert time.process_time() - begin < 10
    assert pasted.problems


# --- what the reader relies on ------------------------------------------------------------------


def test_no_name_looks_like_running_text_or_like_a_page_header():
    names = {name.text for name in BOOK}
    assert not [name for name in names if PROSE.search(f" {name}")]
    assert not [name for name in names if PROSE.search(f" {name.title()}")]
    assert not furniture(sorted(names))


def test_numbers_up_to_199_are_known_in_words():
    assert set(NUMBERS.values()) == set(range(200))
    assert NUMBERS["onehundredandfive"] == NUMBERS["onehundredfive"] == 105


def test_a_record_written_out_is_read_again():
    names = {code: BOOK.identify_cell(code).name for code in EXPECTED}
    names |= {"USA": "United States of America", "PRK": "Democratic People's Republic of Korea"}
    names |= {"DEU": "Germany", "BOL": "Bolivia (Plurinational State of)"}
    text = to_verbatim(EXPECTED, names, subject="Operative paragraph 4", result="retained")
    pasted = read(text)
    assert pasted.votes[0].codes() == {c: p for c, p in EXPECTED.items() if p != "X"}
    assert pasted.votes[0].question.words == "Operative paragraph 4"
    with pytest.raises(ValueError, match="'Q' is in no list"):
        to_verbatim({"USA": "Q"}, names)
