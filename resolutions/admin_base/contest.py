"""What one person saved while the other was still typing, told field by field and row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.sent import as_sent, put_rows, rows_in
from resolutions.admin_base.words import in_words, moment, who
from resolutions.models import Change
from resolutions.subjects import in_words as row_in_words
from resolutions.subjects import places_of

OPENING = _(
    "Something else was saved here after you had opened this page, so what you wrote is not saved "
    "yet. Beside each field that differs you read what stands there now. Save again, and what you "
    "wrote takes its place."
)
YOURS_IS_EMPTY = _("you left it empty")
MOST_CHANGES = 50


@dataclass
class Contest:
    """What was saved since a form was opened, as far as the history knows it; newest first."""

    changes: list[Change]
    # The rows of the inline forms, in words: those that are there, by prefix and key; those that
    # the form still has, though they are gone.
    rows: dict[tuple[str, Any], str] = field(default_factory=dict)
    gone: dict[str, list[str]] = field(default_factory=dict)

    def lay_over(self, post: QueryDict, formset: Any) -> None:
        """Lay the rows that were sent over those that there are now; `formset` holds the latter."""
        key = formset.model._meta.pk.name
        sent = rows_in(post, formset.prefix)
        by_key = {row[key][0]: row for row in sent if any(row.get(key, ()))}
        new = [row for row in sent if not any(row.get(key, ()))]
        rows = []
        for form in formset.initial_forms:
            pk = form.instance.pk
            rows.append(by_key.pop(str(pk)) if str(pk) in by_key else as_sent(form))
            self.rows[formset.prefix, pk] = told(form.instance, formset.fk.name)
        for row in by_key.values():
            if "DELETE" not in row:
                new.append({name: values for name, values in row.items() if name != key})
                self.gone.setdefault(formset.prefix, []).append(typed_row(formset, row))
        put_rows(post, formset.prefix, rows, new)

    def opening(self) -> str:
        last = self.changes[0] if self.changes else None
        if last is None or last.made_by is None:
            return str(OPENING)
        return _t("%(opening)s The last one there was %(who)s: %(what)s, %(when)s.") % {
            "opening": OPENING,
            "who": who(last.made_by),
            "what": last.get_action_display(),
            "when": moment(last.made_at),
        }

    def sentence(self, form: Any, name: str) -> str:
        """Return what stands in a field now, who saved it, and what was typed."""
        column = form.fields[name]
        change = self.change_of({name, form._meta.model._meta.verbose_name_raw})
        now = in_words(column, form.get_initial_for_field(column, name))
        typed = in_words(column, form[name].data)
        values = {
            "label": column.label or name,
            "now": _t("“%(words)s”") % {"words": now} if now else _t("empty"),
            "yours": _t("you wrote “%(words)s”") % {"words": typed} if typed else YOURS_IS_EMPTY,
        }
        if change is None:
            return _t("“%(label)s” is now %(now)s; %(yours)s.") % values
        values |= {"who": who(change.made_by), "when": moment(change.made_at)}
        return _t("“%(label)s” is now %(now)s, saved by %(who)s on %(when)s; %(yours)s.") % values

    def change_of(self, names: set[str]) -> Change | None:
        for change in self.changes:
            if change.made_by and names & {value.get("field") for value in change.values}:
                return change
        return None

    def rows_sentences(self, formset: Any) -> Iterator[str]:
        for row in self.gone.get(formset.prefix, ()):
            yield (
                _t("“%(row)s” was taken out. It stands below as new; saved again, it comes back.")
                % {"row": row}
            )
        for form in formset.initial_forms:
            if formset._should_delete_form(form) and set(form.changed_data) - {"DELETE"}:
                now = self.rows.get((formset.prefix, form.instance.pk), "")
                yield _t("What you take out was changed. It is now: “%(row)s”.") % {"row": now}


def told(row: Model, owner: str) -> str:
    return row_in_words(row, next(place for place in places_of(row) if place.field == owner))


def typed_row(formset: Any, row: Mapping[str, list[str]]) -> str:
    fields = formset.form.base_fields
    names = [name for name in row if name in fields and name != formset.fk.name]
    return ", ".join(in_words(fields[name], row[name][0]) for name in names if row[name][0])


def changes_of(row: Model) -> list[Change]:
    subjects = [place.subject for place in places_of(row)]
    changes = Change.objects.filter(subject__in=subjects).select_related("made_by")
    return list(changes[:MOST_CHANGES])
