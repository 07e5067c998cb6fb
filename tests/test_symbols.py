import csv
import random
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resolutions.symbols import (
    MAX_LENGTH,
    Kind,
    Organ,
    SessionCode,
    SessionKind,
    SymbolError,
    from_roman,
    from_voeten,
    lookup_candidates,
    normalise,
    parse,
    parse_session,
    to_path,
    to_roman,
    try_parse,
)

pytestmark = pytest.mark.pure

SPELLINGS = {
    "A/RES/ES-11/1": (
        "A/RES/ES-11/1",
        "ES-11/1",
        "es-11/1",
        "ES11/1",
        "ES-XI/1",
        "RES/ES-11/1",
        "a/res/es-11/1",
        "A/RES/ES-11/1/",
        "/A/RES/ES-11/1/",
        "/resolutions/A/RES/ES-11/1/",
        "/fr/resolutions/A/RES/ES-11/1/",
        "https://undocs.org/en/A/RES/ES-11/1",
        "a-res-es-11-1",
        "A-RES-ES-11-1",
        "A_RES_ES-11_1",
        "A_RES_ES_11_1",
        "A.RES.ES-11.1",
        "es-11-1",
        "ES\u201111/1",  # non-breaking hyphen
        "ES\u201311/1",  # en dash
        "ES\u221211/1",  # minus sign
        "ES\u00ad11/1",  # soft hyphen
        "A / RES / ES-11 / 1",
        "A/RES//ES-11/1",
        "\u200eA/RES/ES-11/1\u200f",
        "A/RES/ES-11/٠١",
    ),
    "A/RES/68/262": (
        "68/262",
        "resolution 68/262",
        "Resolution No. 68/262",
        "resolution\u00a068/262",
        "resolution\u200968/262",
        "GA resolution 68/262",
        "General Assembly resolution 68/262",
        "the United Nations General Assembly resolution 68/262",
        "UNGA Res. 68/262",
        "UNGA/RES/68/262",
        "res.68/262",
        "UN Doc. A/RES/68/262",
        "A RES 68 262",
        "A/RES/068/0262",
        "A%2FRES%2F68%2F262",
        "Ａ／ＲＥＳ／６８／２６２",
        "٦٨/٢٦٢",
        "६८/२६२",
        '"A/RES/68/262"',
        "“A/RES/68/262”.",
        "  (resolution 68/262)\n",
    ),
    "A/RES/3379(XXX)": (
        "A/RES/3379(XXX)",
        "A/RES/3379 (XXX)",
        "res 3379 (XXX)",
        "3379 (XXX)",
        "3379(xxx)",
        "3379 (Ⅹ\u2169Ⅹ)",
        "3379 XXX",
        "A/RES/30/3379",
        "a-res-3379-xxx",
    ),
    "A/RES/377(V)[A]": (
        "A/RES/377(V)[A]",
        "A/RES/377(V)A",
        "A/RES/377 (V) A",
        "377 A (V)",
        "377A(V)",
        "General Assembly resolution 377 A (V)",
    ),
    "A/RES/377(V)[A-C]": ("A/RES/377(V)[A-C]", "377 (V) A-C", "377 A to C (V)", "377 A–C (V)"),
    "A/RES/48/75C": (
        "A/RES/48/75C",
        "A/RES/48/75 C",
        "A/RES/48/75[C]",
        "48/75 C",
        "a-res-48-75-c",
        "A/RES/48/75/C",
    ),
    "A/RES/75/254A-C": ("A/RES/75/254A-C", "75/254 A-C", "75/254 A to C", "A/RES/75/254[A-C]"),
    "A/RES/2252(ES-V)": ("A/RES/2252(ES-V)", "2252 (ES-V)", "2252(ES-5)", "A/RES/ES-5/2252"),
    "A/RES/3201(S-VI)": ("3201 (S-VI)", "A/RES/3201(S-6)"),
    "A/RES/3362(S-VII)": ("3362 (S-VII)",),
    "A/RES/106(S-1)": ("106 (S-1)", "106 (S-I)"),
    "A/RES/S-10/2": ("S-10/2", "A/RES/S-10/2", "s-10-2", "a-res-s-10-2", "resolution S-10/2"),
    "A/DEC/77/501": ("A/DEC/77/501", "decision 77/501", "a-dec-77-501"),
    "S/RES/2623 (2022)": (
        "S/RES/2623 (2022)",
        "S/RES/2623(2022)",
        "S/RES/2623%20(2022)",
        "2623 (2022)",
        "resolution 2623 (2022)",
        "Security Council resolution 2623 (2022)",
        "UNSC Res. 2623 (2022)",
        "s-res-2623-2022",
    ),
    "A/ES-11/L.1": ("A/ES-11/L.1", "a/es-11/l.1", "ES-11/L.1", "a-es-11-l-1", "A_ES-11_L.1"),
    "A/C.3/77/L.5": ("A/C.3/77/L.5", "A_C.3_77_L.5", "a/c3/77/l5", "draft A/C.3/77/L.5"),
    "A/77/L.5/Rev.1": ("A/77/L.5/Rev.1", "A/77/L.5/REV.1", "A/77/L.5/Rev. 1", "A/77/L.5/Rev1*"),
    "A/PV.2441": ("A/PV.2441", "A//PV.2441"),
    "A/34/PV.46": ("A/34/PV.46", "A/34/PV. 46", "A/34/PV 46"),
    "A/75/PV.48(Resumption1)": ("A/75/PV.48(Resumption1)", "A/75/PV.48 (Resumption 1)"),
    "E/CN.4/Sub.2/1987/WP.4/Add.1": ("e/cn.4/sub.2/1987/wp.4/add.1",),
    "S/2022/155": ("S/2022/155", "s-2022-155"),
}

