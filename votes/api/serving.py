"""Answers of the API: what is asked for is checked, found and put into its envelope."""

from collections.abc import Callable, Iterable, Sequence

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _t

from votes.api.endpoints import BASE, Call, Endpoint, Gone
from votes.api.parameters import Parameter
from votes.opendata import writing
from votes.opendata.asked import Taken
from votes.opendata.problems import problem
from votes.opendata.steady import at_one_moment
from votes.reference import reference

DESCRIPTION = f"{BASE}/openapi.json"


def serve(endpoint: Endpoint) -> Callable[..., HttpResponse]:
    """Return the view of an endpoint."""

    def view(request: HttpRequest, **names: str) -> HttpResponse:
        def made(version: int) -> HttpResponse:
            snapshot = reference()
            check(request.GET, endpoint.parameters(snapshot))
            call = Call(request.GET, names, snapshot, endpoint.goes_on)
            return answer(request, endpoint.find(call), version)

        try:
            return at_one_moment(made)
        except Gone as gone:
            return problem(410, str(gone))

    return view


def check(query: QueryDict, parameters: Sequence[Parameter]) -> None:
    """Raise BadRequest, with a sentence for each, where a parameter would not be understood."""
    known = {parameter.name: parameter for parameter in parameters}
    wrong = [
        known[name].problem(values) if name in known else unknown(name, known)
        for name, values in query.lists()
    ]
    if any(wrong):
        raise BadRequest(" ".join(filter(None, wrong)))


def unknown(name: str, known: Iterable[str]) -> str:
    told = {"name": name, "known": ", ".join(known)}
    if not told["known"]:
        return _t("%(name)s: this address understands no parameter.") % told
    return _t("%(name)s: there is no such parameter here. Known are: %(known)s.") % told


def answer(request: HttpRequest, taken: Taken, version: int) -> HttpResponse:
    following = f"{request.build_absolute_uri(request.path)}?{taken.following}"
    following = following if taken.following else ""
    content = writing.envelope(
        taken.whole() if taken.whole else taken.rows,
        sources=taken.sources(),
        version=version,
        total=taken.total,
        following=following,
    )
    response = writing.json_answer(content)
    response["Link"] = links(following)
    return response


def links(following: str) -> str:
    """Return the `Link` header (RFC 8288) of an answer."""
    licence = writing.licence()["url"]
    related = {"next": following, "describedby": DESCRIPTION, "license": licence}
    return ", ".join(f'<{address}>; rel="{rel}"' for rel, address in related.items() if address)
