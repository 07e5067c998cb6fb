"""The recorded votes of the plenary in the columns of other data sets, for scripts written there.

These files are written as those data sets have them: nothing is put before a cell that a
spreadsheet could take for a formula. Each layout counts what it cannot carry.
"""

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from votes.opendata.pack.layouts.undl import UNDL
from votes.opendata.pack.layouts.unvotes import Unvotes
from votes.opendata.pack.layouts.voeten import Voeten
from votes.opendata.pack.table import Table


class Layout(Protocol):
    """`left_out` is known when the rows of the tables were read."""

    left_out: Counter[str]

    @property
    def tables(self) -> tuple[Table, ...]: ...

    @property
    def cannot_carry(self) -> tuple[str, ...]: ...


LAYOUTS: dict[str, Callable[[], Layout]] = {"undl": UNDL, "voeten": Voeten, "unvotes": Unvotes}
