"""The browser of the tests must notice what it is there to notice."""

import pytest


@pytest.fixture
def admin_page(page):
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto("/admin/login/")
    return page


def test_an_admin_page_raises_no_complaint(admin_page, problems):
    assert admin_page.title()
    assert problems == []


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('spoken')", "spoken"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("document.body.setAttribute('style', 'color: red')", "CSP: style-src"),
        ("new Image().src = 'http://elsewhere.invalid/a.png'", "CSP: img-src"),
    ],
)
def test_complaints_of_the_browser_are_heard(admin_page, problems, script, complaint):
    admin_page.evaluate(script)
    admin_page.wait_for_timeout(200)

    assert complaint in "\n".join(problems)
    problems.clear()


def test_a_request_to_elsewhere_is_seen(page, problems):
    page.route("http://elsewhere.invalid/**", lambda route: route.fulfill(body="<p>elsewhere</p>"))
    page.goto("http://elsewhere.invalid/")

    assert "request to http://elsewhere.invalid/" in "\n".join(problems)
    problems.clear()