# symbol, organ, kind, session, number, suffix
ANATOMY = (
    ("A/RES/79/6", Organ.ASSEMBLY, Kind.RESOLUTION, "79", 6, ""),
    ("A/RES/48/75C", Organ.ASSEMBLY, Kind.RESOLUTION, "48", 75, "C"),
    ("A/RES/48/75C[PARA.3]", Organ.ASSEMBLY, Kind.RESOLUTION, "48", 75, "C[PARA.3]"),
    ("A/RES/61/128AB", Organ.ASSEMBLY, Kind.RESOLUTION, "61", 128, "AB"),
    ("A/RES/1514(XV)", Organ.ASSEMBLY, Kind.RESOLUTION, "15", 1514, ""),
    ("A/RES/63(I)[PARA.3]", Organ.ASSEMBLY, Kind.RESOLUTION, "1", 63, "[PARA.3]"),
    ("A/RES/17(I)[RULE-73]", Organ.ASSEMBLY, Kind.RESOLUTION, "1", 17, "[RULE-73]"),
    ("A/RES/377(V)[A-C]", Organ.ASSEMBLY, Kind.RESOLUTION, "5", 377, "A-C"),
    ("A/RES/2252(ES-V)", Organ.ASSEMBLY, Kind.RESOLUTION, "ES-5", 2252, ""),
    ("A/RES/S-10/2", Organ.ASSEMBLY, Kind.RESOLUTION, "S-10", 2, ""),
    ("A/DEC/77/501", Organ.ASSEMBLY, Kind.DECISION, "77", 501, ""),
    ("A/ES-11/L.1", Organ.ASSEMBLY, Kind.DRAFT, "ES-11", 1, ""),
    ("A/77/L.5/Rev.1", Organ.ASSEMBLY, Kind.DRAFT, "77", 5, ""),
    ("A/L.3", Organ.ASSEMBLY, Kind.DRAFT, "None", 3, ""),
    ("A/C.3/77/L.5", Organ.MAIN_COMMITTEE, Kind.DRAFT, "77", 5, ""),
    ("A/C.1/L.12", Organ.MAIN_COMMITTEE, Kind.DRAFT, "None", 12, ""),
    ("A/SPC/36/L.5", Organ.MAIN_COMMITTEE, Kind.DRAFT, "36", 5, ""),
    ("A/C.3/77/SR.45", Organ.MAIN_COMMITTEE, Kind.MEETING_RECORD, "77", 45, ""),
    ("A/79/PV.29", Organ.ASSEMBLY, Kind.MEETING_RECORD, "79", 29, ""),
    ("A/75/PV.48(Resumption1)", Organ.ASSEMBLY, Kind.MEETING_RECORD, "75", 48, ""),
    ("A/PV.2400", Organ.ASSEMBLY, Kind.MEETING_RECORD, "None", 2400, ""),
    ("A/48/676", Organ.ASSEMBLY, Kind.DOCUMENT, "48", 676, ""),
    ("A/1234", Organ.ASSEMBLY, Kind.DOCUMENT, "None", 1234, ""),
    ("A/503/Corr.1", Organ.ASSEMBLY, Kind.DOCUMENT, "None", 503, ""),
    ("A/54/Rev.1", Organ.ASSEMBLY, Kind.DOCUMENT, "None", 54, ""),
    ("A/CONF.39/27", Organ.SUBSIDIARY, Kind.DOCUMENT, "None", 27, ""),
    ("A/HRC/49/L.1", Organ.SUBSIDIARY, Kind.DOCUMENT, "None", 1, ""),
    ("A/HRC/RES/49/1", Organ.SUBSIDIARY, Kind.RESOLUTION, "None", 1, ""),
    ("S/RES/2623 (2022)", Organ.SECURITY_COUNCIL, Kind.RESOLUTION, "None", 2623, ""),
    ("S/2022/155", Organ.SECURITY_COUNCIL, Kind.DOCUMENT, "None", 155, ""),
    ("S/PV.8979", Organ.SECURITY_COUNCIL, Kind.MEETING_RECORD, "None", 8979, ""),
    ("E/CN.4/1996/NGO/50", Organ.SUBSIDIARY, Kind.DOCUMENT, "None", 50, ""),
    ("CRC/C/GBR/5", Organ.OTHER, Kind.DOCUMENT, "None", 5, ""),
    ("TD/B/EX(49)/3", Organ.OTHER, Kind.DOCUMENT, "None", 3, ""),
    ("GA/12458", Organ.OTHER, Kind.PRESS_RELEASE, "None", 12458, ""),
)

