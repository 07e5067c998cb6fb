"""What each parameter of the API means, in words for the document and the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

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
    "held": _("How much of the decision the portal holds."),
    "marked": _("Marked in an import for a second look, for this reason or for any."),
    "disputed": _("Of which another source gives a different position or total."),
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
DOCUMENTATION = _("This document as a page, with examples.")
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
# The names in paths.
SYMBOL = _(
    "A symbol in any spelling, or the key of the text. Its slashes may stand as they are or as %2F."
)
VOTE = _("The key of the vote, as lists of votes have it.")
STATE = _("The three-letter code of the member.")
SESSION = _("The session, written 77, S-29 or ES-11.")
SUBJECT = _("The key of the heading.")
# What the objects of one text, vote, state, session or heading hold.
DOCUMENTS = {
    "vote": _("The vote; of a text, the last decision on it as a whole."),
    "text": _("The text that was voted on."),
    "answer": _("What the page says first, in a sentence."),
    "notes": _("What has to be known of it besides, in sentences."),
    "majority": _("The majority that was needed and reached, in sentences."),
    "no_positions": _("Why the portal holds no positions."),
    "positions": _("The positions of members."),
    "intentions": _("What members later said they had intended; never counted."),
    "disagreements": _("Where another source gives a different position or total."),
    "marks": _("Why an imported vote deserves a second look."),
    "members_concerned": _("The members that the vote is about, by the names of the day."),
    "timeline": _("What led to it and what came of it."),
    "facts": _("Each fact with the sources behind it."),
    "changes": _("The path of the page that tells what was changed; null where nothing was."),
    "summary": _("What the text says, in one or two sentences of the portal’s own."),
    "sponsors": _("The members that sponsored the draft, by the names of the day."),
    "other_votes": _("The other votes on the text, in the order of time."),
    "same_matter": _("Other texts under the same heading of the portal."),
    "state": _("The member."),
    "names": _("Its names, with the days on which each was in force."),
    "groups": _("The groups that it belongs or belonged to."),
    "gaps": _("The days on which it held no seat of its own."),
    "session": _("The session."),
    "texts": _("The texts, latest first."),
    "subject": _("The heading."),
}
# What each kind of row is.
ROWS = {
    "Change": _("One value of a vote that was changed after publication; latest first."),
    "Disagreement": _("Where another source gives a different position or total for a vote."),
    "Fact": _("One fact with one source behind it; a fact without a source stands alone."),
    "Gap": _("Days on which a member held no seat of its own, though its membership went on."),
    "Intention": _("What a member later said it had intended, beside what was recorded."),
    "Mark": _("Why an imported vote deserves a second look."),
    "Membership": _("One member’s place in a group of states."),
    "Name": _("One name of a member state, with the days on which it was in force."),
    "Popolo.Count": _("The number of votes for one option."),
    "Popolo.LegislativeSession": _("A session of the General Assembly."),
    "Popolo.Link": _("A document that the motion was taken from."),
    "Popolo.Motion": _("What was put to a body; one on which nobody voted has no vote event."),
    "Popolo.Organization": _("A body that votes, or a member that votes in it."),
    "Popolo.Vote": _("The vote of one member."),
    "Popolo.VoteEvent": _("A vote with its totals and, where they are held, each member’s vote."),
    "Portal": _("What the portal holds at present."),
    "Position": _("One member’s recorded position in one vote."),
    "Problem": _("Why a request was refused."),
    "Resolution": _("One text, with the last decision on it as a whole."),
    "Session": _("One session of the General Assembly."),
    "Source": _("One document that facts were taken from."),
    "State": _("One member, with how often it held each position in the Assembly’s plenary."),
    "Subject": _("One heading under which texts are found."),
    "Timeline": _("One entry of a timeline."),
    "Vote": _("One vote, or one adoption without a vote."),
}
ASKING = (
    _(
        "Filters have the names that they have in the addresses of pages, so the query of a page "
        "can be asked here. A value has to be written exactly as it is described, and a parameter "
        "that is not known is refused, because a typing error must not look like an answer."
    ),
    _(
        "Lists are given in parts of at most 500 rows, 50 where nothing is said. “next”, and the "
        "Link header with rel=next, hold the whole address of the following part. It begins after "
        "the last row that was given, so nothing is lost or repeated when rows are added in front."
    ),
    _(
        "What is not known is null and what there is none of is an empty list; a column is never "
        "left out. Dates are written as ISO 8601 has them, points in time with their offset."
    ),
    _(
        "Answers carry an ETag: asked with If-None-Match, an answer that still stands is a 304. "
        "They may be kept and have to be confirmed each time."
    ),
    _(
        "A query has at most 4096 bytes. Who wants everything takes the data pack, and does not "
        "walk through the lists."
    ),
    _(
        "Every page of the portal has its own rows as well: .json or .csv stands in place of the "
        "final slash of its address."
    ),
)
POPOLO = (
    _("Each vote is also given as Popolo has it: a Motion with its VoteEvent, Count and Vote."),
    _(
        "A member that did not vote is “not voting” and never “absent”: the record does not tell "
        "an absent member from one that pressed no button."
    ),
    _("“not eligible” and “vetoed” are values from outside Popolo’s lists, which it allows."),
    _("An adoption without a vote is a motion that passed, without any vote event."),
    _("The day of a vote is known and its hour is not; when a motion was made is not known."),
    _("Popolo’s group is a political one. Regional groups are none, so no vote names a group."),
    _("Stated intentions and what other sources say have no place in Popolo and are left out."),
)
