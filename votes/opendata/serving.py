"""One address, three forms: a page, and the same content as JSON and as CSV.

A view takes the `Asked` of the request, finds what the address names, and returns a `Page`, or a
`Taken` where data is asked for. `in_three_forms` does the rest: it sends whoever asks for data by
`Accept` to the address of the data, refuses what would not be understood, and writes the answer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from resolutions.models import DataVersion
from resolutions.models.version import Stamp
from votes.opendata import others, writing
from votes.opendata.accepting import CITATIONS, DATA, FEEDS, Form, preferred
from votes.opendata.asked import AFTER, LIMIT, Asked, Page, Taken, read_asked
from votes.opendata.described import Described, Imprint, moment_of, with_query
from votes.opendata.steady import at_one_moment

Answer: TypeAlias = Page | Taken | HttpResponseBase
# What leads through the pages of a list says nothing to its data, which have other parts.
OF_PAGES = ("page", "before")
# Templates look in vain for what a context does not name, and that takes them longest.
PUBLIC = {"previewed": None}
# What the file of the first page is called, which has no name in its address.
HOME = "home"


@dataclass(frozen=True)
class TakeAway:
    """The addresses of a page's data, with the filters that are set."""

    csv: str
    json: str


@dataclass(frozen=True)
class InThreeForms:
    """A view of a page that has data: what its rows are, and what its address understands."""

    view: Callable[..., Answer]
    row_class: type
    parameters: tuple[str, ...]
    cache_control: str = ""

    def __call__(
        self, request: HttpRequest, form: Form = Form.PAGE, **names: str
    ) -> HttpResponseBase:
        response = self.answer(request, form, names)
        if self.cache_control:
            response["Cache-Control"] = self.cache_control
        return response

    def answer(self, request: HttpRequest, form: Form, names: dict[str, str]) -> HttpResponseBase:
        if form in DATA.values():
            return self.data(request, form, names)
        if form is not Form.PAGE:
            return self.other(request, form, names)
        wanted = preferred(request.headers.get("Accept", ""))
        response = self.page(request, names) if wanted is form else see_other(request, wanted)
        patch_vary_headers(response, ["Accept"])
        return response

    def page(self, request: HttpRequest, names: dict[str, str]) -> HttpResponseBase:
        match self.view(request, Asked(), **names):
            case Page() as page:
                more = {
                    "take_away": take_away(request, page.query),
                    "imprint": imprint_of(request, page.about, page.stamp, page.forms),
                }
                return render(request, page.template, {**PUBLIC, **page.context, **more})
            case HttpResponseBase() as response:
                return response
            case answer:
                raise TypeError(f"Not a page: {answer}")

    def data(self, request: HttpRequest, form: Form, names: dict[str, str]) -> HttpResponseBase:
        asked = read_asked(form, request.GET, self.parameters)

        def made(version: int) -> HttpResponseBase:
            match self.view(request, asked, **names):
                case Taken() as taken:
                    return self.written(taken, request, form, version)
                case HttpResponseBase() as response:
                    return response
                case answer:
                    raise TypeError(f"No data: {answer}")

        return at_one_moment(made)

    def other(self, request: HttpRequest, form: Form, names: dict[str, str]) -> HttpResponseBase:
        known = [name for name in self.parameters if name != LIMIT]
        asked = read_asked(form, request.GET, known if form in FEEDS else [*known, *OF_PAGES])

        def made(version: int) -> HttpResponseBase:
            match self.view(request, asked, **names):
                case Page() as page:
                    imprint = imprint_of(request, page.about, page.stamp)
                    return others.answer(form, page, imprint)
                case HttpResponseBase() as response:
                    return response
                case answer:
                    raise TypeError(f"Not a page: {answer}")

        return at_one_moment(made)

    def written(self, taken: Taken, request: HttpRequest, form: Form, version: int) -> HttpResponse:
        following = address_of(request, form, taken.following) if taken.following else ""
        if form is Form.CSV:
            name = request.path.strip("/").replace("/", "-").removesuffix(form)
            response = writing.csv_answer(self.row_class, taken.rows, name or HOME)
        else:
            response = writing.json_answer(
                writing.envelope(
                    taken.whole() if taken.whole else taken.rows,
                    sources=taken.sources(),
                    version=version,
                    total=taken.total,
                    following=request.build_absolute_uri(following) if following else "",
                )
            )
        response["Link"] = writing.links(following, address_of(request, Form.PAGE))
        return response


def in_three_forms(
    row_class: type, parameters: Iterable[str] = (), cache_control: str = ""
) -> Callable[[Callable[..., Answer]], InThreeForms]:
    """Give a view of a page its data; `parameters` are the names of its filters.

    `cache_control` is for what can change without a new state of the data.
    """
    return lambda view: InThreeForms(view, row_class, (*parameters, AFTER, LIMIT), cache_control)


def three_forms(route: str, view: InThreeForms, name: str, *more: Form) -> Iterator[URLPattern]:
    """Yield the addresses of the forms of a page; a suffix stands in place of the final slash.

    Every page has citations besides; `more` are other forms that it has.
    """
    for form in (*more, *CITATIONS, Form.JSON, Form.CSV):
        suffixed = f"{route.removesuffix(Form.PAGE)}{form}"
        yield path(suffixed, view, {"form": form}, name=f"{name}{form}")
    yield path(route, view, name=name)


def imprint_of(
    request: HttpRequest,
    page: Described,
    stamp: Stamp = None,
    forms: tuple[Form, ...] = (),
) -> Imprint:
    """Return what is told of a page; where the data's stamp is not at hand, it is asked for."""
    return Imprint(page, moment_of(request, stamp or DataVersion.objects.stamp()), forms)


def see_other(request: HttpRequest, form: Form) -> HttpResponseRedirect:
    query = request.GET.copy()
    for name in OF_PAGES:
        query.pop(name, None)
    response = HttpResponseRedirect(address_of(request, form, query.urlencode()))
    response.status_code = 303
    return response


def take_away(request: HttpRequest, query: str) -> TakeAway:
    return TakeAway(
        csv=address_of(request, Form.CSV, query), json=address_of(request, Form.JSON, query)
    )


def address_of(request: HttpRequest, form: Form, query: str = "") -> str:
    """Return the address of a form of what is asked for."""
    here = request.path
    for suffix in Form:
        here = here.removesuffix(suffix)
    return with_query(form.of(escape_uri_path(here)), query)
