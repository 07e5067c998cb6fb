"""Addresses that nobody means well with: each is answered in words, and none breaks a page.

The lists below are crossed; `random_requests` draws from the same pieces at random, with a seed.
"""

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse

from tests.reading import parse, words

pytestmark = [pytest.mark.usefixtures("record"), pytest.mark.once]

ANSWERS = {200, 301, 302, 400, 404}
MARKUP = "<script>alert(1)</script>"
ATTRIBUTE = "\"><img src=x onerror=alert(1)>'"

TEXT = "/resolutions/S/2022/720/"  # fifteen positions, as many code paths as 193
MOTION = "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/"
PARAMETERS = {
    "/resolutions/": [
        "q",
        "session",
        "year",
        "status",
        "method",
        "outcome",
        "sort",
        "page",
        "decade",
        "subject",
        "rule",
        "margin",
        "within",
        "against_below",
        "split",
        "state",
        "position",
        "after",
        "before",
    ],
    "/votes/": ["q", "question", "state", "position", "within", "after", "before", "page"],
    TEXT: ["view", "position", "group", "name"],
    MOTION: ["view", "position", "group", "name"],
    "/sessions/ES-11/": ["page"],
    "/states/": ["group", "name"],
    "/states/FRA/": ["position", "year", "q", "page", "state", "sort", "after"],
    "/subjects/ukraine/": ["page"],
    "/timeline/": ["year", "standing", "text"],
}
WITHOUT_PARAMETERS = ["/", "/about/", "/data/", "/health/", "/sessions/"]
CASES = [(address, name) for address, names in PARAMETERS.items() for name in names]
WHOLE_NUMBERS = [
    "0",
    "-1",
    "-0",
    "+1",
    "00",
    "1.0",
    "1e3",
    "0x10",
    "1_000",
    "NaN",
    "Infinity",
    "2147483648",
    "9223372036854775808",
    "99999999999",
    str(10**30),
    "9" * 4000,
    "٢٠٢٢",
    "２０２２",
    "²",
    "Ⅻ",
    "1 OR 1=1",
    "2022; DROP TABLE votes_vote",
]
WORDS = [
    "",
    " ",
    "\t\r\n",
    "'",
    '"',
    "''; --",
    "' OR '1'='1",
    "') UNION SELECT password FROM auth_user --",
    "%",
    "_",
    "\\",
    "%25%27",
    "${7*7}{{7*7}}{% load i18n %}",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "file:///etc/passwd",
    "A/RES/" + "1" * 80,
    "A/RES/" + "/".join("1" * 40),
    "A" * 81,
    "x" * 200,
    "x" * 201,
    "I" * 150,
    "(" * 150,
    "-" * 150,
    "A/RES/377(V)[A-Z]",
    "S/RES/99999999999999999999 (99999)",
    "ES-999999999999",
    "\u202eevil\u202c",
    "\ufeff\u200b\u200d",
    "e\u0301" * 60,
    "ﷺ" * 60,
    "🗳" * 50,
    "ß",
    "İ",
    "\x01\x1f\x7f",
    "null",
    "undefined",
    "__class__",
    "constructor",
    MARKUP,
    ATTRIBUTE,
]
# Written into the query as they stand.
RAW = [
    "%",
    "%G1",
    "%00",
    "a%00b",
    "%ff%fe",
    "%C0%AF",
    "%ED%A0%80",
    "\xff",
    "+",
    "&&&==&=",
    "q",
    "=",
    "[]=1",
    "a[b][c]=1&q[]=2",
    "q=1;page=2",
    "?" * 50,
    "x" * 4096,
    "x" * 10_000,
    "&".join(f"p{number}=1" for number in range(600)),
    "&".join("q=1" for _ in range(900)),
    "page=1&page=x&page=2",
]


def judge(response: HttpResponse, address: str) -> None:
    """Fail where an answer is none, says too little, or repeats markup that was sent."""
    assert response.status_code in ANSWERS, f"{response.status_code} for {address[:200]}"
    assert "Set-Cookie" not in response
    assert MARKUP.encode() not in response.content, address
    assert b"<img src=x" not in response.content, address
    if response.status_code in (301, 302):
        assert response["Location"].startswith("/")
        assert not response["Location"].startswith("//")
    elif response["Content-Type"].startswith("text/html"):
        root = parse(response.content.decode())
        assert len(list(root.iter("h1"))) == 1
        if response.status_code != 200:
            [answer] = root.findall(".//p[@class='answer']")
            assert words(answer).endswith(".")
            assert "Traceback" not in words(root)


in_parts = pytest.mark.parametrize("share", [0.2, pytest.param(1, marks=pytest.mark.long)])


def some(values: list[Any], share: float, seed: str) -> list[Any]:
    """Return this share of the values: always the same ones for the same seed."""
    return random.Random(seed).sample(values, round(len(values) * share))


