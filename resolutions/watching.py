"""Which rows the history tells of, and how it learns that they change."""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from resolutions.journal import is_open, note
from resolutions.models import DataVersion, ImportRun, LoadedRow
from resolutions.models.base import Historic
from resolutions.subjects import lists_of
from resolutions.versioning import HIDDEN

ROOMS = ("resolutions", "votes")
UNTOLD = (DataVersion, ImportRun, LoadedRow)


def _before_save(instance: Model, **kwargs: Any) -> None:
    note(instance)


def _after_save(instance: Model, created: bool, **kwargs: Any) -> None:
    if created:
        note(instance, is_new=True)


def _before_delete(instance: Model, **kwargs: Any) -> None:
    note(instance)
    if is_open():
        for relation in instance._meta.related_objects:
            if relation.many_to_many:
                for row in getattr(instance, str(relation.get_accessor_name())).all():
                    note(row)


def _before_list_changes(
    instance: Model, action: str, reverse: bool, model: type[Model], pk_set: Any, **kwargs: Any
) -> None:
    if not action.startswith("pre_"):
        return
    if not reverse:
        note(instance)
    elif is_open():
        for row in model._base_manager.filter(pk__in=pk_set or ()):
            note(row)


def is_told(model: type[Model]) -> bool:
    """Say whether the history tells of the rows of this model."""
    return (
        model._meta.app_label in ROOMS
        and model not in UNTOLD
        and not issubclass(model, Historic)
        and not any(getattr(model, name, False) for name in HIDDEN)
    )


def is_watched(model: type[Model]) -> bool:
    """Say whether a journal tells of the rows of this model, as of most."""
    return is_told(model) and not getattr(model, "is_told_elsewhere", False)


def watch_models() -> None:
    for model in filter(is_watched, apps.get_models()):
        pre_save.connect(_before_save, sender=model)
        post_save.connect(_after_save, sender=model)
        pre_delete.connect(_before_delete, sender=model)
        for column in lists_of(model):
            m2m_changed.connect(_before_list_changes, sender=column.remote_field.through)
