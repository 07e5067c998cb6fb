"""Public pages kept in memory: sent as long as nothing was published, and not a moment longer."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import Resolution, Session, State
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.portal import PAGES, STATUS
from tests.visitor import Visitor
from unga_portal.cache import edition
from unga_portal.cache.front import CACHE_CONTROL
from unga_portal.cache.shelf import Address, Page, Shelf

pytestmark = pytest.mark.django_db

SESSION = "/sessions/77/"


@pytest.fixture(autouse=True)
def connections_stay() -> object:
    """The test's own connection is not closed at the end of a request, as in Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def session(empty_portal) -> Session:  # noqa: F811  # the fixture itself
    cast.states()
    return cast.session(77)


def note(session: Session, text: str) -> None:
    session.note = text
    session.save()


# What is kept


def test_a_page_is_made_once_and_sent_twice(visitor, session):
    first, second = visitor.get(SESSION), visitor.get(SESSION)

    assert visitor.made == [SESSION]
    assert (first.status, first.headers, first.body) == (200, second.headers, second.body)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("end", ["bar.svg", "bar.png?theme=dark", "map.png"])
def test_a_picture_is_drawn_once(visitor, end):
    address = f"{PAGES['frame']}{end}"
    first, second = visitor.get(address), visitor.get(address)

    assert first.status == second.status == 200
    assert first.body == second.body
    assert visitor.get(address, if_none_match=first.headers["ETag"]).status == 304
    assert len(visitor.made) == 1


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_from_memory_is_the_page_that_django_makes(client, visitor, name):
    visitor.get(PAGES[name])
    got = visitor.get(PAGES[name])
    made = client.get(PAGES[name], headers={"host": "127.0.0.1"})
    added = {"ETag", "Cache-Control", "Vary", "Content-Length"}

    assert got.status == made.status_code == STATUS.get(name, 200)
    assert got.text == made.content.decode()
    assert got.headers["Content-Length"] == str(len(got.body))
    assert without(got.headers, added) == without(made.headers, added)


def without(headers, names: set[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in names}


def test_a_new_data_pack_is_listed_at_once(visitor, session, settings, tmp_path):
    settings.DATA_PACKS = tmp_path
    visitor.get("/data/")
    before = visitor.get("/data/")
    call_command("export_data", forms=["csv"], stdout=StringIO())

    assert "There is no data pack yet" in before.text
    assert before.headers["Cache-Control"] == "no-cache"
    assert "There is no data pack yet" not in visitor.get("/data/").text


@pytest.mark.usefixtures("record")
def test_a_browser_gets_the_page_packed_and_anybody_else_as_it_is(visitor):
    plain, packed = visitor.get("/about/"), visitor.get("/about/", accept_encoding="br, gzip")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert len(packed.body) < len(plain.body) / 2
    assert packed.text == plain.text
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept, Accept-Encoding"
    assert len(visitor.made) == 1


@pytest.mark.parametrize(
    "refused", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "gzipped", "identity"]
)
def test_who_refuses_packed_answers_gets_none(visitor, session, refused):
    assert "Content-Encoding" not in visitor.get(SESSION, accept_encoding=refused).headers


def test_head_says_what_get_says_without_the_body(visitor, session):
    cold, got, warm = (visitor.get(SESSION, method=name) for name in ("HEAD", "GET", "HEAD"))

    assert cold.headers == got.headers == warm.headers
    assert cold.body == warm.body == b""
    assert visitor.made == [SESSION]


def test_whoever_is_signed_in_gets_the_page_of_everybody_and_no_cookie(visitor, session, settings):
    cookie = f"{settings.SESSION_COOKIE_NAME}={'x' * 32}; other=1"
    first, second = visitor.get(SESSION, cookie=cookie), visitor.get(SESSION)

    assert first.body == second.body
    assert "Set-Cookie" not in first.headers
    assert visitor.made == [SESSION]


# What is at hand: the reply to who asks the very same

WAYS = [
    {},
    {"accept_encoding": "gzip"},
    {"accept_encoding": "gzip;q=0"},
    {"accept_encoding": "gzip", "method": "HEAD"},
    {"method": "HEAD"},
    {"method": "POST"},
    {"accept": "text/html"},
    {"accept": "application/json"},
    {"accept": "text/csv"},
    {"host": "elsewhere.example"},
    {"scheme": "https"},
    {"x_forwarded_proto": "https"},
    {"if_none_match": "*"},
]


