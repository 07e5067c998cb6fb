"""Words and dates as the portal writes them, in the reader's language."""

import datetime
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import TypeVarTuple

from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _t

BETWEEN_TOTALS = "–"
REMEMBERED = 10_000
Given = TypeVarTuple("Given")


def remembered(words: Callable[[*Given], str]) -> Callable[[*Given], str]:
    """Have words put together once for each language: lists repeat the same dates and shares."""

    @lru_cache(REMEMBERED)
    def in_language(_language: str | None, *given: *Given) -> str:
        return words(*given)

    @wraps(words)
    def remembering(*given: *Given) -> str:
        return in_language(get_language(), *given)

    return remembering


@remembered
def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th … in the reader's language."""
    if number % 100 in (11, 12, 13):
        form = pgettext("ordinal", "%(number)dth")
    else:
        form = {
            1: pgettext("ordinal", "%(number)dst"),
            2: pgettext("ordinal", "%(number)dnd"),
            3: pgettext("ordinal", "%(number)drd"),
        }.get(number % 10, pgettext("ordinal", "%(number)dth"))
    return form % {"number": number}


@remembered
def long_date(date: datetime.date) -> str:
    """Return a date as `2 March 2022`, never as numbers."""
    return formats.date_format(date, pgettext("date format", "j F Y"))


@remembered
def month_and_year(date: datetime.date) -> str:
    return formats.date_format(date, pgettext("date format", "F Y"))


def tally_text(yes: int, no: int, abstain: int) -> str:
    """Return the three totals as `141–5–35`."""
    return BETWEEN_TOTALS.join(str(count) for count in (yes, no, abstain))


@remembered
def grouped(number: int) -> str:
    """Return a number with its thousands apart, as the reader's language writes them."""
    return formats.number_format(number, force_grouping=True)


def in_percent(value: float) -> str:
    """Return a share as the reader's language writes it, `73.1 %`; nothing and all are whole."""
    return _in_percent(round(value, 1), 0 if value in (0, 100) else 1)


@remembered
def _in_percent(value: float, places: int) -> str:
    number = formats.number_format(value, decimal_pos=places)
    return pgettext("percentage", "%(number)s %%") % {"number": number}


def options(choices: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """Return the options of a select, much faster than a template loops over hundreds."""
    drawn = [option(value, label, is_chosen=value == chosen) for value, label in choices]
    return mark_safe("".join(drawn))  # noqa: S308  # value and label are escaped


def option(value: str, label: str, more: str = "", *, is_chosen: bool = False) -> str:
    """Return one option of a select; what is told `more` has no sign of markup in it."""
    chosen = " selected" * is_chosen
    return f'<option value="{_escaped(value)}"{chosen}>{_escaped(label)}{more}</option>'


# Selects repeat the same values and labels.
_escaped = lru_cache(REMEMBERED)(escape)


@remembered
def no_totals(method: str | None) -> str:
    """Say why a line has no totals; `method` is that of the last decision, if there is one."""
    if method in WITHOUT_A_VOTE:
        return WITHOUT_A_VOTE[method]()
    return _t("totals not held") if method else _t("no vote yet")


@remembered
def no_positions(method: str | None) -> str:
    """Say why a line has no positions of single members."""
    if not method:
        return "–"
    return NO_POSITIONS.get(method, lambda: _t("totals only"))()


WITHOUT_A_VOTE = {
    "without a vote": lambda: _t("without a vote"),
    "acclamation": lambda: _t("by acclamation"),
}
NO_POSITIONS = {
    "without a vote": lambda: _t("none: no vote"),
    "acclamation": lambda: _t("none: no vote"),
    "secret ballot": lambda: _t("secret"),
    "non-recorded": lambda: _t("never recorded"),
}
