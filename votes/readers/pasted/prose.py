"""Where running text begins after a list whose end isn't marked.

Only beginnings that are known end a list: what else follows a name is shown as unclear. No name of
a member contains one, which a test makes sure of.
"""

import re

from votes.readers.pasted.furniture import ORDINAL

AFTER_THE = (
    r"draft|(?:sub-?)?amendments?|motions?|(?:sub-?)?paragraphs?|operative|preambular|oral"
    r"|proposals?|results?|resolutions?|recommendations?|president|acting|(?:co-?)?chair\w*|vice"
    r"|temporary|(?:general )?assembly|committee|secretary|secretariat|representatives?"
    r"|delegations?|meeting|votes?|voting|text|request|ruling|challenge|appeal|preamble|sections?"
    r"|parts?|chapter|words?|phrase|provisions?|decisions?|annex|above|following|revised|amended"
    rf"|proposed|separate|procedural|{ORDINAL}|\w+-power"
)
AT_THE_BEGINNING = (
    r"draft|operative|preambular|(?:sub-?)?paragraphs?|(?:sub-?)?amendments?|oral|motion|sections?"
    r"|part|chapter|resolutions?|decisions?|documents?|annex(?:es)?|subsequently"
    rf"|{ORDINAL} (?:preambular|operative|paragraph)|by (?:\d|a\b)"
    r"|a (?:recorded|separate|non-recorded|vote|roll|single)"
    r"|i (?:now|shall|call|give|should|will|thank|put|declare|invite)|we (?:shall|will|have|now)"
    r"|may i|mr\.|mrs\.|ms\.|miss|sir|dame|action on|vot(?:e|ing) on|having|owing"
    r"|as (?:there|the|a)|in (?:explanation|accordance|the)|it was|there (?:were|was|are)|at the"
    r"|before|after|speaking|explanations?|statements?|agenda item|this|these|delegates?|several"
    r"|introduction|adopted|rejected|retained|requested|recorded vote"
)


def spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


PROSE = re.compile(
    rf"(?:^|(?<=[\s.)\]*]))(?:(?:[Tt]he|THE)\s+(?i:{spaced(AFTER_THE)})\b"
    rf"|(?=[A-Z])(?i:{spaced(AT_THE_BEGINNING)})(?:\b|(?<=\.)))"
)