REFUSED = {
    "nothing": "",
    "spaces": " \n ",
    "only quotation marks": "“”",
    "a word": "Ukraine",
    "two words with a stroke": "and/or 2",
    "a date": "2014-03-27",
    "a resolution without a number": "A/RES",
    "a resolution without a session": "A/RES/3379",
    "a number without an organ": "resolution 2623",
    "a part that might be a session": "377 V",
    "number 0": "A/RES/68/0",
    "session 0": "A/RES/0/68",
    "a malformed Roman numeral": "A/RES/1514(XVIIII)",
    "a new session in the old form": "A/RES/6(LXXIX)",
    "a new emergency session in the old form": "1 (ES-XI)",
    "a Council resolution with a session": "S/RES/2623 (XV)",
    "a Council resolution of no such year": "S/RES/2623 (1822)",
    "an Assembly resolution with a year": "A/RES/2623 (2022)",
    "a Council resolution without a number": "S/RES/SEVEN",
    "a decision without a session": "A/DEC/501",
    "a decision in the old days": "A/DEC/15/501",
    "a passage of two words": "A/RES/63(I)[PARA 3]",
    "parts in the wrong order": "A/RES/48/75C-A",
    "two parts": "377 A (V) B",
    "two passages": "A/RES/63(I)[PARA.3][PARA.4]",
    "two symbols": "A/RES/68/262 and A/RES/68/263",
    "a made-up key": "A/ES-11/PV.12#reconsider",
    "a committee": "A/C.3",
    "a session's folder": "A/ES-11",
    "a document without its letter": "document 68/262",
    "a footnote mark": "A/RES/68/262²",
    "Cyrillic letters that look Latin": "А/RES/68/262",
    "percent signs encoded twice": "A%252FRES%252F68%252F262",
    "bytes that are no UTF-8": "A%2FRES%2F68%2F26%FF",
    "a NUL": "A/RES/68/262\0",
    "an encoded NUL": "A/RES/68/262%00",
    "a control character": "A/RES/\x1b[31m68/262",
    "half a surrogate pair": "A/RES/68/\ud800",
    "ten thousand letters": "A" * 10_000,
    "ten thousand figures": "A/" + "1" * 10_000,
    "a hundred parentheses": "(" * 100 + ")" * 100,
    "a hundred brackets": "A/RES/68/262" + "[A]" * 60,
    "too many addenda": "A/RES/68/262" + "/Add.1" * 30,
    "Voeten's own spelling": "R/1/66",
}


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [(spelling, canonical) for canonical, row in SPELLINGS.items() for spelling in row],
)
def test_a_symbol_typed_in_any_common_spelling_is_the_same_symbol(spelling, canonical):
    assert normalise(spelling) == canonical


