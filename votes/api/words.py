"""What each parameter of the API means, in words for the document and the page."""

from django.utils.translation import gettext_lazy as _

# The filters of lists, by the names that they have in every address of the portal.
FILTERS = {
    "q": _(
        "Words of titles, subjects, agenda items and summaries, or a symbol in any spelling. "
        "“Quotes” keep words together, a minus leaves out, an asterisk ends a beginning."
    ),
    "sort": _(
        "The order; without it the latest comes first, or the best match where words are given."
    ),
    "session": _("The session of the Assembly."),
    "decade": _("The decade, by any of its years."),
    "year": _("The year of the decision or event."),
    "subject": _("The key of a heading over the text, as the list of subjects has it."),
    "status": _("What has become of the text."),
    "method": _("How it was decided."),
    "question": _("What was put to the vote."),
    "outcome": _("What was decided."),
    "rule": _("The majority that was needed."),
    "margin": _("How far the two sides were apart."),
    "within": _("Decided by at most so many votes between yes and no."),
    "against_below": _("With fewer votes against than this number."),
    "split": _("The key of a regional group of which no position united three in four members."),
    "state": _(
        "The code of a member that has a position in the vote. It may be given several times; each "
        "position belongs to the state in the same place."
    ),
    "position": _(
        "The position of the state in the same place, as a word or as a code; empty for any. There "
        "are never more positions than states."
    ),
    "group": _("The key of a regional group: members that belong to it."),
    "name": _("Part of any name of the member, or its code."),
    "standing": _("Whether the source reports the event, foresees it, or quotes somebody."),
    "text": _("The symbol of a text, in any spelling: events that belong to it."),
}
# The filters with a meaning of their own in one list.
POSITION_OF_MEMBERS = _("The position that the members hold.")
OWN_POSITION = _(
    "The position of the state itself and, after it, of each state that is named by “state”, as a "
    "word or as a code; empty for any. Without a further state it is given once."
)
AFTER = _("Go on after this row: the key of the last one received. “next” holds the whole address.")
LIMIT = _("The number of rows in one answer.")