def test_nobody_is_answered_what_somebody_else_asked_for(visitor, session, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    visitor = Visitor()
    ways = [*WAYS, {"if_none_match": visitor.get(SESSION).headers["ETag"]}]
    alone = [Visitor().get(SESSION, **way) for way in ways]

    for _ in range(3):
        assert [visitor.get(SESSION, **way) for way in ways] == alone
        assert visitor.get("/sessions/").body != alone[0].body
        assert visitor.get(f"{SESSION}?page=1").headers["ETag"] != alone[0].headers["ETag"]


def test_a_page_that_is_asked_for_again_and_again_changes_at_once(visitor, session):
    etag = visitor.get(SESSION).headers["ETag"]
    for _ in range(3):
        assert visitor.get(SESSION).status == 200
        assert visitor.get(SESSION, if_none_match=etag).status == 304
    note(session, "It sat in a tent.")

    assert "It sat in a tent." in visitor.get(SESSION, if_none_match=etag).text
    assert "It sat in a tent." in visitor.get(SESSION).text


def test_a_page_that_is_asked_for_again_and_again_outlasts_others(session):
    visitor = Visitor(most_bytes=15_000)
    others = ["/", "/about/", "/resolutions/", "/sessions/", "/states/", "/timeline/"]
    for other in others * 2:
        assert {visitor.get(SESSION).status for _ in range(3)} == {200}
        assert visitor.get(other).status == 200
        assert SESSION in visitor.front.shelf.paths

    assert visitor.made.count(SESSION) == 1
    assert {visitor.made.count(other) for other in others} == {2}


def test_what_is_at_hand_stays_within_bounds(visitor, session):
    for number in range(3 * Shelf.MOST_REPLIES):
        visitor.get(SESSION, accept=f"text/html, {number}/*")
        assert len(visitor.front.shelf.replies) <= Shelf.MOST_REPLIES
    before = len(visitor.front.shelf.replies)
    visitor.get(SESSION, accept=f"text/html, {'x' * Shelf.LARGEST_REPLY}/*")

    assert len(visitor.front.shelf.replies) == before > 0


# What is not kept


@pytest.mark.parametrize(
    "address",
    ["/nothing/", "/sessions/?page=x&page=%FF", "/resolutions/?year=soon", "/sessions/es-77/"],
)
def test_errors_and_redirects_are_made_each_time_and_nobody_may_use_them_again(
    visitor, session, address
):
    first, second = visitor.get(address), visitor.get(address)

    assert first.status == second.status >= 300
    assert len(visitor.made) == 2
    assert "ETag" not in first.headers
    assert first.headers["Cache-Control"] == CACHE_CONTROL


def test_the_admin_and_the_health_of_the_portal_are_never_kept(visitor, session):
    for address in ("/admin/login/", "/health/"):
        answers = [visitor.get(address) for _ in range(2)]
        assert [answer.status for answer in answers] == [200, 200]
        assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)
        assert not any("ETag" in answer.headers for answer in answers)
    assert len(visitor.made) == 4


def test_what_is_sent_to_a_public_page_is_refused_and_leaves_nothing_behind(visitor, session):
    assert visitor.get(SESSION, method="POST").status == 405
    assert visitor.get(SESSION, method="OPTIONS").status == 204
    assert visitor.get(SESSION).status == 200


def test_a_host_of_another_name_is_refused_even_where_the_page_is_kept(visitor, session):
    visitor.get(SESSION)

    assert visitor.get(SESSION, host="elsewhere.example").status == 400


def test_plain_http_is_led_to_https_even_where_the_page_is_kept(visitor, session, settings):
    settings.SECURE_SSL_REDIRECT = True
    visitor = Visitor()

    assert visitor.get(SESSION, scheme="https").status == 200
    assert visitor.get(SESSION).status == 301


