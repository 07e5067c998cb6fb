"""What the sentence around the figures says: which question, of which text, with what result."""

import re
from dataclasses import dataclass

from resolutions.symbols import Kind, Symbol, try_parse
from votes.readers.pasted.flow import shown
from votes.readers.pasted.prose import PROSE
from votes.readers.pasted.reading import NO_QUESTION, PastedQuestion, QuestionKind, Result

ABBREVIATIONS = "".join(
    rf"(?<!\b{word})" for word in ("No", "Mr", "Ms", "St", "Mrs", "Rev", "Add", "Corr", "Nos")
)
SENTENCE_END = re.compile(
    rf"{ABBREVIATIONS}[.!?][”\"’'*)\]]*\s+(?=[A-Z“\"\[(*])|\n\n(?!A/)(?=[A-Z“\"\[])"
)
WINDOW = 900

# The first of these nouns in what was voted on says what it is: the "draft resolution contained in
# paragraph 9" is a resolution, "paragraph 9 of the draft resolution" is a paragraph.
NOUNS = {
    QuestionKind.AMENDMENT: r"(?:draft\s+|oral\s+)?(?:sub-?)?amendments?",
    QuestionKind.PARAGRAPH: r"(?:sub-?)?paragraphs?|sections?|words|phrase|preamble"
    r"|operative\s+part|preambular\s+part",
    QuestionKind.MOTION: r"motions?|ruling|no\s+action",
    QuestionKind.WHOLE: r"draft\s+(?:resolutions?|decisions?|declaration|conclusions)"
    r"|resolutions?|decisions?|drafts?|texts?",
}
NOUN = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind.value}>{noun})" for kind, noun in NOUNS.items()) + r")\b", re.I
)
# Behind a preposition stands no longer what was voted on. (The noun itself may have come apart.)
PREPOSITION = re.compile(r"\b(?:of|to|on|in|for|by|at|from|contained|concerning)\b", re.I)
ASK = re.compile(
    r"\b(?:put(?:ting)?\s+to\s+the\s+vote|(?:requested|vote|voting|action|decision)\s+on)\s+", re.I
)

VERBS = {
    "adopt": Result.ADOPTED, "approv": Result.ADOPTED, "carried": Result.ADOPTED,
    "pass": Result.ADOPTED, "retain": Result.RETAINED, "maintain": Result.RETAINED,
    "reject": Result.REJECTED, "defeat": Result.REJECTED,
}  # fmt: skip
NEGATED = {
    Result.ADOPTED: Result.REJECTED, Result.RETAINED: Result.REJECTED,
    Result.REJECTED: Result.UNKNOWN, Result.UNKNOWN: Result.UNKNOWN,
}  # fmt: skip
ADVERB = r"(?:(?:therefore|thus|also|then|accordingly|thereby|subsequently|nevertheless)\s+)?"
VERB = r"(?P<verb>adopt|approv|pass|retain|maintain|reject|defeat)ed\b|(?P<strong>carried)\b"
# A word that came apart must not turn "not adopted" into its contrary: what may stand in front is
# listed, and where something else does, the result stays open.
PASSIVE = re.compile(
    rf"\b(?:was|were|is|are|been|being)\s+{ADVERB}(?P<not>not\s+)?{ADVERB}(?:{VERB})", re.I
)
ACTIVE = re.compile(
    r"\b(?:assembly|committee|body|it|members|delegates|states|then|also|first|next|and)"
    rf"(?:,?\s+(?:then|also|next|first|today|this\s+(?:morning|afternoon)))?\s+(?:{VERB})(?P<not>)"
    r"|(?P<decided>decided\s+(?P<nottoo>not\s+)?to\s+(?P<what>retain|adopt|reject|maintain))\b",
    re.I,
)
PARTICIPLE = re.compile(rf"(?:^|,\s*|-\s*)(?:{VERB})(?P<not>)", re.I)

SYMBOL = re.compile(
    r"\bA/(?:[A-Z0-9.-]{1,10}/){0,3}[A-Z]{0,3}\.? ?\d{1,4}(?:/(?:Rev|Add|Corr|Amend)\.\d{1,2}){0,2}"
    r"(?![\w/.-]*\d|\s+\d)"
)
RESOLUTION = re.compile(
    r"resolutions?\s+(?P<symbol>(?:ES-|S-)?\d{1,2}/\d{1,3}(?:\s?[A-Z](?:-[A-Z])?\b)?"
    r"|\d{1,4}(?:\s[A-Z])?\s?\((?:[IVXLC]{1,8}|E?S-[IVX]{1,6})\)(?:\s?[A-Z]\b)?)(?=\s*[)\].,;])",
    re.I,
)
DRAFTS = (Kind.DRAFT,)


