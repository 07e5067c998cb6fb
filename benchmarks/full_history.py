"""Fill a database with an invented history at full size, past the importers.

    DATABASE_URL=sqlite:////tmp/full.sqlite3 python -m benchmarks.full_history

6,500 recorded votes with 1.1 million positions, paragraph votes and rejected amendments among
them, and 14,500 adoptions without a vote, in the lengths of `benchmarks.synthetic_undl`.
"""

import argparse
import datetime
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unga_portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import synthetic_undl as invented  # noqa: E402
from resolutions.models import (  # noqa: E402
    Citation,
    DocumentSymbol,
    Fact,
    Resolution,
    Session,
    Source,
    Subject,
)
from resolutions.models.provenance import SourceKind  # noqa: E402
from resolutions.models.session import SessionKind  # noqa: E402
from resolutions.models.text import Scheme, SymbolRole  # noqa: E402
from resolutions.versioning import public_change  # noqa: E402
from votes.models import MemberState, Method, Outcome, Question, Rule, Vote, VoteEvent  # noqa: E402
from votes.search.cards import rebuild  # noqa: E402

PUBLIC = {"state": "published", "origin": "import"}
# Real words among the invented ones, so that real searches have something to find.
REAL = ("Policies of apartheid of the Government of South Africa",
        "Necessity of ending the economic, commercial and financial embargo imposed by the United"
        " States of America against Cuba",
        "General and complete disarmament", "Question of Palestine")  # fmt: skip
MATTERS = 1500


def sessions() -> dict[int, Session]:
    for number in range(1, 82):
        opened = datetime.date(1945 + number, 9, 15)
        Session.objects.get_or_create(
            code=str(number),
            defaults={"kind": SessionKind.REGULAR, "number": number, "opened": opened},
        )
    return {row.number: row for row in Session.objects.filter(kind=SessionKind.REGULAR)}


def subjects(rng: random.Random) -> list[Subject]:
    rows = [
        Subject(
            key=f"MATTER-{number}",
            name=f"{rng.choice(invented.TOPICS)}--{invented.words(rng, 8, 40)} {number}".upper(),
            scheme=Scheme.UN_LIBRARY,
        )
        for number in range(MATTERS)
    ]
    return Subject.objects.bulk_create(rows)


def texts(days: list[datetime.date], rng: random.Random) -> list[Resolution]:
    held = sessions()
    rows = []
    for number, day in enumerate(days):
        title = rng.choice(REAL) if number % 100 == 0 else invented.words(rng, 40, 230)
        session = max(1, day.year - 1945 - (day.month < 9))
        item = invented.words(rng, 30, 190)
        rows.append(
            Resolution(
                key=f"T-{number}", title=title, session=held[session], agenda_item=item, **PUBLIC
            )
        )
    return Resolution.objects.bulk_create(rows, batch_size=1000)


def symbols(rows: list[Resolution], rng: random.Random) -> Iterator[DocumentSymbol]:
    """Number the texts of each session from 1001, where no text of the record is."""
    last = defaultdict(lambda: 1000)
    for number, text in enumerate(rows):
        session = text.session.number
        last[session] += 1
        adopted = invented.symbol(session, last[session])
        yield DocumentSymbol(text=text, symbol=adopted, role=SymbolRole.ADOPTED)
        if rng.random() < 0.4:
            yield DocumentSymbol(text=text, symbol=f"A/{session}/L.{number}", role=SymbolRole.DRAFT)


def headings(rows: list[Resolution], matters: list[Subject], rng: random.Random) -> Iterator[Any]:
    heading = Resolution.subjects.through
    for text in rows:
        # A few matters are frequent, most are rare.
        chosen = {min(rng.randrange(MATTERS), rng.randrange(MATTERS)) for _ in range(3)}
        yield from (heading(resolution=text, subject=matters[number]) for number in chosen)


QUESTIONS = [Question.WHOLE] * 8 + [Question.PARAGRAPH, Question.AMENDMENT]


