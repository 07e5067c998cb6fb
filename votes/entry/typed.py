"""What the form of a grid brought: positions, and what about it cannot be meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from votes.entry.differences import LABELS
from votes.entry.findings import Found

PREFIX = "p-"

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Typed:
    """Positions of members (code → position), and why they cannot be taken as they are."""

    positions: Mapping[str, str]
    problems: Sequence[Found]


def read_typed(fields: Fields, names: Mapping[str, str]) -> Typed:
    """Read the fields of a grid that offers these members (code → name)."""
    sent = {
        name.removeprefix(PREFIX): list(dict.fromkeys(values))
        for name, values in fields.items()
        if name.startswith(PREFIX)
    }
    positions = {
        code: values[0]
        for code, values in sent.items()
        if code in names and len(values) == 1 and values[0] in LABELS
    }
    return Typed(
        {code: position for code, position in positions.items() if position},
        list(_problems(sent, names)),
    )


def _problems(sent: Mapping[str, list[str]], names: Mapping[str, str]) -> Iterator[Found]:
    if strangers := [code for code in sent if code not in names]:
        yield _refusal(
            "member-not-seated",
            _t("No member with the code %(codes)s had a seat that day, so it was left out."),
            codes=", ".join(sorted(strangers)[:10]),
        )
    if missing := [name for code, name in names.items() if code not in sent]:
        yield _refusal(
            "grid-not-whole",
            _t("The page arrived without %(names)s: set what is missing and send it again."),
            names=", ".join(missing[:10]),
        )
    for code, values in sent.items():
        if code in names:
            yield from _problems_of(names[code], values)


def _problems_of(name: str, values: list[str]) -> Iterator[Found]:
    if len(values) > 1:
        sentence = _t("%(name)s came with two positions: choose one.")
        yield _refusal("member-twice", sentence, name=name)
    elif values[0] not in LABELS:
        sentence = _t("%(name)s came with “%(value)s”, which is no position: choose one.")
        yield _refusal("position", sentence, name=name, value=values[0][:20])


def _refusal(code: str, sentence: str, **values: str) -> Found:
    return Found(code, sentence % values, is_hard=True)