@in_parts
@pytest.mark.parametrize(("address", "name"), CASES)
def test_no_value_of_any_parameter_breaks_a_page(client, address, name, share):
    is_number = name in ("page", "year")
    values = WHOLE_NUMBERS + WORDS[:12] if is_number else WHOLE_NUMBERS[:6] + WORDS
    for value in some(values, share, address + name):
        asked = f"{address}?{urlencode({name: value})}"
        judge(client.get(asked), asked)


@in_parts
@pytest.mark.parametrize("address", [*PARAMETERS, *WITHOUT_PARAMETERS])
def test_no_query_breaks_a_page_however_it_is_written(client, address, share):
    for raw in some(RAW, share, address):
        judge(client.get(address, QUERY_STRING=raw), f"{address}?{raw}")


@in_parts
@pytest.mark.parametrize("before", ["/", "/resolutions/", "/sessions/", "/states/", "/votes/"])
@pytest.mark.parametrize("after", ["/", ""])
def test_no_path_breaks_the_portal(client, before, after, share):
    for value in some(WHOLE_NUMBERS + WORDS, share, before + after):
        asked = f"{before}{quote(value, safe='/')}{after}"
        judge(client.get(asked), asked)


@pytest.mark.parametrize(
    "path",
    [
        "/states/%00/",
        "/states/FRA%00/",
        "/states/%ff/",
        "/states/%ed%a0%80/",
        "/resolutions/%00/",
        "/resolutions/A/RES/ES-11/1%00/",
        "/resolutions/%ff%fe/",
        "/resolutions/A%252FRES%252FES-11%252F1/",
        "/resolutions/A/RES/ES-11/1/../../../../admin/",
        "/resolutions/%2e%2e/%2e%2e/etc/passwd/",
        "/resolutions//////",
        "/sessions/%00/",
        "/votes/%00/",
        "/votes/../../etc/passwd/",
        "/votes/" + "x" * 5000 + "/",
        "/resolutions/" + "x" * 10_000 + "/",
        "/resolutions/" + "A/" * 3000,
        "/states/" + "x" * 5000 + "/",
        "/static/../unga_portal/settings.py",
        "/static/%2e%2e/unga_portal/settings.py",
        "/static/..%2f..%2fetc/passwd",
        "/static/css/",
        "/robots.txt%00",
        "/.env",
        "/.git/config",
        "/%",
        "/%%%",
        "/index.php?page=../../etc/passwd",
    ],
)
def test_no_crooked_path_breaks_the_portal_or_leads_out_of_it(client, path):
    response = client.get(path)

    judge(response, path)
    assert b"SECRET_KEY" not in response.content
    assert b"root:" not in response.content


@pytest.mark.parametrize(
    "address",
    [
        "/resolutions/?q={}",
        "/resolutions/?session={}",
        "/resolutions/?status={}",
        TEXT + "?name={}",
        TEXT + "?view={}",
        TEXT + "?name=russia&group={}",
        "/states/?name={}",
        "/states/FRA/?q={}",
        "/timeline/?text={}",
        "/resolutions/{}/",
        "/states/{}/",
        "/sessions/{}/",
        "/votes/{}/",
        "/{}/",
    ],
)
@pytest.mark.parametrize("value", [MARKUP, ATTRIBUTE, "{{ settings }}", "&lt;b&gt;"])
def test_what_is_sent_comes_back_as_text_or_not_at_all(client, address, value):
    asked = address.format(quote(value, safe=""))
    response = client.get(asked)
    root = parse(response.content.decode())

    judge(response, asked)
    assert list(root.iter("img")) == []
    assert [e for e in root.iter() if any(name.startswith("on") for name in e.attrib)] == []


def test_what_was_typed_is_still_in_its_field(client):
    root = parse(client.get(f"/states/?{urlencode({'name': ATTRIBUTE})}").content.decode())
    [field] = [field for field in root.iter("input") if field.get("name") == "name"]

    assert field.get("value") == ATTRIBUTE


@pytest.mark.parametrize("number", [20, pytest.param(2000, marks=pytest.mark.long)])
def test_no_random_request_breaks_the_portal(client, reached, number):
    for asked in random_requests(number, seed=20221012):
        judge(client.get(asked), asked)
    reached(number, "random requests to public pages")


def random_requests(number: int, seed: int) -> Iterator[str]:
    draw = random.Random(seed)
    values = WHOLE_NUMBERS + WORDS
    for _ in range(number):
        address = draw.choice(list(PARAMETERS))
        names = [draw.choice(CASES)[1] for _ in range(draw.randint(1, 6))]
        query = [(name, mutated(draw.choice(values), draw)) for name in names]
        yield f"{address}?{urlencode(query)}"[:4200]


def mutated(value: str, draw: random.Random) -> str:
    """Change one character of a value, now and then."""
    place = draw.randint(0, len(value))
    return draw.choice([value, value[:place] + chr(draw.randint(1, 0x2FFF)) + value[place + 1 :]])
