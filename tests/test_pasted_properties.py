"""Thousands of generated pastes with one mutation each: none is read wrongly in silence.

The oracle knows the record from which a paste was printed and what the mutation did to it. It knows
nothing of the reader: it says what the text now states, and which problems would tell the truth.
"""

import random
import re
import textwrap
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pytest

from tests.test_names import BOOK, KNOWN, MEMBERS, ROWS, bare
from votes.readers.layouts import to_annex, to_table, to_verbatim
from votes.readers.pasted import Layout, PastedVote, ProblemCode, read_pasted

pytestmark = pytest.mark.pure

C = ProblemCode
UNREAD_NAME = {C.UNKNOWN_NAME, C.AMBIGUOUS_NAME, C.NOT_A_MEMBER}
WRONG_FIGURES = {C.TOTALS_DIFFER, C.TOTALS_DISAGREE, C.OUTCOME_CONTRADICTS}
# What may be told of a text that was torn apart.
TORN = {
    *UNREAD_NAME, *WRONG_FIGURES, C.LIST_CUT_OFF, C.LIST_END_UNCLEAR, C.LIST_EMPTY, C.LIST_MISSING,
    C.NO_TOTALS, C.TOTALS_UNREADABLE, C.INTENTION_UNREADABLE, C.NOTHING_RECOGNISED, C.TWICE,
    C.IN_TWO_LISTS, C.ROW_UNREADABLE, C.POSITION_UNKNOWN, C.COLUMNS_UNCLEAR,
    C.INTENTION_WITHOUT_VOTE, C.ABSENT_NOT_LISTED,
}  # fmt: skip

# What may be told of a text that is whole; all of it has to be understood then.
MILD = {C.LIST_CUT_OFF, C.OTHER_DATE, C.OUTCOME_CONTRADICTS}

HEADS = {
    "Y": ("In favour", "In favor", "IN FAVOUR"),
    "N": ("Against", "AGAINST"),
    "A": ("Abstaining", "Abstentions", "Abstain", "ABSTAINING"),
    "X": ("Absent", "ABSENT"),
}
INTENTIONS = {"Y": "vote in favour", "N": "vote against", "A": "abstain"}
HEADERS = (
    "A/48/PV.46",
    "22",
    "A/65/PV.71\n\n9\n10-70469",
    "46th meeting - Monday, 1 November 1993\n23",
    "\n22\nGeneral Assembly - Forty-eighth session",
    "General Assembly 11 November 1993 46th meeting 48th session",
    "65/71\nA/65/PV.71",
    "United Nations\nGeneral Assembly\nOfficial Records",
    "A/ES-11/PV.5  02/03/2022",
    "14/15 22-27778",
    "Page 22",
)


@dataclass
class Printed:
    """A vote as a text prints it: names by list, figures, and the words around them."""

    lists: dict[str, list[tuple[str, str]]]
    kind: str
    subject: str
    result: str
    figures: dict[str, int]
    draft: str = ""
    carried: str = ""  # the draft that a paragraph may be said to belong to, from an earlier vote
    resolution: str = ""
    intentions: list[tuple[str, str]] = field(default_factory=list)
    bare: bool = False  # figures only: its lists are not in the text

    def recount(self) -> None:
        self.figures = {position: len(names) for position, names in self.lists.items()}


@dataclass
class Style:
    heads: dict[str, str]
    colon: str
    stop: str
    width: int
    final_and: bool
    counts: bool
    eol: str = "\n"


@dataclass
class Paste:
    layout: Layout
    when: date
    votes: list[Printed]
    style: Style


@dataclass
class Case:
    """A text, what it states, and what a reader has to say of it.

    `must` names problems of which one has to be told; where it is empty the text may be read
    without a word, and otherwise only the problems in `may` are true.
    """

    text: str
    when: date | None
    votes: list[Printed]
    layout: Layout
    must: set[ProblemCode] = field(default_factory=set)
    may: set[ProblemCode] = field(default_factory=set)


