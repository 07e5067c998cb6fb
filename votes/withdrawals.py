"""What the public is told of an entry that it saw once and that was taken back."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _t

from resolutions.models import Action, Origin, Resolution, State
from resolutions.wording import long_date
from votes import queries
from votes.models import VoteEvent


@dataclass(frozen=True)
class Withdrawal:
    """That an entry was withdrawn, when and why, as far as it is known; nothing of its contents.

    `what` is empty while the entry is worked on again; `text` is the text of a withdrawn vote, as
    far as it has a page.
    """

    is_vote: bool
    what: str
    date: datetime.date | None
    reason: str
    text: Resolution | None = None

    @property
    def in_words(self) -> str:
        """Say in two sentences what the page says in its own paragraphs."""
        until = _t("The portal showed it until %(date)s, and then took it back.")
        said = (
            until % {"date": long_date(self.date)}
            if self.date
            else (_t("The portal showed it, and then took it back."))
        )
        reason = _t("Reason: %(reason)s") % {"reason": self.reason}
        return f"{said} {reason if self.reason else _t('No reason is recorded.')}"


def withdrawal_of_text(text: Resolution) -> Withdrawal | None:
    """Tell of the withdrawal of a text that was public and is no longer, or of nothing."""
    return _withdrawal(text, f"{text.symbol} {text.title}")


def withdrawal_of_vote(event: VoteEvent) -> Withdrawal | None:
    """Tell of the withdrawal of a vote that was public, or of its text's with which it went."""
    if event.is_published:
        return withdrawal_of_text(event.text) if event.text else None
    text = event.text if event.text and event.text.is_published else None
    return _withdrawal(event, _in_words(event, text), text)


def _in_words(event: VoteEvent, text: Resolution | None) -> str:
    what = {"question": event.question_in_words, "date": long_date(event.date)}
    said = _t("%(question)s, %(date)s") % what
    return f"{said} · {text.symbol} {text.title}" if text else said


def sentence(gone: Withdrawal) -> str:
    """Tell of a withdrawal in a line, where there is no page for it."""
    when = _t("It was withdrawn on %(date)s.") if gone.date else _t("It was withdrawn.")
    told = when % {"date": long_date(gone.date) if gone.date else ""}
    why = _t("Reason: %(reason)s") % {"reason": gone.reason} if gone.reason else ""
    return " ".join(part for part in (gone.what and f"{gone.what}.", told, why) if part)


def _withdrawal(
    row: Resolution | VoteEvent, what: str, text: Resolution | None = None
) -> Withdrawal | None:
    moves = queries.moves_of(row.subject_key)
    seen = [move for move in moves if move.action == Action.PUBLISHED or move.was_public]
    last = seen[0] if seen and seen[0].action == Action.WITHDRAWN else None
    is_out = row.state == State.WITHDRAWN or (last and row.state != State.PUBLISHED)
    # What is shipped or imported begins as published, and nothing tells of that.
    was_public = seen or (not moves and row.origin != Origin.EDITOR)
    if not is_out or not was_public:
        return None
    return Withdrawal(
        is_vote=isinstance(row, VoteEvent),
        # What is a draft again may say something else by now.
        what=what if row.state == State.WITHDRAWN else "",
        date=timezone.localtime(last.made_at).date() if last else None,
        reason=last.reason.strip() if last else "",
        text=text,
    )
