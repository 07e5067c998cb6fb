"""A pack exported and imported again is the same public portal: the same files, the same pages."""

import json

import pytest
from django.core.management import CommandError, call_command

from resolutions.models import (
    Action,
    Change,
    DataVersion,
    ImportRun,
    LoadedRow,
    Resolution,
    Session,
    State,
)
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.importing import dump
from tests.packs import AWKWARD, contents, empty_the_database, export, full_portal, load
from votes.models import Card, MemberState, VoteEvent


@pytest.fixture
def imported(empty_portal, pack) -> None:  # noqa: F811  # the fixture itself
    """An empty portal into which the pack of the full one was imported."""
    empty_the_database()
    load(pack)


def different(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*first, *second}) if first.get(name) != second.get(name)]


@pytest.mark.usefixtures("imported")
def test_what_was_exported_and_imported_is_exported_again_byte_by_byte(pack, tmp_path):
    first, second = contents(pack), contents(export(tmp_path))

    assert different(first, second) == []
    assert len(first) > 80


@pytest.mark.usefixtures("record")
def test_the_shipped_record_comes_back_byte_by_byte(tmp_path):
    first = export(tmp_path, "first", forms=["csv"])
    empty_the_database()
    load(first)
    second = export(tmp_path, "second", forms=["csv"])

    assert different(contents(first), contents(second)) == []


def test_something_stands_in_every_table(pack):
    told = json.loads((pack / "manifest.json").read_text())

    assert [held["name"] for held in told["tables"] if not held["rows"]] == []
    assert len(told["tables"]) == 27


@pytest.mark.usefixtures("empty_portal")
def test_every_public_page_is_the_same_afterwards(client, tmp_path):
    addresses = [*full_portal().values(), *pages()]
    before = {address: answer(client, address) for address in addresses}
    pack = export(tmp_path, forms=["csv"])
    empty_the_database()
    load(pack)

    after = {address: answer(client, address) for address in before}
    assert [address for address in before if before[address] != after[address]] == []
    assert {status for status, _page in before.values()} == {200, 302, 410}
    assert len(before) > 60


def pages() -> list[str]:
    texts, events = Resolution.objects.published(), VoteEvent.objects.published()
    sessions = Session.objects.exclude(code="210")  # known from a draft only
    return [
        *("/", "/resolutions/", "/resolutions/?q=bees", "/votes/", "/states/", "/sessions/"),
        *("/timeline/", "/about/", "/data/ledger/", "/votes.json", "/votes.csv", "/timeline.json"),
        *(f"/data/imports/{run.pk}/" for run in ImportRun.objects.filter(outcome="done")),
        *(f"/api/v1/votes/{event.key}" for event in events),
        *(f"{text.get_absolute_url()[:-1]}.json" for text in texts),
        *(text.get_absolute_url() for text in texts),
        *(f"/votes/{event.key}/" for event in events),
        *(state.get_absolute_url() for state in MemberState.objects.all()),
        *(session.get_absolute_url() for session in sessions),
    ]


def answer(client, address: str) -> tuple[int, bytes]:
    response = client.get(address)
    return response.status_code, response.content


@pytest.mark.usefixtures("imported")
def test_awkward_texts_come_back_as_they_were():
    assert set(AWKWARD) <= set(VoteEvent.objects.values_list("note", flat=True))
    assert set(AWKWARD) <= set(Resolution.objects.values_list("title", flat=True))


@pytest.mark.usefixtures("empty_portal")
def test_a_list_comes_back_with_what_divides_lists_in_it(tmp_path):
    symbols = ["A/77/L.1|Add.1", "A/77/L.1\\Rev.1"]
    text = cast.text(symbols[0], key="withdrawn", state=State.WITHDRAWN)
    builders.symbol(text=text, symbol=symbols[1], role="draft", sequence=2)
    builders.history_entry(subject=text.subject_key, action=Action.WITHDRAWN, was_public=True)
    pack = export(tmp_path)
    empty_the_database()
    load(pack)

    assert Resolution.objects.get().symbols_as("draft") == symbols
    assert different(contents(pack), contents(export(tmp_path, "again"))) == []


