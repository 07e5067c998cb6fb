"""The search box: words, phrases, minus, prefix, symbols; the same on every database."""

import datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolutions.models import DataVersion, Resolution, State, TimelineEvent
from resolutions.models.text import Scheme
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.finding import finding, titles
from votes.models import Card, Method, Question, Word
from votes.search import cards
from votes.search.terms import Term, parse_terms
from votes.search.words import singular, words_of

# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Rights of the Child", "the right of the child"),
        ("Côte d’Ivoire: parties’ ÉLECTIONS", "cote d ivoire party election"),
        ("co-operation and co-ordination", "cooperation and coordination"),
        ("Co-opted, non-self-governing", "coopted non self governing"),
        ("A/RES/3379(XXX)", "a re 3379 xxx"),
        ("Łódź, Ærø, İstanbul, ﬁne, ²", "lodz aero istanbul fine 2"),
        ("crisis, Honduras, status, glass, bus", "crisis hondura status glass bus"),
        ("", ""),
        ("%_*\\()\x00", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_plural(text, words):
    assert words_of(text) == [word if word != "re" else "res" for word in words.split()]


def test_letters_of_other_scripts_are_written_so_that_no_database_can_split_them():
    assert words_of("Мир 和平") == words_of("мир 和平")
    assert all(word.isascii() and word.isalnum() for word in words_of("Мир 和平 สันติภาพ שלום"))


@pytest.mark.parametrize("word", ["party", "right", "crisis", "bus", "gas", "ies", "s", "1990s"])
def test_a_singular_stays(word):
    assert singular(word) == word


@given(st.text())
def test_whatever_is_typed_becomes_words_of_letters_and_digits(text):
    for word in words_of(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()


# Terms


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("nuclear weapons", [("nuclear",), ("weapon",)], []),
        ('"nuclear weapons" -test', [("nuclear", "weapon")], [("test",)]),
        ("“nuclear weapons”", [("nuclear", "weapon")], []),
        ("A/RES/77/1", [("a", "res", "77", "1")], []),
        ('-"nuclear tests"', [], [("nuclear", "test")]),
        ("the question of Palestine", [("question",), ("palestine",)], []),
        ("of the", [("of",), ("the",)], []),
        ('"of the people"', [("of", "the", "people")], []),
        ('unclosed "quote here', [("unclosed",), ("quote", "here")], []),
        ('- -- "" * ( ) : ^ ~ + { }', [], []),
        ("NEAR(a b) title:x OR AND NOT", [("near", "a"), ("b",), ("title", "x"), ("not",)], []),
    ],
)
def test_a_query_is_read_as_terms(typed, wanted, unwanted):
    terms = parse_terms(typed)

    assert [term.words for term in terms.wanted] == wanted
    assert [term.words for term in terms.unwanted] == unwanted


def test_an_asterisk_makes_the_last_word_a_beginning():
    assert parse_terms("disarm* peace").wanted == (Term(("disarm",), True), Term(("peace",)))


@given(st.text(max_size=300))
def test_any_query_can_be_read(typed):
    terms = parse_terms(typed)

    assert len(terms.wanted) + len(terms.unwanted) <= 30


# Finding


@pytest.fixture
@public_change()
def texts(empty_portal: None) -> dict[str, Resolution]:  # noqa: F811  # the fixture itself
    rows = {
        "bees": cast.text("A/77/L.1", title="Rights of bees in times of war"),
        "hives": cast.text("A/77/L.2", title="Hives", summary="On the rights of bees."),
        "honey": cast.text("A/77/L.3", title="Honey", agenda_item="Question of the bees"),
        "co": cast.text("A/77/L.4", title="Co-operation of beekeepers with L’Étoile"),
        "old": cast.text("A/L.5", title="Elimination of all forms of drone discrimination"),
    }
    for number, row in enumerate(rows.values()):
        cast.event(row, date=datetime.date(2010 + number, 5, 1))
    builders.symbol(text=rows["bees"], symbol="A/RES/77/1", role="adopted")
    builders.symbol(text=rows["hives"], symbol="A/77/500", role="report")
    builders.symbol(text=rows["honey"], symbol="A/77/500", role="report")
    builders.symbol(text=rows["old"], symbol="A/RES/3379(XXX)", role="adopted")
    rows["hives"].subjects.add(builders.subject(name="BEES--PROTECTION", scheme=Scheme.PORTAL))
    return rows


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bees", "bees hives honey"),
        ("bee", "bees hives honey"),
        ("BEES", "bees hives honey"),
        ("bee*", "bees hives co honey"),
        ("bees rights", "bees hives"),
        ("rights bees", "bees hives"),
        ('"rights of bees"', "bees hives"),
        ('"bees rights"', ""),
        ("bees -rights", "honey"),
        ("-bees", "old co"),
        ('-"question of" bees', "bees hives"),
        ("beekeeper", "co"),
        ("cooperation", "co"),
        ("co-operation", "co"),
        ("etoile", "co"),
        ("l'étoile", "co"),
        ("beek", ""),
        ("protection", "hives"),
        ("question", "honey"),
        ("of", "bees hives honey co old"),
        ("resolution on drones", "old"),
        ("A/RES/3379", "old"),
        ("3379 (XXX)", "old"),
        ("3379(xxx)", "old"),
        ("RES/3379", "old"),
        ("3379", "old"),
        ("L.3", "honey"),
        ("77/L.3", "honey"),
        ("77/L", "co honey hives bees"),
        ("A/77/500", "honey hives"),
        ("bees 3379", ""),
        ("bees A/RES/77/1", "bees"),
        ("", "old co honey hives bees"),
        ("?!", ""),
    ],
)
def test_each_word_is_looked_for_in_titles_subjects_symbols_and_what_a_text_says(
    texts, typed, found
):
    names = {row.pk: name for name, row in texts.items()}
    hits = [names[line.row.text] for line in finding(q=typed).lines]

    assert sorted(hits) == sorted(found.split())


