"""Data as the bytes of an answer: JSON in its envelope, CSV with its headers."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _t

from resolutions.addresses import address
from resolutions.models import Source
from votes.opendata.building.sources import source_rows
from votes.opendata.columns import as_json, cells, header

DATA_PACK = "/data/"
CSV_TYPE = "text/csv; charset=utf-8; header=present"


def licence() -> dict[str, str]:
    """Return the terms on which everything may be taken away."""
    text = _t(
        "The texts and the arrangement of this portal are free to use. The facts come from the "
        "sources named here, and each publisher’s own terms hold for what was taken from it."
    )
    return {"text": text, "url": f"{address('about')}#sources"}


def envelope(
    data: Any, *, sources: Iterable[Source], version: int, total: int, following: str = ""
) -> dict[str, Any]:
    """Return what every JSON answer is: the data, how they go on, and where they come from."""
    return {
        "data": plain(data),
        "total": total,
        "next": following or None,
        "data_pack": DATA_PACK,
        "source": plain(source_rows(sources)),
        "licence": licence(),
        "data_version": version,
    }


def plain(value: Any) -> Any:
    """Return rows, and dicts and lists of rows, as JSON has them."""
    if is_dataclass(value):
        return as_json(value)
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def json_answer(content: Mapping[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json")


def csv_answer(row_class: type, rows: Iterable[Any], name: str) -> HttpResponse:
    response = HttpResponse(csv_text(row_class, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.csv"'
    return response


def csv_text(row_class: type, rows: Iterable[Any]) -> str:
    """Return a table as RFC 4180 describes it: a header, commas, quotes where needed, CRLF."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(header(row_class))
    table.writerows(map(cells, rows))
    return written.getvalue()


def links(following: str, page: str) -> str:
    """Return the `Link` header (RFC 8288) of an answer."""
    related = {
        "next": following,
        "alternate": page,
        "describedby": DATA_PACK,
        "license": licence()["url"],
    }
    return ", ".join(f'<{address}>; rel="{rel}"' for rel, address in related.items() if address)
