"""Pictures of votes, the page that stands in a frame, and the page that tells how to use both."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from resolutions.requests import understood
from votes.embed import budget
from votes.embed.asked import (
    FrameLook,
    PictureLook,
    check_chart,
    displayed_address,
    tidy_address,
    vote_shown,
)
from votes.embed.headers import framed_anywhere
from votes.embed.refusals import Refused, refusing_as
from votes.opendata.frame import frame_of
from votes.opendata.pictures import drawing
from votes.opendata.pictures.card import card_of
from votes.opendata.pictures.themes import LIGHT, THEMES
from votes.opendata.refusals import refused
from votes.opendata.sharing import ways_to_share

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"


def picture_refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    if request.path.endswith(".png"):
        return HttpResponse(drawing.refusal_png(sentence, LIGHT), PNG, status)
    return HttpResponse(drawing.refusal_svg(sentence, LIGHT), SVG, status)


def frame_refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return render(request, "votes/embed/refusal.html", {"sentence": sentence}, status=status)


@framed_anywhere
@refusing_as(picture_refusal)
def picture(request: HttpRequest, key: str, chart: str, form: str) -> HttpResponse:
    look = understood(PictureLook(request.GET))
    if tidy := tidy_address(request, look):
        return redirect(tidy)
    shown = vote_shown(key)
    check_chart(shown, chart)
    theme = THEMES[look.cleaned_data["theme"] or "light"]
    sheet = drawing.CHARTS[chart](shown, theme, displayed_address(request, shown))
    return HttpResponse(drawing.svg(sheet), SVG) if form == "svg" else png(drawing.svg(sheet))


@refusing_as(picture_refusal)
def card(request: HttpRequest, key: str) -> HttpResponse:
    if tidy := tidy_address(request, understood(forms.Form(request.GET))):
        return redirect(tidy)
    shown = vote_shown(key)
    return png(drawing.svg(card_of(shown, displayed_address(request, shown))))


def png(drawn: str) -> HttpResponse:
    with budget.drawing.spending():
        return HttpResponse(drawing.png(drawn), PNG)


@framed_anywhere
@refusing_as(frame_refusal)
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """Show a vote within another site's page: light, whole without a script, and no cookie."""
    look = understood(FrameLook(request.GET))
    if tidy := tidy_address(request, look):
        return redirect(tidy)
    shown = vote_shown(key)
    chart = look.cleaned_data["chart"] or "bar"
    check_chart(shown, chart)
    page = request.build_absolute_uri(shown.path)
    context = {"page": page, "theme": look.cleaned_data["theme"] or "auto"}
    return render(request, "votes/embed/frame.html", {**frame_of(shown, chart), **context})


def share(request: HttpRequest, key: str) -> HttpResponse:
    """Show the pictures of a vote, and the code with which they stand on another page."""
    try:
        shown = vote_shown(key)
    except Refused as error:
        return refused(request, error.status, str(error), error.context)
    context = ways_to_share(shown, request.build_absolute_uri("/")[:-1])
    return render(request, "votes/embed/share.html", dict(context))