@pytest.mark.parametrize(("text", "organ", "kind", "session", "number", "suffix"), ANATOMY)
def test_a_symbol_says_whose_it_is_and_what(text, organ, kind, session, number, suffix):
    symbol = parse(text)
    assert (str(symbol), symbol.organ, symbol.kind) == (text, organ, kind)
    assert (str(symbol.session), symbol.number, symbol.suffix) == (session, number, suffix)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_symbol_is_refused_in_a_sentence_that_quotes_it(text):
    with pytest.raises(SymbolError) as refusal:
        parse(text)
    message = str(refusal.value)
    assert message.startswith(repr(text[:60])[:-1])
    assert message.endswith(".")
    assert len(message) < 400
    assert message.isprintable()
    assert try_parse(text) is None


def test_a_text_may_be_two_hundred_characters_long_and_no_more():
    assert normalise("A/RES/68/262".rjust(MAX_LENGTH)) == "A/RES/68/262"
    with pytest.raises(SymbolError, match="201 characters long, and 200 are the most"):
        parse("A/RES/68/262".rjust(MAX_LENGTH + 1))


def test_a_year_belongs_to_the_council():
    assert (parse("S/RES/2623 (2022)").year, parse("S/2022/155").year) == (2022, 2022)
    assert parse("A/RES/68/262").year is None


def test_a_council_resolution_without_its_year_gets_none():
    symbol = parse("Security Council resolution 2623")
    assert (str(symbol), symbol.year) == ("S/RES/2623", None)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("A/RES/48/75C", "A/RES/48/75"),
        ("A/RES/377(V)[A-C]", "A/RES/377(V)"),
        ("A/RES/63(I)[PARA.3]", "A/RES/63(I)"),
        ("A/RES/ES-11/1/Corr.1", "A/RES/ES-11/1"),
        ("A/77/L.5/Rev.1/Add.2", "A/77/L.5"),
        ("A/503/Corr.1", "A/503"),
        ("A/RES/68/262", "A/RES/68/262"),
    ],
)
def test_parts_passages_and_later_issues_belong_to_one_base(text, base):
    assert parse(text).base == base


@pytest.mark.parametrize(
    ("last_old", "first_new"),
    [
        ("A/RES/3379(XXX)", "A/RES/31/1"),
        ("A/RES/3362(S-VII)", "A/RES/S-8/1"),
        ("A/RES/2252(ES-V)", "A/RES/ES-6/1"),
    ],
)
def test_the_form_changes_with_the_thirty_first_session(last_old, first_new):
    assert (normalise(last_old), normalise(first_new)) == (last_old, first_new)


def test_an_old_number_after_its_session_is_written_the_old_way():
    assert normalise("A/RES/15/1514") == "A/RES/1514(XV)"


