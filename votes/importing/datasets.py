"""What each data set is: its name in memory, the number of its records, how it is cited."""

import datetime
import re
from dataclasses import dataclass

from resolutions.models import Citation, Fact, Source
from resolutions.models.provenance import SourceKind
from votes.models.event import shared_subject
from votes.readers.rollcalls import long_date

LIBRARY = "United Nations Dag Hammarskjöld Library"
UN_TERMS = "UN terms of use: non-commercial use, with attribution"
OF_A_RECORD = (
    Fact.SYMBOL, Fact.DRAFT_SYMBOL, Fact.TITLE, Fact.SESSION, Fact.DATE, Fact.MEETING, Fact.METHOD,
    Fact.TOTALS, Fact.NON_VOTING, Fact.OUTCOME,
)  # fmt: skip
MONTHS = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
]
VERSION = re.compile(r"(?<![a-z])v(?:ersion)?[ _-]?(\d{1,3})(?!\d)", re.IGNORECASE)
YEAR_AND_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0?[1-9]|1[0-2])(?!\d{3})")


@dataclass(frozen=True)
class DataSet:
    """`memory` is the name under which is kept what its records said last."""

    key: str
    memory: str
    number: str  # the field of an event that holds the number of its record
    prefix: str  # of that number within a key
    publisher: str
    title: str
    url: str
    licence: str
    facts: tuple[Fact, ...]
    attribution: str

    def source(self, edition: str, downloaded: datetime.date) -> Source:
        """The data set as a source, with the attribution of this edition."""
        source: Source
        source, _new = Source.objects.update_or_create(
            key=self.key,
            defaults={
                "kind": SourceKind.DATA_SET,
                "publisher": self.publisher,
                "title": self.title,
                "url": self.url,
                "licence": self.licence,
                "attribution": self.attributed(edition, downloaded),
            },
        )
        for fact in self.facts:
            Citation.objects.get_or_create(
                subject=shared_subject(self.key), fact=fact, source=source
            )
        return source

    def attributed(self, edition: str, downloaded: datetime.date) -> str:
        day = long_date(downloaded)
        return self.attribution.format(edition=f"{edition}, " if edition else "", date=day)


LIBRARY_LINE = (
    f"{LIBRARY}, {{title}}, United Nations, {{{{edition}}}}downloaded from {{url}}, {{{{date}}}}"
)


def of_library(key: str, title: str, url: str, facts: tuple[Fact, ...]) -> DataSet:
    line = LIBRARY_LINE.format(title=title, url=url)
    return DataSet(key, "undl", "undl_id", "undl", LIBRARY, title, url, UN_TERMS, facts, line)


VOTES = of_library(
    "undl-ga-votes",
    "General Assembly Voting Data",
    "https://digitallibrary.un.org/record/4060887",
    (*OF_A_RECORD, Fact.POSITIONS),
)
OUTCOMES = of_library(
    "undl-ga-outcomes",
    "General Assembly Outcomes of Resolutions",
    "https://digitallibrary.un.org/record/4060945",
    OF_A_RECORD,
)
RECORDS = of_library(
    "undl-voting-records",
    "Voting records",
    "https://digitallibrary.un.org/",
    (*OF_A_RECORD, Fact.POSITIONS),
)
VOETEN = DataSet(
    key="voeten-unvotes",
    memory="voeten",
    number="rcid",
    prefix="rcid",
    publisher="Harvard Dataverse",
    title="United Nations General Assembly Voting Data",
    url="https://doi.org/10.7910/DVN/LEJUQZ",
    licence="CC0 1.0",
    facts=(Fact.DATE, Fact.QUESTION, Fact.SYMBOL, Fact.TITLE, Fact.METHOD, Fact.TOTALS,
           Fact.POSITIONS),
    attribution="Voeten, Erik; Strezhnev, Anton; Bailey, Michael, “United Nations General Assembly"
    " Voting Data”, Harvard Dataverse, https://doi.org/10.7910/DVN/LEJUQZ, {edition}{date}",
)  # fmt: skip


def edition_in(name: str) -> str:
    """`version 5 (FEBRUARY 2026)` as far as the name of a file tells it, else nothing."""
    version, month = VERSION.search(name), YEAR_AND_MONTH.search(name)
    told = [f"version {version[1]}"] if version else []
    if month:
        told.append(f"({MONTHS[int(month[2]) - 1]} {month[1]})")
    return " ".join(told)