def test_a_phrase_does_not_run_from_one_field_into_the_next(texts):
    assert titles(q='"Honey question"') == []
    assert titles(q='"hives bees"') == []


def test_title_words_come_before_subjects_and_these_before_the_rest(texts):
    assert [line.row.text for line in finding(q="bees").lines] == [
        texts["bees"].pk,  # the oldest, but in the title
        texts["hives"].pk,  # in a subject
        texts["honey"].pk,
    ]


def test_what_ranks_alike_comes_latest_first(texts):
    cast.event(cast.text(title="More bees"), date=datetime.date(2022, 1, 1))

    assert titles(q="bees")[:2] == ["More bees", "Rights of bees in times of war"]


def test_an_exact_symbol_comes_first(texts):
    cast.text(title="The report A/77/500 and others")

    assert titles(q="A/77/500") == ["Honey", "Hives", "The report A/77/500 and others"]


def test_another_order_can_be_asked_for(texts):
    assert titles(q="bees", sort="date")[0] == "Rights of bees in times of war"
    assert titles(q="bees", sort="-date")[0] == "Honey"


def test_the_parts_of_a_resolution_are_found_by_its_number(texts):
    part = cast.text("A/48/L.7", title="Transparency", session=cast.session(48))
    builders.symbol(text=part, symbol="A/RES/48/75C", role="adopted")

    assert titles(q="A/RES/48/75C") == titles(q="A/RES/48/75") == ["Transparency"]


def test_a_paragraph_is_found_by_its_own_words_in_the_list_of_votes(texts):
    about = {"question": Question.PARAGRAPH, "question_text": "Operative paragraph 7 on wasps"}
    cast.event(texts["honey"], **about)

    assert finding(q="wasps").lines == []
    assert [line.row.question for line in finding(q="wasps", votes=True).lines] == ["paragraph"]


def test_a_motion_on_no_text_is_found_in_the_list_of_votes(texts):
    cast.event(None, question=Question.MOTION, question_text="To adjourn for tea")

    assert len(finding(q="tea adjourn", votes=True).lines) == 1
    assert finding(q="tea").lines == []


HOSTILE = [
    "'; DROP TABLE votes_card; --",
    'title_words : "bees"',
    "{title_words} : bees",
    "bees NEAR/2 rights",
    'bees" OR "1"="1',
    "^bees",
    "(((((((((",
    "bees & !rights | <-> :*A",
    "\\' \\\\",
    "'bees':*ABCD",
    "* ** *** -* -",
    '"' * 199,
    "a" * 200,
    "-" * 200,
    "bees\u202e\u0301",
    "İ" * 100,
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_finds_nothing_or_what_its_words_say(texts, typed):
    found = finding(q=typed)

    assert len(found.lines) <= 5
    assert found.suggestions == [] or found.places == []
    assert Card.objects.count() == 5


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            ["bees", "ukraine", '"', "-", "*", "(", ")", "'", ":", "&", "|", "!", "<->", "\\",
             "OR", "AND", "NOT", "NEAR", "{", "}", "^", "+", " ", "é", "%", "_", ";", "A/RES/"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
@pytest.mark.usefixtures("record")
def test_no_mixture_of_signs_breaks_the_search(typed):
    found = finding(q=typed[:200])

    assert len(found.lines) == min(50, len(found.places))


# Suggestions


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("discriminaton", "discrimination"),
        ("drnoe", "drone"),
        ("bees discriminatoin", None),
        ("zzzzzz", None),
    ],
)
def test_close_words_are_offered_where_nothing_is_found(texts, typed, offered):
    offers = [words for words, _query in finding(q=typed).suggestions]

    assert offers == ([offered] if offered else [])


