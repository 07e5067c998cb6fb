"""MARCXML voting records: what they tell, and files that mean harm."""

import datetime
import gzip

import pytest

from tests.votefiles import POSITIONS, found_in, only_vote, saved
from votes.readers.files import UnreadableFile
from votes.readers.rollcalls import MarkCode, Method, RefusalCode, Totals

pytestmark = pytest.mark.pure

FIELDS = """
  <controlfield tag="001">4000001</controlfield>
  <datafield tag="089" ind1=" " ind2=" "><subfield code="a">Voting record</subfield></datafield>
  <datafield tag="245" ind1="1" ind2="0">
    <subfield code="a">Lighthouses &amp; buoys :</subfield>
    <subfield code="b">resolution /</subfield>
    <subfield code="c">adopted by the
      General Assembly</subfield>
  </datafield>
  <datafield tag="269"><subfield code="a">2022-10-12</subfield></datafield>
  <datafield tag="591">
    <subfield code="a">RECORDED - No machine generated vote</subfield></datafield>
  <datafield tag="791">
    <subfield code="a">A/RES/ES-11/901</subfield><subfield code="c">11emsp</subfield>
  </datafield>
  <datafield tag="952"><subfield code="a">A/ES-11/PV.14</subfield></datafield>
  <datafield tag="991">
    <subfield code="a">A/77/251</subfield><subfield code="c">Lighthouses.</subfield>
    <subfield code="d">LIGHTHOUSES--FEES</subfield>
  </datafield>
  <datafield tag="991"><subfield code="d">HARBOURS</subfield></datafield>
  <datafield tag="993" ind1="2"><subfield code="a">A/ES-11/L.5</subfield></datafield>
  <datafield tag="993" ind1="3"><subfield code="a">A/77/901</subfield></datafield>
  <datafield tag="996">
    <subfield code="a">In two parts.</subfield>
    <subfield code="b">2</subfield><subfield code="c">1</subfield><subfield code="d">1</subfield>
    <subfield code="e">1</subfield><subfield code="f">5</subfield>
  </datafield>
"""


def member(number: int, code: str, letter: str) -> str:
    told = f'<subfield code="d">{letter}</subfield>' if letter else ""
    return (
        f'<datafield tag="967"><subfield code="a">{number}</subfield>'
        f'<subfield code="c">{code}</subfield>{told}'
        f'<subfield code="e">LAND {code}</subfield></datafield>\n'
    )


MEMBERS = "".join(
    member(number, code, letter.replace("X", ""))
    for number, (code, letter) in enumerate(POSITIONS, 1)
)


def record(fields: str = FIELDS, members: str = MEMBERS) -> str:
    return f"<record>{fields}{members}</record>\n"


def collection(*records: str, before: str = "") -> str:
    namespace = 'xmlns="http://www.loc.gov/MARC21/slim"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<collection {namespace}>\n'
    return f"{head}{''.join(records)}</collection>"


def test_a_record_is_read_whole(tmp_path):
    roll_call = only_vote(saved(tmp_path, collection(record())))
    assert roll_call.source_id == "4000001"
    assert roll_call.date == datetime.date(2022, 10, 12)
    assert roll_call.session == "ES-11"
    assert roll_call.method is Method.RECORDED
    assert roll_call.extra == {"kind": "RECORDED - No machine generated vote"}
    assert roll_call.resolutions == ("A/RES/ES-11/901",)
    assert roll_call.drafts == ("A/ES-11/L.5",)
    assert roll_call.reports == ("A/77/901",)
    assert roll_call.meetings == ("A/ES-11/PV.14",)
    assert roll_call.title == "Lighthouses & buoys"
    assert roll_call.agenda_titles == ("Lighthouses.",)
    assert roll_call.subjects == ("LIGHTHOUSES--FEES", "HARBOURS")
    assert roll_call.note == "In two parts."
    assert roll_call.totals == Totals(2, 1, 1, 1, 5)
    assert roll_call.positions == POSITIONS
    assert roll_call.names[3] == "LAND QAD"
    assert roll_call.url == "https://digitallibrary.un.org/record/4000001"
    assert (roll_call.first_line, roll_call.last_line) == (3, 36)
    assert roll_call.marks == ()


@pytest.mark.parametrize(
    "text",
    [
        collection(record()).replace("\n", ""),
        collection(record()).replace('xmlns="', 'xmlns:marc="').replace("<", "<marc:")
        .replace("<marc:/", "</marc:").replace("<marc:?", "<?"),
        record(),
        "<OAI-PMH><record><metadata>" + record() + "</metadata></record></OAI-PMH>",
    ],
)  # fmt: skip
def test_a_record_is_read_in_any_wrapping(tmp_path, text):
    assert only_vote(saved(tmp_path, text)).positions == POSITIONS


def test_many_records_are_read_from_one_packed_line(tmp_path):
    records = [record(FIELDS.replace("4000001", str(number))) for number in range(1, 401)]
    text = collection(*records).replace("\n", "")
    taken, refused = found_in(saved(tmp_path, gzip.compress(text.encode())))
    assert refused == []
    assert [vote.source_id for vote in taken] == [str(number) for number in range(1, 401)]


