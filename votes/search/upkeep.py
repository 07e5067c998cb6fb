"""The cards follow the rows in the same transaction, whoever saves them."""

import threading
from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from resolutions import versioning
from resolutions.models import (
    DocumentSymbol,
    Resolution,
    Session,
    Subject,
    TimelineEvent,
    TimelineLink,
)
from votes.models import Card, GroupMembership, StateGroup, Vote, VoteEvent
from votes.search import cards
from votes.search.rolls import NONE_KNOWN, Rolls


class Stale(threading.local):
    """What was touched in this thread since the cards were last made."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.texts: set[int | None] = set()
        self.events: set[int] = set()
        self.everything = False


_stale = Stale()


def note_event(event: VoteEvent) -> None:
    """Say that the positions of an event were written past the models."""
    _stale.events.add(event.pk)
    _settle_now_or_later()


def note_text(text: int | None) -> None:
    """Say that a text, or a vote on it, was written past the models; None: a vote on no text."""
    _stale.texts.add(text)
    _settle_now_or_later()


def settle(rolls: Rolls = NONE_KNOWN, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Make anew what is stale; see `cards.refresh`."""
    texts, events, everything = _stale.texts, _stale.events, _stale.everything
    _stale.forget()
    if everything:
        meanwhile()
        cards.rebuild()
    elif texts or events:
        moved = Card.objects.filter(event__in=events).values_list("text", flat=True)
        now = VoteEvent.objects.filter(pk__in=events).values_list("text", flat=True)
        cards.refresh(texts.union(moved, now), rolls, meanwhile)


def rebuild_after_migrate(sender: AppConfig, **kwargs: Any) -> None:
    """Fill the index of a portal that had rows before it had an index."""
    has_index = Card._meta.db_table in connection.introspection.table_names()
    if has_index and Resolution.objects.exists() and not Card.objects.exists():
        cards.rebuild()


def watch() -> None:
    for model in (Resolution, DocumentSymbol, Session, Subject, TimelineEvent, TimelineLink,
                  VoteEvent, Vote, GroupMembership, StateGroup):  # fmt: skip
        post_save.connect(_note, sender=model)
        post_delete.connect(_note, sender=model)
    m2m_changed.connect(_note_subjects, sender=Resolution.subjects.through)
    pre_delete.connect(_note_texts_of, sender=Subject)
    versioning.before_the_version_rises.append(settle)


def _note(instance: Any, **kwargs: Any) -> None:
    match instance:
        case Resolution():
            _stale.texts.add(instance.pk)
        case DocumentSymbol() | TimelineLink():
            _stale.texts.add(instance.text_id)
        case Subject() | Session() | TimelineEvent():
            _stale.texts.update(instance.texts.values_list("pk", flat=True))
            if isinstance(instance, Session) and instance.votes.exists():
                _stale.texts.add(None)
        case VoteEvent():
            _stale.events.add(instance.pk)
            _stale.texts.add(instance.text_id)
        case Vote():
            _stale.events.add(instance.event_id)
        case GroupMembership() | StateGroup():
            _stale.everything = True
    _settle_now_or_later()


def _note_subjects(instance: Any, pk_set: set[int] | None, **kwargs: Any) -> None:
    if isinstance(instance, Resolution):
        _stale.texts.add(instance.pk)
    else:
        _stale.texts.update(pk_set or instance.texts.values_list("pk", flat=True))
    _settle_now_or_later()


def _note_texts_of(instance: Subject, **kwargs: Any) -> None:
    """Note the texts of a subject that is about to go; what follows its deletion settles them."""
    _stale.texts.update(instance.texts.values_list("pk", flat=True))


def _settle_now_or_later() -> None:
    if not versioning.is_open():
        with transaction.atomic():
            settle()