@dataclass(frozen=True)
class Sentence:
    """What one sentence says of a vote."""

    question: PastedQuestion = NO_QUESTION
    result: Result = Result.UNKNOWN
    draft: Symbol | None = None
    resolution: Symbol | None = None


def read_sentence(text: str, floor: int, start: int, end: int) -> Sentence:
    """The sentence around the figures at start–end; it begins nowhere before `floor`."""
    before = text[first_of_sentence(text, floor, start) : start]
    after = text[end : last_of_sentence(text, end)]
    verb, subject = subject_of(before, after)
    question = classify(subject)
    result = result_of(verb)
    return Sentence(
        settled(question, result),
        result,
        draft_in(subject) or draft_in(before),
        resolution_in(after) or resolution_in(subject),
    )


def first_of_sentence(text: str, floor: int, start: int) -> int:
    floor = max(floor, start - WINDOW)
    ends = [match.end() for match in SENTENCE_END.finditer(text, floor, start)]
    return ends[-1] if ends else floor


def last_of_sentence(text: str, start: int) -> int:
    end = re.compile(rf"{ABBREVIATIONS}[.!?][”\"’')\]]*(?:\s|$)|\n\n(?=[A-Z“\"\[])").search(
        text, start, start + WINDOW
    )
    return end.start() if end else min(len(text), start + WINDOW)


def subject_of(before: str, after: str) -> tuple[re.Match[str] | None, str]:
    """The verb, and the words for what it is said of, which come before it or after."""
    passive = last(PASSIVE, before)
    if passive:
        return passive, whole_sentence(before[: passive.start()])
    if active := last(ACTIVE, before):
        return active, before[active.end() :]
    if participle := last(PARTICIPLE, before):
        return participle, before[: participle.start()]
    passive, active = PASSIVE.search(after), ACTIVE.search(after)
    if active and not (passive and passive.start() < active.start()):
        return active, after[active.end() :]
    if passive:
        return passive, after[: passive.start()]
    return None, from_its_beginning(before)


def read_ask(text: str, ask: re.Match[str]) -> tuple[PastedQuestion, Symbol | None]:
    """What a sentence before a vote says that is put to the vote."""
    subject = text[ask.end() : last_of_sentence(text, ask.end())]
    return classify(subject), draft_in(subject)


def last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def from_its_beginning(text: str) -> str:
    """Without what was left in front of a sentence, on lines of its own: a title, a page header."""
    starts = [found.start() for found in PROSE.finditer(text)]
    begin = next((n for n in starts if text[n - 1 : n] in ("", "\n") and text[n].isupper()), 0)
    return text[begin:]


def whole_sentence(text: str) -> str:
    """The text from its beginning; nothing if that is missing, and what it is of is unknown."""
    sentence = from_its_beginning(text).lstrip()
    return "" if sentence[:1].islower() else sentence


def classify(subject: str) -> PastedQuestion:
    words = shown(subject.strip(" \n,;:-"), 300)
    noun = NOUN.search(subject)
    if not noun or PREPOSITION.search(subject, 0, noun.start()):
        return PastedQuestion(QuestionKind.UNKNOWN, words)
    return PastedQuestion(QuestionKind(noun.lastgroup or ""), words)


def settled(question: PastedQuestion, result: Result) -> PastedQuestion:
    """Only paragraphs are retained: where the words seem to say otherwise, they're not certain."""
    if result is not Result.RETAINED or question.kind is QuestionKind.PARAGRAPH:
        return question
    named = re.search(NOUNS[QuestionKind.PARAGRAPH], question.words, re.I)
    kind = QuestionKind.PARAGRAPH if named else QuestionKind.UNKNOWN
    return PastedQuestion(kind, question.words)


def result_of(verb: re.Match[str] | None) -> Result:
    if not verb:
        return Result.UNKNOWN
    groups = verb.groupdict()
    stem = groups.get("verb") or groups.get("strong") or groups.get("what") or ""
    result = VERBS.get(stem.lower(), Result.UNKNOWN)
    negated = groups.get("not") or groups.get("nottoo")
    return NEGATED[result] if negated else result


def draft_in(text: str) -> Symbol | None:
    """The only draft that the text names."""
    return the_only(symbols_in(text, DRAFTS))


def resolution_in(text: str) -> Symbol | None:
    found = [try_parse(match["symbol"]) for match in RESOLUTION.finditer(text)]
    found += symbols_in(text, (Kind.RESOLUTION,))
    return the_only([symbol for symbol in found if symbol])


def symbols_in(text: str, kinds: tuple[Kind, ...]) -> list[Symbol]:
    found = [try_parse(match.group()) for match in SYMBOL.finditer(text)]
    return [symbol for symbol in found if symbol and symbol.kind in kinds]


def the_only(symbols: list[Symbol]) -> Symbol | None:
    return symbols[0] if len({symbol.canonical for symbol in symbols}) == 1 else None
