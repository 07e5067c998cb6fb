"""What crawlers may read: the addresses of all pages, and which addresses to leave alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from resolutions.models import DataVersion, Session
from votes import queries
from votes.models import MemberState
from votes.opendata.described import Moment, moment_of
from votes.opendata.lastmod import LastChanges, Time, last_changes
from votes.opendata.moments import in_rfc_3339
from votes.search.catalogue import Catalogue, catalogue
from votes.search.lines import lines_of

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The protocol allows ten times as many in one file.
IN_ONE_PART = 5000
# Pages that change with the data, and pages that change with a release only.
LISTS = ("home", "resolutions", "votes", "states", "sessions", "timeline", "ledger", "imports")
FIXED = ("about", "data", "api")
# Several filters at once, other orders and other views of the same lead crawlers in circles.
DISALLOWED = (
    "/admin/", "/health/", "/*?*&", "/*?q=", "/*?sort=", "/*?before=", "/*?view=", "/*?position=",
    "/*?group=", "/*?name=", "/*.bib", "/*.ris", "/*.csl.json",
)  # fmt: skip

# The path of a page, and when what it shows was last changed, as far as that is known.
Place = tuple[str, Time | None]


class Part(NamedTuple):
    """Pages of one kind: what they are about, and where each of these stands."""

    things: Callable[[Catalogue], Sequence[Any]]
    places: Callable[[Sequence[Any], LastChanges, Moment], Iterable[Place]]

    def files(self, cards: Catalogue) -> int:
        return -(-len(self.things(cards)) // IN_ONE_PART)


def pages(names: Iterable[str], changes: LastChanges, moment: Moment) -> Iterator[Place]:
    return ((reverse(name), moment.changed if name in LISTS else None) for name in names)


def texts(places: Iterable[int], changes: LastChanges, moment: Moment) -> Iterator[Place]:
    lines = lines_of(places, changes.catalogue)
    return ((line.url, changes.of_text(line.row, line.text_key)) for line in lines)


def votes(places: Iterable[int], changes: LastChanges, moment: Moment) -> Iterator[Place]:
    rows = (changes.catalogue.rows[place] for place in places)
    return ((reverse("vote", args=[row.key]), changes.of_vote(row)) for row in rows)


def states(members: Iterable[MemberState], changes: LastChanges, moment: Moment) -> Iterator[Place]:
    return ((member.get_absolute_url(), changes.of_member(member)) for member in members)


def sessions(held: Iterable[Session], changes: LastChanges, moment: Moment) -> Iterator[Place]:
    return (
        (one.get_absolute_url(), changes.of_heading(one.subject_key, "session", one.code))
        for one in held
    )


def subjects(keys: Iterable[str], changes: LastChanges, moment: Moment) -> Iterator[Place]:
    return (
        (reverse("subject", args=[key]), changes.of_heading("", "subject", key)) for key in keys
    )


PARTS = {
    "pages": Part(lambda cards: [*LISTS, *FIXED], pages),
    "texts": Part(lambda cards: cards.places(cards.texts), texts),
    "votes": Part(lambda cards: cards.places(cards.events & ~cards.texts), votes),
    "states": Part(lambda cards: list(MemberState.objects.all()), states),
    "sessions": Part(lambda cards: list(queries.sessions()), sessions),
    "subjects": Part(lambda cards: sorted(cards.by_value["subject"]), subjects),
}


def index(request: HttpRequest) -> HttpResponse:
    """List the parts; what is in them may have changed whenever the data did."""
    moment = moment_of(request, DataVersion.objects.stamp())
    cards = catalogue()
    parts = [
        (reverse("sitemap-part", args=[name, number]), moment.changed)
        for name, part in PARTS.items()
        for number in range(1, part.files(cards) + 1)
    ]
    return answer("sitemapindex", "sitemap", parts, moment)


def part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    moment = moment_of(request, DataVersion.objects.stamp())
    cards = catalogue()
    things = PARTS[name].things(cards) if name in PARTS else []
    wanted = things[(number - 1) * IN_ONE_PART : number * IN_ONE_PART] if number else []
    if not wanted:
        raise Http404(_t("The sitemap has no such part."))
    return answer("urlset", "url", PARTS[name].places(wanted, last_changes(cards), moment), moment)


def answer(root: str, each: str, places: Iterable[Place], moment: Moment) -> HttpResponse:
    tree = Element(root, xmlns=NAMESPACE)
    for path, changed in places:
        element = SubElement(tree, each)
        SubElement(element, "loc").text = f"{moment.home}{path}"
        if changed:
            SubElement(element, "lastmod").text = in_rfc_3339(changed)
    text = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {pattern}" for pattern in DISALLOWED),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
