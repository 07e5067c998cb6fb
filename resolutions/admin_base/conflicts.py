"""Two people at one form: what one saved while the other was still typing.

A form carries the fingerprint of what it was filled from. Where the database holds something else
by the time it is sent, nothing is saved: the form comes again with all that was typed, laid over
the rows that there are now, and says beside each field what stands there. Sent again, it is saved.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from resolutions.admin_base.contest import Contest, changes_of
from resolutions.admin_base.generic import ModelAdmin

FINGERPRINT = "_fingerprint"


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the values, in whatever order they come."""
    canonical = json.dumps(
        values, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def columns(row: Model, names: Any) -> dict[str, Any]:
    """Return what the row, as it was read, holds in these fields, and in its state."""
    fields = [*row._meta.concrete_fields, *row._meta.many_to_many]
    held = {name: _raw(row, one) for one in fields if (name := one.name) in names}
    return held | {"state": getattr(row, "state", "")}


def _raw(row: Model, column: Any) -> Any:
    if column.many_to_many:
        return sorted(getattr(row, column.name).values_list("pk", flat=True))
    return column.value_from_object(row)


def rows_under(
    formset: Any, queryset: QuerySet[Any], row: Model, *, lock: bool
) -> list[dict[str, Any]]:
    """Return the rows of an inline form, locked if asked until the end of the transaction."""
    rows = queryset.filter(**{formset.fk.name: row}).order_by("pk")
    return list((rows.select_for_update(of=("self",)) if lock else rows).values())


class ContestedForm:
    """A form that is shown again, with what stands now beside each field that differs."""

    contest: Contest

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook; the stubs lack it
        form: Any = self
        if form.instance._state.adding:
            return
        held = {column.name for column in _editable(form.instance)}
        for name in form.changed_data:
            if name in held & form.fields.keys():
                form.add_error(name, self.contest.sentence(form, name))


class ContestedMainForm(ContestedForm):
    def _post_clean(self) -> None:
        super()._post_clean()
        form: Any = self
        form.add_error(None, ValidationError(self.contest.opening()))


class ContestedFormSet:
    contest: Contest

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]  # of Django's formset
        formset: Any = self
        formset._non_form_errors.extend(self.contest.rows_sentences(formset))


def _editable(row: Model) -> list[Any]:
    columns = [*row._meta.concrete_fields, *row._meta.many_to_many]
    return [column for column in columns if not getattr(column, "primary_key", False)]


def contested(form: Any, contest: Contest, mixin: Any = ContestedMainForm) -> Any:
    return type(form.__name__, (mixin, form), {"contest": contest})


def contested_rows(formset: Any, contest: Contest) -> Any:
    form = contested(formset.form, contest, ContestedForm)
    return type(formset.__name__, (ContestedFormSet, formset), {"contest": contest, "form": form})


class SharedForms(ModelAdmin):
    """Forms that several people may have open at once."""

    def compare(self, request: HttpRequest, row: Any) -> str:
        """Return the fingerprint of what the form is filled from; note where it has changed."""
        inlines = [*self.get_formsets_with_inlines(request, row)]
        names = self.get_form(request, row, change=True).base_fields
        values = columns(row, names)
        is_sent = request.method == "POST"
        for formset, inline in inlines:
            queryset = inline.get_queryset(request)
            rows = rows_under(formset, queryset, row, lock=is_sent)
            values[formset.get_default_prefix()] = rows
        now = fingerprint(values)
        if is_sent and request.POST.get(FINGERPRINT) != now:
            self.contest(request, row, inlines)
        return now

    def contest(self, request: HttpRequest, row: Any, inlines: list[Any]) -> None:
        contest = Contest(changes_of(row))
        post = request.POST.copy()
        for formset, inline in inlines:
            contest.lay_over(post, formset(instance=row, queryset=inline.get_queryset(request)))
        request.POST = post  # type: ignore[assignment]
        request.contest = contest  # type: ignore[attr-defined]  # for get_form

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        contest = getattr(request, "contest", None)
        return contested(form, contest) if contest else form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        contest = getattr(request, "contest", None)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (contested_rows(formset, contest) if contest else formset), inline