@pytest.mark.usefixtures("imported")
def test_persons_come_back_as_names_with_which_nobody_signs_in(django_user_model):
    people = {person.get_full_name(): person for person in django_user_model.objects.all()}

    standing_in = {"Entered in another portal", "Reviewed in another portal"}
    assert set(people) == {"Maria Rossi", *standing_in}
    assert not any(person.is_active or person.has_usable_password() for person in people.values())
    assert Change.objects.filter(made_by=people["Maria Rossi"]).exists()


@pytest.mark.usefixtures("imported")
def test_the_search_index_is_made_anew(client):
    made = set(Card.objects.values_list("key", flat=True))

    assert made >= set(VoteEvent.objects.published().values_list("key", flat=True))
    place = 9100 + AWKWARD.index("Türkiye")
    assert f"A/77/L.{place}" in client.get("/resolutions/?q=Türkiye").content.decode()


@pytest.mark.usefixtures("imported")
def test_the_data_version_is_that_of_the_pack_and_never_falls(pack):
    version = json.loads((pack / "manifest.json").read_text())["data_version"]
    assert DataVersion.objects.current() == version

    empty_the_database()
    DataVersion.objects.create(pk=1, value=version + 100)
    load(pack)
    assert DataVersion.objects.current() == version + 101


# What is refused


def refused(small) -> str:
    before = dump()
    with pytest.raises(CommandError) as reason:
        call_command("import_data", small)
    assert dump() == before
    return str(reason.value)


@pytest.fixture
def small(empty_portal, tmp_path):  # noqa: F811  # the fixture itself
    cast.states()
    cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)
    pack = export(tmp_path, forms=["csv"])
    empty_the_database()
    return pack


def test_a_database_that_is_not_empty_is_left_alone(small):
    cast.state("QAA", "Aldora")
    sentence = refused(small)

    assert "The database is not empty: it has member states." in sentence
    assert sentence.endswith("Nothing was imported.")


def test_a_database_in_which_only_a_draft_stands_is_not_empty(small):
    builders.material()

    assert "it has materials" in refused(small)


def test_a_damaged_file_is_refused(small):
    file = small / "csv" / "texts.csv"
    file.write_bytes(file.read_bytes().replace(b"bees", b"wasps"))

    assert f"{file} is damaged" in refused(small)


def test_a_missing_file_is_refused(small):
    (small / "csv" / "positions.csv.gz").unlink()

    assert "positions.csv.gz is missing" in refused(small)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format_version": 2}, "is of version 2 of the format; this program reads version 1"),
        ({"format": "A recipe"}, "is no data pack: manifest.json is of something else"),
        ({"tables": []}, "has no table sources: it is of another release"),
        ({"rooms": 7}, "is no whole data pack: manifest.json lacks something"),
    ],
)
def test_what_is_no_pack_of_this_format_is_refused(small, change, sentence):
    told = json.loads((small / "manifest.json").read_text())
    (small / "manifest.json").write_text(json.dumps(told | change))

    assert sentence in refused(small)


def test_a_directory_that_is_no_pack_is_refused(tmp_path, small):
    assert "is no data pack: manifest.json cannot be read" in refused(tmp_path / "elsewhere")


def test_a_row_that_names_nothing_in_the_pack_is_refused(small):
    altered(small, "symbols", b"A-77-L.1,", b"A-77-L.2,")

    assert "The text A-77-L.2 is named and not in the pack." in refused(small)


def test_a_value_that_cannot_be_read_is_refused(small):
    altered(small, "events", b"2022-10-12,", b"2022-13-12,")

    assert "cannot be read" in refused(small)


def altered(pack, name: str, old: bytes, new: bytes) -> None:
    """Change a table, and its checksum with it."""
    from votes.opendata.pack.manifest import checksum

    file = pack / "csv" / f"{name}.csv"
    before = checksum(file)
    changed = file.read_bytes().replace(old, new)
    assert changed != file.read_bytes()
    file.write_bytes(changed)
    manifest = pack / "manifest.json"
    manifest.write_text(manifest.read_text().replace(before, checksum(file)))


# What a later import finds


@pytest.mark.usefixtures("imported")
def test_a_later_import_of_the_same_file_finds_what_the_file_said_before():
    event = VoteEvent.objects.get(undl_id=4000001)
    said = {row.model: row.values for row in LoadedRow.objects.filter(fixture="undl")}

    assert said["votes.voteevent"]["text"] == str(event.text.pk)
    assert said["resolutions.resolution"]["subjects"] == sorted(
        event.text.subjects.values_list("pk", flat=True)
    )
