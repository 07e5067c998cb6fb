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

SUMMARY = _("How the General Assembly of the United Nations decides, and how each member voted.")
ABOUT = _(
    "Everything that the portal shows, as data: the same rows and filters as on its pages. It can "
    "only be read, without a key and from any site."
)
PROMISE = (
    _(
        "What is described under /api/v1/ stays: no address, parameter, column or code is taken "
        "away or given another meaning, and what is a number stays one."
    ),
    _(
        "What may come: new addresses, parameters, columns, members of objects, and codes where a "
        "new kind of fact has to be told. Programs should pass over what they do not know."
    ),
    _(
        "The data themselves are corrected as pages are: data_version rises with every change, "
        "and stable keys never name anything else."
    ),
    _(
        "What cannot be kept gets a new version beside this one, under /api/v2/, and this one goes "
        "on for at least a year after that was announced here."
    ),
)
SERVER = _("The portal that serves this document.")
PAGE = _("This document as a page, with examples.")
ENVELOPE = {
    "data": _("What was asked for."),
    "total": _("How many rows there are in all, on this answer and those that follow."),
    "next": _("The whole address of what comes next; null at the end."),
    "data_pack": _("Where everything can be taken away at once."),
    "source": _("The sources behind these data, each with its line of attribution."),
    "licence": _("The terms on which the data may be used, and where they stand in full."),
    "data_version": _("A number that rises with every change of what the portal shows."),
}
HEADERS = {
    "Link": _("The addresses of the next rows, of this description and of the licence."),
    "ETag": _("The mark of this answer: asked with If-None-Match, it is not sent twice."),
    "Access-Control-Allow-Origin": _("An asterisk: pages of every site may read the answer."),
}