def test_an_old_number_that_could_be_a_session_is_not_guessed():
    with pytest.raises(SymbolError, match="numbered straight on"):
        parse("A/RES/15/1")
    assert lookup_candidates("A/RES/15/1") == ("A/RES/1(XV)", "A/RES/15(I)")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("68/262", ("A/RES/68/262", "A/68/262")),
        ("S-10/2", ("A/RES/S-10/2", "A/S-10/2")),
        ("ES-11/L.1", ("A/ES-11/L.1",)),
        ("68/L.39", ("A/68/L.39",)),
        ("S-10/L.1", ("A/S-10/L.1",)),
        ("C.3/77/L.5", ("A/C.3/77/L.5",)),
        ("79/PV.29", ("A/79/PV.29",)),
        ("PV.2400", ("A/PV.2400", "S/PV.2400")),
        ("2022/155", ("S/2022/155",)),
        ("resolution 68/262", ("A/RES/68/262",)),
        ("A/RES/68/262", ("A/RES/68/262",)),
        ("A/RES/48/75C", ("A/RES/48/75C", "A/RES/48/75")),
        ("48/75 C", ("A/RES/48/75C", "A/RES/48/75")),
        ("A/77/L.5/Rev.1", ("A/77/L.5/Rev.1", "A/77/L.5")),
        ("Ukraine", ()),
        ("", ()),
        ("\0", ()),
        ("x" * 1000, ()),
    ],
)
def test_a_search_tries_what_a_text_may_stand_for_likeliest_first(text, candidates):
    assert lookup_candidates(text) == candidates


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("es-11/1", "A/RES/ES-11/1"),
        ("1514 (XV)", "A/RES/1514(XV)"),
        ("A/RES/63(I)[PARA.3]", "A/RES/63(I)%5BPARA.3%5D"),
        ("S/RES/2623 (2022)", "S/RES/2623%20(2022)"),
    ],
)
def test_a_symbol_is_an_address(text, path):
    assert to_path(text) == to_path(parse(text)) == path
    assert parse(f"/resolutions/{path}/") == parse(unquote(path)) == parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("80", "80"),
        ("079", "79"),
        ("79th", "79"),
        ("79th session", "79"),
        ("11emsp", "ES-11"),
        ("10emsp", "ES-10"),
        ("29sp", "S-29"),
        ("ES-10", "ES-10"),
        ("es-11", "ES-11"),
        ("ES–11", "ES-11"),
        ("S-10", "S-10"),
        ("ES-XI", "ES-11"),
        ("(XV)", "15"),
        ("XV", "15"),
        ("(ES-V)", "ES-5"),
        ("(S-VI)", "S-6"),
        ("11th emergency special session", "ES-11"),
    ],
)
def test_a_session_in_any_spelling_is_the_same_session(text, code):
    assert str(parse_session(text)) == code
    assert parse_session(code) == parse_session(text)


@pytest.mark.parametrize("text", ["", "0", "S-0", "1000", "ES-", "VX", "(IIII)", "79/6", "\0", "A"])
def test_what_is_no_session_is_refused(text):
    with pytest.raises(SymbolError, match="is not a session of the General Assembly"):
        parse_session(text)


def test_there_is_no_session_before_the_first():
    with pytest.raises(SymbolError, match="no regular session 0"):
        SessionCode(SessionKind.REGULAR, 0)


def test_sessions_sort_in_time_order_within_their_kind():
    in_order = [parse_session(code) for code in ("9", "30", "79", "S-2", "S-10", "ES-9", "ES-11")]
    assert sorted(random.Random(11).sample(in_order, len(in_order))) == in_order
    assert parse_session("9") < parse_session("10") <= parse_session("(X)")


def test_a_session_is_not_compared_with_its_spelling():
    with pytest.raises(TypeError):
        _ = parse_session("79") < "80"


@pytest.mark.parametrize(
    ("number", "roman"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (30, "XXX"), (49, "XLIX"), (1946, "MCMXLVI")],
)
def test_roman_numerals_there_and_back(number, roman):
    assert (to_roman(number), from_roman(roman), from_roman(roman.lower())) == (
        roman,
        number,
        number,
    )


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "VV", "IXI", "XXXX", "A", "X V"])
def test_malformed_roman_numerals_are_refused(text):
    with pytest.raises(SymbolError, match="is not a Roman numeral"):
        from_roman(text)


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_what_the_romans_could_not_write_is_refused(number):
    with pytest.raises(SymbolError):
        to_roman(number)


