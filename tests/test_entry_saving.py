"""What stands in the way of an entry, and what is saved of it: all or nothing."""

import pytest

from resolutions.models import Change, DataVersion, Fact, Origin, State
from tests import cast
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    DAY,
    DUNMARK,
    ESTMERE,
    FARLAND,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from votes.entry.findings import Found, findings, obstacles
from votes.entry.saving import Refused, save_positions
from votes.ingest import positions_of
from votes.models import Explanation, Material, Method, Reading, StatedIntention, VoteEvent
from votes.readers.pasted import Intention

pytestmark = pytest.mark.usefixtures("empty_portal")


@pytest.fixture
def draft():
    cast.states()
    event = cast.event(cast.text(), **entered(cast.person("ed", "editor")))
    return VoteEvent.objects.get(pk=event.pk)


def entered(person, **fields):
    return {"origin": Origin.EDITOR, "entered_by": person, "state": State.DRAFT} | fields


def codes(found, *, hard=None):
    return {one.code for one in found if hard is None or one.is_hard == hard}


def test_a_whole_and_right_entry_has_nothing_in_its_way(draft):
    assert findings(draft, HABITS) == []


@pytest.mark.parametrize(
    ("positions", "code"),
    [
        ({**HABITS, FARLAND: "Y"}, "member-not-seated"),
        ({code: HABITS[code] for code in (ALDORA, BORVIA)}, "seated-member-without-position"),
    ],
)
def test_what_cannot_be_is_a_hard_finding(draft, positions, code):
    assert code in codes(findings(draft, positions), hard=True)


@pytest.mark.parametrize("method", [Method.SECRET_BALLOT, Method.WITHOUT_VOTE, Method.NON_RECORDED])
def test_positions_where_none_can_exist_are_a_hard_finding(draft, method):
    draft.method = method
    assert "positions-that-cannot-exist" in codes(findings(draft, HABITS), hard=True)


def test_totals_that_differ_need_a_reason(draft):
    draft.announced_yes = 3
    (found,) = findings(draft, HABITS)
    assert (found.code, found.is_hard) == ("totals-differ", False)
    assert "announced 3, counted 2" in found.sentence


def test_the_same_question_on_the_same_day_needs_a_reason(draft):
    cast.event(draft.text, key="first-of-two", **entered(draft.entered_by))
    (found,) = findings(draft, HABITS)
    assert found.code == "same-question"
    assert "first-of-two" in found.sentence


def test_a_withdrawn_vote_on_the_same_question_is_no_matter(draft):
    cast.event(draft.text, **entered(draft.entered_by, state=State.WITHDRAWN))
    assert findings(draft, HABITS) == []


def test_a_meeting_of_another_session_needs_a_reason(draft):
    draft.meeting = "A/76/PV.14"
    assert codes(findings(draft, HABITS)) == {"meeting-of-another-session"}
    draft.meeting = "A/77/PV.14"
    assert findings(draft, HABITS) == []


def test_announced_totals_that_leave_members_out_need_a_reason(draft):
    draft.announced_non_voting = 0
    assert "announced-unlike-members" in codes(findings(draft, HABITS), hard=False)


def test_an_entry_without_positions_needs_a_reason_where_there_must_be_some(draft):
    assert codes(findings(draft, {})) == {"positions-missing"}
    draft.method = Method.NON_RECORDED
    assert findings(draft, {}) == []


def test_hard_findings_come_first(draft):
    draft.announced_no = 0
    first, *_others, last = findings(draft, {**HABITS, FARLAND: "Y"})
    assert first.is_hard
    assert not last.is_hard


def save(event, positions, **how):
    return save_positions(event, positions, **{"person": event.entered_by, **how})


def test_positions_are_saved_with_their_history(draft):
    revision = save(draft, HABITS, reason="From the record")
    assert positions_of(draft) == HABITS
    assert (revision.number, revision.made_by, revision.origin) == (1, draft.entered_by, "editor")
    (change,) = Change.objects.all()
    assert change.values == [{"field": "positions", "from": None, "to": 5}]
    assert not change.was_public


def test_a_hard_finding_saves_nothing(draft):
    before = DataVersion.objects.current()
    with pytest.raises(Refused) as refusal:
        save(draft, {**HABITS, FARLAND: "Y"})
    assert "member-not-seated" in codes(refusal.value.findings)
    assert positions_of(draft) == {}
    assert DataVersion.objects.current() == before
    assert not Explanation.objects.exists()


def test_a_soft_finding_is_saved_with_its_reason_only(draft):
    VoteEvent.objects.filter(pk=draft.pk).update(announced_yes=3)
    with pytest.raises(Refused) as refusal:
        save(draft, HABITS)
    (found,) = refusal.value.findings
    with pytest.raises(Refused):
        save(draft, HABITS, reasons={found.sentence: "  "})
    save(draft, HABITS, reasons={found.sentence: "The President misread it."})
    (kept,) = Explanation.objects.all()
    assert (kept.code, kept.reason) == ("totals-differ", "The President misread it.")
    assert kept.made_by == draft.entered_by
    draft.refresh_from_db()
    assert obstacles(draft) == []


