"""What static files say of themselves."""

from pathlib import PurePosixPath
from wsgiref.headers import Headers

FRAMES = "embed"  # how the names of style sheets begin that stand in frames of other sites


def share_what_frames_need(headers: Headers, path: str, url: str) -> None:
    """A frame in a sandbox has no origin, so its style sheets come to it from elsewhere."""
    if PurePosixPath(url).name.startswith(FRAMES):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