# --- the record ---------------------------------------------------------------------------------


@cache
def seated(when: date) -> dict[str, list[str]]:
    """Who was seated on a day, with the names that a text of the time may print."""
    iso = when.isoformat()
    away = {
        row["fields"]["member"][0]
        for row in ROWS
        if row["model"] == "votes.seatgap"
        and row["fields"]["from_date"] <= iso < row["fields"]["to_date"]
    }
    codes = [
        m["code"]
        for m in MEMBERS
        if m["admitted"] <= iso and (m.get("ended") or "9999") > iso and m["code"] not in away
    ]
    return {code: names_on(code, when) for code in codes}


PRESS_NAMES = {
    "USA": "United States", "GBR": "United Kingdom", "IRN": "Iran", "SYR": "Syria",
    "VEN": "Venezuela", "BOL": "Bolivia", "TZA": "Tanzania", "MDA": "Republic of Moldova",
    "FSM": "Federated States of Micronesia", "LAO": "Lao PDR", "RUS": "Russia", "VNM": "Vietnam",
    "BRN": "Brunei", "PRK": "DPRK", "BIH": "Bosnia-Herzegovina", "CIV": "Cote d'Ivoire",
}  # fmt: skip
BEFORE_ZAIRE = {"COG": "Congo (Brazzaville)", "COD": "Congo (Leopoldville)"}


def names_on(code: str, when: date) -> list[str]:
    if code in BEFORE_ZAIRE and when < date(1971, 10, 27):
        return [BEFORE_ZAIRE[code]]
    own = [name for name in KNOWN if name.code == code]
    named = [
        name.text
        for name in own
        if (name.from_date or date.min) <= when < (name.to_date or date.max)
    ]
    other = [PRESS_NAMES[code]] if code in PRESS_NAMES and when > date(1992, 1, 1) else []
    return [*(named[-1:] or [own[-1].text]), *other]


SUBJECTS = (
    ("whole", "Draft resolution {draft}"),
    ("whole", "Draft resolution {draft}, as a whole,"),
    ("whole", "The draft resolution"),
    ("paragraph", "Operative paragraph {n}"),
    ("paragraph", "The eighth preambular paragraph"),
    ("paragraph", "Preambular paragraph {n} of draft resolution {draft}"),
    ("amendment", "The amendment"),
    ("amendment", "The oral amendment to draft resolution {draft}"),
    ("motion", "The motion for division"),
)


def generate(rng: random.Random) -> Paste:
    when = date(rng.randint(1950, 2024), rng.randint(1, 12), rng.randint(1, 28))
    layout = rng.choice([Layout.VERBATIM] * 4 + [Layout.ANNEX] * 3 + [Layout.PRESS, Layout.TABLE])
    number = 1 if layout is Layout.TABLE else rng.choice((1, 1, 2, 3))
    draft = f"A/{session_of(when)}/L.{rng.randint(1, 99)}"
    votes = [generate_vote(rng, when, layout, draft) for _ in range(number)]
    return Paste(layout, when, votes, generate_style(rng, layout))


def generate_style(rng: random.Random, layout: Layout) -> Style:
    return Style(
        heads={position: rng.choice(heads) for position, heads in HEADS.items()},
        colon=rng.choice((":", ":", ":", " :", "\n:", ":\n", ":  ", "\n")),
        stop=rng.choice((".", ".", "")),
        width=rng.choice((0, 28, 45, 60, 90)),
        final_and=layout is Layout.PRESS and rng.random() < 0.5,
        counts=layout is Layout.ANNEX and rng.random() < 0.4,
    )


def session_of(when: date) -> int:
    return max(31, when.year - 1945)


