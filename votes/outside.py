"""Votes that lie outside the days of a member's seat, or of the session that they belong to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from resolutions.models import Session
from votes.models import MemberState, SeatGap, VoteEvent

MOST_NAMED = 3


def refuse_votes_without_seat(member: MemberState) -> None:
    """Raise ValidationError where the member has a position of a day on which it had no seat."""
    events = votes_without_seat(member)
    count = events.count()
    if count:
        sentence = ngettext(
            "%(code)s has a position in %(count)d vote of a day without a seat: %(votes)s. "
            "Only who is a member on the day has a vote (rule 82).",
            "%(code)s has positions in %(count)d votes of days without a seat: %(votes)s. "
            "Only who is a member on the day has a vote (rule 82).",
            count,
        )
        values = {"code": member.code, "count": count, "votes": named(events, count)}
        raise ValidationError(sentence % values)


def votes_without_seat(member: MemberState) -> QuerySet[Any]:
    away = SeatGap.objects.filter(
        member=member, from_date__lte=OuterRef("date"), to_date__gt=OuterRef("date")
    )
    outside = Q(Exists(away)) | Q(date__lt=member.admitted)
    if member.ended:
        outside |= Q(date__gte=member.ended)
    return VoteEvent.objects.filter(outside, votes__member=member).in_time_order()


def votes_outside(session: Session) -> str:
    """Return a sentence that names the votes dated outside the session, or nothing."""
    outside = Q()
    if session.opened:
        outside |= Q(date__lt=session.opened)
    if session.closed:
        outside |= Q(date__gt=session.closed)
    if not outside:
        return ""
    events = VoteEvent.objects.filter(outside, text__session=session).in_time_order()
    count = events.count()
    if not count:
        return ""
    return ngettext(
        "%(count)d vote on a text of this session is dated outside it: %(votes)s.",
        "%(count)d votes on texts of this session are dated outside it: %(votes)s.",
        count,
    ) % {"count": count, "votes": named(events, count)}


def named(events: QuerySet[Any], count: int) -> str:
    names = ", ".join(events.values_list("key", flat=True)[:MOST_NAMED])
    rest = count - MOST_NAMED
    return _t("%(names)s and %(rest)d more") % {"names": names, "rest": rest} if rest > 0 else names
