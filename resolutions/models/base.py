"""Small helpers that every model file shares."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=models.Model)

valid_key = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9.#_-]*\Z",
    _("Write the key with Latin letters, digits, points and hyphens only."),
)


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Return the constraint that holds `field` to the codes of `choices`, for raw SQL too."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}),
        name=name,
        violation_error_message=_("Choose one of the values that are listed."),
    )


def implies(premise: models.Q, conclusion: models.Q) -> models.Q:
    return ~premise | conclusion


class KeyedQuerySet(models.QuerySet[Any]):
    """Rows that are found by a stable text key, which fixtures and citations use."""

    key_field = "key"

    def get_by_natural_key(self, key: str) -> Any:
        return self.get(**{self.key_field: key})


class KeyedManager(models.Manager[Any]):
    """The manager of a model whose rows have a stable text key and need no queries of their own."""

    def get_by_natural_key(self, key: str) -> Any:
        return self.get(key=key)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `from_date` (included; empty: not known) and `to_date` (excluded; empty: none)."""

    def on(self, date: Any) -> Self:
        return self.filter(
            models.Q(from_date__isnull=True) | models.Q(from_date__lte=date),
            models.Q(to_date__isnull=True) | models.Q(to_date__gt=date),
        )


class AppendOnly(models.QuerySet[Any]):
    """Rows of a history, which are added and never changed or deleted."""

    def update(self, **kwargs: Any) -> int:
        raise ValidationError(NEVER_CHANGED)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts"):
            raise ValidationError(NEVER_CHANGED)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(NEVER_CHANGED)


class HistoryManager(models.Manager[Row]):
    def get_queryset(self) -> AppendOnly:
        return AppendOnly(self.model, using=self._db)


NEVER_CHANGED = _("A history is never changed.")


class Historic(models.Model):
    """A row of a history; its manager is a `HistoryManager`."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValidationError(NEVER_CHANGED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(NEVER_CHANGED)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(from_date__isnull=True)
        | models.Q(to_date__isnull=True)
        | models.Q(to_date__gt=models.F("from_date")),
        name=name,
        violation_error_message=_("The last day must come after the first."),
    )


def joined(words: Iterable[str]) -> str:
    return ", ".join(words)