def generate_vote(rng: random.Random, when: date, layout: Layout, draft: str = "") -> Printed:
    members = seated(when)
    codes = rng.sample(sorted(members), min(len(members), rng.choice((6, 15, 40, 80, 193))))
    weights = rng.choice(("YYYYYNAX", "YYYNNNAX", "YYYYYYYX", "YNNNNNAX", "YYAAAAN"))
    lists: dict[str, list[tuple[str, str]]] = {position: [] for position in "YNAX"}
    for code in codes:
        lists[rng.choice(weights)].append((code, rng.choice(members[code])))
    for names in lists.values():
        names.sort(key=lambda name: bare(name[1]).lower())
    kind, subject = rng.choice(SUBJECTS)
    passed = len(lists["Y"]) > len(lists["N"])
    result = ("retained" if kind == "paragraph" else "adopted") if passed else "rejected"
    printed = Printed(
        lists=lists if layout is not Layout.VERBATIM else {p: lists[p] for p in "YNA"},
        kind=kind,
        subject=subject.format(draft=draft, n=rng.randint(1, 40)),
        result=result,
        figures={},
        draft=draft if "{draft}" in subject else "",
        carried=draft if kind in ("paragraph", "amendment") else "",
    )
    printed.recount()
    if layout is Layout.VERBATIM:
        if kind == "whole" and passed and rng.random() < 0.7:
            printed.resolution = f"A/RES/{session_of(when)}/{rng.randint(1, 299)}"
        if rng.random() < 0.3:
            position = rng.choice("YNA")
            printed.intentions = [(code, position) for code in rng.sample(codes, rng.randint(1, 3))]
    return printed


# --- printing -----------------------------------------------------------------------------------


def render(paste: Paste) -> str:
    printers = {
        Layout.VERBATIM: print_verbatim,
        Layout.ANNEX: print_annex,
        Layout.PRESS: print_press,
        Layout.TABLE: print_table,
    }
    between = "\n\n" if paste.layout is Layout.ANNEX else "\n"
    return between.join(printers[paste.layout](vote, paste) for vote in paste.votes)


def print_verbatim(vote: Printed, paste: Paste) -> str:
    order = ("N", "Y") if vote.result == "rejected" else ("Y", "N")
    first, second = (vote.figures[position] for position in order)
    adopted_as = f" (resolution {vote.resolution[6:]})" if vote.resolution else ""
    paragraphs = [
        f"The President: I now put to the vote {lower(vote.subject)}.",
        "A recorded vote was taken.",
        *(print_list(vote, position, paste.style) for position in "YNA"),
        f"{vote.subject} was {vote.result} by {first} votes to {second or 'none'},"
        f" with {abstentions(vote)}{adopted_as}.",
        *print_intentions(vote, paste.when),
    ]
    return "\n".join(wrap(paragraph, paste.style.width) for paragraph in paragraphs)


def lower(text: str) -> str:
    return text[0].lower() + text[1:].rstrip(",")


def print_intentions(vote: Printed, when: date) -> list[str]:
    if not vote.intentions:
        return []
    names = [seated(when)[code][0] for code, _ in vote.intentions]
    plural = len(names) > 1
    listed = " and ".join([", ".join(names[:-1]), names[-1]]) if plural else names[0]
    return [
        f"[Subsequently, the delegation{'s' * plural} of {listed} advised the Secretariat that"
        f" {'they' if plural else 'it'} had intended to {INTENTIONS[vote.intentions[0][1]]}.]"
    ]


def print_annex(vote: Printed, paste: Paste) -> str:
    lists = [print_list(vote, position, paste.style) for position in "YNAX"]
    sentence = f"{vote.subject} was {vote.result} {by_recorded_vote(vote)}, as follows:"
    return "\n\n".join(wrap(paragraph, paste.style.width) for paragraph in (sentence, *lists))


def print_press(vote: Printed, paste: Paste) -> str:
    def named(position: str) -> str:
        names = [name for _, name in vote.lists[position]]
        if paste.style.final_and and len(names) > 1:
            names[-2:] = [f"{names[-2]} and {names[-1]}"]
        return f" ({', '.join(names)})" if names else ""

    sentence = (
        f"{vote.subject} was then {vote.result} {by_recorded_vote(vote, named('N'), named('A'))}."
    )
    return wrap(sentence, paste.style.width)


