"""What every public page does with the query of its address."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _t

Form = TypeVar("Form", bound=forms.Form)
Row = TypeVar("Row", bound=Model)


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


def first_or_404(rows: QuerySet[Row], reason: str) -> Row:
    """Return the row that an address names, or answer 404 in words."""
    row = rows.first()
    if row is None:
        raise Http404(reason)
    return row


def redirect_with_query(request: HttpRequest, address: str) -> HttpResponseRedirect:
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
