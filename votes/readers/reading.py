"""Any file that can be read, by the one reader that it needs.

with open_file(path) as opened:
    for found in read(opened): ...   # RollCall | Refusal
"""

from collections.abc import Callable, Iterator, Mapping

from votes.readers import marcxml, undl, undl_outcomes, voeten
from votes.readers.files import Opened, UnreadableFile
from votes.readers.rollcalls import Layout, Refusal, RollCall

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


def read(opened: Opened) -> Iterator[RollCall | Refusal]:
    layout, sentence = opened.kind
    if layout is None:
        raise UnreadableFile(sentence)
    return READERS[layout](opened)