def by_recorded_vote(vote: Printed, against: str = "", abstaining: str = "") -> str:
    return (
        f"by a recorded vote of {vote.figures['Y']} in favour to {vote.figures['N'] or 'none'}"
        f" against{against}, with {abstentions(vote)}{abstaining}"
    )


def abstentions(vote: Printed) -> str:
    number = vote.figures["A"]
    return f"{number or 'no'} abstention{'' if number == 1 else 's'}"


def print_list(vote: Printed, position: str, style: Style) -> str:
    names = ", ".join(name for _, name in vote.lists[position]) or "None"
    count = f" ({vote.figures[position]})" if style.counts else ""
    return f"{style.heads[position]}{count}{style.colon} {names}{style.stop}"


def print_table(vote: Printed, paste: Paste) -> str:
    words = {"Y": "in favour", "N": "No", "A": "abstaining", "X": "X"}
    rows = [(n, words[p]) for p, names in vote.lists.items() for _, n in names]
    return "\n".join(["Country\tVote", *("\t".join(row) for row in sorted(rows))])


def wrap(text: str, width: int) -> str:
    if not width:
        return text
    return "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n")
    )


# --- mutations ----------------------------------------------------------------------------------


def unchanged(rng: random.Random, paste: Paste) -> Case:
    return as_printed(paste)


def as_printed(paste: Paste, text: str | None = None, **told: set[ProblemCode]) -> Case:
    text = render(paste) if text is None else text
    if not paste.style.stop:
        # Nothing says that the last list of a text ends where it does.
        told["may"] = told.get("may", set()) | {C.LIST_CUT_OFF}
    return Case(text, paste.when, paste.votes, paste.layout, **told)


def pick(rng: random.Random, paste: Paste, least: int = 1) -> tuple[Printed, str] | None:
    """A vote and one of its lists that the text prints names of."""
    printed = "NA" if paste.layout is Layout.PRESS else "YNAX"
    choices = [
        (vote, position)
        for vote in paste.votes
        for position in printed
        if len(vote.lists.get(position, ())) >= least
    ]
    return rng.choice(choices) if choices else None


def checked(paste: Paste, position: str) -> bool:
    """Whether the text prints a figure for this list."""
    return paste.layout is not Layout.TABLE and (position != "X" or paste.style.counts)


def drop(rng: random.Random, paste: Paste) -> Case | None:
    if not (picked := pick(rng, paste, least=2)):
        return None
    vote, position = picked
    vote.lists[position].pop(rng.randrange(len(vote.lists[position])))
    return as_printed(paste, must={C.TOTALS_DIFFER} if checked(paste, position) else set())


def drop_and_lower(rng: random.Random, paste: Paste) -> Case | None:
    """Nobody can notice: the member is in no list and the figures agree."""
    if not (picked := pick(rng, paste, least=2)):
        return None
    vote, position = picked
    vote.lists[position].pop(rng.randrange(len(vote.lists[position])))
    vote.figures[position] -= 1
    return as_printed(paste, may={C.OUTCOME_CONTRADICTS})


def double(rng: random.Random, paste: Paste) -> Case | None:
    if not (picked := pick(rng, paste)):
        return None
    vote, position = picked
    name = rng.choice(vote.lists[position])
    lists = "NA" if paste.layout is Layout.PRESS else "".join(vote.lists)
    target = rng.choice(lists)
    vote.lists[target].append(name)
    told = {C.TWICE} if target == position else {C.IN_TWO_LISTS}
    return as_printed(paste, must=told)


def rename(rng: random.Random, paste: Paste) -> Case | None:
    if not (picked := pick(rng, paste)):
        return None
    vote, position = picked
    place = rng.randrange(len(vote.lists[position]))
    name = rng.choice(("Atlantis", "Ruritania", "Holy See", "Sealand", "East", "Korea"))
    vote.lists[position][place] = ("", name)
    return as_printed(paste, must=UNREAD_NAME)


