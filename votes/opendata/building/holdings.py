"""The ledger and the imports as rows: what is held of each session, and what each file brought."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resolutions.models import ImportRun
from votes.doubts import slug_of
from votes.ledger import Line, ReasonLine
from votes.opendata.columns import column
from votes.opendata.rows import ADDRESS, SESSION, SOURCE
from votes.runs import KINDS, Entry

RUN = _("The number of the import, with which its address ends.")
LISTS = [(slug_of(kind), label) for kind, label in KINDS.items()]


@dataclass(frozen=True)
class LedgerRow:
    """What is held of one session, what is missing of it, and what does not add up."""

    session: str | None = column(SESSION)
    name: str = column(_("The name of the session; one row is of what belongs to no session."))
    texts: int = column(_("How many texts are held."))
    with_positions: int = column(_("Texts of which the position of each member is held."))
    totals_only: int = column(_("Texts of which the totals of the vote are held and no positions."))
    without_vote: int = column(_("Texts that were adopted without a vote."))
    no_result: int = column(_("Texts of which no result is held."))
    missing: int = column(_("Numbers of resolutions that were given and are not held."))
    votes: int = column(_("How many votes are held: on texts, on their parts and on motions."))
    disputed: int = column(_("Votes of which another source gives a position or total otherwise."))
    marked: int = column(_("Votes that an import marked for a second look."))
    last_import: int | None = column(_("The number of the last import that had a vote of it."))
    address: str | None = column(ADDRESS)


@dataclass(frozen=True)
class ReasonRow:
    """Why votes are marked, and how many are marked for this reason."""

    marked: str = column(_("The reason, as the filter `marked` of a list names it."))
    name: str = column(_("The reason in a few words."))
    meaning: str = column(_("The reason in a sentence or two."))
    votes: int = column(_("How many votes are marked for it."))


@dataclass(frozen=True)
class ImportRow:
    """One file that was read to its end, with what came of it; latest first."""

    number: int = column(RUN)
    importer: str = column(_("The command that was run."))
    file_name: str = column(_("The name of the file."))
    checksum: str = column(_("The SHA-256 of the file."))
    source: str | None = column(SOURCE)
    version: str | None = column(_("The edition of the data set, as far as it is known."))
    finished: datetime.datetime | None = column(_("When the file had been read."))
    votes: int | None = column(_("How many votes were in the file."))
    marked: int | None = column(_("How many of them were marked."))
    address: str = column(ADDRESS)


@dataclass(frozen=True)
class EntryRow:
    """One line of what an import refused or listed, in the order of the file."""

    number: int = column(_("The number of the line in its list."))
    list: str = column(_("Which list it is."), codes=LISTS)
    line: int | None = column(_("The line of the file."))
    record: str | None = column(_("The number of the vote in the file."))
    content: str | None = column(_("What stands in a row that was refused."))
    rows: int = column(_("How many rows of the file it is about."))
    sentence: str = column(_("What was noticed, in words."))
    vote_key: str | None = column(_("The portal’s stable key of the vote."))


def ledger_row(line: Line) -> LedgerRow:
    counts = line.counts
    return LedgerRow(
        session=line.session or None,
        name=line.name,
        texts=counts.texts,
        with_positions=counts.positions,
        totals_only=counts.totals,
        without_vote=counts.no_vote,
        no_result=counts.no_result,
        missing=counts.missing,
        votes=counts.votes,
        disputed=counts.disputed,
        marked=counts.marked,
        last_import=line.last.pk if line.last else None,
        address=line.url or None,
    )


def reason_rows(reasons: Iterable[ReasonLine]) -> list[ReasonRow]:
    return [ReasonRow(one.slug, str(one.name), str(one.meaning), one.count) for one in reasons]


def import_row(run: ImportRun) -> ImportRow:
    return ImportRow(
        number=run.pk,
        importer=run.importer,
        file_name=run.file_name,
        checksum=run.checksum,
        source=run.source.key if run.source else None,
        version=run.version or None,
        finished=run.finished,
        votes=run.counts.get("counts", {}).get("votes"),
        marked=run.counts.get("marked"),
        address=reverse("import", args=[run.pk]),
    )


def entry_rows(entries: Iterable[Entry], kind: str) -> list[EntryRow]:
    return [
        EntryRow(
            number=entry.number,
            list=slug_of(kind),
            line=entry.line or None,
            record=entry.record or None,
            content=entry.content or None,
            rows=entry.rows,
            sentence=entry.sentence,
            vote_key=entry.vote or None,
        )
        for entry in entries
    ]
