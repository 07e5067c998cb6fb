"""The same data brought in as anybody would do it first: model objects, and Django's fixtures."""

import csv
import datetime
import json
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

OBJECTS_AT_ONCE = 2_000
EVENTS_AT_ONCE = 200


def as_models(path: Path) -> None:
    """What anybody would write first."""
    from django.db import connection, transaction

    from votes.importing.members import Members

    members = Members.read()
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic():
        votes = groupby(csv.DictReader(file), itemgetter("undl_id"))
        rows_of_votes = (list(rows) for _number, rows in votes)
        while some := list(islice(rows_of_votes, EVENTS_AT_ONCE)):
            create(some, members)
    connection.close()


def create(votes: list[list[dict[str, str]]], members: Any) -> None:
    from votes.models import Vote, VoteEvent

    events = VoteEvent.objects.bulk_create([event_of(rows[0]) for rows in votes])
    Vote.objects.bulk_create(
        (
            Vote(
                event=event,
                member_id=members.pks[members.on(event.date).by_code[row["ms_code"]]],
                position=row["ms_vote"],
            )
            for event, rows in zip(events, votes, strict=True)
            for row in rows
        ),
        batch_size=OBJECTS_AT_ONCE,
    )


def event_of(row: dict[str, str]) -> Any:
    from votes.models import VoteEvent

    return VoteEvent(
        state="published",
        origin="import",
        key=f"{row['date']}-undl-{row['undl_id']}",
        undl_id=int(row["undl_id"]),
        question="other",
        question_text=row["title"][:400],
        date=datetime.date.fromisoformat(row["date"]),
        meeting=row["meeting"],
        method="recorded",
        outcome="adopted",
        announced_yes=int(float(row["total_yes"])),
        announced_no=int(float(row["total_no"])),
        announced_abstain=int(float(row["total_abstentions"])),
        announced_non_voting=int(float(row["total_non_voting"])),
    )


def lines_of(path: Path, votes: int) -> Iterator[str]:
    """The header and the rows of the first votes; ours are invented and have no broken lines."""
    with path.open(encoding="utf-8", newline="") as file:
        yield next(file)
        runs = groupby(file, lambda line: line.partition(",")[0])
        for _number, lines in islice(runs, votes):
            yield from lines


def positions_to(fixture: Path) -> int:
    """Move the positions that were imported into a fixture; return how many they are."""
    from django.db import connection

    from votes.models import Vote

    imported = Vote.objects.filter(event__origin="import").order_by("event", "member")
    rows = [
        {"model": "votes.vote", "fields": {"event": [event], "member": [code], "position": letter}}
        for event, code, letter in imported.values_list("event__key", "member__code", "position")
    ]
    fixture.write_text(json.dumps(rows), encoding="utf-8")
    imported.delete()
    connection.close()
    return len(rows)


def is_undl(path: Path) -> bool:
    """Whether it is a plain file of the UN Library's, which all sides can read."""
    from votes.readers.files import sniff
    from votes.readers.rollcalls import Layout

    return path.suffix == ".csv" and sniff(path).layout is Layout.UNDL_V3
