"""What pages say to programs: data in the vocabulary of schema.org, as JSON-LD in the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

Linked = Mapping[str, Any]

_SIGNS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_KINDS = {
    "producer": "LocalBusiness",
    "shop": "Store",
    "hub": "LocalBusiness",
    "organisation": "Organization",
    "circle": "Organization",
    "node": "Organization",
}


def in_page(data: Linked) -> Markup:
    """Return data as a page can hold it: nothing in it can end the element that it stands in."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for sign, instead in _SIGNS.items():
        text = text.replace(sign, instead)
    return Markup(text)  # noqa: S704 no sign of HTML is left in it


def thing(kind: str, **values: Any) -> dict[str, Any]:
    """Return a thing of this type, without what is empty; names may end in an underscore."""
    kept = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if value not in (None, "", [], {})
    }
    return {"@type": kind, **kept}


def place(
    name: str,
    *,
    url: str,
    kind: str = "node",
    province: str = "",
    county: str = "",
    address: str = "",
    phone: str = "",
    **more: Any,
) -> dict[str, Any]:
    """Return an organisation or business; an address is told if any part of it is known."""
    parts = {
        "addressRegion": province, "addressLocality": county, "streetAddress": address,
    }  # fmt: skip
    where = None
    if any(parts.values()):
        where = thing("PostalAddress", addressCountry="KR", **parts)
    return thing(_KINDS[kind], name=name, url=url, address=where, telephone=phone, **more)