def test_a_reason_holds_as_long_as_the_finding_reads_the_same(draft):
    VoteEvent.objects.filter(pk=draft.pk).update(announced_yes=3)
    draft.refresh_from_db()
    (found,) = findings(draft, HABITS)
    save(draft, HABITS, reasons={found.sentence: "The President misread it."})
    assert findings(draft, HABITS)[0].reason == "The President misread it."
    draft.announced_yes = 4
    assert findings(draft, HABITS)[0].reason == ""


def test_a_reason_is_kept_once(draft):
    VoteEvent.objects.filter(pk=draft.pk).update(announced_yes=3)
    draft.refresh_from_db()
    reasons = {findings(draft, HABITS)[0].sentence: "The President misread it."}
    save(draft, HABITS, reasons=reasons)
    save(draft, {**HABITS, ESTMERE: "Y", ALDORA: "Y"}, reasons=reasons)
    assert Explanation.objects.count() == 1


def test_an_unfinished_draft_is_kept_and_cannot_be_submitted(draft):
    some = {ALDORA: "Y", BORVIA: "N"}
    with pytest.raises(Refused):
        save(draft, some)
    save(draft, some, unfinished=True)
    assert positions_of(draft) == some
    assert any("no position of" in sentence for sentence in obstacles(draft))


def test_even_an_unfinished_draft_holds_nothing_that_cannot_be(draft):
    with pytest.raises(Refused):
        save(draft, {FARLAND: "Y"}, unfinished=True)


def test_what_is_published_cannot_be_left_unfinished(draft):
    save(draft, HABITS)
    reviewer = cast.person("rev", "reviewer")
    VoteEvent.objects.filter(pk=draft.pk).update(state="published", reviewed_by=reviewer)
    with pytest.raises(Refused):
        save(draft, {ALDORA: "Y"}, unfinished=True)
    assert positions_of(draft) == HABITS


def test_a_correction_of_what_is_public_is_told_member_by_member(draft):
    save(draft, HABITS)
    reviewer = cast.person("rev", "reviewer")
    VoteEvent.objects.filter(pk=draft.pk).update(
        state="published", reviewed_by=reviewer, announced_abstain=2
    )
    save(draft, {**HABITS, DUNMARK: "A"}, person=reviewer, reason="Misread")
    change = Change.objects.first()
    assert change.values == [{"field": "position", "member": DUNMARK, "from": "X", "to": "A"}]
    assert (change.made_by, change.reason, change.was_public) == (reviewer, "Misread", True)
    assert [row.number for row in draft.revisions.order_by("number")] == [1, 2]


def test_what_was_found_in_the_material_stands_in_the_way_too(draft):
    unread = Found("unknown_name", "“Borwia” is not known.", is_hard=True)
    with pytest.raises(Refused) as refusal:
        save(draft, HABITS, others=[unread])
    assert refusal.value.findings[0] == unread


def test_the_material_is_remembered(draft):
    paste = Material.objects.create(kind="text", text="x", added_by=draft.entered_by)
    save(draft, HABITS, reading=(paste, 2))
    save(draft, {**HABITS}, reading=(paste, 2))
    assert [(row.event, row.place) for row in Reading.objects.all()] == [(draft, 2)]


def test_an_intention_is_kept_beside_the_record_and_changes_no_position(draft):
    source = cast.cite(draft.subject_key, Fact.POSITIONS).source
    said = [Intention(ESTMERE, "A", "It had intended to abstain.", 9)]
    save(draft, HABITS, intentions=said)
    (row,) = StatedIntention.objects.all()
    assert (row.member.code, row.position, row.source) == (ESTMERE, "A", source)
    assert positions_of(draft)[ESTMERE] == "Y"
    told = [value["field"] for change in Change.objects.all() for value in change.values]
    assert "stated intention" in told


def test_an_intention_like_the_record_is_none(draft):
    save(draft, HABITS, intentions=[Intention(CESTRIA, "A", "It had abstained.", 9)])
    assert not StatedIntention.objects.exists()


def test_an_intention_without_a_source_saves_nothing(draft):
    with pytest.raises(Refused) as refusal:
        save(draft, HABITS, intentions=[Intention(DUNMARK, "A", "It had meant to.", 9)])
    assert codes(refusal.value.findings) == {"no-source"}
    assert positions_of(draft) == {}


def test_the_day_decides_who_is_seated(draft):
    draft.date = DAY.replace(year=2023)
    draft.text.session = None
    assert "seated-member-without-position" in codes(findings(draft, HABITS), hard=True)
    draft.announced_yes = 3
    assert findings(draft, {**HABITS, FARLAND: "Y"}) == []
