"""Rows that a thread writes: whoever asks the database sees all that was handed over before."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from votes.bulk import Bulk, Keyless
from votes.models import Word
from votes.writing import write, writing_beside


@pytest.fixture(autouse=True)
def no_words(db):
    Word.objects.all().delete()


def words() -> list[str]:
    return sorted(Word.objects.values_list("word", flat=True))


def put(*some: str) -> None:
    rows = Keyless(Word)
    for word in some:
        rows.add(word=word)
    rows.flush()


def test_whoever_asks_sees_what_was_handed_over_before():
    with writing_beside():
        for number in range(50):
            put(f"bee {number}")
            assert Word.objects.count() == number + 1


def test_work_is_done_by_another_thread_in_the_order_of_its_handing_over():
    done = []
    with writing_beside():
        for number in range(50):
            write(lambda _database, number=number: done.append((number, threading.get_ident())))
    assert [number for number, _thread in done] == list(range(50))
    assert threading.get_ident() not in {thread for _number, thread in done}


def test_without_a_block_work_is_done_at_once_and_here():
    done = []
    write(lambda _database: done.append(threading.get_ident()))
    assert done == [threading.get_ident()]


def hand_over(*some: str, then: Callable[[], object]) -> None:
    with transaction.atomic(), writing_beside():
        put(*some)
        then()


def test_what_cannot_be_written_is_an_error_of_the_next_question():
    with pytest.raises(IntegrityError):
        hand_over("bee", "bee", then=Word.objects.count)
    assert words() == []


def test_what_cannot_be_written_is_an_error_though_nobody_asks():
    with pytest.raises(IntegrityError):
        hand_over("bee", "bee", then=lambda: None)
    assert words() == []


def test_an_error_of_who_hands_over_takes_back_what_was_written():
    with pytest.raises(ZeroDivisionError):
        hand_over("bee", then=lambda: 1 / 0)
    assert words() == []
    put("wasp")
    assert words() == ["wasp"]


def test_a_key_is_known_before_the_row_is_written_and_nobody_gets_it_later():
    rows = Bulk(Word)
    keys = [rows.add(word=f"bee {number}") for number in range(1_000)]
    rows.flush()
    put("wasp")
    assert dict(Word.objects.values_list("pk", "word"))[keys[700]] == "bee 700"
    assert len({*keys, Word.objects.get(word="wasp").pk}) == 1_001


def test_what_has_to_be_escaped_comes_back_as_it_was():
    odd = ["tab\there", "line\nbreak", "back\\slash", "\\N", "", "quote'\""]
    put(*odd)
    assert words() == sorted(odd)