def test_behind_a_proxy_its_word_on_https_decides_even_where_the_page_is_kept(session, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    visitor = Visitor()

    assert visitor.get(SESSION, x_forwarded_proto="https").status == 200
    assert visitor.get(SESSION, x_forwarded_proto="http").status == 301


# Publishing


def test_the_next_request_after_a_change_shows_it(visitor, session):
    visitor.get(SESSION)
    note(session, "It sat in a tent.")

    assert "It sat in a tent." in visitor.get(SESSION).text
    assert "It sat in a tent." in visitor.get(SESSION).text
    assert len(visitor.made) == 2


def test_a_page_that_was_kept_is_gone_once_it_is_withdrawn(visitor, session):
    text = cast.text("A/77/L.1")
    address = text.get_absolute_url()
    assert visitor.get(address).status == 200
    text.state = State.WITHDRAWN
    text.save()

    assert visitor.get(address).status != 200


def test_a_draft_is_never_shown_before_it_is_published(visitor, session):
    text = cast.text("A/77/L.1", state=State.DRAFT)
    address = text.get_absolute_url()
    for _ in range(2):
        assert visitor.get(address).status == 404
        assert text.title not in visitor.get("/resolutions/").text
    Resolution.objects.filter(pk=text.pk).update(state=State.PUBLISHED)
    note(session, "Now.")

    assert visitor.get(address).status == 200
    assert text.title in visitor.get("/resolutions/").text


def test_what_is_published_while_a_page_is_made_makes_it_anew(visitor, session):
    """A page of two halves, one from before and one from after, is not even sent."""
    made = visitor.front.django

    def publish_meanwhile(environ, start_response):
        answer = made(environ, start_response)
        if len(visitor.made) == 1:
            note(session, "Meanwhile.")
        return answer

    visitor.front.django = publish_meanwhile

    assert "Meanwhile." in visitor.get(SESSION).text
    assert len(visitor.made) == 2


def test_a_new_day_makes_a_page_anew(visitor, session, monkeypatch):
    visitor.get(SESSION)
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    monkeypatch.setattr(edition, "today", lambda _minute: tomorrow)
    visitor.get(SESSION)

    assert len(visitor.made) == 2


# Asking whether a page still stands


def test_a_304_asks_for_the_data_version_and_nothing_else(visitor, session):
    etag = visitor.get(SESSION).headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.get(SESSION, if_none_match=etag)

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers == {
        "ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept, Accept-Encoding",
    }  # fmt: skip
    assert len(captured) == 0  # the data version is asked for past what Django counts
    assert visitor.made == [SESSION]


def test_a_worker_that_never_made_the_page_knows_that_it_still_stands(visitor, session):
    etag = visitor.get(SESSION).headers["ETag"]
    other = Visitor()

    assert other.get(SESSION, if_none_match=etag).status == 304
    assert other.made == []


@pytest.mark.parametrize("form", ["{}", 'W/"other", {}', '{}, "x"'])
def test_a_tag_is_recognised_among_others_and_in_a_head_request(visitor, session, form):
    etag = visitor.get(SESSION).headers["ETag"]

    assert visitor.get(SESSION, if_none_match=form.format(etag)).status == 304
    assert visitor.get(SESSION, if_none_match=form.format(etag.removeprefix("W/"))).status == 304
    assert visitor.get(SESSION, "HEAD", if_none_match=form.format(etag)).status == 304


@pytest.mark.parametrize("tag", ["*", "", '"', 'W/""', "x" * 8000, '"\x00"'])
def test_a_tag_that_nobody_gave_out_gets_the_page(visitor, session, tag):
    assert visitor.get(SESSION, if_none_match=tag).status == 200


def test_every_change_every_page_and_every_query_has_a_tag_of_its_own(visitor, session):
    tags = [visitor.get(address).headers["ETag"] for address in (SESSION, "/sessions/", "/?a", "/")]
    note(session, "Later.")
    later = visitor.get(SESSION, if_none_match=tags[0])

    assert later.status == 200
    assert len({*tags, later.headers["ETag"]}) == 5


# Bounds


def test_one_path_takes_no_more_than_its_part_however_many_queries_are_tried(visitor, session):
    for number in range(100):
        assert visitor.get(f"{SESSION}?nonsense={number}").status == 200
    visitor.get(SESSION)

    [pages] = visitor.front.shelf.paths.values()
    assert len(pages) == Shelf.MOST_OF_A_PATH


def page(size: int) -> Page:
    return Page(None, "", [], b"x" * size, False)


def address(path: int, query: int = 0) -> Address:
    return Address(f"/{path}/", str(query), ())


def test_the_shelf_stays_within_its_bytes_and_keeps_what_was_asked_for_last():
    shelf = Shelf(most_bytes=100_000)
    for number in range(1000):
        shelf.put(address(number), page(9_000))
        assert shelf.get(address(0)) is not None
        assert shelf.bytes <= 100_000

    held = [number for number in range(1000) if shelf.get(address(number))]
    assert held == [0, *range(992, 1000)]
    assert shelf.bytes == sum(shelf._size(page(9_000)) for _ in held)


def test_a_page_put_again_takes_the_place_of_the_old_one():
    shelf = Shelf(most_bytes=100_000)
    shelf.put(address(1), page(50_000))
    shelf.put(address(1), page(10))

    assert len(shelf.get(address(1)).body) == 10
    assert shelf.bytes == shelf._size(page(10))


def test_a_page_larger_than_the_shelf_is_sent_and_not_kept():
    shelf = Shelf(most_bytes=1_000)
    shelf.put(address(1), page(2_000))

    assert shelf.get(address(1)) is None
    assert shelf.bytes == 0


def test_once_something_is_published_what_was_kept_before_takes_no_room(visitor, session):
    for number in range(10):
        visitor.get(f"{SESSION}?nonsense={number}")
    note(session, "Later.")
    visitor.get(SESSION)

    [[kept]] = [pages.values() for pages in visitor.front.shelf.paths.values()]
    assert visitor.front.shelf.bytes == visitor.front.shelf._size(kept)
