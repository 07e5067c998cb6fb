"""The ways in which a vote can stand on another page, each as code to copy."""

from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from resolutions.addresses import address
from votes.opendata.embedding import frame_code
from votes.opendata.exhibit import Exhibit
from votes.opendata.pictures.drawing import CHARTS
from votes.opendata.pictures.sheet import WIDTH
from votes.opendata.pictures.themes import LIGHT

LABELS = {"bar": _("Bar"), "board": _("Board"), "map": _("Tile map")}
THEME_LABELS = {"light": _("Light"), "dark": _("Dark")}


@dataclass(frozen=True)
class Picture:
    """One chart in one theme."""

    label: str
    svg: str
    png: str


@dataclass(frozen=True)
class Way:
    """One chart: its pictures and their height, and the code of a frame and of a picture."""

    chart: str
    label: str
    pictures: list[Picture]
    width: int
    height: int
    frame: str
    image: str


class Sharing(TypedDict):
    shown: Exhibit
    ways: list[Way]
    card: str
    text: str


def ways_to_share(shown: Exhibit, site: str) -> Sharing:
    """Return what can be copied; `site` is the portal's own address, as in `frame_code`."""
    charts = ["bar", "board", "map"] if shown.rows else ["bar"]
    return Sharing(
        shown=shown,
        ways=[_way(shown, chart, site) for chart in charts],
        card=address("share-card", shown.key),
        text=f"{shown.alternative} {shown.source}. {site}{shown.path}",
    )


def _way(shown: Exhibit, chart: str, site: str) -> Way:
    pictures = [_picture(shown.key, chart, theme) for theme in THEME_LABELS]
    address = urlsplit(site).netloc + shown.path
    height = CHARTS[chart](shown, LIGHT, address).height
    return Way(
        chart,
        str(LABELS[chart]),
        pictures,
        WIDTH,
        height,
        frame_code(shown, chart, site),
        image_code(shown, site, pictures[0].svg, height),
    )


def image_code(shown: Exhibit, site: str, path: str, height: int) -> str:
    """Return the code of a picture that leads to the permanent page."""
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"'
        ' style="max-width:100%;height:auto"></a>',
        site + shown.path,
        site + path,
        WIDTH,
        height,
        shown.alternative,
    )


def _picture(key: str, chart: str, theme: str) -> Picture:
    query = "" if theme == "light" else f"?theme={theme}"
    svg, png = (address(f"embed-{form}", key, chart) + query for form in ("svg", "png"))
    return Picture(str(THEME_LABELS[theme]), svg, png)
