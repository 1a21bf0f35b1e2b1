"""Finding a node: what WebFinger and NodeInfo of another host say, read with distrust."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .discovery import SELF
from .hosts import origin
from .terms import ACTIVITY, LINKED

_NAME = re.compile(r"[a-z0-9-]{1,60}")
_SCHEMAS = re.compile(r"http://nodeinfo\.diaspora\.software/ns/schema/2\.[01]")
_KINDS = (ACTIVITY, LINKED, "application/ld+json")


def actor_link(found: Mapping[str, Any], base: str) -> str | None:
    """Return the actor that a descriptor of WebFinger names, if it is on that very node."""
    links = found.get("links")
    for link in links if isinstance(links, list) else ():
        if not isinstance(link, Mapping) or link.get("rel") != SELF:
            continue
        href = link.get("href")
        if link.get("type") in _KINDS and isinstance(href, str) and origin(href) == base:
            return href
    return None


def nodeinfo_link(found: Mapping[str, Any], base: str) -> str | None:
    """Return where NodeInfo is; it lies on the same node, or is not asked for (CVE-2026-62857)."""
    links = found.get("links")
    hrefs = [
        link["href"]
        for link in (links if isinstance(links, list) else ())
        if isinstance(link, Mapping)
        and isinstance(link.get("href"), str)
        and _SCHEMAS.fullmatch(str(link.get("rel")))
    ]
    return next((href for href in reversed(hrefs) if origin(href) == base), None)


def software(found: Mapping[str, Any]) -> str:
    """Return name and version of what runs on a node, "" if it is not said as it must be."""
    told = found.get("software")
    name = told.get("name") if isinstance(told, Mapping) else None
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return ""
    version = told.get("version") if isinstance(told, Mapping) else None
    return f"{name} {version[:40] if isinstance(version, str) else ''}".strip()


def region(found: Mapping[str, Any]) -> str:
    """Return where a node is, as its NodeInfo says under ``metadata``."""
    metadata = found.get("metadata")
    told = metadata.get("region") if isinstance(metadata, Mapping) else None
    if not isinstance(told, Mapping):
        return ""
    parts = (told.get(name) for name in ("province", "county", "town"))
    return " ".join(part for part in parts if isinstance(part, str) and part)[:120]
