import pytest
from django.test import Client

ALLOW = "GET, HEAD, OPTIONS"


@pytest.fixture
def strict_client() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "MKCOL"])
def test_a_public_page_refuses_every_writing_method_with_405(strict_client, method):
    response = strict_client.generic(method, "/resolutions/", b"title=x")

    assert response.status_code == 405
    assert response["Allow"] == ALLOW
    assert b"can only be read" in response.content


@pytest.mark.parametrize("path", ["/", "/states/", "/no/such/page/", "/admin"])
def test_the_method_is_refused_before_the_csrf_check_and_wherever_it_points(strict_client, path):
    assert strict_client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/no/such/page/"])
def test_options_names_the_allowed_methods_without_a_body(strict_client, path):
    response = strict_client.options(path)

    assert response.status_code == 204
    assert response["Allow"] == ALLOW
    assert response.content == b""


@pytest.mark.django_db
def test_the_admin_takes_posts_and_asks_for_their_token(strict_client):
    response = strict_client.post("/admin/login/", {"username": "x", "password": "y"})

    assert response.status_code == 403


@pytest.mark.django_db
def test_head_is_read_only_too_and_sends_no_body(strict_client):
    response = strict_client.head("/admin/login/")

    assert response.status_code == 200
    assert response.content == b""


def test_a_refusal_carries_the_security_headers(strict_client):
    response = strict_client.post("/")

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    ["/states/%00/", "/states/%2500/", "/?q=%00", "/?q=a%00b&page=2", "/admin/login/?next=%00"],
)
def test_a_nul_character_anywhere_in_the_address_is_a_bad_request(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert b"NUL" in response.content


@pytest.mark.parametrize("query", ["q=%FF", "q=%C3", "q=%ED%A0%80", "%E2%28%A1=1"])
def test_a_query_that_is_not_utf8_is_a_bad_request(client, query):
    response = client.get(f"/?{query}")

    assert response.status_code == 400
    assert b"UTF-8" in response.content


def test_raw_bytes_that_are_not_utf8_are_a_bad_request(client):
    assert client.get("/", QUERY_STRING="q=\xff").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "status"), [(4096, 200), (4097, 400)])
def test_a_query_may_have_4096_bytes_and_no_more(client, length, status):
    response = client.get("/admin/login/?" + "q=".ljust(length, "x"))

    assert response.status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["q=Türkiye", "q=T%C3%BCrkiye", "q=%F0%9F%97%B3", "q=100%", "q=a+b"]
)
def test_ordinary_queries_pass(client, query):
    assert client.get(f"/admin/login/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("size", [str(13 * 1024 * 1024), "9" * 400, "many"])
def test_what_is_far_too_large_is_refused_unread_and_in_words(strict_client, size):
    response = strict_client.post("/admin/login/", {"username": "x"}, CONTENT_LENGTH=size)

    assert response.status_code == 413
    assert b"nothing of it was read or saved" in response.content


@pytest.mark.django_db
def test_more_fields_than_any_form_has_are_refused_in_words(client):
    response = client.post("/admin/login/", {f"field-{number}": 1 for number in range(1_001)})

    assert response.status_code == 400
    assert b"More fields were sent" in response.content