def letters(text: str) -> str:
    text = re.sub(r"\bst\b", "saint", bare(text).lower().replace("&", "and"))
    return re.sub(r"[^a-z]", "", re.sub(r"^the\b", "", text))


ALL_LETTERS = {
    letters(form) for name in BOOK for form in (name.text, name.text.replace("the ", ""))
}


def misspell(rng: random.Random, paste: Paste) -> Case | None:
    if not (picked := pick(rng, paste)):
        return None
    vote, position = picked
    place = rng.randrange(len(vote.lists[position]))
    _, name = vote.lists[position][place]
    at = rng.choice([n for n, c in enumerate(name) if c.isalpha()])
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    wrong = rng.choice((name[:at] + letter + name[at + 1 :], name[:at] + name[at + 1 :],
                        name[:at] + letter + name[at:]))  # fmt: skip
    # Some slips give a name that exists, or nothing a list could hold: another test's matter.
    if letters(wrong) == letters(name) or wrong.upper() in {m["code"] for m in MEMBERS}:
        return None
    if (
        letters(wrong) in ALL_LETTERS
        or not letters(wrong)
        or "  " in wrong
        or wrong != wrong.strip()
    ):
        return None
    if any(letters(part) in ALL_LETTERS for part in re.split(" and |, ", wrong)):
        return None
    vote.lists[position][place] = ("", wrong)
    return as_printed(paste, must=UNREAD_NAME)


def change_figure(rng: random.Random, paste: Paste) -> Case | None:
    if paste.layout is Layout.TABLE or not (picked := pick(rng, paste)):
        return None
    vote, position = picked
    if not checked(paste, position):
        return None
    vote.figures[position] += rng.choice((-2, -1, 1, 2, 10))
    if vote.figures[position] < 0:
        return None
    return as_printed(paste, must=WRONG_FIGURES)


def shuffle_names(rng: random.Random, paste: Paste) -> Case | None:
    if not (picked := pick(rng, paste, least=2)):
        return None
    vote, position = picked
    rng.shuffle(vote.lists[position])
    return as_printed(paste, may={C.LIST_CUT_OFF})


def shuffle_lists(rng: random.Random, paste: Paste) -> Case | None:
    """The lists of a record in another order; its figures say which is which."""
    if paste.layout is not Layout.ANNEX:
        return None
    blocks = render(paste).split("\n\n")
    text: list[str] = []
    for start in range(0, len(blocks), 5):
        lists = blocks[start + 1 : start + 5]
        rng.shuffle(lists)
        text += [blocks[start], *lists]
    return as_printed(paste, "\n\n".join(text), may={C.LIST_CUT_OFF})


def break_lines(rng: random.Random, paste: Paste) -> Case | None:
    if paste.layout is Layout.TABLE:
        return None
    text = render(paste)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(text))
        hyphen = "-" if text[max(0, at - 1) : at + 1].isalpha() and rng.random() < 0.3 else ""
        text = text[:at] + hyphen + "\n" + text[at:]
    return as_printed(paste, text, may=TORN)


def insert_headers(rng: random.Random, paste: Paste) -> Case | None:
    if paste.layout is Layout.TABLE:
        return None
    lines = render(paste).split("\n")
    headers = [header for header in HEADERS if header != "22"]
    for _ in range(rng.choice((1, 2, 4))):
        at = rng.randrange(1, len(lines) + 1)
        lines[at:at] = rng.choice(headers).split("\n")
    return as_printed(paste, "\n".join(lines), may={C.OTHER_DATE})


def insert_page_number(rng: random.Random, paste: Paste) -> Case | None:
    """A number alone may be part of a sentence, so one between its lines may cost the figures."""
    if paste.layout is Layout.TABLE:
        return None
    lines = render(paste).split("\n")
    lines.insert(rng.randrange(1, len(lines) + 1), "22")
    return as_printed(paste, "\n".join(lines), may=TORN)


