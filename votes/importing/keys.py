"""Stable keys of what is imported, the same as those of the shipped fixtures."""

import csv
import hashlib
import re
from collections.abc import Container
from functools import cache
from pathlib import Path

from votes.importing.told import Told
from votes.models import Question

KEYS = Path(__file__).resolve().parent.parent / "data" / "keys.csv"
LONGEST_TEXT, LONGEST_EVENT, LONGEST_SUBJECT = 60, 80, 120


def slug(text: str) -> str:
    """A/RES/377(V)[A] becomes A-RES-377-V-A."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")


@cache
def listed() -> dict[str, str]:
    with KEYS.open(encoding="utf-8", newline="") as file:
        return {row["symbol"]: row["key"] for row in csv.DictReader(file)}


def text_key(symbol: str) -> str:
    return listed().get(symbol) or shortened(slug(symbol), LONGEST_TEXT)


def event_key(told: Told, text: str, number: str) -> str:
    """The day and the text; what is no vote on a whole text has the number of its record too.

    `number` is "undl-4025240" or "rcid-5309".
    """
    parts = [told.date.isoformat(), text]
    if told.event["question"] != Question.WHOLE:
        parts.append(number)
    return shortened("-".join(filter(None, parts)), LONGEST_EVENT)


def subject_key(name: str) -> str:
    return shortened(f"library-{slug(name).lower()}", LONGEST_SUBJECT)


def shortened(key: str, longest: int) -> str:
    """Two long keys that begin alike stay two."""
    return key if len(key) <= longest else f"{key[: longest - 9].rstrip('-.')}-{digest(key)}"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def free(key: str, taken: Container[str], number: str, longest: int) -> str:
    """`key`, or with the number of the record behind it where it is taken."""
    if key not in taken:
        return key
    return f"{key[: longest - len(number) - 1].rstrip('-.')}-{number}"
