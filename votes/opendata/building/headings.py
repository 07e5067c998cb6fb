"""Sessions and subjects as rows: what texts are found under."""

from typing import Any

from django.urls import reverse

from resolutions.models import Subject
from votes.opendata.rows import SessionRow, SubjectRow


def session_row(session: Any) -> SessionRow:
    """Return a session of `votes.queries.sessions`, which counts the texts of each."""
    return SessionRow(
        session=session.code,
        name=session.name,
        kind=session.kind,
        number=session.number,
        opened=session.opened,
        closed=session.closed,
        texts=session.text_count,
        note=session.note or None,
        address=session.get_absolute_url(),
    )


def subject_row(subject: Subject, texts: int) -> SubjectRow:
    return SubjectRow(
        subject_key=subject.key,
        name=subject.name,
        scheme=subject.scheme,
        texts=texts,
        address=reverse("subject", args=[subject.key]),
    )
