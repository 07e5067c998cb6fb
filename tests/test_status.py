"""The status of a text follows from what happened to it."""

import pytest

from resolutions.models import Resolution, State
from resolutions.models.text import Organ, SymbolRole
from resolutions.models.timeline import EventKind, Standing
from tests import builders
from tests.builders import AFTER, BEFORE, VOTED
from votes.models import Outcome, Question, Rule, Venue
from votes.status import Status, status_of, with_status

pytestmark = pytest.mark.django_db


def decided(outcome, **fields):
    return lambda text: builders.event(text=text, **{"outcome": outcome} | fields)


def in_committee(outcome, **fields):
    return decided(outcome, **{"venue": Venue.C3} | fields)


def in_the_council(outcome, **fields):
    return decided(outcome, venue=Venue.COUNCIL, rule=Rule.NINE_VETO, **fields)


def no_action(outcome, **fields):
    return decided(outcome, question=Question.NO_ACTION, **fields)


def numbered(text):
    builders.symbol(text=text, symbol="A/RES/77/901", role=SymbolRole.ADOPTED)


def without_a_vote(text):
    builders.consensus(text=text)


def happened(kind, **fields):
    return lambda text: builders.timeline_link(
        text=text, event=builders.timeline_event(kind=kind, **fields)
    )


ADOPTED, REJECTED, VETOED = Outcome.ADOPTED, Outcome.REJECTED, Outcome.VETOED
WITHDRAWAL, NOT_PUT = EventKind.WITHDRAWAL, EventKind.NOT_PUT


@pytest.mark.parametrize(
    ("happenings", "status"),
    [
        pytest.param([], Status.DRAFT, id="nothing happened"),
        pytest.param([decided(ADOPTED)], Status.ADOPTED, id="adopted by a vote"),
        pytest.param([without_a_vote], Status.ADOPTED, id="adopted without a vote"),
        pytest.param([decided(REJECTED)], Status.REJECTED, id="rejected"),
        pytest.param([in_the_council(VETOED)], Status.VETOED, id="vetoed"),
        pytest.param([in_the_council(ADOPTED)], Status.ADOPTED, id="adopted by the Council"),
        pytest.param([decided(Outcome.NOT_KNOWN)], Status.DRAFT, id="voted on, outcome not known"),
        pytest.param([happened(WITHDRAWAL)], Status.WITHDRAWN, id="withdrawn"),
        pytest.param([happened(NOT_PUT)], Status.NOT_PUT, id="not put to a vote"),
        pytest.param([no_action(ADOPTED)], Status.NOT_PUT, id="no-action motion carried"),
        pytest.param([no_action(REJECTED)], Status.DRAFT, id="no-action motion lost"),
        pytest.param(
            [no_action(REJECTED), decided(ADOPTED, sequence=2)],
            Status.ADOPTED,
            id="no-action motion lost, then adopted",
        ),
        pytest.param(
            [decided(REJECTED, date=BEFORE), decided(ADOPTED)],
            Status.ADOPTED,
            id="rejected, adopted later",
        ),
        pytest.param(
            [happened(WITHDRAWAL, date=BEFORE), decided(ADOPTED)],
            Status.ADOPTED,
            id="withdrawn, put again and adopted",
        ),
        pytest.param([numbered], Status.ADOPTED, id="only its number is held"),
        pytest.param([numbered, decided(REJECTED)], Status.REJECTED, id="decided, whatever else"),
        # A part is not the whole.
        pytest.param(
            [decided(ADOPTED, question=Question.PARAGRAPH, question_text="Paragraph 1")],
            Status.DRAFT,
            id="only a paragraph retained",
        ),
        pytest.param(
            [decided(REJECTED, question=Question.AMENDMENT, question_text="Amendment 1")],
            Status.DRAFT,
            id="only an amendment rejected",
        ),
        pytest.param(
            [decided(ADOPTED, question=Question.DIVISION)], Status.DRAFT, id="only divided"
        ),
        # A committee approves; the plenary adopts.
        pytest.param([in_committee(ADOPTED)], Status.DRAFT, id="approved in committee only"),
        pytest.param([in_committee(REJECTED)], Status.REJECTED, id="rejected in committee"),
        pytest.param(
            [in_committee(ADOPTED, date=BEFORE), decided(ADOPTED)],
            Status.ADOPTED,
            id="approved in committee and adopted",
        ),
        pytest.param(
            [in_committee(ADOPTED, date=BEFORE), decided(REJECTED)],
            Status.REJECTED,
            id="approved in committee, rejected in plenary",
        ),
        pytest.param(
            [in_committee(ADOPTED, question=Question.NO_ACTION)],
            Status.NOT_PUT,
            id="no-action motion carried in committee",
        ),
        # What nobody has published, or nobody has seen happen, changes nothing.
        *(
            pytest.param([decided(ADOPTED, state=state)], Status.DRAFT, id=f"adoption is {state}")
            for state in (State.DRAFT, State.SUBMITTED, State.WITHDRAWN)
        ),
        pytest.param(
            [happened(WITHDRAWAL, state=State.DRAFT)], Status.DRAFT, id="withdrawal not published"
        ),
        *(
            pytest.param(
                [happened(kind, standing=standing, date=AFTER, as_of=VOTED)],
                Status.DRAFT,
                id=f"{kind} {standing}",
            )
            for kind in (WITHDRAWAL, NOT_PUT)
            for standing in (Standing.PLANNED, Standing.EXPECTED, Standing.CLAIMED)
        ),
        pytest.param([happened(EventKind.MEETING)], Status.DRAFT, id="a meeting"),
        pytest.param([happened(EventKind.VOTE)], Status.DRAFT, id="a vote on the timeline only"),
    ],
)
def test_the_status_of_a_text_follows_from_what_happened_to_it(happenings, status):
    text = builders.text()
    for happening in happenings:
        happening(text)
    held = list(text.events.published()), list(text.timeline.published())

    assert with_status(Resolution.objects.filter(pk=text.pk)).get().status == status
    assert status_of(text, *held) == status


