"""A small portal in which something was corrected, something withdrawn, and something waits.

`corrected_portal()` saves it and returns the address of each kind of page that there is of these.
"""

import itertools
from typing import Any

from django.urls import reverse

from resolutions import history
from resolutions.models import Action, Origin, State
from tests import cast
from tests.cast import ALDORA, BORVIA, HABITS
from votes.ingest import set_position, write_positions
from votes.models import Question, VoteEvent

BEES = "/resolutions/A/77/L.9000/"
GONE = ("withdrawn text", "withdrawn vote")
PREVIEWS = ("preview of a text", "preview of a vote", "preview of a timeline event")
STEPS = itertools.cycle("AXN")
OTHERS = dict.fromkeys(HABITS, "N")


def corrected_portal() -> dict[str, str]:
    cast.states()
    maria = cast.person("maria")
    maria.first_name, maria.last_name = "Maria", "Rossi"
    maria.save()
    text = cast.text("A/77/L.9000", self_published=True)
    vote = cast.event(text, positions=HABITS, self_published=True, **cast.totals(None, None, None))
    part = paragraph(text, "Paragraph 3")
    story = cast.timeline_event(self_published=True)
    story.texts.add(text)
    for row in (vote, part):
        for _step in range(12):
            set_position(row, ALDORA, next(STEPS), **by(maria, "It had been misread."))
        write_positions(row, OTHERS, **by(maria, "All of it had been misread."))
    tell(story, maria, {"field": "description", "from": "The bees swarm. " * 9, "to": "They rest."})
    tell(text, None, {"field": "title", "from": "On bees", "to": text.title}, origin=Origin.IMPORT)
    set_position(vote, BORVIA, "Y", **by(maria, "Only Borvia had been read well."))
    return {
        "changed text": BEES,
        "changed vote": part.get_absolute_url(),
        "log of a text": f"{BEES}changes/",
        "log of a vote": f"{part.get_absolute_url()}changes/",
        "earlier positions": reverse("vote-positions", args=[vote.key, 1]),
        **withdrawn(text, maria),
        **waiting(),
    }


def paragraph(text: Any, words: str, **fields: Any) -> VoteEvent:
    return cast.event(
        text, positions=HABITS, question=Question.PARAGRAPH, question_text=words,
        **cast.totals(None, None, None), **fields,
    )  # fmt: skip


def by(person: Any, reason: str) -> dict[str, Any]:
    return {"origin": Origin.EDITOR, "person": person, "reason": reason}


def tell(row: Any, person: Any, *values: dict[str, Any], **more: Any) -> None:
    given = {"action": Action.CHANGED, "was_public": True, **more}
    history.record(row.subject_key, str(row), person=person, values=values, **given)


def withdrawn(text: Any, person: Any) -> dict[str, str]:
    """Withdraw a text, and a vote on the text given."""
    gone, vote = cast.text("A/77/L.9001"), paragraph(text, "Paragraph 4")
    for row in (gone, vote):
        row.state = State.WITHDRAWN
        row.save()
        tell(row, person, action=Action.WITHDRAWN, reason="It was of another session.")
    return dict(zip(GONE, ("/resolutions/A/77/L.9001/", f"/votes/{vote.key}/"), strict=True))


def waiting() -> dict[str, str]:
    """Save drafts of everything."""
    text = cast.text("A/77/L.9002", state=State.DRAFT)
    cast.event(text, positions=HABITS, state=State.SUBMITTED)
    vote = paragraph(text, "Paragraph 5", state=State.DRAFT)
    story = cast.timeline_event(state=State.DRAFT)
    story.texts.add(text)
    addresses = [
        reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_preview", args=[row.pk])
        for row in (text, vote, story)
    ]
    return dict(zip(PREVIEWS, addresses, strict=True))
