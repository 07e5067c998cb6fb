"""What keeps a history as it was written, from raw SQL too: triggers, put in place by migrations.

PostgreSQL refuses to update or delete a row. SQLite refuses to update one: it empties a table
(`flush`, and so the tests) by deleting its rows one by one, and cannot tell that from a deletion
meant to hide something. What remains is for the models, which refuse both, and for those who keep
the file of the database: who may write to it could remove the trigger as well. `flush` on
PostgreSQL truncates, which is left to the owner of the tables.

SQLite drops a table's triggers in silence when a migration remakes the table: such a migration
has to put them in place again.
"""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.migrations import RunPython
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete, pre_save

from resolutions.models.base import NEVER_CHANGED

TABLES = ("resolutions_change", "votes_revision", "django_admin_log")
ON_SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{name}: a history is never changed'); END
"""
ON_POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{name}: a history is never changed'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def never_changed(table: str) -> RunPython:
    return RunPython(partial(_put, table), partial(_remove, table))


def trigger_of(table: str) -> str:
    return f"{table}_is_never_changed"


def _put(table: str, apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    statement = ON_SQLITE if is_sqlite else ON_POSTGRESQL
    schema_editor.execute(statement.format(name=trigger_of(table), table=table), params=None)


def _remove(table: str, apps: Any, schema_editor: Any) -> None:
    name = trigger_of(table)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")


def guard_the_log() -> None:
    """Let the log of Django's admin, whose model is not ours, refuse what our histories refuse."""
    from django.contrib.admin.models import LogEntry

    pre_save.connect(_refuse_to_change, sender=LogEntry)
    pre_delete.connect(_refuse_to_delete, sender=LogEntry)


def _refuse_to_change(instance: Any, **kwargs: Any) -> None:
    if instance.pk is not None:
        raise ValidationError(NEVER_CHANGED)


def _refuse_to_delete(sender: Any, instance: Any, origin: Any, **kwargs: Any) -> None:
    # What goes with a deleted person is refused with the person.
    if sender in (type(origin), getattr(origin, "model", None)):
        raise ProtectedError(str(NEVER_CHANGED), {instance})
