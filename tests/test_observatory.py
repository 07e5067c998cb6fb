"""Every route earns its score by the scheme of Mozilla's HTTP Observatory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve

from tests import builders
from tests.observatory import score
from tests.portal import PAGES
from tests.takenaway import FORMS, WITH_DATA, in_form, with_form
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE
from votes.opendata.accepting import CITATIONS, Form

LEAST = 115
ROOT = Path(__file__).resolve().parent.parent
# What other sites may put into frames, refusals too.
EMBEDS = [
    PAGES["frame"],
    PAGES["frame, map"],
    f"{PAGES['frame']}?theme=dark",
    f"{PAGES['frame']}?theme=red",
    f"{PAGES['frame']}?other=1",
    f"{PAGES['frame']}bar.svg",
    f"{PAGES['frame']}map.png?theme=dark",
    f"{PAGES['frame']}pie.svg",
    "/embed/votes/no-such-vote/",
    "/embed/votes/no-such-vote/bar.png",
]
# Pages with data that need rows which no other test needs.
MORE = [
    "/resolutions/A/RES/ES-11/1/changes/",
    f"{PAGES['motion']}changes/",
    f"{PAGES['motion']}positions/1/",
    "/data/imports/1/",
]
ROUTES = [
    *PAGES.values(),
    "/data/packs/unga-portal-data-0/manifest.json",
    "/data/packs/newest/manifest.json",
    "/health/",
    "/admin/",
    "/admin/login/",
    "/resolutions/es-11/1/",
    *MORE,
    *(in_form(page, form) for page in MORE for form in (Form.JSON, Form.CSV, *CITATIONS)),
    *EMBEDS,
    "/share/votes/2022-03-02-A-RES-ES-11-1.png",
    "/oembed?url=http://testserver/resolutions/A/RES/ES-11/1/",
    *(f"{BASE}{endpoint.example or endpoint.path}" for endpoint in ENDPOINTS),
    f"{BASE}/openapi.json",
    "/static/css/portal.css",
    "/static/icon.svg",
    *(in_form(address, form) for address in WITH_DATA.values() for form in (Form.JSON, Form.CSV)),
    *(in_form(address, form) for form in FORMS for address in with_form(form).values()),
    "/sitemap.xml",
    "/sitemap-texts-1.xml",
    "/robots.txt",
]
PRINT_SECURITY = """
import json
from unga_portal import settings
print(json.dumps({
    name: value for name, value in vars(settings).items()
    if name.startswith(("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")) and value is not None
}))
"""


@pytest.fixture(scope="module")
def security_of_production():
    """What the settings say of themselves where nothing but the secret and the host are given."""
    production = {"SECRET_KEY": "kQ3_vX8-" * 8, "ALLOWED_HOSTS": "portal.example"}
    path = {"PATH": os.environ["PATH"]}
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_SECURITY],
        cwd=ROOT,
        env={**path, **production},
        capture_output=True,
        check=True,
    ).stdout
    return json.loads(printed)


@pytest.fixture
def served_as_in_production(settings, security_of_production, record):
    for name, value in security_of_production.items():
        setattr(settings, name, value)
    assert settings.SECURE_SSL_REDIRECT
    counts = {"counts": {}, "marked": 0, "marks": {}}
    builders.import_run(pk=1, outcome="done", finished="2026-03-01T12:00Z", counts=counts)
    return Client()


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_earns_its_points(served_as_in_production, route):
    plain = served_as_in_production.get(route)
    secure = served_as_in_production.get(route, secure=True)

    result = score(plain, secure)
    assert result.points >= LEAST, result


def test_a_refusal_earns_its_points(served_as_in_production):
    plain, secure = (served_as_in_production.post("/", secure=secure) for secure in (False, True))

    assert secure.status_code == 405
    assert score(plain, secure).points >= LEAST


def test_no_route_is_left_out():
    def names(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.name
            elif pattern.namespace != "admin":
                yield from names(pattern.url_patterns)

    visited = {
        resolve(route.partition("?")[0]).url_name
        for route in ROUTES
        if not route.startswith("/static/") and route != PAGES["404"]
    }
    assert set(names(get_resolver().url_patterns)) <= visited


def test_a_bare_answer_earns_little():
    bare = HttpResponse('<script src="//elsewhere.example/a.js"></script>')
    bare.set_cookie("sessionid", "1")

    assert score(bare, bare).points == 0


@pytest.mark.parametrize(
    ("header", "value", "points"),
    [
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'", 80),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-eval'", 105),
        ("Strict-Transport-Security", "max-age=3600", 120),
        ("Referrer-Policy", "unsafe-url", 120),
        ("Cross-Origin-Resource-Policy", "cross-origin", 120),
        ("X-Content-Type-Options", "sniff", 125),
    ],
)
def test_each_header_counts(served_as_in_production, header, value, points):
    plain, secure = (served_as_in_production.get("/", secure=secure) for secure in (False, True))
    assert score(plain, secure).points == 130
    secure[header] = value

    assert score(plain, secure).points == points
