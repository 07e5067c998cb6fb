"""The document on data describes every address and parameter of pictures and frames."""

import re
from urllib.parse import unquote

import pytest
from django.urls import reverse

from tests.documented import DOCUMENT
from votes.embed.asked import FrameLook, PictureLook
from votes.embed.oembed import Asked
from votes.embed.urls import urlpatterns
from votes.opendata.pictures.drawing import CHARTS
from votes.opendata.pictures.themes import THEMES

[SECTION] = re.findall(r"## Pictures and frames\n(.*?)\n## ", DOCUMENT.read_text(), re.DOTALL)


def test_every_address_is_described_and_no_other():
    key = "<key>"
    addresses = [reverse("embed-svg", args=[key, chart]) for chart in CHARTS]
    addresses += [reverse(name, args=[key]) for name in ("embed", "share-card", "share")]
    addresses.append(reverse("oembed"))

    told = re.findall(r"^\| `([^`?]+)", SECTION, re.MULTILINE)
    assert sorted(told) == sorted(map(unquote, addresses))
    # A PNG has the address of the SVG but for its ending.
    names = {"embed", "embed-svg", "embed-png", "share-card", "share", "oembed"}
    assert {pattern.name for pattern in urlpatterns} == names


@pytest.mark.parametrize(
    "name", [*PictureLook.base_fields, *FrameLook.base_fields, *Asked.base_fields, "format"]
)
def test_every_parameter_is_described(name):
    assert re.search(rf"`[^`]*\b{name}\b(=|`)", SECTION)


@pytest.mark.parametrize(("name", "values"), [("chart", CHARTS), ("theme", ("auto", *THEMES))])
def test_every_value_of_a_choice_is_described(name, values):
    for value in values:
        assert re.search(rf"`({name}=)?{value}`", SECTION)
