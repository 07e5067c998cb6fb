"""Any file that can be read, by the one reader that it needs.

with open_file(path) as opened:
    for found in read(opened): ...   # RollCall | Refusal
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from votes.readers import marcxml, undl, undl_outcomes, voeten
from votes.readers.files import Opened, UnreadableFile
from votes.readers.gathering import gather_in_order
from votes.readers.rollcalls import VOETEN, Layout, Refusal, RollCall

Reader = Callable[[Opened], Iterator[RollCall | Refusal]]

READERS: Mapping[Layout, Reader] = {
    Layout.UNDL_V1: undl.read,
    Layout.UNDL_V2: undl.read,
    Layout.UNDL_V3: undl.read,
    Layout.UNDL_WIDE: undl.read,
    Layout.UNDL_OUTCOMES: undl_outcomes.read,
    Layout.UNDL_MARCXML: marcxml.read,
    Layout.VOETEN_2021: voeten.read,
    Layout.VOETEN_2016: voeten.read,
}


IN_ORDER: Mapping[Layout, Reader] = {
    **READERS,
    **dict.fromkeys(undl.LONG, partial(undl.read, gather=gather_in_order, names=False)),
    **dict.fromkeys(VOETEN, partial(voeten.read, gather=gather_in_order, names=False)),
}


def read(opened: Opened, *, in_order: bool = False) -> Iterator[RollCall | Refusal]:
    """What the file holds.

    `in_order` is for who can take back all of it (see `gathering`), and asks for no printed names.
    """
    layout, sentence = opened.kind
    if layout is None:
        raise UnreadableFile(sentence)
    return (IN_ORDER if in_order else READERS)[layout](opened)
