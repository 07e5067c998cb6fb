"""Which numbers of resolutions are held, and which are certainly missing."""

import pytest

from resolutions.numbering import numbers_of
from resolutions.symbols import normalise


def missing(*symbols: str) -> dict[str, list[int]]:
    found = numbers_of(map(normalise, symbols))
    return {code: list(numbers.missing) for code, numbers in found.items()}


@pytest.mark.parametrize(
    ("symbols", "gaps"),
    [
        ([], {}),
        (["A/RES/77/1", "A/RES/77/2"], {"77": []}),
        (["A/RES/77/5", "A/RES/77/2"], {"77": [1, 3, 4]}),
        (["A/RES/77/1", "A/RES/76/3"], {"77": [], "76": [1, 2]}),
        (["A/RES/ES-11/1", "A/RES/ES-11/3", "A/RES/S-10/2"], {"ES-11": [2], "S-10": [1]}),
        # A part is of its number, whichever others there are.
        (["A/RES/48/2C", "A/RES/48/75A", "A/RES/48/3A-D"], {"48": [1, *range(4, 75)]}),
        # Decisions, drafts and reports are not numbered among resolutions.
        (["A/RES/77/1", "A/DEC/77/9", "A/77/L.9", "A/77/9"], {"77": []}),
    ],
)
def test_from_the_31st_session_on_each_session_counts_from_one(symbols, gaps):
    assert missing(*symbols) == gaps


@pytest.mark.parametrize(
    ("symbols", "gaps"),
    [
        (["A/RES/1514(XV)"], {"15": []}),
        (["A/RES/1510(XV)", "A/RES/1514(XV)"], {"15": [1511, 1512, 1513]}),
        (["A/RES/377(V)[A]", "A/RES/380(V)[A-C]"], {"5": [378, 379]}),
        (["A/RES/63(I)[PARA.3]", "A/RES/65(I)"], {"1": [64]}),
        # Between two sessions nobody knows where the one ended.
        (["A/RES/1510(XV)", "A/RES/1514(XVI)"], {"15": [], "16": []}),
        # A special session sat in between: what it passed is its own, and the rest is not certain.
        (
            ["A/RES/2248(XXI)", "A/RES/2260(XXI)", "A/RES/2252(ES-V)", "A/RES/2255(ES-V)"],
            {"21": [2249, 2250, 2251, 2256, 2257, 2258, 2259], "ES-5": []},
        ),
    ],
)
def test_before_one_count_ran_through_all_sessions(symbols, gaps):
    assert missing(*symbols) == gaps


def test_missing_numbers_are_told_as_ranges():
    numbers = numbers_of(["A/RES/77/3", "A/RES/77/5", "A/RES/77/9"])["77"]
    assert (numbers.first, numbers.last) == (1, 9)
    assert numbers.ranges == [(1, 2), (4, 4), (6, 8)]
