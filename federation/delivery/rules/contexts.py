"""Which received documents belong together, so that they are handled in the order they came in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

LONGEST = 500
"""Letters of an id of a document; longer ones are refused."""


def thread_of(document: Mapping[str, Any]) -> str:
    """Return a mark of the matter that a document is about: its context, or what it is about.

    One that cannot be handled holds up those of its own matter and no others.
    """
    about = document.get("object")
    inner = about.get("context") if isinstance(about, Mapping) else None
    for each in (document.get("context"), inner, about, document.get("id")):
        named = id_of(each)
        if named:
            return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:32]
    return ""


def id_of(thing: object) -> str:
    """Return the id of something that is named, or written out; "" if it has none."""
    found = thing.get("id") if isinstance(thing, Mapping) else thing
    return found if isinstance(found, str) else ""


def kind_of(thing: object) -> str:
    """Return the type of something that is written out; "" if it is only named."""
    found = thing.get("type") if isinstance(thing, Mapping) else ""
    return found[:60] if isinstance(found, str) else ""
