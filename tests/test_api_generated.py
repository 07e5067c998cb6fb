"""The API keeps what its description promises, whatever is asked."""

import logging

import pytest

from tests.generated import generate
from unga_portal.wsgi import application
from votes.api.addresses import ENDPOINTS

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("transactional_db", "record")]
SEED = 20221012


@pytest.fixture(autouse=True)
def known_host(settings, caplog):
    settings.ALLOWED_HOSTS = ["localhost"]
    caplog.set_level(logging.CRITICAL, "django.request")  # a line for each of thousands of refusals


@pytest.mark.parametrize(
    ("examples", "least", "least_drawn"),
    [(2, 1000, 20), pytest.param(120, 4000, 2000, marks=pytest.mark.long)],
)
def test_no_generated_request_finds_a_broken_promise(reached, examples, least, least_drawn):
    run = generate(application, examples, SEED)

    assert run.failures == []
    assert run.cases.total() >= least
    assert run.drawn >= least_drawn
    assert run.sent.total() >= run.cases.total()
    assert set(run.answered) == {200, 204, 400, 404, 405}
    assert run.answered[200] >= 10 * len(ENDPOINTS)
    passed_over = f"{run.excused} refused for what OpenAPI has no words for"
    reached(run.cases.total(), f"generated requests to the API, {run.drawn} drawn, {passed_over}")


def without_next(environ, start_response):
    answer = b"".join(application(environ, start_response))
    return [answer.replace(b'"next"', b'"then"')]


def called_text(environ, start_response):
    def start(status, headers, *rest):
        return start_response(status, [("Content-Type", "text/plain")], *rest)

    return application(environ, start)


def deaf(environ, start_response):
    return application({**environ, "QUERY_STRING": ""}, start_response)


BROKEN = {
    without_next: "response_schema_conformance",
    called_text: "content_type_conformance",
    deaf: "negative_data_rejection",
}


def test_a_broken_promise_would_be_found():
    for broken, complaint in BROKEN.items():

        def breaks(environ, start_response, broken=broken):
            is_described = environ["PATH_INFO"].endswith("openapi.json")
            return (application if is_described else broken)(environ, start_response)

        assert complaint in "\n".join(generate(breaks, 1, SEED, most_failures=1).failures)
