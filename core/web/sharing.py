"""What a page tells those who link to it: its own address, a title, a line, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from ..cards import HEIGHT, WIDTH
from .linked import Linked
from .page import this_node

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Shared:
    """The head of a page that may be linked to; only for pages that everyone sees alike.

    ``url`` is the one address of the page, ``data`` what schema.org has words for.
    """

    title: str
    text: str
    url: str
    picture_url: str
    kind: str = "website"
    data: Linked | None = None
    width: int = WIDTH
    height: int = HEIGHT


def shared(
    endpoint: str,
    title: str,
    text: str = "",
    *,
    card: tuple[str, int] | None = None,
    kind: str = "website",
    data: Linked | None = None,
    **values: Any,
) -> Shared:
    """Return what the page of this endpoint tells; ``card`` names the kind and the id of what is
    shown on the picture, None shows the node."""
    what, number = card or ("node", 0)
    drawn = url_for("core.card", kind=what, number=number)
    return Shared(
        title=title,
        text=" ".join(text.split())[:_LONGEST],
        url=whole_url(url_for(endpoint, **values)),
        picture_url=whole_url(drawn),
        kind=kind,
        data=data,
    )


def whole_url(path: str) -> str:
    """Return a path of this node as an address for others, made from the settings."""
    return this_node().settings.node.address.rstrip("/") + path
