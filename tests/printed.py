"""What the fixtures print, read from their files without the portal's code: the figures to expect.

A page is right where it says what stands here, and not where it says what the same code says twice.
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"
LABELS = {"Y": "Yes", "N": "No", "A": "Abstain", "X": "Non-voting", "I": "Not eligible"}
DAYS = {
    "A/RES/68/262": "2014-03-27",
    "A/RES/ES-11/1": "2022-03-02",
    "A/RES/ES-11/2": "2022-03-24",
    "A/RES/ES-11/3": "2022-04-07",
    "A/RES/ES-11/4": "2022-10-12",
    "A/RES/ES-11/5": "2022-11-14",
    "A/RES/ES-11/6": "2023-02-23",
    "A/RES/ES-11/7": "2025-02-24",
    "A/RES/ES-11/8": "2025-02-24",
}
TEXTS = list(DAYS)


@cache
def fixture(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def rows(name: str, model: str) -> Iterator[dict[str, Any]]:
    return (row["fields"] for row in fixture(name) if row["model"] == model)


@cache
def key_of_event(symbol: str) -> str:
    """Return the key of the vote by which the Assembly adopted this text."""
    [text] = [
        row["text"][0]
        for name in ("articles", "record")
        for row in rows(name, "resolutions.documentsymbol")
        if row["symbol"] == symbol
    ]
    keys = {
        row["key"]
        for name in ("articles", "record")
        for row in rows(name, "votes.voteevent")
        if row.get("text") == [text] and row.get("question", "whole") == "whole"
    }
    [key] = keys
    return str(key)


@cache
def roll_call(symbol: str) -> dict[str, str]:
    """Return code → position, as one letter."""
    key = key_of_event(symbol)
    return {
        row["member"][0]: row["position"]
        for row in rows("record", "votes.vote")
        if row["event"] == [key]
    }


def totals(symbol: str) -> Counter[str]:
    return Counter(roll_call(symbol).values())


@cache
def names_on(day: str) -> dict[str, str]:
    """Return code → the English name in force on a day."""
    return {
        row["member"][0]: row["name_en"]
        for row in rows("member_states", "votes.statename")
        if (row.get("from_date") or "0") <= day < (row.get("to_date") or "9")
    }


@cache
def all_names() -> dict[str, str]:
    """Return code → the English names of all times, a line each."""
    names: dict[str, list[str]] = {}
    for row in rows("member_states", "votes.statename"):
        names.setdefault(row["member"][0], []).append(row["name_en"])
    return {code: "\n".join(of_one) for code, of_one in names.items()}


@cache
def groups() -> dict[str, str]:
    """Return code → key of the regional group."""
    return {
        row["member"][0]: row["group"][0] for row in rows("member_states", "votes.groupmembership")
    }


def board(symbol: str) -> dict[str, str]:
    """Return name of the day → position in words."""
    names = names_on(DAYS[symbol])
    return {names[code]: LABELS[position] for code, position in roll_call(symbol).items()}


def events_of(text: str) -> set[str]:
    """Return the keys of the timeline's events that are tied to a text."""
    return {
        row["event"][0]
        for name in ("articles", "record")
        for row in rows(name, "resolutions.timelinelink")
        if row["text"] == [text]
    }


def names_with(symbol: str, position: str) -> set[str]:
    return {name for name, label in board(symbol).items() if label == LABELS[position]}
