"""An uploaded file of the UN Library as proposals."""

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils.translation import gettext as _t

from votes.entry.proposal import Announced, Contents, Proposal, Trouble
from votes.models import Method, Outcome, Question
from votes.readers.files import Opened, UnreadableFile, open_file
from votes.readers.reading import read
from votes.readers.reconcile import reconcile
from votes.readers.rollcalls import VOETEN, Layout, Mark, MarkCode, Refusal, RollCall
from votes.reference import reference

MOST_VOTES = 100
LARGEST_UNPACKED = 50 * 1024 * 1024  # bytes; a hundred votes have some 8 MB
# Rows of a table: a hundred votes have some 20,000, and whoever waits wants an answer.
MOST_ROWS = 50_000
MOST_REFUSALS = 1_000
METHODS = {
    "recorded": Method.RECORDED,
    "non-recorded": Method.NON_RECORDED,
    "without a vote": Method.WITHOUT_VOTE,
}
# A finding of the entry says the same about these, once everything is put together.
TOLD_BY_THE_ENTRY = frozenset(
    {MarkCode.TOTALS_DIFFER, MarkCode.NOT_SEATED, MarkCode.SEATED_WITHOUT_ROW}
)
HARD = frozenset({MarkCode.ROWS_DISAGREE, MarkCode.ROWS_REFUSED})


class Unfit(Exception):
    """The file is not one that a vote can be entered from; the message says why."""


def read_file(content: bytes) -> Contents:
    """Read the votes of a file; raises Unfit where it is of the wrong kind, or too much."""
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            with open_file(Path(file.name), limit=LARGEST_UNPACKED) as opened:
                refuse_many_rows(opened)
            with open_file(Path(file.name), limit=LARGEST_UNPACKED) as opened:
                return contents(opened)
        except UnreadableFile as error:
            raise Unfit(str(error)) from error


def refuse_many_rows(opened: Opened) -> None:
    if opened.kind.layout in (None, Layout.UNDL_MARCXML):
        return
    if next(islice(opened, MOST_ROWS, None), None) is not None:
        sentence = _t("It has more than %(count)d rows: import it as a whole.")
        raise Unfit(sentence % {"count": MOST_ROWS})


def contents(opened: Opened) -> Contents:
    if opened.kind.layout in VOETEN:
        raise Unfit(_t("It is a data set, not a record of the UN Library: import it as a whole."))
    votes: list[RollCall] = []
    refusals: list[Refusal] = []
    for found in read(opened):
        if isinstance(found, Refusal):
            refusals.append(found)
        else:
            votes.append(found)
        if len(votes) > MOST_VOTES:
            sentence = _t("It holds more than %(count)d votes: import it as a whole.")
            raise Unfit(sentence % {"count": MOST_VOTES})
        if len(refusals) > MOST_REFUSALS:
            sentence = _t("More than %(count)d rows of it cannot be read. The first: %(first)s")
            raise Unfit(sentence % {"count": MOST_REFUSALS, "first": refused(refusals[0]).sentence})
    known = {vote.source_id for vote in votes}
    general = [row for row in refusals if row.source_id not in known]
    return Contents(
        tuple(
            proposal(vote, place, [row for row in refusals if row.source_id == vote.source_id])
            for place, vote in enumerate(votes)
        ),
        tuple(refused(row) for row in general),
    )


def proposal(vote: RollCall, place: int, refusals: list[Refusal]) -> Proposal:
    codes = codes_on(vote.date)
    names = dict(zip((code for code, _position in vote.positions), vote.names, strict=False))
    positions, printed, strangers = {}, {}, []
    for code, position in vote.positions:
        member = codes.get(code)
        if member is None or member in positions:
            strangers.append(stranger(code, names.get(code, ""), vote))
            continue
        positions[member] = position
        printed[member] = names.get(code) or code
    return Proposal(
        place=place,
        question=Question.WHOLE.value,
        draft=first(vote.drafts),
        resolution=vote.resolution,
        title=vote.title,
        agenda_item=first(vote.agenda_titles),
        session=vote.session,
        meeting=first(vote.meetings),
        date=vote.date,
        method=METHODS.get(vote.method.value, ""),
        # The UN Library's voting data hold what was adopted, and nothing else.
        outcome=Outcome.ADOPTED.value,
        announced=Announced(
            vote.totals.yes, vote.totals.no, vote.totals.abstain, vote.totals.non_voting
        ),
        undl_id=int(vote.source_id) if vote.source_id.isdecimal() else None,
        positions=positions,
        printed=printed,
        own_troubles=(*strangers, *(refused(row) for row in refusals), *marks(vote)),
        lines=(vote.first_line, vote.last_line),
    )


def codes_on(date: datetime.date) -> dict[str, str]:
    """Return the code that the UN Library prints on a day → the member's code."""
    found: dict[str, str] = {}
    for member in reference().members.values():
        found.setdefault(member.code, member.code)
        for name in member.names:
            if name.code and name.covers(date):
                found[name.code] = member.code
    return found


def first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def stranger(code: str, name: str, vote: RollCall) -> Trouble:
    sentence = _t("“%(code)s” (%(name)s) is no member's code, or its member has a row already.")
    return Trouble(
        "unknown_code", sentence % {"code": code, "name": name}, vote.first_line, text=code
    )


def refused(row: Refusal) -> Trouble:
    return Trouble(f"refused-{row.code}", f"{row.reason} {row.content}", row.line, text=row.content)


def marks(vote: RollCall) -> Iterator[Trouble]:
    seated = [member.code for member in reference().seated_on(vote.date)]
    for mark in reconcile(vote, seated):
        if mark.code not in TOLD_BY_THE_ENTRY:
            yield marked(mark, vote)


def marked(mark: Mark, vote: RollCall) -> Trouble:
    return Trouble(mark.code.value, mark.sentence, vote.first_line, is_hard=mark.code in HARD)