@given(st.integers(1, 3999))
def test_every_roman_numeral_comes_back(number):
    assert from_roman(to_roman(number)) == number


@pytest.mark.parametrize(
    ("unres", "canonical"),
    [
        ("R/1/66", "A/RES/66(I)"),
        ("R/15/1514", "A/RES/1514(XV)"),
        ("R/30/3379", "A/RES/3379(XXX)"),
        ("R/31/6J", "A/RES/31/6J"),
        ("R/48/75C", "A/RES/48/75C"),
        ("R/42/70/A", "A/RES/42/70A"),
        ("R/66/1A", "A/RES/66/1A"),
        ("R/34/233/XII", "A/RES/34/233[SECT.XII]"),
        ("R/34/233/I", "A/RES/34/233[SECT.I]"),
        ("R/50/38B/VII", "A/RES/50/38B[SECT.VII]"),
        ("R/29/3261I", "A/RES/3261(XXIX)[I]"),
        ("A/RES/75/254[A]", "A/RES/75/254A"),
        ("A/RES/ES-10/19", "A/RES/ES-10/19"),
    ],
)
def test_voetens_spelling_is_read_by_its_own_rule(unres, canonical):
    symbol = from_voeten(unres)
    assert str(symbol) == canonical
    assert parse(canonical) == symbol


@pytest.mark.parametrize(
    "unres",
    [
        "",
        "R/6444A",
        "R/10 65",
        "GOAR/1/1288B",
        "R/16/2/1069B",
        "ESS/1/34",
        "SS/5",
        "R/0/5",
        "A/RES/x",
    ],
)
def test_what_voeten_wrote_by_accident_is_refused(unres):
    with pytest.raises(SymbolError, match="Voeten's spelling"):
        from_voeten(unres)


def test_symbols_sort_by_session_and_number_and_not_by_letters():
    in_order = [
        "A/RES/63(I)",
        "A/RES/377(V)",
        "A/RES/377(V)[A]",
        "A/RES/1514(XV)",
        "A/RES/31/6",
        "A/RES/79/9",
        "A/RES/79/10",
        "A/RES/79/10A",
        "A/RES/79/10B",
        "A/RES/S-10/2",
        "A/RES/ES-9/1",
        "A/RES/ES-11/1",
        "A/RES/ES-11/10",
        "A/DEC/77/501",
        "A/68/L.9",
        "A/68/L.39",
        "A/PV.2400",
        "A/C.1/77/L.5",
        "A/C.3/77/L.5",
        "S/RES/242 (1967)",
        "S/RES/2623 (2022)",
        "S/2014/900",
        "S/2022/155",
    ]
    shuffled = random.Random(11).sample(in_order, len(in_order))
    assert sorted(shuffled, key=lambda text: parse(text).sort_key) == in_order