def strip_accents(rng: random.Random, paste: Paste) -> Case:
    return as_printed(paste, bare(render(paste)))


def other_characters(rng: random.Random, paste: Paste) -> Case:
    text = render(paste)
    changes = (
        lambda t: t.replace("'", "’"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("\n", "\r"),
        lambda t: t.replace(" ", "\xa0"),
        lambda t: t.replace("fi", "ﬁ").replace("fl", "ﬂ"),
        lambda t: re.sub("([a-z]{3})([a-z]{3})", "\\1\xad\\2", t),
        lambda t: t.replace("-", "‑"),
        lambda t: "\ufeff" + t.replace(", ", ",  "),
        lambda t: t.replace("\n", " \n"),
        lambda t: t.replace("\n", "\n\n") if paste.layout is not Layout.VERBATIM else t,
    )
    return as_printed(paste, rng.choice(changes)(text))


def shout(rng: random.Random, paste: Paste) -> Case:
    """Names in capitals, as the voting machine prints them."""
    for vote in paste.votes:
        vote.lists = {p: [(c, n.upper()) for c, n in names] for p, names in vote.lists.items()}
    return as_printed(paste)


def swap_heads(rng: random.Random, paste: Paste) -> Case | None:
    """Two headings change places: the text now states it the other way round."""
    if paste.layout not in (Layout.VERBATIM, Layout.ANNEX):
        return None
    vote = rng.choice(paste.votes)
    one, two = rng.sample(sorted(vote.lists), 2)
    vote.lists[one], vote.lists[two] = vote.lists[two], vote.lists[one]
    if not paste.style.counts and "X" in (one, two):
        one, two = (one, one) if two == "X" else (two, two)
    same = len(vote.lists[one]) == vote.figures[one] and len(vote.lists[two]) == vote.figures[two]
    return as_printed(paste, must=set() if same else {*WRONG_FIGURES, C.LIST_EMPTY})


def join_votes(rng: random.Random, paste: Paste) -> Case | None:
    """The words between two votes are lost, with the result of the first."""
    if len(paste.votes) < 2 or paste.layout is not Layout.VERBATIM:
        return None
    texts = [print_verbatim(vote, paste) for vote in paste.votes]
    first = texts[0][: texts[0].index(paste.votes[0].subject.split()[0], texts[0].index("taken."))]
    second = texts[1][texts[1].index(paste.style.heads["Y"]) :]
    paste.votes[0].intentions = []
    paste.votes[0].result = ""
    text = "\n".join([first.rstrip(), second, *texts[2:]])
    return as_printed(paste, text, must={C.NO_TOTALS}, may=TORN)


def cut_off(rng: random.Random, paste: Paste) -> Case | None:
    """The end of the text is missing, anywhere after the first third."""
    if paste.layout is Layout.TABLE:
        return None
    text = render(paste)
    at = rng.randrange(len(text) // 3, len(text))
    paste.votes = [vote for vote in paste.votes if begin_of(vote, paste, text) < at]
    for vote in paste.votes:
        begin = begin_of(vote, paste, text)
        told, first = (text.find(words, begin) for words in ("[Subs", paste.style.heads["Y"]))
        vote.intentions = vote.intentions if 0 <= told < at else []
        if paste.layout is Layout.PRESS:
            # Names that were in the part that is gone are nobody's loss.
            after = re.compile(r"abstentions?(?=\W)").search(text, begin)
            if not after or after.end() + 1 >= at:
                vote.lists["A"] = []
        if paste.layout is Layout.ANNEX and text.find(paste.style.heads["X"], begin) + 3 > at:
            vote.lists.pop("X")
        vote.bare = paste.layout is Layout.ANNEX and first + 2 > at
    return as_printed(paste, text[:at], may=TORN)


def begin_of(vote: Printed, paste: Paste, text: str) -> int:
    """Where a text begins to say anything of a vote: its first list, or its figures."""
    printers = {
        Layout.VERBATIM: print_verbatim,
        Layout.ANNEX: print_annex,
        Layout.PRESS: print_press,
    }
    first = re.escape(paste.style.heads["Y"]) if paste.layout is Layout.VERBATIM else r"in\s+favour"
    own = printers[paste.layout](vote, paste)
    mark = re.search(first, own)
    assert mark
    return text.index(own) + mark.end()


def lose_a_comma(rng: random.Random, paste: Paste) -> Case | None:
    text = render(paste)
    commas = [m.start() for m in re.finditer(",(?=[ \n])", text)]
    if not commas or paste.layout is Layout.TABLE:
        return None
    at = rng.choice(commas)
    return as_printed(paste, text[:at] + text[at + 1 :], may=TORN)


NOT_COUNTED = re.compile(r"\[Subsequently[^]]*\]|(?:ABSENT|Absent)(?s:.)*?(?=\n\n|$)")


def lose_a_line(rng: random.Random, paste: Paste) -> Case | None:
    """A line anywhere but in what no figure counts: a correction, the list of the absent.

    It is a line of whole names or sentences: what is left of "Northern / Ireland" is a name too.
    """
    if paste.layout not in (Layout.VERBATIM, Layout.ANNEX):
        return None
    text = render(paste)
    uncounted = [(m.start(), m.end()) for m in NOT_COUNTED.finditer(text)]
    lines = [(m.start(), m.end() + 1) for m in re.finditer("[^\n]+", text)]
    whole = [
        (a, b) for a, b in lines if {text[:a].strip()[-1:], text[:b].strip()[-1]} <= set(",.:")
    ]
    choices = [(a, b) for a, b in whole if not any(a < y and x < b for x, y in uncounted)]
    if not choices:
        return None
    start, end = rng.choice(choices)
    return as_printed(paste, text[:start] + text[end:], may=TORN)


def join_lines(rng: random.Random, paste: Paste) -> Case | None:
    if paste.layout is Layout.TABLE or "\n" in paste.style.colon:
        return None
    return as_printed(paste, " ".join(render(paste).split()))


MUTATIONS = (
    unchanged, drop, drop_and_lower, double, rename, misspell, change_figure, shuffle_names,
    shuffle_lists, break_lines, insert_headers, insert_page_number, strip_accents,
    other_characters, shout, swap_heads, join_votes, cut_off, lose_a_comma, lose_a_line,
    join_lines,
)  # fmt: skip


# --- judging ------------------------------------------------------------------------------------


def stated(vote: Printed, layout: Layout) -> dict[str, str]:
    """The positions that a text states with certainty: nobody's who is in two lists."""
    lists = "NA" if layout is Layout.PRESS else "".join(vote.lists) * (not vote.bare)
    found: dict[str, set[str]] = {}
    for position in lists:
        for code, _ in vote.lists[position]:
            if code:
                found.setdefault(code, set()).add(position)
    return {code: min(positions) for code, positions in found.items() if len(positions) == 1}


def is_read_as_stated(vote: Printed, read: PastedVote, layout: Layout) -> bool:
    figures = {p: coalesce(read.announced.of(p), read.printed.of(p)) for p in "YNA"}
    whole = [
        read.codes() == stated(vote, layout),
        read.partial == (layout is Layout.PRESS or vote.bare),
        read.listed_absent == lists_absent(vote, layout),
        [(i.code, i.position) for i in read.intentions] == vote.intentions,
    ]  # fmt: skip
    if layout is not Layout.TABLE:
        whole += [
            figures == {p: vote.figures[p] for p in "YNA"},
            read.question.kind in (vote.kind, "unknown"),
            read.result in (vote.result, ""),
            read.draft in (vote.draft, vote.carried, ""),
            read.resolution in (vote.resolution, ""),
        ]
    return all(whole)


def lists_absent(vote: Printed, layout: Layout) -> bool:
    if layout is Layout.TABLE:
        return bool(vote.lists["X"])
    return layout is Layout.ANNEX and not vote.bare and "X" in vote.lists


def coalesce(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def is_whole(vote: Printed, read: PastedVote) -> bool:
    """Whether the words around the figures were read too, and not only not misread."""
    return (
        read.question.kind == vote.kind
        and read.result == vote.result
        and read.draft in (vote.draft, vote.draft or vote.carried)
        and read.resolution == vote.resolution
    )


def judge(case: Case) -> str:
    """Whether a case was read or flagged; anything else is an error, which is told."""
    pasted = read_pasted(case.text, BOOK, case.when)
    told = {problem.code for problem in pasted.problems}
    same = len(pasted.votes) == len(case.votes) and all(
        is_read_as_stated(vote, read, case.layout)
        for vote, read in zip(case.votes, pasted.votes, strict=True)
    )
    truths = [stated(vote, case.layout).items() for vote in case.votes]
    for read in [vote for vote in pasted.votes if vote.positions]:
        assert any(read.codes().items() <= truth for truth in truths), "a position is wrong"
    if case.must:
        assert told & case.must, f"not told: {told}"
        return "flagged"
    if same:
        assert told <= case.may, f"told for nothing: {told}"
        intact = case.may <= MILD and case.layout is not Layout.TABLE
        read_whole = [is_whole(*pair) for pair in zip(case.votes, pasted.votes, strict=True)]
        assert all(read_whole) or not intact, "a word of the sentence was not understood"
        return "read"
    assert told & case.may - {C.OTHER_DATE, C.OUTCOME_CONTRADICTS}, f"wrong in silence: {told}"
    return "flagged"


SEED = 20221012


@pytest.mark.parametrize("cases", [420, pytest.param(12_600, marks=pytest.mark.long)])
def test_no_paste_with_one_mutation_is_read_wrongly_in_silence(cases, reached):
    done: Counter[str] = Counter()
    number = 0
    while done.total() < cases:
        mutate = MUTATIONS[number % len(MUTATIONS)]
        rng = random.Random(SEED + number)
        number += 1
        case = mutate(rng, generate(rng))
        if case is None:
            continue
        try:
            verdict = judge(case)
        except Exception as error:
            error.add_note(
                f"{mutate.__name__}, seed {SEED + number - 1}, {case.when}:\n{case.text}"
            )
            raise
        done[f"{mutate.__name__} {verdict}"] += 1
    read = sum(n for name, n in done.items() if name.endswith("read"))
    assert {name.split()[0] for name in done} == {mutate.__name__ for mutate in MUTATIONS}
    assert read > cases / 3
    reached(done.total(), f"pastes with one mutation: {read:,} read as stated, the others flagged")


@pytest.mark.parametrize("cases", [60, pytest.param(1_500, marks=pytest.mark.long)])
def test_positions_written_in_each_layout_are_read_again(cases, reached):
    for number in range(cases):
        rng = random.Random(number)
        vote = generate_vote(rng, date(2024, 1, 1), Layout.ANNEX)
        positions = {code: p for p, names in vote.lists.items() for code, _ in names}
        names = {code: name for names in vote.lists.values() for code, name in names}
        result = {"result": vote.result, "subject": vote.subject}
        texts = {
            to_verbatim(positions, names, **result): {
                c: p for c, p in positions.items() if p != "X"
            },
            to_annex(positions, names, **result): positions,
            to_table(positions, names): positions,
            to_table(positions, names, separator=","): positions,
            to_table(positions, names, separator=";"): positions,
        }
        for text, expected in texts.items():
            pasted = read_pasted(text, BOOK, date(2024, 1, 1))
            assert not pasted.problems, text
            assert pasted.votes[0].codes() == expected, text
    reached(cases * 5, "round trips of positions through a layout")
