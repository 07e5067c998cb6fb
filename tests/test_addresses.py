"""An address leads to the page of what it names."""

import pytest
from django.urls import NoReverseMatch, resolve
from django.urls.base import set_script_prefix

from resolutions.addresses import address


@pytest.mark.parametrize(
    ("view", "names", "given"),
    [
        ("home", (), {}),
        ("resolution", ("A/RES/ES-11/1",), {"symbol": "A/RES/ES-11/1"}),
        ("resolution", ("A/RES/ES-11/2",), {"symbol": "A/RES/ES-11/2"}),
        ("session", ("ES-11",), {"code": "ES-11"}),
        ("vote", ("ES-11",), {"key": "ES-11"}),
        ("vote-positions", ("bees", 2), {"key": "bees", "number": 2}),
    ],
)
def test_an_address_leads_to_the_view_and_names_what_is_shown(view, names, given):
    for _time in range(2):
        found = resolve(address(view, *names))
        assert (found.url_name, found.kwargs) == (view, given)


def test_signs_that_no_address_holds_are_encoded():
    assert address("resolution", "A/RES/377(V)[A]") == "/resolutions/A/RES/377(V)%5BA%5D/"


def test_there_is_no_address_of_a_view_that_does_not_exist():
    with pytest.raises(NoReverseMatch):
        address("nowhere")


def test_an_address_lies_where_the_site_lies():
    assert address("session", "ES-11") == "/sessions/ES-11/"
    set_script_prefix("/portal/")
    try:
        assert address("session", "ES-11") == "/portal/sessions/ES-11/"
    finally:
        set_script_prefix("/")
    assert address("session", "ES-11") == "/sessions/ES-11/"