KNOWN = [spelling for row in SPELLINGS.values() for spelling in row] + [row[0] for row in ANATOMY]
SIGNS = "ASRESLPVCXIDEadrev0123456789/()[].,-_ '\"%–٣Ⅻ&+*"
numbers = st.integers(1, 9999)
sessions = st.one_of(
    st.integers(1, 120).map(str),
    st.integers(1, 40).map("S-{}".format),
    st.integers(1, 20).map("ES-{}".format),
)
parts = st.sampled_from(["", "A", " C", "A-C", "[B]", "[PARA.3]", "[A][RULE-73]", " A to C", "AB"])
later = st.lists(st.sampled_from(["Add", "Corr", "Rev"]), max_size=3).map(
    lambda words: "".join(f"/{word}.{place}" for place, word in enumerate(words, 1))
)
well_formed = st.one_of(
    st.builds("A/RES/{}/{}{}{}".format, sessions, numbers, parts, later),
    st.builds("A/DEC/{}/{}".format, sessions, numbers),
    st.builds("{} ({}){}".format, numbers, st.integers(1, 30).map(to_roman), parts),
    st.builds("S/RES/{} ({})".format, numbers, st.integers(1946, 2100)),
    st.builds("A/{}/L.{}{}".format, sessions, numbers, later),
    st.builds("A/C.{}/{}/L.{}{}".format, st.integers(1, 6), sessions, numbers, later),
    st.builds("A/{}/PV.{}".format, sessions, numbers),
    st.builds("A/{}{}".format, numbers, later),
    st.builds("S/{}/{}".format, st.integers(1994, 2100), numbers),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A known spelling with a piece of it replaced: the neighbourhood where rules meet."""
    text = draw(st.one_of(st.sampled_from(KNOWN), well_formed))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    piece = draw(st.one_of(st.text(SIGNS, max_size=6), st.sampled_from(KNOWN)))
    return text[:start] + piece + text[end:]


anything = st.one_of(
    st.text(max_size=250),
    st.text(SIGNS, max_size=60),
    st.lists(st.sampled_from(["A", "S", "RES", "ES", "1", "L.", "(", "Vol.", "/", "-", " "])).map(
        "".join
    ),
    st.sampled_from(KNOWN),
    well_formed,
    damaged(),
)


@given(anything)
@example("A/64/VOL/5")
@example("A/64/5 (PART I)")
@example("A/" + "/".join("L1" for _ in range(60)))
def test_reading_what_was_written_changes_nothing(text):
    if symbol := try_parse(text):
        assert parse(str(symbol)) == symbol
        assert normalise(normalise(text)) == normalise(text)
        assert parse(to_path(symbol)) == symbol
        assert normalise(symbol.base) == symbol.base


@given(anything)
def test_any_text_is_a_symbol_or_a_symbol_error(text):
    candidates = lookup_candidates(text)
    assert all(normalise(candidate) == candidate for candidate in candidates)
    for read in (parse, parse_session, from_voeten, from_roman):
        with suppress(SymbolError):
            read(text)


@given(well_formed, well_formed)
def test_any_two_symbols_can_be_compared(one, other):
    both = [symbol for symbol in map(try_parse, (one, other)) if symbol]
    assert len(sorted(both, key=lambda symbol: symbol.sort_key)) == len(both)


@given(well_formed.filter(lambda text: try_parse(text) is not None))
def test_case_and_surroundings_do_not_matter(text):
    assert normalise(text.lower()) == normalise(f' "{text}/" ') == normalise(text)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cells(table: list[dict[str, str]], *columns: str) -> set[str]:
    """What stands in these columns, several values of one cell taken apart at the stroke."""
    joined = (row.get(column) or "" for row in table for column in columns)
    return {value.strip() for cell in joined for value in cell.split("|") if value.strip()}


def test_every_symbol_of_the_checked_facts_is_already_canonical(reference_data):
    facts = rows(reference_data / "data" / "es11_resolutions.csv")
    symbols = cells(facts, "symbol", "draft_symbol", "meeting_record")
    official = {symbol for symbol in symbols if "#" not in symbol}
    assert len(official) > 30
    assert {symbol: normalise(symbol) for symbol in official} == {s: s for s in official}


def test_every_symbol_of_the_un_digital_library_is_read(reference_data):
    tables = [rows(path) for path in sorted((reference_data / "samples").glob("undl_*.csv"))]
    symbols = {
        symbol
        for table in tables
        for symbol in cells(table, "resolution", "draft", "committee_report", "meeting")
    }
    assert len(symbols) > 30
    respelled = {symbol for symbol in symbols if normalise(symbol) != symbol}
    assert respelled == {symbol for symbol in symbols if symbol.startswith("S/RES/")}


def test_every_session_of_the_reference_data_is_read(reference_data):
    paths = [
        reference_data / "data" / "sessions.csv",
        *(reference_data / "samples").glob("undl_*.csv"),
    ]
    written = {session for path in paths for session in cells(rows(path), "session", "code")}
    codes = {str(parse_session(session)) for session in written}
    assert {"80", "ES-10", "ES-11", "68"} <= codes
