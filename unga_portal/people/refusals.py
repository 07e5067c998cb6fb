"""What was sent and not saved is kept on the page that says so, to be sent again."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return not_saved(request)


def not_saved(request: HttpRequest) -> HttpResponse:
    """Answer a form whose sender has signed out, or in anew, since it was opened."""
    context = {
        "signed_in": admin.site.has_permission(request),
        "fields": kept_fields(request),
        "files": bool(request.FILES),
    }
    return render(request, "403_not_saved.html", context, status=403)


def busy(request: HttpRequest) -> HttpResponse:
    """Answer a form that could not be saved while somebody else wrote to the database."""
    context = {"fields": kept_fields(request), "files": bool(request.FILES)}
    return render(request, "503_busy.html", context, status=503)


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, if it came from a page of the portal and holds no password."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return []
    if any("password" in name for name in request.POST):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
