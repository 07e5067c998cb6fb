"""What the tests of importing share: run a command on a small file, look at the whole database."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

from resolutions.models import DataVersion, ImportRun, LoadedRow
from tests.votefiles import (
    CODES,
    OUTCOMES,
    VOETEN_2021,
    VOTE,
    Row,
    document,
    saved,
)
from votes.checks import ROOMS
from votes.models import MemberState, VoteEvent

# The cast under invented numbers of the Correlates of War.
CCODES = {code: str(901 + place) for place, code in enumerate(CODES)}
VOETEN_LETTERS = {"Y": "1", "A": "2", "N": "3", "X": "8", "-": "9"}


def run(command: str, *files: Path, **options: Any) -> list[dict[str, Any]]:
    """Import the files and return what the command reports as data."""
    out = StringIO()
    call_command(command, *files, json=True, stdout=out, **options)
    results: list[dict[str, Any]] = json.loads(out.getvalue())
    return results


def votes(path: Path, **options: Any) -> dict[str, Any]:
    (result,) = run("import_undl_votes", path, **options)
    return result


def outcomes(path: Path, **options: Any) -> dict[str, Any]:
    (result,) = run("import_undl_outcomes", path, **options)
    return result


def voeten(path: Path, **options: Any) -> dict[str, Any]:
    (result,) = run("import_voeten", path, **options)
    return result


def outcome(**changes: str) -> Row:
    return VOTE | {"undl_link": ""} | changes


def outcomes_file(folder: Path, *rows: Row) -> Path:
    return saved(folder, document(OUTCOMES, rows), "outcomes.csv")


def voeten_vote(letters: str, **changes: str) -> list[Row]:
    """The rows of one vote in which the cast voted so; `-` stands for no member."""
    shared = {
        "rcid": "7001", "year": "2022", "session": "77", "abstain": "1", "yes": "2", "no": "1",
        "importantvote": "0", "date": "2022-10-12", "unres": "R/77/901", "amend": "0", "para": "0",
        "short": "LIGHTHOUSES", "descr": "TO LIGHT THE HARBOURS", "resid": "77901", "member": "1",
    } | changes  # fmt: skip
    return [
        shared | {"ccode": CCODES[code], "vote": VOETEN_LETTERS[letter], "Country": code}
        for code, letter in zip(CODES, letters.split(), strict=False)
    ]


def voeten_file(folder: Path, *votes: Sequence[Row], name: str = "voeten.csv") -> Path:
    return saved(folder, document(VOETEN_2021, [row for rows in votes for row in rows]), name)


def number_the_cast() -> None:
    for code, number in CCODES.items():
        MemberState.objects.filter(code=code).update(cow=int(number))


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of the portal."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
    }


def public() -> dict[str, list[dict[str, Any]]]:
    """Every row but those that tell of runs."""
    unseen = {model._meta.label for model in (DataVersion, ImportRun, LoadedRow)}
    return {label: rows for label, rows in dump().items() if label not in unseen}


def positions(key: str | VoteEvent) -> str:
    """The positions of the cast in one line, in the order of the codes."""
    event = VoteEvent.objects.get(key=key) if isinstance(key, str) else key
    return " ".join(event.votes.order_by("member__code").values_list("position", flat=True))


def told(event: VoteEvent) -> tuple[Any, ...]:
    """What an event says, whoever told of it."""
    return (
        event.undl_id, str(event.date), event.question, event.question_text, event.method,
        event.outcome, event.announced, event.meeting, event.note, positions(event),
        event.text.adopted_symbol, event.text.title, event.text.agenda_item,
        sorted(event.text.subjects.values_list("name", flat=True)),
        sorted(event.text.symbols.values_list("symbol", "role")),
    )  # fmt: skip