def test_what_happens_to_one_text_leaves_the_others_alone():
    text, other = builders.text(), builders.text()
    builders.event(text=other)
    happened(WITHDRAWAL)(other)

    assert with_status(Resolution.objects.filter(pk=text.pk)).get().status == Status.DRAFT


def test_a_text_that_nobody_published_has_decided_nothing():
    text = builders.text(state=State.DRAFT)
    builders.event(text=text)

    assert with_status(Resolution.objects.filter(pk=text.pk)).get().status == Status.DRAFT


@pytest.mark.parametrize(
    ("happenings", "decided_on"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([decided(ADOPTED)], VOTED, id="one decision"),
        pytest.param(
            [decided(ADOPTED), decided(REJECTED, date=BEFORE)], VOTED, id="the last of two"
        ),
        pytest.param(
            [decided(ADOPTED), no_action(REJECTED, date=AFTER)], VOTED, id="no other question"
        ),
        pytest.param([in_committee(ADOPTED)], None, id="no approval in committee"),
        pytest.param(
            [decided(ADOPTED), decided(ADOPTED, date=AFTER, state=State.DRAFT)],
            VOTED,
            id="no unpublished decision",
        ),
    ],
)
def test_a_text_is_decided_on_the_day_of_the_last_decision_on_the_whole(happenings, decided_on):
    text = builders.text()
    for happening in happenings:
        happening(text)

    assert with_status(Resolution.objects.filter(pk=text.pk)).get().decided_on == decided_on


def test_the_statuses_of_many_texts_take_one_query(django_assert_num_queries):
    texts = [builders.text() for _ in range(3)]
    texts.append(builders.text(organ=Organ.COUNCIL))
    builders.council_vote(text=texts[-1])
    wanted = Resolution.objects.filter(pk__in=[text.pk for text in texts])

    with django_assert_num_queries(1):
        statuses = list(with_status(wanted).order_by("pk").values_list("status", flat=True))

    assert statuses == [Status.DRAFT] * 3 + [Status.ADOPTED]
