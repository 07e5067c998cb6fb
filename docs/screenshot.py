"""Take the picture of README.md: one vote, as its readers see it.

`make screenshot` runs it. The page comes from the real portal, served for this moment from a
temporary folder with the shipped record.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.served import Site

PICTURE = Path(__file__).with_name("screenshot.png")
ADDRESS = "/resolutions/A/RES/ES-11/1/"
SIZE = {"width": 1280, "height": 1600}
MOST_BYTES = 400_000


def take(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(url)
        page.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "portal")
        site.build()
        with site.served("record") as url:
            take(f"{url}{ADDRESS}")
    size = PICTURE.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{PICTURE} has {size:,} bytes, more than {MOST_BYTES:,}.")
    print(f"{PICTURE}: {size:,} bytes")


if __name__ == "__main__":
    main()
