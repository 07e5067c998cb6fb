"""The events of the timeline as a feed tells them, and those to come as a calendar has them."""

import datetime
from collections.abc import Callable

from django.utils.translation import gettext as _t

from resolutions.citing import publishers
from resolutions.models import TimelineEvent
from resolutions.models.timeline import Precision
from votes.opendata.accepting import Form
from votes.opendata.asked import MOST_FOLLOWED, Asked
from votes.opendata.calendars import Calendar, Happening
from votes.opendata.described import Imprint, Moment
from votes.opendata.feeds import Entry, Followed
from votes.opendata.following import midnight
from votes.opendata.moments import Moments, moments_of
from votes.story import Story, standing_text


def followed_timeline(asked: Asked, story: Story, query: str) -> Callable[[Moment], Followed]:
    """Return what is told to those who follow the timeline: each event, the latest first."""

    def follow(moment: Moment) -> Followed:
        events = sorted(story.events, key=lambda event: event.place_in_time, reverse=True)
        shown, going_on = asked.part(events, lambda event: event.key, MOST_FOLLOWED)
        known = moments_of(event.subject_key for event in shown)
        entries = [
            _entry(event, story, moment, known.get(event.subject_key, Moments())) for event in shown
        ]
        return Followed(entries, asked.following(query, going_on))

    return follow


def _entry(event: TimelineEvent, story: Story, moment: Moment, known: Moments) -> Entry:
    address = moment.home + event.get_absolute_url()
    day = day_known(event)
    return Entry(
        id=address,
        url=address,
        title=f"{event.when}: {event.description}",
        sentence=in_words(event, story),
        since=midnight(day) if day else moment.changed,
        published=known.published,
        changed=known.changed,
        tags=tuple(text.symbol for text in event.texts.all()),
        details={"date": event.machine_date or None, "standing": event.standing},
    )


def in_words(event: TimelineEvent, story: Story) -> str:
    """Return what happened, how far that is known, for which texts, and who says it."""
    standing = standing_text(event)
    said_by = publishers(story.citations.get(event.subject_key, []))
    symbols = ", ".join(text.symbol for text in event.texts.all())
    parts = [
        event.description,
        f"{standing[:1].upper()}{standing[1:]}." if standing else "",
        _t("Texts: %(symbols)s.") % {"symbols": symbols} if symbols else "",
        _t("Source: %(publishers)s.") % {"publishers": said_by} if said_by else "",
    ]
    return " ".join(filter(None, parts))


def day_known(event: TimelineEvent) -> datetime.date | None:
    """Return the day on which a source foresaw the event, or else on which it happened."""
    if event.is_foreseen:
        return event.as_of
    return event.date if event.precision == Precision.DAY else None


def day_to_come(event: TimelineEvent) -> datetime.date | None:
    """Return the day for which the event was planned or expected, where it was for a day."""
    return event.date if event.is_foreseen and event.precision == Precision.DAY else None


def calendar_if_any(story: Story) -> Callable[[Imprint], Calendar] | None:
    """Return what makes the calendar of a text, or None where nothing was foreseen for a day."""
    if not any(map(day_to_come, story.events)):
        return None
    return lambda imprint: calendar_of(story, imprint)


def calendar_of(story: Story, imprint: Imprint) -> Calendar:
    """Return the calendar of what was planned or expected for a day."""
    foreseen = [event for event in story.events if event.is_foreseen]
    known = moments_of(event.subject_key for event in foreseen)
    happenings = [
        _happening(event, day, in_words(event, story), imprint, known)
        for event in foreseen
        if (day := day_to_come(event))
    ]
    return Calendar(
        name=imprint.page.title,
        description=note_of(len(foreseen) - len(happenings)),
        url=imprint.beside(Form.CALENDAR),
        happenings=happenings,
    )


def note_of(without_day: int) -> str:
    """Say what stands in a calendar, and what cannot stand there."""
    told = _t(
        "Votes and meetings as they were planned or expected on the day of their source. "
        "What happened instead, this calendar does not tell."
    )
    return f"{told} {_t('Left out for want of a day: %(count)d.') % {'count': without_day}}"


def _happening(
    event: TimelineEvent, day: datetime.date, told: str, imprint: Imprint, known: dict[str, Moments]
) -> Happening:
    symbols = ", ".join(text.symbol for text in event.texts.all())
    changed = known.get(event.subject_key, Moments()).changed
    return Happening(
        key=event.subject_key,
        day=day,
        summary=": ".join(filter(None, [symbols, event.description])),
        description=told,
        url=imprint.absolute(event.get_absolute_url()),
        kind=event.get_kind_display(),
        revised=changed or midnight(event.as_of or day),
    )
