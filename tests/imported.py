"""A small portal into which files were imported that do not add up, differ and contradict.

`imported_portal(folder)` imports them and returns the address of each kind of page of these.
"""

from pathlib import Path

from django.urls import reverse

from resolutions.models import ImportRun, Origin, Resolution, State
from tests import cast
from tests.importing import (
    number_the_cast,
    outcome,
    outcomes,
    outcomes_file,
    voeten,
    voeten_file,
    voeten_vote,
    votes,
)
from tests.votefiles import Row, saved, v5, vote
from votes.ingest import set_position
from votes.models import VoteEvent

RECORD = "2022-10-12-A-RES-77-901"
OLD = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
ALIKE = {"unres": "R/77/905", "rcid": "7006", "descr": "The President: I shall now put to the vote"}


def imported_portal(folder: Path) -> dict[str, str]:
    cast.states()
    number_the_cast()
    votes(librarys_file(folder), edition="version 5 (FEBRUARY 2026)")
    outcomes(outcomes_of(folder))
    voeten(voetens_file(folder))
    correct(VoteEvent.objects.get(key=RECORD))
    enter("A/RES/77/909")
    votes(newer_file(folder), edition="version 6 (AUGUST 2026)")
    first, _outcomes, second, newer = ImportRun.objects.order_by("pk")
    return {
        "ledger": reverse("ledger"),
        "import": reverse("import", args=[first.pk]),
        "import, ambiguous": reverse("import", args=[second.pk]),
        "import, conflicts": f"{reverse('import', args=[newer.pk])}?list=conflicts",
        "import, nothing": reverse("import", args=[_outcomes.pk]),
        "marked": "/votes/?marked=not-seated",
        "disputed": "/votes/?disputed=yes",
        "held": "/resolutions/?held=no-vote",
        "marked text": "/resolutions/A/RES/77/902/",
        "disputed text": "/resolutions/A/RES/77/901/",
        "text without a decision": "/resolutions/A/RES/77/905/",
        "session": "/sessions/77/",
        "session without texts": "/sessions/10/",
    }


def librarys_file(folder: Path) -> Path:
    strange = vote("Y N A X", undl_id="2", resolution="A/RES/77/902", draft="", total_yes="3")
    strange.append(strange[0] | {"ms_code": "QAF", "ms_vote": "N"})
    refused = vote("Y Z A X Y", undl_id="3", resolution="A/RES/77/903", draft="")
    return saved(folder, v5(folder, vote(), strange, refused).read_bytes(), "library.csv")


def newer_file(folder: Path) -> Path:
    """The corrected vote once more, otherwise, and the one that an editor is entering."""
    entered = vote(undl_id="9", resolution="A/RES/77/909", draft="")
    other = vote("Y A A X Y", total_no="0", total_abstentions="2")
    return saved(folder, v5(folder, other, entered).read_bytes(), "newer.csv")


def outcomes_of(folder: Path) -> Path:
    no_totals = dict.fromkeys(
        ("total_yes", "total_no", "total_abstentions", "total_non_voting"), ""
    )
    rows: list[Row] = [
        outcome(undl_id="6", resolution="A/RES/77/906", draft="", modality="Without a vote",
                **no_totals),
        outcome(undl_id="7", resolution="A/RES/77/907", draft="", modality="Vote, non-recorded"),
    ]  # fmt: skip
    return outcomes_file(folder, *rows)


def voetens_file(folder: Path) -> Path:
    return voeten_file(
        folder,
        voeten_vote("Y N A X A", yes="1"),
        voeten_vote("Y N A X Y", rcid="7005", unres="R/77/905"),
        voeten_vote("Y A A X Y", **ALIKE),
        voeten_vote("Y N A X Y", rcid="7007", **OLD),
    )


def correct(event: VoteEvent) -> None:
    set_position(event, "QAB", "Y", reason="As the record says", origin=Origin.EDITOR)


def enter(symbol: str) -> VoteEvent:
    """Begin to enter a vote, as an editor, on a text that nobody sees yet."""
    by_ada = {"origin": Origin.EDITOR, "entered_by": cast.person("ada"), "state": State.DRAFT}
    text: Resolution = cast.text(symbol, title="On secret lighthouses", **by_ada)
    return cast.event(text, key="2022-10-12-secret", **by_ada)
