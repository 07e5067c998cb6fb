"""A vote as it leaves the portal to stand on other people's pages: in words and in numbers."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _t

from resolutions.addresses import address
from resolutions.citing import citations_of, publishers
from resolutions.models import Citation, Fact
from resolutions.wording import long_date
from votes import queries, sentences
from votes.charts import parts_of
from votes.majority import Majority
from votes.models import Position, Question, VoteEvent
from votes.reference import Reference
from votes.rollcall import Row, rows_of
from votes.tallies import Totals, totals_of

# No XML can hold these, however they are written.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The first of these facts for which a source is cited says whose data a picture shows.
SHOWN = (Fact.POSITIONS, Fact.TOTALS, Fact.METHOD, Fact.OUTCOME, Fact.DATE, Fact.EVENT)


@dataclass(frozen=True)
class Exhibit:
    """One vote as pictures, frames and share cards show it; all words are plain text.

    `subject` is the title of the text where the vote was on a part of it or on a motion. `path`
    leads to the permanent page.
    """

    event: VoteEvent
    symbol: str
    title: str
    subject: str
    opening: str
    sentence: str
    notes: list[str]
    majority: list[str]
    no_positions: str
    publishers: str
    path: str
    totals: Totals
    majorities: list[Majority]
    rows: list[Row]

    @property
    def key(self) -> str:
        return self.event.key

    @property
    def name(self) -> str:
        return f"{self.symbol}: {self.title}" if self.symbol else self.title

    @property
    def alternative(self) -> str:
        """Return what a picture says, for those who do not see it."""
        return f"{self.name}. {self.sentence}"

    @property
    def description(self) -> str:
        """Return the answer and the totals position by position, for those who see no chart."""
        totals = ", ".join(f"{position.label} {count}" for position, count in self.parts)
        return " ".join([self.sentence, *([f"{totals}."] if totals else []), *self.notes])

    @property
    def head(self) -> str:
        """Return the line over the title: symbol, date, method of voting."""
        said = [self.symbol, self.date, self.event.get_method_display()]
        return " · ".join(filter(None, said))

    @property
    def date(self) -> str:
        return long_date(self.event.date)

    @property
    def parts(self) -> list[tuple[Position, int]]:
        """Return the totals that stand, position by position; none where there are none."""
        if self.totals.shown is None:
            return []
        return [
            (position, count)
            for position, count in parts_of(self.totals.shown, self.totals.did_not_vote)
            if count or position is not Position.NOT_ELIGIBLE
        ]

    @property
    def notes_on_names(self) -> list[str]:
        """Say which names are not certain to be those of the day."""
        told = (
            (
                _t(
                    "The name of that day is not known for these members; "
                    "their present name is shown:"
                ),
                [row.name for row in self.rows if row.is_present_name],
            ),
            (
                _t("Whether this name was still in force on that day has not been checked:"),
                [row.name for row in self.rows if row.is_uncertain_name],
            ),
        )
        return [f"{words} {', '.join(names)}." for words, names in told if names]

    @property
    def members_told(self) -> int:
        """Return the sum of the totals."""
        return sum(count for _position, count in self.parts)

    @property
    def majorities_in_reach(self) -> list[Majority]:
        """Return the majorities that so many members could have reached."""
        return [one for one in self.majorities if one.needed <= self.members_told]

    @property
    def source(self) -> str:
        """Return the line that names whose data it is."""
        return _t("Data: %(publishers)s") % {"publishers": self.publishers or _t("not stated")}


def exhibit(event: VoteEvent, snapshot: Reference) -> Exhibit:
    """Return what can be shown of a published vote (4 or 5 queries)."""
    rows = rows_of(event, snapshot) if event.can_have_positions else []
    totals = totals_of(event, (row.position for row in rows), snapshot)
    majorities = event.majorities(totals.shown) if totals.shown else []
    answer = sentences.answer(event, totals)
    text, is_whole = event.text, event.question == Question.WHOLE
    return Exhibit(
        event=event,
        symbol=text.symbol if text else "",
        title=plain(text.title if text and is_whole else event.question_in_words),
        subject=plain(text.title) if text and not is_whole else "",
        opening=plain(sentences.opening(event)),
        sentence=plain(answer.sentence),
        notes=[plain(note) for note in answer.notes],
        majority=[plain(line) for line in sentences.majority_sentences(event, majorities)],
        no_positions="" if rows else plain(sentences.no_positions(event, totals)),
        publishers=_publishers(event),
        path=path_of(event),
        totals=totals,
        majorities=majorities,
        rows=rows,
    )


def plain(words: str) -> str:
    """Return a sentence, which may be HTML if it is marked so, as one line of plain text."""
    text = html.unescape(strip_tags(words)) if hasattr(words, "__html__") else words
    return " ".join(NOT_IN_XML.sub("", text).split())


def path_of(event: VoteEvent) -> str:
    """Return the address of the page that shows the vote, and never one that redirects there."""
    if queries.is_shown_with_its_text(event):
        return event.get_absolute_url()
    return address("vote", event.key)


def _publishers(event: VoteEvent) -> str:
    found = citations_of([event.subject_key, event.shared_subject])
    cited = [citation for citations in found.values() for citation in citations]
    named = (publishers(_about(cited, fact)) for fact in SHOWN)
    return plain(next(filter(None, named), ""))


def _about(citations: Iterable[Citation], fact: Fact) -> list[Citation]:
    return [citation for citation in citations if citation.fact == fact]
