"""Public collections for programs, open to everyone as their pages are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from ....core.errors import NotFound
from ....core.web import picture_url, this_node
from ....core.web.api import Asked, Listing, Moment, api, described, listed, mark
from ..pages import blueprint
from . import queries
from .access import SEE
from .queries import AnyRow, Shown


class CollectionTile(Schema):
    """A collection as lists show it."""

    id = fields.Integer()
    title = fields.String()
    intro = fields.String()
    week = fields.Date(
        allow_none=True,
        metadata=described(mark("The Monday of the week that the editors chose for, or null.")),
    )
    published_at = Moment(metadata=described(mark("Since when everyone sees it.")))
    changed_at = Moment()
    curator = fields.String(
        allow_none=True,
        metadata=described(mark("Who made it, if they let their name be seen; else null.")),
    )
    number = fields.Integer(attribute="items", metadata=described(mark("How many things it has.")))
    picture_url = fields.Function(
        lambda row: picture_url(row.digest) if row.digest else None,
        metadata=described(mark("A picture, or null."), type=["string", "null"]),
    )
    picture_text = fields.String(
        attribute="caption",
        allow_none=True,
        metadata=described(mark("What is on the picture, or null.")),
    )


class PickSchema(Schema):
    """Something that was chosen."""

    subject = fields.String(
        allow_none=True,
        metadata=described(mark("What it is, as in space:7; null for a place in words.")),
    )
    title = fields.String()
    url = fields.String(allow_none=True, metadata=described(mark("Its page, or null.")))
    address = fields.String(metadata=described(mark("Where a place in words is.")))
    reason = fields.String(metadata=described(mark("Why it was chosen.")))


class CollectionSchema(Schema):
    """A collection with what stands in it."""

    collection = fields.Nested(CollectionTile)
    things = fields.List(fields.Nested(PickSchema))


class CollectionsAsked(Asked):
    """Public collections."""

    cursor = Asked.cursor_of(int)


@blueprint.get("/api/v1/collections")
@api(
    SEE, mark("Public collections, the newest first"), "collections",
    asks=CollectionsAsked(), gives=CollectionTile(), pages=True,
)  # fmt: skip
def api_collections(asked: Mapping[str, Any]) -> Listing:
    """List public collections, a page at a time."""
    limit, cursor = asked["limit"], asked["cursor"]
    with this_node().db.read() as session:
        after = cursor[0] if cursor else None
        rows = queries.public_cards(session, after=after, limit=limit + 1)
    return listed(rows, limit, lambda row: (row.id,))


@blueprint.get("/api/v1/collections/<int:collection_id>")
@api(
    SEE, mark("One public collection with what stands in it"), "collections",
    gives=CollectionSchema(),
)  # fmt: skip
def api_collection(collection_id: int) -> Mapping[str, Any]:
    """Tell what the page of a public collection tells."""
    node = this_node()
    with node.db.read() as session:
        found: AnyRow = queries.card(session, collection_id)
        if not found.public or found.hidden_at is not None:
            raise NotFound("There is no such collection.")
        items = queries.shown_items(node, session, collection_id)
    return {"collection": found, "things": [_told(each) for each in items if not each.gone]}


def _told(each: Shown) -> Mapping[str, Any]:
    return {
        "subject": each.item.subject,
        "title": each.title,
        "url": each.thing.path if each.thing else None,
        "address": each.item.address,
        "reason": each.item.reason,
    }
