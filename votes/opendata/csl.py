"""Citations as CSL-JSON, the input of citation processors."""

import datetime
from typing import Any

from votes.opendata.described import PORTAL
from votes.opendata.references import Reference


def csl(reference: Reference) -> dict[str, Any]:
    item = {
        "id": reference.key,
        "type": "report" if reference.is_document else "webpage",
        "author": [{"literal": reference.author}],
        "title": reference.title,
        "issued": date_of(reference.day) if reference.day else None,
        "accessed": date_of(reference.accessed),
        "URL": reference.url,
        "version": reference.version,
        **(of_document(reference) if reference.is_document else {"container-title": PORTAL}),
    }
    return {name: value for name, value in item.items() if value}


def of_document(reference: Reference) -> dict[str, str]:
    return {
        "number": reference.number,
        "genre": reference.kind,
        "publisher": "United Nations",
    }


def date_of(day: datetime.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
