"""Handles: the names by which WebFinger finds actors (RFC 7033, FEP-d556)."""

from __future__ import annotations

import re

NODE = "node"
"""The handle of the node itself; a space of that slug has another one."""

TOWN = "our_town"
"""The handle of the neighbourhood; no slug has such a sign."""

_INSTEAD = re.compile(r"node-([1-9][0-9]{0,9})")


def handle_of(slug: str, space_id: int) -> str:
    """Return the handle of a space: its slug, unless that is the node's own handle."""
    return f"{NODE}-{space_id}" if slug == NODE else slug


def instead(handle: str) -> int | None:
    """Return the id of the space that has this handle because its slug is the node's."""
    found = _INSTEAD.fullmatch(handle)
    return int(found.group(1)) if found else None
