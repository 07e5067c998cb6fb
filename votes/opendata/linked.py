"""What a page says of itself to machines: JSON-LD in the words of schema.org.

Short, because every page carries it; what is not known is left out.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t

from resolutions.addresses import address
from votes.opendata.accepting import Form
from votes.opendata.described import PORTAL, Crumb, Document, Imprint

Node = dict[str, Any]
# What could end the element that holds the data, or be taken for something else by a parser.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
FORMS = {Form.CSV: "text/csv", Form.JSON: "application/json"}


def json_ld(imprint: Imprint) -> SafeString:
    """Return the graph of a page, as it may stand in a script element."""
    graph = {"@context": "https://schema.org", "@graph": graph_of(imprint)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  # no sign of markup is left in it


def graph_of(imprint: Imprint) -> list[Node]:
    page = imprint.page
    graph = [legislation(page.document, imprint)] if page.document else []
    if page.is_dataset:
        graph.append(dataset(imprint))
    if page.path == address("home"):
        graph.append({"@type": "WebSite", "name": PORTAL, "url": imprint.url})
    else:
        graph.append(breadcrumbs(imprint))
    return graph


def legislation(document: Document, imprint: Imprint) -> Node:
    """Describe a text; it has a date and an organ that passed it only where it was adopted."""
    adopted = {
        "legislationDate": document.day.isoformat() if document.day else "",
        "legislationPassedBy": {"@type": "Organization", "name": document.organ}
        if document.day
        else None,
    }
    return {
        "@type": "Legislation",
        "name": document.title,
        "legislationIdentifier": document.symbol,
        "legislationType": document.kind,
        **{name: value for name, value in adopted.items() if value},
        "url": imprint.url,
        "sameAs": document.url,
    }


def dataset(imprint: Imprint) -> Node:
    """Describe the data of a page; who made them is left out where every byte counts."""
    page = imprint.page
    origin = {
        "version": imprint.moment.version,
        "creator": {"@type": "Organization", "name": PORTAL},
    }
    return {
        "@type": "Dataset",
        "name": _t("Data of %(page)s") % {"page": page.short or page.title},
        "description": page.sentence,
        **({} if page.document else origin),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": imprint.beside(form),
            }
            for form, media_type in FORMS.items()
        ],
    }


def breadcrumbs(imprint: Imprint) -> Node:
    """Describe the way to a page; what has no other page above it stands below the first one."""
    page = imprint.page
    trail = page.crumbs or (Crumb(_t("Home"), address("home")),)
    steps = [{"name": crumb.name, "item": imprint.absolute(crumb.path)} for crumb in trail] + [
        {"name": page.short or page.title}
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, **step}
            for number, step in enumerate(steps, start=1)
        ],
    }
