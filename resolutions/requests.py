"""What every public page does with the query of its address."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404
from django.utils.translation import gettext as _t

Form = TypeVar("Form", bound=forms.Form)


def understood(form: Form) -> Form:
    """Return the form if every value in the address makes sense; answer 400 in words otherwise."""
    if form.is_valid():
        return form
    wrong = [
        f"{form.fields[name].label or name}: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    ]
    raise BadRequest(" ".join(wrong))


def page_of(rows: Any, number: str | None, size: int) -> Page[Any]:
    """Return one page of a list; a number that is none is a 400, one beyond the list a 404."""
    paginator = Paginator(rows, size)
    try:
        return paginator.page(number or 1)
    except PageNotAnInteger as error:
        raise BadRequest(_t("The page number is not a whole number.")) from error
    except EmptyPage as error:
        raise Http404(_t("The list has no such page.")) from error
