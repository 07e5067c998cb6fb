"""A person who did anything stays on record; who leaves is deactivated, and their sessions end."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import ManyToOneRel, ProtectedError
from django.utils.translation import gettext as _t
from django_otp.models import Device


def refuse_to_forget(instance: User, using: str, **kwargs: Any) -> None:
    """Raise ProtectedError where a row names the person, whatever its foreign key would do."""
    rows = {row for relation in relations() for row in rows_that_name(instance, relation, using)}
    if rows:
        raise ProtectedError(
            _t("%(name)s stays on record: deactivate the account instead.")
            % {"name": instance.get_username()},
            rows,
        )


def relations() -> list[Any]:
    """Return the foreign keys to a person, save for what only lets that person in."""
    return [
        relation
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and not is_a_key_to_the_door(relation.related_model)
    ]


def is_a_key_to_the_door(model: Any) -> bool:
    return bool(model._meta.auto_created) or issubclass(model, Device)


def rows_that_name(person: User, relation: Any, using: str) -> Any:
    rows = relation.related_model._base_manager.using(using)
    return rows.filter(**{relation.field.name: person})[:1]


def end_sessions(person: User) -> None:
    """End them for good: a person let in again later begins with a new sign-in."""
    own = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
