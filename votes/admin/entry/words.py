"""Sentences of the grid's page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t

from resolutions.admin_base.panels import link, page
from resolutions.wording import long_date
from votes.entry.differences import LABELS
from votes.entry.findings import Found
from votes.entry.grid import Grid
from votes.entry.meanwhile import Meanwhile
from votes.models import VoteEvent

WITHOUT_POSITION = "seated-member-without-position"


def title(event: VoteEvent) -> str:
    text = event.text.symbol or event.text.key if event.text else event.key
    return _t("Positions: %(text)s, %(date)s") % {"text": text, "date": long_date(event.date)}


def for_reviewers(event: VoteEvent) -> str:
    return _t("The vote event is “%(state)s”: only a reviewer may change its positions.") % {
        "state": event.get_state_display()
    }


def no_positions(event: VoteEvent) -> str:
    return _t("There are no positions to enter: the method is “%(method)s”.") % {
        "method": event.get_method_display()
    }


def nothing_found() -> str:
    return _t("Nothing stands in the way. Nothing is saved yet.")


def all_others_are(position: str) -> str:
    return _t("All others are set to “%(position)s”. Nothing is saved yet.") % {
        "position": LABELS[position]
    }


def not_for_all_others(value: str) -> str:
    return _t("All others cannot be set to “%(value)s” here.") % {"value": value[:20]}


def only_drafts_wait() -> str:
    return _t("Only a draft can be kept unfinished: set all positions, or send it back first.")


def reason_wanted() -> str:
    return _t("The vote is published: give the reason of the change, which the public reads.")


def in_names(found: Iterable[Found], grid: Grid) -> list[Found]:
    """Return the findings as the page tells them: members by name, and one thing after another.

    While positions are missing, totals differ of themselves: no reason is asked for that.
    """
    found = list(found)
    is_whole = not any(one.is_about_completeness for one in found)
    return [
        replace(one, sentence=not_set(grid)) if one.code == WITHOUT_POSITION else one
        for one in found
        if is_whole or one.code != "totals-differ"
    ]


def not_set(grid: Grid) -> str:
    return _t("These members have no position yet: %(names)s.") % {"names": grid.names_not_set}


def both_versions(
    meanwhile: Meanwhile, grid: Grid, saved: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return the name of each member that was saved otherwise meanwhile, and both positions."""
    typed = {row.code: row.position for row in grid.rows}
    return [
        (
            grid.names.get(code, code),
            _t("%(saved)s; you: %(yours)s")
            % {"saved": LABELS[saved.get(code, "")], "yours": LABELS[typed.get(code, "")]},
        )
        for code in meanwhile.codes
    ]


def done(event: VoteEvent, grid: Grid) -> SafeString:
    held = [f"{counter.option.label} {counter.count}" for counter in grid.counters if counter.count]
    said = _t("The positions are saved: %(tally)s.") % {"tally": ", ".join(held) or _t("none")}
    preview = link(page(VoteEvent, "preview", event.pk), _t("See the page as the public will."))
    return format_html("{} {}", said, preview)
