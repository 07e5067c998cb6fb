"""What the tests of data packs share: a portal with rows in every table, and how to read packs.

`full_portal()` saves what the public sees, awkward texts included, and beside it drafts in which
the word SECRET stands wherever there is room for it.
"""

import csv
import datetime
import gzip
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from resolutions.models import DocumentSymbol, ImportRun, LoadedRow, Origin, Source, State
from resolutions.models.provenance import RunOutcome
from resolutions.models.session import SessionKind
from resolutions.models.text import Scheme, SymbolRole
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import ALDORA, BORVIA, CESTRIA, DUNMARK, ESTMERE, FARLAND
from tests.corrected import corrected_portal
from votes import roles
from votes.models import GroupMembership, MemberState, Question, VoteEvent

SECRET = "SECRET"
# What spreadsheets run, what CSV quotes, what other languages write, and what looks like nothing.
AWKWARD = (
    "=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "''twice", "\tindented", "\rreturned", "\nbroken",
    'a "word", and more', "one\r\ntwo\nthree", " with spaces ", "a|b", "NA", "null", "0", "Türkiye",
    "中国", "\u2028", "x" * 400,
)  # fmt: skip
MOMENT = datetime.datetime(2026, 3, 5, 12, 30, 15, 123456, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def pack(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The pack of `full_portal()`, written once; the database is as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        empty_the_database()
        roles.create_roles()
        full_portal()
        written = export(tmp_path_factory.mktemp("full"))
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()
    return written


@pytest.fixture
def offered(pack: Path, settings: Any, tmp_path: Path) -> Path:
    """The same pack where the portal looks for packs, under its name."""
    name = json.loads((pack / "manifest.json").read_text())["name"]
    settings.DATA_PACKS = tmp_path / "packs"
    return Path(shutil.copytree(pack, settings.DATA_PACKS / name))


def export(folder: Path, name: str = "pack", **options: Any) -> Path:
    """Write a pack and return its directory."""
    call_command("export_data", folder / name, stdout=StringIO(), **options)
    return folder / name


def load(pack: Path) -> str:
    out = StringIO()
    call_command("import_data", pack, stdout=out)
    return out.getvalue()


def empty_the_database() -> None:
    connection.check_constraints()  # PostgreSQL empties no table of which checks are still to come
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield file


def lines_of(path: Path) -> list[dict[str, str]]:
    with opened(path) as file:
        return list(csv.DictReader(file))


def table(pack: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table as a CSV has them."""
    [path] = (pack / "csv").glob(f"{name}.csv*")
    return lines_of(path)


def contents(pack: Path) -> dict[str, bytes]:
    """Return all files but those that tell when the pack was made."""
    untold = {"manifest.json", "SHA256SUMS", "README.md"}
    files = [path for path in sorted(pack.rglob("[!.]*")) if path.is_file()]
    return {
        path.relative_to(pack).as_posix(): path.read_bytes()
        for path in files
        if path.name not in untold
    }


@public_change()
def full_portal() -> dict[str, str]:
    """Save something for every table; return addresses of its pages."""
    addresses = corrected_portal()
    states()
    sources()
    votes_of_all_kinds()
    by_editors()
    imported()
    drafts()
    return addresses


def state(code: str) -> MemberState:
    return MemberState.objects.get(code=code)


def states() -> None:
    for number, code in enumerate((ALDORA, BORVIA, CESTRIA, DUNMARK, ESTMERE), 1):
        MemberState.objects.filter(code=code).update(
            cow=900 + number, iso2="" if number == 1 else f"Q{number}"
        )
    MemberState.objects.filter(code=BORVIA).update(iso2="NA", m49="004", note=AWKWARD[0])
    former = builders.member("QOL", "Old Aldora", ended="1990-10-03", cow=950)
    former.successors.add(state(ALDORA), state(BORVIA))
    builders.state_name(member=state(CESTRIA), name_en="Cestria-on-Sea", from_date="2024-01-01",
                        code="QCS", name_fr="Cestrie", name_zh="塞")  # fmt: skip
    builders.seat_gap(member=state(DUNMARK), from_date="1958-02-21", to_date="1961-10-13")
    coast = builders.group(key="COAST", note=AWKWARD[3])
    for code in (ALDORA, BORVIA):
        GroupMembership.objects.create(group=coast, member=state(code), as_listed="2026")
    GroupMembership.objects.create(group=coast, member=state(CESTRIA), from_date="2000-01-01",
                                   to_date="2010-01-01")  # fmt: skip
    builders.session(code="ES-77", kind=SessionKind.EMERGENCY, number=77, opened="2022-02-28")


def sources() -> None:
    # The copy came first, so that the row that it names comes after it.
    copy = cast.source(key="copy", attribution="“Copied”, by hand", licence="CC0 1.0")
    copy.copy_of = cast.source(key="original", note=AWKWARD[9], date="2022-10-06", date_text="")
    copy.save()
    cast.cite("state:QAA", fact="names", source=copy, note=AWKWARD[10])


def votes_of_all_kinds() -> None:
    for number, words in enumerate(AWKWARD):
        row = cast.text(f"A/77/L.{9100 + number}", title=words, summary=words, agenda_item=words)
        vote = cast.event(row, positions=cast.HABITS, note=words, meeting="A/77/PV.14, A/77/PV.15")
        cast.cite(vote.subject_key, note=words)
    named = cast.text("A/77/L.9200")
    adopt(named, "A/RES/77/900")
    for heading in ("BEES--KEEPING", "BEES (WILD)--FEES, DUES"):
        named.subjects.add(builders.subject(name=heading, scheme=Scheme.UN_LIBRARY))
    DocumentSymbol.objects.create(text=named, symbol="A/77/900", role=SymbolRole.REPORT)
    main = cast.event(named, positions=cast.HABITS, undl_id=4000001, announced_non_voting=1)
    builders.intention(event=main, member=state(ESTMERE), source=Source.objects.get(key="copy"))
    builders.discrepancy(event=main, member=state(BORVIA), note=AWKWARD[5])
    builders.discrepancy(event=main, member=None, field="yes", ours="2", theirs="3")
    builders.member_concerned(event=main, member=state(ALDORA))
    builders.sponsorship(text=named, member=state(CESTRIA))
    cast.event(cast.text("A/77/L.9201"), method="without a vote")
    cast.event(None, method="secret ballot", question=Question.ELECTION, session=cast.session())
    builders.council_vote(key="council", text=builders.text_of(None, 9900, "S/2022/9900"))
    story = cast.timeline_event(standing="planned", as_of="2022-10-01", description=AWKWARD[0])
    story.texts.add(named)
    cast.timeline_event(precision="undated", date=None, not_after="2022-10-01")


def adopt(text: Any, symbol: str) -> None:
    DocumentSymbol.objects.create(text=text, symbol=symbol, role=SymbolRole.ADOPTED)


def by_editors() -> None:
    """Save entries of persons: one reviewed, one published alone."""
    entered, reviewed = cast.person("enterer-SECRET"), cast.person("reviewer-SECRET")
    people = {"origin": Origin.EDITOR, "entered_by": entered}
    text = cast.text("A/77/L.9300", **people, reviewed_by=reviewed)
    cast.event(text, key="alone", **people, self_published=True)


def imported() -> None:
    run = builders.import_run(
        outcome=RunOutcome.DONE,
        source=Source.objects.get(key="original"),
        finished=MOMENT,
        checksum="0" * 64,
        version="v5",
        counts={"counts": {"votes": 2}, "marked": 3, "marks": {"totals differ": 1, "no title": 2}},
        refusals=[{"line": 3, "record": "", "content": "=1+1,\n", "reason": "It is short."}],
        notices=[
            notice(["event:alone"], "The file has something else."),
            notice([f"event:{SECRET}-vote"], SECRET),
            {"sentence": SECRET},
        ],
    )
    builders.import_run(outcome=RunOutcome.FAILED, file_name=SECRET)
    for event in VoteEvent.objects.filter(undl_id=4000001):
        builders.import_mark(event=event, run=run)
        event.data_set = Source.objects.get(key="original")
        event.save()
        values = {"text": str(event.text_id), "announced_yes": "2", "about": {"session": "77"}}
        remember("votes.voteevent", event.key, values)
        text = event.text
        remember(
            "resolutions.resolution", text.key, {"subjects": [s.pk for s in text.subjects.all()]}
        )
    assert ImportRun.objects.count() == 2


def notice(about: list[str], sentence: str) -> dict[str, Any]:
    where = {"kind": "conflicts", "record": "7", "line": 3}
    return {**where, "about": about, "sentence": sentence}


def remember(model: str, key: str, values: dict[str, Any]) -> None:
    builders.loaded_row(fixture="undl", model=model, row_key=f'["{key}"]', values=values)


def drafts() -> None:
    """Save what the public does not see."""
    person = cast.person("drafter-SECRET")
    hidden = {"state": State.DRAFT, "origin": Origin.EDITOR, "entered_by": person}
    text = cast.text("A/77/L.9900", key=f"{SECRET}-text", title=SECRET, summary=SECRET, **hidden)
    text.subjects.add(builders.subject(key=f"{SECRET}-subject", name=SECRET))
    vote = cast.event(text, positions=cast.HABITS, key=f"{SECRET}-vote", note=SECRET, **hidden)
    submitted = hidden | {"state": State.SUBMITTED}
    story = cast.timeline_event(key=f"{SECRET}-story", description=SECRET, **submitted)
    story.texts.add(text)
    # A vote that is published goes with its text.
    cast.event(text, key=f"{SECRET}-of-a-draft", note=SECRET)
    private = cast.source(key=f"{SECRET}-source", title=SECRET)
    for row in (text, vote, story):
        cast.cite(row.subject_key, source=private, note=SECRET)
        builders.history_entry(
            subject=row.subject_key, label=SECRET, was_public=False, reason=SECRET
        )
    builders.intention(event=vote, member=state(ALDORA), source=private, note=SECRET)
    builders.material(text=SECRET)
    builders.explanation(event=vote, sentence=SECRET, reason=SECRET)
    remember("votes.voteevent", vote.key, {"note": SECRET})
    builders.session(code="210", number=210, note=SECRET)
    LoadedRow.objects.create(fixture="record", model="votes.vote", row_key=f'["{vote.key}", "QAA"]')
    assert FARLAND not in cast.HABITS
