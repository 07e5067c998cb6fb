"""What may stand in an address of the API: said once, for checking, for the document and the page.

A parameter is described exactly: what fits its schema is understood, and anything else is refused
with a sentence. Pages are more forgiving; a program is better told at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from votes.api.words import Text

WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
ANYTHING = r"[^\u0000]*"  # PostgreSQL stores no NUL


@dataclass(frozen=True)
class Parameter:
    """One parameter; `choices` are all its values with their meaning, where they are few.

    `pattern` describes the whole value.
    """

    name: str
    description: Text
    type: type = str
    choices: Mapping[str, Text] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    pattern: str = ANYTHING
    default: Any = None
    example: str = ""
    most_times: int = 1

    def schema(self) -> dict[str, Any]:
        """Return what fits as a JSON Schema."""
        one = self._schema_of_one()
        if self.most_times == 1:
            return one
        return {"type": "array", "items": one, "maxItems": self.most_times}

    def _schema_of_one(self) -> dict[str, Any]:
        if self.choices:
            return {"type": "string", "enum": list(self.choices)}
        if self.type is int:
            limits = {"minimum": self.least, "maximum": self.most, "default": self.default}
            return {"type": "integer"} | _known(limits)
        pattern = f"^(?:{self.pattern})$"
        return {"type": "string", "pattern": pattern} | _known({"maxLength": self.longest})

    def problem(self, values: list[str]) -> str:
        """Say in a sentence what is wrong with the values in an address, or nothing."""
        if len(values) > self.most_times:
            told = {"name": self.name, "times": self.most_times}
            return ngettext(
                "%(name)s: give it once.", "%(name)s: give it at most %(times)d times.",
                self.most_times,
            ) % told  # fmt: skip
        if all(map(self.fits, values)):
            return ""
        return f"{self.name}: {self.wanted}"

    def fits(self, value: str) -> bool:
        if self.choices:
            return value in self.choices
        if self.type is int:
            return bool(WHOLE_NUMBER.fullmatch(value)) and self._is_within(int(value))
        is_short = self.longest is None or len(value) <= self.longest
        return is_short and bool(re.fullmatch(self.pattern, value, re.DOTALL))

    def _is_within(self, number: int) -> bool:
        return (self.least is None or number >= self.least) and (
            self.most is None or number <= self.most
        )

    @property
    def wanted(self) -> str:
        """Return what fits, in a sentence."""
        if self.choices:
            known = ", ".join(value for value in self.choices if value)
            return _t("choose one of %(known)s.") % {"known": known}
        if self.type is int:
            limits = {"least": self.least, "most": self.most}
            return _t("write a whole number from %(least)s to %(most)s.") % limits
        if self.pattern != ANYTHING:
            return _t("write it like %(example)s.") % {"example": self.example}
        return _t("write at most %(longest)s characters, none of them NUL.") % {
            "longest": self.longest
        }


def _known(limits: dict[str, Any]) -> dict[str, Any]:
    return {name: limit for name, limit in limits.items() if limit is not None}
