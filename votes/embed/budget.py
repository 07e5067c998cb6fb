"""A bound on the time a process spends on drawing, so that pages need not wait for pictures."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _t

from votes.embed.refusals import Refused

MINUTE = 60.0  # seconds


class Budget:
    """What of this minute's seconds is spent; `settings.PICTURE_SECONDS` of 0 is no bound."""

    def __init__(self) -> None:
        self.minute = 0.0
        self.spent = 0.0

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Note how long the work within takes, or refuse it where nothing is left to spend."""
        start = time.monotonic()
        if start // MINUTE != self.minute:
            self.minute, self.spent = start // MINUTE, 0.0
        if 0 < settings.PICTURE_SECONDS <= self.spent:
            sentence = _t("Too many pictures are being drawn. Try again in a minute.")
            raise Refused(429, sentence, {"Retry-After": str(math.ceil(MINUTE - start % MINUTE))})
        try:
            yield
        finally:
            self.spent += time.monotonic() - start


drawing = Budget()