def votes(rows: list[Resolution], days: list[datetime.date], rng: random.Random) -> None:
    """Give each text its recorded vote, and positions to all members that had a seat."""
    seated = SeatedMembers()
    events, rolls = [], []
    for number, (text, day) in enumerate(zip(rows, days, strict=True)):
        members = seated.on(day)
        weights = [rng.choice((74, 95, 50)), rng.choice((11, 3, 30)), rng.choice((7, 1, 30)), 8]
        letters = rng.choices("YANX", weights, k=len(members))
        question = rng.choice(QUESTIONS)
        yes, no, abstain = (letters.count(letter) for letter in "YNA")
        event = VoteEvent(
            key=f"{day}-{number}", text=text, date=day, method=Method.RECORDED, question=question,
            question_text="" if question == Question.WHOLE else "Paragraph 3", rule=Rule.NOT_KNOWN,
            outcome=Outcome.ADOPTED if yes > no else Outcome.REJECTED, announced_yes=yes,
            announced_no=no, announced_abstain=abstain, **PUBLIC,
        )  # fmt: skip
        events.append(event)
        rolls.append((event, members, letters))
    VoteEvent.objects.bulk_create(events, batch_size=1000)
    for some in range(0, len(rolls), 100):
        Vote.objects.bulk_create(
            [
                Vote(event=event, member_id=member, position=letter)
                for event, members, letters in rolls[some : some + 100]
                for member, letter in zip(members, letters, strict=True)
            ],
            batch_size=10_000,
        )


class SeatedMembers:
    def __init__(self) -> None:
        self.known: dict[datetime.date, list[int]] = {}

    def on(self, day: datetime.date) -> list[int]:
        if day not in self.known:
            members = MemberState.objects.seated_on(day).values_list("pk", flat=True)
            self.known[day] = list(members)
        return self.known[day]


def adoptions(rows: list[Resolution], days: list[datetime.date]) -> None:
    VoteEvent.objects.bulk_create(
        [
            VoteEvent(
                key=f"{day}-W-{number}",
                text=text,
                date=day,
                method=Method.WITHOUT_VOTE,
                rule=Rule.NONE,
                outcome=Outcome.ADOPTED,
                **PUBLIC,
            )
            for number, (text, day) in enumerate(zip(rows, days, strict=True))
        ],
        batch_size=1000,
    )


CITED = {
    Resolution: (Fact.SYMBOL, Fact.TITLE),
    VoteEvent: (Fact.DATE, Fact.TOTALS, Fact.POSITIONS, Fact.OUTCOME),
}


def cite() -> None:
    """Name a source for what was imported, fact by fact."""
    source = Source.objects.create(
        key="invented-record",
        kind=SourceKind.RECORD,
        publisher="Nobody",
        title="An invented record",
    )
    rows = (
        Citation(subject=row.subject_key, fact=fact, source=source)
        for model, facts in CITED.items()
        for row in model.objects.filter(origin=PUBLIC["origin"])
        for fact in facts
    )
    Citation.objects.bulk_create(rows, batch_size=5000)


def gather_statistics() -> None:
    """Tell the database's planner what it now holds, as autovacuum does in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill(recorded: int, without_vote: int, seed: int = 1) -> None:
    rng = random.Random(seed)
    days = invented.days(recorded + without_vote, rng)
    with public_change():
        rows = texts(days, rng)
        DocumentSymbol.objects.bulk_create(symbols(rows, rng), batch_size=5000)
        through = Resolution.subjects.through
        through.objects.bulk_create(headings(rows, subjects(rng), rng), batch_size=5000)
        put = sorted(rng.sample(range(len(rows)), recorded))
        votes([rows[n] for n in put], [days[n] for n in put], rng)
        others = sorted(set(range(len(rows))) - set(put))
        adoptions([rows[n] for n in others], [days[n] for n in others])
        cite()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--votes", type=int, default=6500)
    options.add_argument("--without-vote", type=int, default=14_500)
    given = options.parse_args()
    call_command("migrate", verbosity=0)
    call_command("loaddata", "member_states", "sessions", "articles", "record", verbosity=0)
    started = time.perf_counter()
    fill(given.votes, given.without_vote)
    filled = time.perf_counter()
    with public_change():
        made = rebuild()
    gather_statistics()
    print(f"rows {filled - started:.0f} s, {made:,} cards {time.perf_counter() - filled:.1f} s")


if __name__ == "__main__":
    main()
