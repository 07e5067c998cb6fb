"""What the histories hold is never changed: by no model, and by no raw SQL either."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from resolutions.append_only import TABLES, trigger_of
from resolutions.models import Change
from resolutions.models.base import Historic
from tests import builders
from tests.builders import sql
from tests.test_constraints import our_models
from votes.models import Revision

ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite deletes row by row what it flushes, so that its trigger cannot refuse it",
)


def log_entry() -> LogEntry:
    return builders.make(
        LogEntry, {}, user=builders.person, object_id="1", object_repr="A/77/L.1", action_flag=1
    )


HISTORIES = {
    Change: (builders.history_entry, "reason"),
    Revision: (builders.revision, "reason"),
    LogEntry: (log_entry, "change_message"),
}
every_history = pytest.mark.parametrize("model", HISTORIES)


def row_of(model):
    make, column = HISTORIES[model]
    return make(), column


def refused_by_the_database():
    return pytest.raises(IntegrityError, match="a history is never changed")


def test_every_history_is_guarded():
    historic = {model for model in our_models() if issubclass(model, Historic)}

    assert historic | {LogEntry} == set(HISTORIES)
    assert {model._meta.db_table for model in HISTORIES} == set(TABLES)


@pytest.mark.django_db
def test_the_triggers_stand_after_all_migrations():
    """SQLite drops them in silence when a migration remakes the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
        found = set(cursor.fetchall())

    assert found >= {(table, trigger_of(table)) for table in TABLES}


@pytest.mark.django_db
@every_history
def test_no_raw_sql_changes_a_history(model):
    row, column = row_of(model)

    with refused_by_the_database(), transaction.atomic():
        sql(f"UPDATE {model._meta.db_table} SET {column} = 'Nothing' WHERE id = %s", row.pk)


@ON_POSTGRESQL
@pytest.mark.django_db
@every_history
def test_no_raw_sql_takes_anything_out_of_a_history(model):
    row, _column = row_of(model)

    with refused_by_the_database(), transaction.atomic():
        sql(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)


@pytest.mark.django_db
@every_history
@pytest.mark.parametrize(
    "rewrite",
    [
        lambda rows, column: rows.update(**{column: "Nothing"}),
        lambda rows, column: rows.bulk_update(rewritten(rows, column), [column]),
        lambda rows, column: rows.bulk_create(
            rewritten(rows, column),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[column],
        ),
        lambda rows, column: rewritten(rows, column)[0].save(),
        lambda rows, column: rows.update_or_create(pk=rows[0].pk, defaults={column: "Nothing"}),
        lambda rows, column: rows.delete(),
        lambda rows, column: rows[0].delete(),
    ],
)
def test_no_model_changes_a_history(model, rewrite):
    row, column = row_of(model)
    before = model._base_manager.filter(pk=row.pk).values().get()

    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        rewrite(model._default_manager.filter(pk=row.pk), column)

    assert model._base_manager.filter(pk=row.pk).values().get() == before


def rewritten(rows, column: str):
    [row] = rows
    setattr(row, column, "Nothing")
    return [row]


@pytest.mark.django_db
def test_who_left_traces_in_the_log_takes_none_of_them_along():
    entry = log_entry()

    with pytest.raises(ProtectedError), transaction.atomic():
        entry.user.delete()

    assert LogEntry.objects.filter(pk=entry.pk).exists()