def test_the_nearest_symbols_are_offered(texts):
    offers = [words for words, _query in finding(q="A/RES/77/11").suggestions]

    assert offers == ["A/RES/77/1"]


def test_an_offer_keeps_the_other_filters_and_finds_something(texts):
    [(words, query)] = finding(q="drnes", session="77").suggestions

    assert titles(query) == ["Elimination of all forms of drone discrimination"]
    assert words == "drone"


def test_where_the_other_filters_exclude_everything_no_words_are_offered(texts):
    assert finding(q="bees", year="1999").suggestions == []


# The index follows the rows


def test_a_draft_is_never_found(texts):
    person = cast.person("editor")
    hidden = {"state": State.DRAFT, "origin": "editor", "entered_by": person}
    cast.text(title="Secret bees", **hidden)
    cast.event(texts["bees"], question="motion", question_text="Secret tea", **hidden)

    assert titles(q="secret") == []
    assert finding(q="secret", votes=True).lines == []
    assert not Word.objects.filter(word="secret").exists()
    assert finding(q="secert").suggestions == []


def test_what_is_withdrawn_past_the_models_is_not_shown_even_with_a_stale_card(texts):
    Resolution.objects.filter(pk=texts["bees"].pk).update(state=State.WITHDRAWN)
    DataVersion.objects.increase()

    assert "Rights of bees in times of war" not in titles(q="bees")


def test_a_new_title_a_symbol_a_subject_and_a_deletion_are_found_at_once(texts):
    bees = texts["bees"]
    bees.title = "On wasps"
    bees.save()
    assert titles(q="wasps") == ["On wasps"]
    assert "On wasps" not in titles(q="war")

    added = builders.symbol(text=bees, symbol="A/77/L.900", role="draft")
    assert titles(q="L.900") == ["On wasps"]
    added.delete()
    assert titles(q="L.900") == []

    matter = builders.subject(name="Stings")
    matter.texts.add(bees)
    assert titles(q="stings") == ["On wasps"]
    matter.name = "Venom"
    matter.save()
    assert (titles(q="stings"), titles(q="venom")) == ([], ["On wasps"])
    matter.delete()
    assert titles(q="venom") == []


def test_a_deleted_draft_of_a_text_leaves_no_card(texts):
    row = cast.text(title="Fleeting")
    assert titles(q="fleeting") == ["Fleeting"]
    row.delete()

    assert titles(q="fleeting") == []
    assert not Card.objects.filter(title_words="fleeting").exists()


def test_what_is_told_of_a_text_changes_its_status_in_lists(texts):
    row = cast.text(title="Withdrawn by its sponsors")
    told = cast.timeline_event(kind="withdrawal")
    told.links.create(text=row)
    assert titles(status="withdrawn") == ["Withdrawn by its sponsors"]

    TimelineEvent.objects.all().delete()
    assert titles(status="withdrawn") == []


def test_a_vote_that_moves_to_another_text_leaves_the_first_one(texts):
    event = texts["bees"].events.get()
    event.text = cast.text(title="Ants")
    event.save()

    assert titles(method="recorded", q="ants") == ["Ants"]
    assert titles(method="recorded", q="war") == []


def test_positions_are_known_as_soon_as_they_are_written(texts):
    cast.states()
    cast.event(texts["bees"], positions=cast.HABITS)

    assert titles("state=QAA&position=yes") == ["Rights of bees in times of war"]


def test_rows_written_past_the_models_are_found_after_refresh_or_rebuild(texts):
    Resolution.objects.filter(pk=texts["bees"].pk).update(title="On moths")
    Resolution.objects.filter(pk=texts["honey"].pk).update(title="Also moths")
    assert titles(q="moths") == []

    cards.refresh([texts["bees"].pk])
    DataVersion.objects.increase()
    assert titles(q="moths") == ["On moths"]

    call_command("rebuild_search", verbosity=0)
    assert titles(q="moths") == ["Also moths", "On moths"]


def test_a_rebuild_makes_the_cards_that_are_there(texts):
    cast.states()
    cast.event(texts["bees"], positions=cast.HABITS)
    cast.event(texts["honey"], Method.WITHOUT_VOTE)
    fields = [field.name for field in Card._meta.fields if field.name != "id"]
    before = set(Card.objects.values_list(*fields))
    cards.rebuild()

    assert set(Card.objects.values_list(*fields)) == before


def test_an_index_that_is_empty_beside_rows_is_filled_after_a_migration(texts):
    Card.objects.all().delete()
    call_command("migrate", verbosity=0)

    assert Card.objects.count() == 5


# The record


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("ukraine", 12),
        ("aggression ukraine", 4),
        ('"human rights council"', 1),
        ("charter -peace", 1),
    ],
)
@pytest.mark.django_db
def test_the_record_is_found_by_its_words(typed, count):
    assert len(finding(q=typed).places) == count
