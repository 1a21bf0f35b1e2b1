"""The picture that stands beside a link to a page: one for each thing that is public."""

from __future__ import annotations

from typing import Any

from flask import Response

from ... import cards, pictures, search
from ...cards import Card
from ...documents import Document
from ...errors import NotFound
from ...search import EVERYONE
from ..page import permitted, this_node, this_tongue
from .base import blueprint

_HOURS = 3600


@blueprint.get("/cards/<kind>-<int:number>.png")
@permitted("core.see")
def card(kind: str, number: int) -> Any:
    """Send the picture of a thing that everyone may see, or of the node."""
    node = this_node()
    if kind == "node" and number == 0:
        identity = node.settings.node
        place = " ".join(filter(None, (identity.province, identity.county, identity.town)))
        return _sent(Card("", identity.name, place))
    source = search.source_of(node, kind)
    if source is None:
        raise NotFound("There is no such picture.")
    with node.db.read() as session:
        found = source.read(session, [number])
    if not found or EVERYONE not in found[0].readers:
        raise NotFound("There is no such picture.")
    return _sent(_card(found[0]))


def _card(document: Document) -> Card:
    node, tongue = this_node(), this_tongue()
    parts = [each if isinstance(each, str) else tongue.say(each) for each in document.about]
    file = pictures.file(node, document.picture, "large") if document.picture else None
    return Card(node.settings.node.name, document.title, " · ".join(parts), str(file or ""))


def _sent(card: Card) -> Response:
    response = Response(cards.drawn(this_node(), card), content_type="image/png")
    response.set_etag(card.name)
    # Public, and in one language for all caches: whoever shows a link asks once for it.
    response.headers["Cache-Control"] = f"public, max-age={_HOURS}"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
