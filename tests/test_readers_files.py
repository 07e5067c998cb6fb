"""Opening files: what a file is, and how a wrong or broken one is told."""

import gzip
import hashlib
import io
import zipfile

import pytest

from tests.votefiles import (
    OUTCOMES,
    V1,
    V2,
    V5,
    VOETEN_2016,
    VOETEN_2021,
    document,
    saved,
    v5,
    vote,
)
from votes.readers.files import UnreadableFile, fingerprint, open_file, sniff
from votes.readers.reading import READERS
from votes.readers.rollcalls import Layout

pytestmark = pytest.mark.pure

TABLE = document(V5, vote()).encode()
CODES = ",".join(f"Q{first}{second}" for first in "ABCDE" for second in "ABCDE")
WIDE = f"undl_id,date,session,resolution,title,{CODES}"


def zipped(**members: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        (V1, Layout.UNDL_V1),
        (V1.replace("ms_code,ms_name,ms_vote", "ms_codes,ms_names,ms_votes"), Layout.UNDL_V1),
        (V2, Layout.UNDL_V2),
        (V5, Layout.UNDL_V3),
        (V5.upper(), Layout.UNDL_V3),
        (f"{V5},something_new", Layout.UNDL_V3),
        (WIDE, Layout.UNDL_WIDE),
        (OUTCOMES, Layout.UNDL_OUTCOMES),
        (VOETEN_2021, Layout.VOETEN_2021),
        (VOETEN_2016, Layout.VOETEN_2016),
    ],
)
def test_a_layout_is_known_by_its_columns(tmp_path, header, layout):
    assert sniff(saved(tmp_path, f"{header}\n1,2\n")).layout is layout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "It is empty"),
        (b"\xef\xbb\xbf \r\n", "It is empty"),
        (TABLE.partition(b"\n")[0], "no rows"),
        (TABLE.replace(b"ms_vote", b"permanent_member,ms_vote", 1), "Security Council"),
        (
            ",ccode,session,NVotes,IdealPoint,iso3c\n1,2,3,4,5,Côte\n".encode("latin-1"),
            "ideal points",
        ),
        (b"name,colour\nbuoy,red\n", "not known: it begins with “name, colour”"),
        (TABLE.partition(b"\n")[2], "not known"),
        (TABLE.replace(b",", b";"), "semicolons"),
        (TABLE.replace(b",", b"\t"), "tabs"),
        (b"just some words\nand more of them\n", "no table"),
        (TABLE.replace(b"title,agenda_title", b"title,title", 1), "column twice: title"),
        (TABLE.replace(b"\n", b"\r"), "carriage returns alone"),
        (b"\n<!-- gone -->\n<!DOCTYPE HTML><title>403</title>", "web page"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "web page"),
        (b'<?xml version="1.0"?><rss/>', "not MARCXML"),
        (b'{"error": "not found"}', "JSON"),
        (TABLE.decode().encode("utf-16"), "UTF-16"),
        (b"undl_id,\0\0", "not text"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"BZh91AY", "bzip2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        (gzip.compress(gzip.compress(TABLE)), "within a packed file"),
        (zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"x"}), "Excel"),
        (zipped(one=TABLE, two=TABLE), "holds 2 files"),
        (zipped(), "zip archive without anything"),
        (zipped(empty=b""), "It is empty"),
        (gzip.compress(TABLE)[:-20], "ends too early"),
        (gzip.compress(TABLE) + b"something behind it", "damaged"),
        (zipped(one=TABLE)[:-30], "damaged"),
    ],
)
def test_a_wrong_file_is_told_in_a_sentence(tmp_path, content, sentence):
    kind = sniff(saved(tmp_path, content))
    assert not kind.is_readable
    assert sentence in kind.sentence
    assert kind.sentence.endswith(".")


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path):
    assert sniff(tmp_path / "nothing.csv").sentence == "There is no such file."
    assert "folder" in sniff(tmp_path).sentence


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("votes.csv", TABLE),
        ("marked.csv", b"\xef\xbb\xbf" + TABLE),
        ("votes.csv.gz", gzip.compress(TABLE)),
        ("in two parts.gz", gzip.compress(TABLE[:99]) + gzip.compress(TABLE[99:])),
        ("votes.zip", zipped(**{"votes.csv": TABLE})),
        ("from a Macintosh.zip", zipped(**{"votes.csv": TABLE, "__MACOSX/._votes.csv": b"\0"})),
    ],
)
def test_packed_files_read_the_same_and_are_hashed_on_the_way(tmp_path, name, packed):
    path = saved(tmp_path, packed, name)
    with open_file(path) as opened:
        before = opened.sha256()
        assert b"".join(opened) == TABLE
        assert before == opened.sha256() == fingerprint(path) == hashlib.sha256(packed).hexdigest()


def test_a_file_that_was_read_in_part_is_hashed_whole(tmp_path):
    path = saved(tmp_path, TABLE * 10_000)
    assert path.stat().st_size > 3_000_000
    with open_file(path) as opened:
        opened.read(100)
        assert opened.sha256() == fingerprint(path)


def test_a_locked_archive_is_refused(tmp_path):
    archive = bytearray(zipped(one=TABLE))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in sniff(saved(tmp_path, bytes(archive))).sentence


def test_a_file_that_unpacks_without_end_is_stopped(tmp_path):
    for name, packed in (
        ("bomb.gz", gzip.compress(TABLE + b"a,b\n" * 3_000_000)),
        ("bomb.zip", zipped(bomb=TABLE + b"a,b\n" * 3_000_000)),
    ):
        path = saved(tmp_path, packed, name)
        assert path.stat().st_size < 100_000
        with (
            open_file(path, limit=10_000_000) as opened,
            pytest.raises(UnreadableFile, match="more than 10,000,000 bytes"),
        ):
            for _line in opened:
                pass


def test_a_line_without_end_is_stopped(tmp_path):
    path = saved(tmp_path, gzip.compress(TABLE + b"a" * 50_000_000))
    with open_file(path) as opened, pytest.raises(UnreadableFile, match="a line of more than"):
        for _line in opened:
            pass


def test_a_gzip_file_cut_off_behind_its_head_is_found_in_reading(tmp_path):
    table = document(V5, [row for number in range(9000) for row in vote(undl_id=str(number))])
    path = saved(tmp_path, gzip.compress(table.encode())[:-9])
    assert sniff(path).is_readable
    with open_file(path) as opened, pytest.raises(UnreadableFile, match="ends too early"):
        for _line in opened:
            pass


def test_what_fails_in_the_callers_block_is_not_blamed_on_the_file(tmp_path):
    with pytest.raises(PermissionError, match="of the caller"), open_file(v5(tmp_path, vote())):
        raise PermissionError("of the caller")


def test_there_is_a_reader_for_every_layout():
    assert set(READERS) == set(Layout)


def test_a_reader_refuses_the_file_of_another(tmp_path):
    with (
        open_file(v5(tmp_path, vote())) as opened,
        pytest.raises(UnreadableFile, match="Another kind of file is expected"),
    ):
        next(READERS[Layout.VOETEN_2021](opened))
