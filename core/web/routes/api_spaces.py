"""The API of the core: the node itself, its spaces, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from marshmallow import fields, validate

from ... import members
from ...auth import stewardship
from ...errors import NotFound
from ...models import Person
from .. import queries
from ..api import Asked, Listing, api, listed, mark
from ..api_schemas import (
    MeSchema,
    NodeSchema,
    SpaceChange,
    SpaceSchema,
    SpaceTile,
)
from ..page import picture_url, this_member, this_node
from .base import blueprint
from .space_edit import the_space
from .spaces import KINDS


class SpacesAsked(Asked):
    """The spaces of one kind, or all."""

    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))
    cursor = Asked.cursor_of(str, int)


@blueprint.get("/api/v1")
@api("core.see", mark("What this node is and who runs it"), "node", gives=NodeSchema())
def api_node() -> Mapping[str, Any]:
    """Say who the node is."""
    node = this_node()
    settings = node.settings
    return {
        "node": settings.node,
        "operator": settings.operator,
        "plugins": [loaded.name for loaded in node.host.plugins],
        "documentation": url_for("core.api_docs"),
        "openapi": url_for("core.api_document"),
    }


@blueprint.get("/api/v1/spaces")
@api(
    "core.see",
    mark("Producers, shops, hubs and organisations by name"),
    "spaces",
    asks=SpacesAsked(),
    gives=SpaceTile(),
    pages=True,
)
def api_spaces(asked: Mapping[str, Any]) -> Listing:
    """List spaces by name."""
    limit = asked["limit"]
    with this_node().db.read() as session:
        rows = queries.spaces(session, asked["kind"], after=asked["cursor"], limit=limit + 1)
    return listed(rows, limit, lambda row: (row.name, row.id))


@blueprint.get("/api/v1/spaces/<slug>")
@api("core.see", mark("One space, with who is responsible for it"), "spaces", gives=SpaceSchema())
def api_space(slug: str) -> Mapping[str, Any]:
    """Tell what the page of a space tells."""
    with this_node().db.read() as session:
        found = queries.space_page(session, members.slug_form(slug))
        if found is None or found.space.closed_at:
            raise NotFound("There is no such page here, or it was closed.")
        return _told(found)


def _told(found: queries.SpaceAndPicture) -> Mapping[str, Any]:
    space, picture = found.space, found.picture
    names = ("id", *SpaceSchema().fields)
    told = {name: getattr(space, name) for name in names if hasattr(space, name)}
    return {**told, "picture_url": picture_url(picture.digest) if picture else None}


@blueprint.patch("/api/v1/spaces/<slug>")
@api(
    "core.space.edit",
    mark("Change what the page of a space says"),
    "spaces",
    scope="spaces:write",
    takes=SpaceChange(),
    gives=SpaceSchema(),
)
def api_change_space(slug: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change what is named; everything else stays."""
    node = this_node()
    with node.db.write() as session:
        space = the_space(session, slug, "core.space.edit")
        before = {name: getattr(space, name) for name in SpaceChange().fields}
        stewardship.edit_space(session, node, this_member(), space, {**before, **body})
        session.flush()
        found = queries.space_page(session, space.slug)
        if found is None:
            raise NotFound("There is no such page here, or it was closed.")
        return _told(found)


@blueprint.get("/api/v1/me")
@api("core.me", mark("Who the token's person is here"), "me", scope="me:read", gives=MeSchema())
def api_me() -> Mapping[str, Any]:
    """Tell who asks, which spaces they run, and where their data can be had."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        person = session.get_one(Person, viewer.id)
        return {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "language": person.language,
            "is_steward": viewer.is_steward,
            "spaces": queries.my_spaces(session, viewer.id),
            "data_url": url_for("core.my_data"),
        }
