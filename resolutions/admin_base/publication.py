"""The way of an entry from draft to public, and back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from resolutions.models import Publishable, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Step:
    """A move of an entry from one state of publication to another."""

    name: str
    label: "_StrPromise"
    done: "_StrPromise"
    starts: tuple[State, ...]
    ends: State

    @property
    def button(self) -> str:
        return f"_{self.name}"


SUBMIT = Step(
    "submit",
    _("Submit for review"),
    _("submitted for review."),
    (State.DRAFT,),
    State.SUBMITTED,
)
PUBLISH = Step("publish", _("Publish"), _("published."), (State.SUBMITTED,), State.PUBLISHED)
SEND_BACK = Step(
    "send_back",
    _("Send back to draft"),
    _("sent back to draft."),
    (State.SUBMITTED, State.WITHDRAWN),
    State.DRAFT,
)
WITHDRAW = Step(
    "withdraw",
    _("Withdraw"),
    _("withdrawn."),
    # A draft that nobody goes on with is withdrawn too: its history keeps it from being deleted.
    (State.DRAFT, State.SUBMITTED, State.PUBLISHED),
    State.WITHDRAWN,
)
STEPS = {step.name: step for step in (SUBMIT, PUBLISH, SEND_BACK, WITHDRAW)}


def may_publish(person: Any, model: type[Model]) -> bool:
    return bool(person.has_perm(f"{model._meta.app_label}.publish_{model._meta.model_name}"))


def is_open(entry: Publishable, person: Any) -> bool:
    """Say whether this person may change the entry, given the right to change entries at all."""
    return entry.state == State.DRAFT or may_publish(person, type(entry))


def refuse(entry: Publishable, step: Step, person: Any) -> None:
    """Raise ValidationError, with a sentence, where the step is not the next one or not theirs."""
    if entry.state not in step.starts:
        raise ValidationError(
            _("“%(step)s” is for rows in the state: %(states)s. This one is: %(state)s."),
            params={
                "step": step.label,
                "states": ", ".join(str(state.label) for state in step.starts),
                "state": State(entry.state).label,
            },
        )
    is_own = step is PUBLISH and entry.entered_by_id == person.pk
    if is_own and not settings.ALLOW_SELF_PUBLISHING:
        raise ValidationError(_("You entered it yourself: it takes a second person to publish it."))


def move(entry: Publishable, step: Step, person: Any) -> None:
    entry.state = step.ends
    if step is PUBLISH:
        entry.self_published = entry.entered_by_id == person.pk
        entry.reviewed_by = None if entry.self_published else person
    entry.save(update_fields=["state", "reviewed_by", "self_published"])
