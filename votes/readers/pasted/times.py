"""When a vote was taken, as far as a text says: some names meant other states at other times."""

from collections.abc import Iterable
from datetime import date

from resolutions.symbols import SessionCode, SessionKind, Symbol, try_parse
from votes.readers.names import Period, When
from votes.readers.pasted.flow import Flow
from votes.readers.pasted.furniture import dates_in, meetings_in
from votes.readers.pasted.groups import Grouping
from votes.readers.pasted.problems import Problems
from votes.readers.pasted.reading import ProblemCode

# The first regular session was in 1946; one opens in September and may end a year later.
YEAR_BEFORE_THE_FIRST = 1945
# Emergency special sessions are adjourned and resumed for years.
EMERGENCY_SESSIONS = {
    1: 1956, 2: 1956, 3: 1958, 4: 1960, 5: 1967, 6: 1980, 7: 1980, 8: 1981, 9: 1982, 10: 1997,
    11: 2022,
}  # fmt: skip


def header_dates(flow: Flow) -> list[tuple[int, date]]:
    return [(number, day) for number, line in flow.headers for day in dates_in(line)]


def meeting_of(flow: Flow) -> str:
    """The meeting that the page headers name: its symbol, or else its number in words."""
    named = dict.fromkeys(meeting for _, line in flow.headers for meeting in meetings_in(line))
    symbols = [meeting for meeting in named if "/" in meeting]
    candidates = symbols or list(named)
    return candidates[0] if len(candidates) == 1 else ""


def time_of(flow: Flow, grouping: Grouping, given: date | None) -> When:
    """The day given, else that of the page headers, else the sessions of the symbols."""
    days = {day for _, day in header_dates(flow)}
    if given or len(days) == 1:
        return given or days.pop()
    meeting = try_parse(meeting_of(flow))
    found = [meeting] if meeting else list(symbols_told(grouping))
    periods = [period_of(symbol.session) for symbol in found if symbol and symbol.session]
    known = [period for period in periods if period]
    if not known:
        return None
    return Period(min(p.first for p in known), max(p.last for p in known))


def symbols_told(grouping: Grouping) -> Iterable[Symbol | None]:
    for group in grouping.groups:
        yield from (group.sentence.draft, group.sentence.resolution)
        yield from (ask.draft for ask in group.asks)


def period_of(session: SessionCode) -> Period | None:
    if session.kind is SessionKind.REGULAR:
        year = YEAR_BEFORE_THE_FIRST + session.number
        return Period(date(year, 1, 1), date(year + 1, 12, 31))
    if session.kind is SessionKind.EMERGENCY and session.number in EMERGENCY_SESSIONS:
        return Period(date(EMERGENCY_SESSIONS[session.number], 1, 1), date.max)
    return None


def check_date(flow: Flow, problems: Problems, given: date | None) -> None:
    days = header_dates(flow)
    if given and days and given not in {day for _, day in days}:
        line, day = days[0]
        problems.add_at(
            ProblemCode.OTHER_DATE,
            f"The text is dated {written(day)}, and the vote {written(given)}.",
            line,
        )


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