@pytest.mark.parametrize(
    ("told", "method"),
    [
        ("RECORDED", Method.RECORDED),
        ("ROLL-CALL", Method.RECORDED),
        ("NON-RECORDED", Method.NON_RECORDED),
        ("Adopted without vote", Method.WITHOUT_VOTE),
        ("ADOPTED WITHOUT A VOTE", Method.WITHOUT_VOTE),
        ("Something else", Method.NOT_KNOWN),
    ],
)
def test_how_it_was_adopted_is_told(tmp_path, told, method):
    fields = FIELDS.replace("RECORDED - No machine generated vote", told)
    taken, _refused = found_in(saved(tmp_path, collection(record(fields, members=""))))
    assert taken[0].method is method
    assert taken[0].positions == ()


def test_a_list_of_members_is_no_roll_call_where_none_was_taken(tmp_path):
    fields = FIELDS.replace("RECORDED - No", "NON-RECORDED: no")
    members = member(1, "QAA", "") + member(2, "QAB", "")
    assert only_vote(saved(tmp_path, collection(record(fields, members)))).positions == ()


def test_members_that_cannot_be_read_are_refused_with_their_lines(tmp_path):
    members = (
        member(1, "QAA", "Y") + member(2, "QAB", "Q") + member(3, "", "N")
        + member(4, "QAA", "N") + member(5, "QAE", "a")
    )  # fmt: skip
    taken, refused = found_in(saved(tmp_path, collection(record(members=members))))
    assert taken[0].positions == (("QAE", "A"),)
    assert [(refusal.line, refusal.code) for refusal in refused] == [
        (31, RefusalCode.TWO_POSITIONS),
        (32, RefusalCode.POSITION),
        (33, RefusalCode.MEMBER),
    ]
    assert [mark.code for mark in taken[0].marks] == [MarkCode.ROWS_REFUSED]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("4000001", "", RefusalCode.KEY),
        ("2022-10-12", "soon", RefusalCode.DATE),
        ("A/RES/ES-11/901", "S/RES/2623 (2022)", RefusalCode.OTHER_ORGAN),
        (
            '<datafield tag="952">',
            '<datafield tag="981"><subfield code="a">Security Council</subfield></datafield>'
            '<datafield tag="952">',
            RefusalCode.OTHER_ORGAN,
        ),
    ],
)
def test_a_record_that_is_no_vote_of_the_assembly_is_refused(tmp_path, old, new, code):
    records = [record(FIELDS.replace(old, new)), record(FIELDS.replace("4000001", "2"))]
    taken, refused = found_in(saved(tmp_path, collection(*records)))
    assert [vote.source_id for vote in taken] == ["2"]
    assert [(refusal.line, refusal.code) for refusal in refused] == [(3, code)]


def test_the_record_of_a_document_is_refused(tmp_path):
    document = '<record><controlfield tag="001">7</controlfield></record>'
    taken, refused = found_in(saved(tmp_path, collection(document, record())))
    assert len(taken) == 1
    assert [refusal.code for refusal in refused] == [RefusalCode.NO_VOTE]


def test_a_second_record_of_a_vote_is_refused(tmp_path):
    taken, refused = found_in(saved(tmp_path, collection(record(), record())))
    assert len(taken) == 1
    assert [refusal.code for refusal in refused] == [RefusalCode.REPEATED]


LAUGHS = "".join(
    f'<!ENTITY lol{number} "{f"&lol{number - 1};" * 10 if number else "lol"}">'
    for number in range(10)
)


@pytest.mark.parametrize(
    "before",
    [
        f"<!DOCTYPE bomb [{LAUGHS}]>",
        f'<!DOCTYPE bomb [<!ENTITY lol9 "{"lol" * 100_000}">]>',
        '<!DOCTYPE out [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE out [<!ENTITY % all SYSTEM "http://127.0.0.1:9/x.dtd"> %all;]>',
        '<!DOCTYPE collection SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE collection>",
    ],
)
def test_document_types_and_entities_are_refused(tmp_path, before):
    text = collection(record(FIELDS.replace("Lighthouses.", "&lol9;")), before=before)
    with pytest.raises(UnreadableFile, match=r"declares a document type|no collection"):
        found_in(saved(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (collection(record())[:-30], "not well-formed XML, line 35: unclosed token"),
        (collection(record()).replace("</record>", ""), "mismatched tag"),
        (collection(record(FIELDS.replace("&amp;", "&bomb;"))), "undefined entity"),
        (collection("<a>" * 100), "nested too deep"),
        (collection(record(FIELDS + "<x>" + "a" * 9_000_000 + "</x>")), "record of more than"),
        (collection(record(FIELDS + f'<x y="{"a" * 9_000_000}"/>')), "record of more than"),
    ],
)
def test_a_file_that_is_broken_or_means_harm_is_refused(tmp_path, text, reason):
    with pytest.raises(UnreadableFile, match=reason):
        found_in(saved(tmp_path, text))
