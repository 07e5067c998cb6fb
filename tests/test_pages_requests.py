"""What may be asked of a public address: to read it, and nothing else."""

import pytest
from django.conf import settings
from django.test import Client

ADDRESSES = [
    "/",
    "/about/",
    "/data/",
    "/data/packs/unga-portal-data-0/manifest.json",
    "/data/packs/newest/manifest.json",
    "/health/",
    "/resolutions/",
    "/resolutions/A/RES/ES-11/1/",
    "/resolutions/A/RES/ES-11/1/?view=table",
    "/resolutions/es-11/1/",
    "/sessions/",
    "/sessions/ES-11/",
    "/states/",
    "/states/FRA/",
    "/timeline/",
    "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/",
    "/nothing/",
]
WRITING = ["POST", "PUT", "PATCH", "DELETE"]


@pytest.mark.parametrize("method", WRITING)
@pytest.mark.parametrize("address", ADDRESSES)
def test_writing_is_refused_everywhere_and_the_answer_says_what_is_allowed(client, address, method):
    response = client.generic(method, address, b"x=1", "application/x-www-form-urlencoded")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "Set-Cookie" not in response
    assert not response.cookies


@pytest.mark.parametrize("disguise", [
    {"X-HTTP-Method-Override": "DELETE"}, {"X-Method-Override": "PUT"},
])  # fmt: skip
@pytest.mark.usefixtures("record")
def test_a_header_does_not_turn_reading_into_writing(client, disguise):
    assert client.get("/states/FRA/?_method=DELETE", headers=disguise).status_code == 200


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_like_get_without_a_body(client, address):
    got, head = client.get(address), client.head(address)

    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers.get("Location") == got.headers.get("Location")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_gets_a_cookie_whatever_cookies_he_brings(address):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    client.cookies["messages"] = "y"
    client.cookies[settings.CSRF_COOKIE_NAME] = "z" * 32
    response = client.get(address)

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", ["/", "/states/FRA/", "/resolutions/A/RES/ES-11/1/"])
def test_a_page_is_the_same_for_those_who_are_signed_in(address, admin_client):
    assert admin_client.get(address).content == Client().get(address).content


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "accept", ["*/*", "text/html", "application/pdf", "image/png", "", "x" * 2000]
)
def test_what_a_browser_accepts_makes_no_difference(client, accept):
    response = client.get("/states/FRA/", headers={"accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("language", ["fr", "ar", "zh-hans", "*", "../../etc", "x" * 2000])
def test_a_language_that_is_not_whole_yet_is_answered_in_english(client, language):
    response = client.get("/resolutions/A/RES/ES-11/1/", headers={"accept-language": language})

    assert b'<html lang="en">' in response.content
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "address",
    ["//elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/%2f%2felsewhere/"],
)
def test_no_address_leads_out_of_the_portal(client, address):
    location = client.get(address).headers.get("Location", "/")

    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
