"""Write an invented file in the layout of the UN Digital Library's voting data, v5, at full size.

    python -m benchmarks.synthetic_undl undl.csv --votes 6500

Members sit and leave as in fixtures/member_states.json; everything else is invented: numbers of
votes by year, titles, subjects and positions are drawn with a seed, in lengths like the real ones,
so that 6,500 votes come to some 1.1 million positions and 520 MB.
"""

import argparse
import csv
import datetime
import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "member_states.json"
HEADER = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,"
    "agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,"
    "total_ms,undl_link\n"
)
# How many votes a year has against the others, from this year on: the record grows by decades.
VOTES_BY_YEAR = {1946: 15, 1960: 25, 1970: 60, 1980: 120, 1990: 72, 2000: 80, 2016: 110, 2026: 0}
HABITS = {"Y": 74, "A": 11, "N": 7, "X": 8}
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
TEXT = (
    "strengthening of the international machinery for co-operation in questions concerning water"
    " harbours and lighthouses; effects of the present arrangements upon small islands and rivers"
    " on archives (including maps), on measurement and the exchange of observations between the"
    " stations in the field and the peoples that live near to it under the law of the sea"
)
WORDS = TEXT.split()
TOPICS = ("HARBOURS", "LIGHTHOUSES", "ARCHIVES", "RIVER BASINS", "WEIGHTS AND MEASURES", "MAPS")
ASPECTS = ("REPORTS", "TREATIES (DRAFT)", "INTERNATIONAL COOPERATION", "SMALL ISLANDS, LAW")


@dataclass
class Member:
    names: list[tuple[str, str, str, str]] = field(default_factory=list)  # from, to, code, name
    away: list[tuple[str, str]] = field(default_factory=list)
    admitted: str = ""
    ended: str = "9999"

    def printed_on(self, day: str) -> tuple[str, str] | None:
        """Code and name as a file of that day would have them, or None where it had no seat."""
        if not self.admitted <= day < self.ended or any(a <= day < b for a, b in self.away):
            return None
        current = [name for name in self.names if name[0] <= day < name[1]]
        _from, _to, code, name = (current or self.names[-1:])[0]
        return code, name


def members() -> list[Member]:
    found: dict[str, Member] = {}
    for row in json.loads(FIXTURE.read_text(encoding="utf-8")):
        fields = row["fields"]
        if row["model"] == "votes.memberstate":
            member = found.setdefault(fields["code"], Member())
            member.admitted, member.ended = fields["admitted"], fields.get("ended") or "9999"
        elif row["model"] == "votes.seatgap":
            away = (fields["from_date"], fields["to_date"])
            found.setdefault(fields["member"][0], Member()).away.append(away)
        elif row["model"] == "votes.statename":
            code = fields["member"][0]
            span = (fields.get("from_date") or "", fields.get("to_date") or "9999")
            name = fields["name_en"].upper()
            found.setdefault(code, Member()).names.append((*span, fields.get("code") or code, name))
    return [member for member in found.values() if member.names]


def years() -> list[int]:
    starts = sorted(VOTES_BY_YEAR)
    return [
        year
        for start, end in pairwise(starts)
        for year in range(start, end)
        for _ in range(VOTES_BY_YEAR[start])
    ]


def days(votes: int, rng: random.Random) -> list[datetime.date]:
    """Most votes fall into the last quarter of a year; the others anywhere in it."""
    chosen = sorted(rng.choice(years()) for _ in range(votes))
    return sorted(
        datetime.date(year, 1, 1) + datetime.timedelta(rng.randrange(*rng.choice(SEASONS)))
        for year in chosen
    )


SEASONS = ((270, 364), (270, 364), (270, 364), (15, 270))


def words(rng: random.Random, shortest: int, longest: int) -> str:
    wanted = int(rng.triangular(shortest, longest, shortest + (longest - shortest) / 4))
    text = rng.choice(WORDS)
    while len(text) < wanted:
        text += " " + rng.choice(WORDS)
    return text[:1].upper() + text[1:]


def roman(number: int) -> str:
    text = ""
    for value, letter in ROMAN:
        text += letter * (number // value)
        number %= value
    return text


def symbol(session: int, number: int) -> str:
    return f"A/RES/{number}({roman(session)})" if session <= 30 else f"A/RES/{session}/{number}"


def subjects(rng: random.Random) -> str:
    count = rng.choice((0, 1, 1, 2, 2, 3, 4))
    return "|".join(f"{rng.choice(TOPICS)}--{rng.choice(ASPECTS)}" for _ in range(count))


def tail(number: int, day: datetime.date, counts: dict[str, int], rng: random.Random) -> list[str]:
    """Everything that is the same in each row of one vote."""
    session = max(1, day.year - 1945 - (day.month < 9))
    place = f"A/{session}/" if session > 30 else "A/"
    title = words(rng, 40, 230)
    return [
        day.isoformat(),
        str(session),
        symbol(session, number),
        f"{place}L.{number}" if rng.random() < 0.4 else "",
        f"{place}{400 + number}" if rng.random() < 0.6 else "",
        f"{place}PV.{40 + number % 60}",
        f"{title} : resolution / adopted by the General Assembly",
        words(rng, 30, 190) + ".",
        subjects(rng),
        "",
        *(f"{counts[letter]}.0" for letter in "YNAX"),
        f"{sum(counts.values())}.0",
    ]


def rows(votes: int, rng: random.Random) -> Iterator[str]:
    """The text of one vote after another, its rows adjacent."""
    states = members()
    for number, day in enumerate(days(votes, rng)):
        printed = filter(None, (state.printed_on(day.isoformat()) for state in states))
        seated = sorted(line([code, name])[:-1] for code, name in printed)
        letters = rng.choices(list(HABITS), list(HABITS.values()), k=len(seated))
        counts = {letter: letters.count(letter) for letter in "YNAX"}
        identity = 500_000 + 7 * number
        link = f"https://digitallibrary.un.org/record/{identity}"
        end = line([*tail(number % 400 + 31, day, counts, rng), link])
        yield "".join(
            f"{identity},{cells},{letter},{end}"
            for cells, letter in zip(seated, letters, strict=True)
        )


def line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def write(path: Path, votes: int, seed: int = 1) -> tuple[int, int]:
    """Write the file; return its number of positions and of bytes."""
    rng = random.Random(seed)
    positions = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for text in rows(votes, rng):
            file.write(text)
            positions += text.count("\n")
    return positions, path.stat().st_size


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("path", type=Path)
    options.add_argument("--votes", type=int, default=6500)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    positions, size = write(given.path, given.votes, given.seed)
    print(f"{given.votes:,} votes, {positions:,} positions, {size / 1e6:.0f} MB in {given.path}")


if __name__ == "__main__":
    main()
