"""The forms of a page besides its data: feeds, a calendar, and citations."""

import json
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _t

from votes.opendata.accepting import CITATIONS, Form
from votes.opendata.asked import Page
from votes.opendata.bibtex import bibtex
from votes.opendata.calendars import icalendar
from votes.opendata.csl import csl
from votes.opendata.described import MEDIA_TYPES, Imprint, with_query
from votes.opendata.feeds import Feed, atom, json_feed
from votes.opendata.references import references_of
from votes.opendata.ris import ris

LONGEST_NAME = 100


def answer(form: Form, page: Page, imprint: Imprint) -> HttpResponse:
    """Write a page in another form; raise Http404 where it has none of this kind."""
    content_type = f"{MEDIA_TYPES[form]}; charset=utf-8"
    response = HttpResponse(WRITERS[form](page, imprint), content_type=content_type)
    if form in CITATIONS:
        name = references_of(imprint)[0].key[:LONGEST_NAME]
        response["Content-Disposition"] = f'attachment; filename="{name}{form}"'
    return response


def feed_of(form: Form, page: Page, imprint: Imprint) -> Feed:
    if page.followed is None:
        raise Http404(_t("This page has no feed."))
    moment, about = imprint.moment, imprint.page
    entries, following = page.followed(moment)
    return Feed(
        title=about.title,
        description=about.sentence,
        url=imprint.beside(form),
        page=imprint.url,
        home=imprint.absolute("/"),
        entries=entries,
        as_of=moment.changed,
        next=imprint.absolute(with_query(form.of(about.path), following)) if following else "",
    )


def in_atom(page: Page, imprint: Imprint) -> bytes:
    return atom(feed_of(Form.ATOM, page, imprint))


def in_json_feed(page: Page, imprint: Imprint) -> str:
    return as_json(json_feed(feed_of(Form.JSON_FEED, page, imprint)))


def in_calendar(page: Page, imprint: Imprint) -> str:
    if page.calendar is None:
        raise Http404(_t("Nothing was planned here for a day, as far as the portal knows."))
    return icalendar(page.calendar(imprint))


def as_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


WRITERS: dict[Form, Callable[[Page, Imprint], str | bytes]] = {
    Form.ATOM: in_atom,
    Form.JSON_FEED: in_json_feed,
    Form.CALENDAR: in_calendar,
    Form.BIBTEX: lambda page, imprint: bibtex(references_of(imprint)),
    Form.RIS: lambda page, imprint: ris(references_of(imprint)),
    Form.CSL: lambda page, imprint: as_json([csl(one) for one in references_of(imprint)]),
}
