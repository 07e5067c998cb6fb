"""The code of frames, and what oEmbed says of one."""

from typing import Any

from django.utils.html import format_html

from resolutions.addresses import address
from votes.opendata.exhibit import Exhibit
from votes.opendata.frame_height import height_of
from votes.opendata.pictures import card

FRAME_WIDTH = 720


def frame_code(
    shown: Exhibit, chart: str, site: str, width: int = FRAME_WIDTH, height: int | None = None
) -> str:
    """Return the code of a frame that becomes as narrow as the page around it.

    `site` is the portal's own address without a slash at its end.
    """
    query = "" if chart == "bar" else f"?chart={chart}"
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>',
        site + address("embed", shown.key) + query,
        shown.name,
        width,
        height or height_of(shown, chart, width),
    )


def rich(
    shown: Exhibit, chart: str, site: str, most_width: int | None, most_height: int | None
) -> dict[str, Any]:
    """Return what oEmbed 1.0 asks for of the type `rich`, within these measures."""
    width = min(FRAME_WIDTH, most_width or FRAME_WIDTH)
    height = height_of(shown, chart, width)
    height = min(height, most_height or height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": shown.name,
        "provider_name": "UNGA Portal",
        "provider_url": f"{site}/",
        "html": frame_code(shown, chart, site, width, height),
        "width": width,
        "height": height,
        **_thumbnail(shown, site, most_width, most_height),
    }


def _thumbnail(
    shown: Exhibit, site: str, most_width: int | None, most_height: int | None
) -> dict[str, Any]:
    """Return the share card, unless it is larger than asked for."""
    if (most_width or card.WIDTH) < card.WIDTH or (most_height or card.HEIGHT) < card.HEIGHT:
        return {}
    return {
        "thumbnail_url": site + address("share-card", shown.key),
        "thumbnail_width": card.WIDTH,
        "thumbnail_height": card.HEIGHT,
    }
