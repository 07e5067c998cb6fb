"""Fill an empty database with an invented history of full size, published: 6,300 votes.

    python -m benchmarks.full_history --votes 6300      # into the database of DATABASE_URL

The members, sessions and articles are those of the fixtures; texts, votes and positions are drawn
with a seed, in numbers and lengths like the real ones. Nothing is checked, so it is no way in for
real data.
"""

import argparse
import datetime
import os
import random
from collections import defaultdict
from collections.abc import Iterator

import django
from django.core.management import call_command

from benchmarks.synthetic_undl import HABITS, days, symbol, words

BATCH = 100
FIXTURES = ("member_states", "sessions", "articles", "record")


def fill(votes: int, seed: int = 1) -> None:
    """Fill the migrated, empty database that Django is set up for."""
    from resolutions.models import Source
    from resolutions.versioning import public_change

    call_command("loaddata", *FIXTURES, verbosity=0)
    rng = random.Random(seed)
    source, _new = Source.objects.get_or_create(
        key="invented-record", kind="record", publisher="Nobody", title="An invented record"
    )
    with public_change():
        invented = list(events(votes, rng))
        for start in range(0, len(invented), BATCH):
            save(invented[start : start + BATCH], source, rng)
    gather_statistics()


def events(votes: int, rng: random.Random) -> Iterator[tuple[datetime.date, int, str]]:
    """Day, session and symbol of each; the numbers are above those of the real record."""
    numbers: dict[int, int] = defaultdict(lambda: 1000)
    for day in days(votes, rng):
        session = max(1, day.year - 1945 - (day.month < 9))
        numbers[session] += 1
        yield day, session, symbol(session, numbers[session])


def save(batch: list, source, rng: random.Random) -> None:
    from resolutions import symbols
    from resolutions.models import Citation, DocumentSymbol, Resolution, Session
    from votes.models import Vote, VoteEvent
    from votes.reference import reference

    published = {"state": "published", "origin": "import"}
    sessions = {session.code: session for session in Session.objects.all()}
    texts = [
        Resolution(
            key=f"invented-{written.replace('/', '-').replace('(', '-').replace(')', '')}",
            title=words(rng, 40, 230),
            session=sessions.get(str(session)),
            **published,
        )
        for _day, session, written in batch
    ]
    Resolution.objects.bulk_create(texts)
    DocumentSymbol.objects.bulk_create(
        DocumentSymbol(text=text, symbol=symbols.normalise(written), role="adopted")
        for text, (_day, _session, written) in zip(texts, batch, strict=True)
    )
    seated = {day: reference().seated_on(day) for day, _session, _written in batch}
    letters = [
        rng.choices(list(HABITS), list(HABITS.values()), k=len(seated[day]))
        for day, _session, _written in batch
    ]
    events = [
        VoteEvent(
            key=f"vote-{text.key}",
            text=text,
            method="recorded",
            rule="not known",
            outcome="adopted",
            date=day,
            sequence=1 + number % 90,
            meeting=f"A/{session}/PV.{40 + number % 60}",
            announced_yes=held.count("Y"),
            announced_no=held.count("N"),
            announced_abstain=held.count("A"),
            **published,
        )
        for number, (text, (day, session, _written), held) in enumerate(
            zip(texts, batch, letters, strict=True)
        )
    ]
    VoteEvent.objects.bulk_create(events)
    Vote.objects.bulk_create(
        (
            Vote(event=event, member=member.state, position=letter)
            for event, held in zip(events, letters, strict=True)
            for member, letter in zip(seated[event.date], held, strict=True)
        ),
        batch_size=5000,
    )
    Citation.objects.bulk_create(
        Citation(subject=subject, fact=fact, source=source)
        for text, event in zip(texts, events, strict=True)
        for subject, facts in (
            (text.subject_key, ("symbol", "title")),
            (event.subject_key, ("date", "totals", "positions", "outcome")),
        )
        for fact in facts
    )


def gather_statistics() -> None:
    """Tell the database's planner what it now holds, as autovacuum does in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--votes", type=int, default=6300)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unga_portal.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    fill(given.votes, given.seed)


if __name__ == "__main__":
    main()
