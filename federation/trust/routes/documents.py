"""The actors of this node, as other nodes read them."""

from __future__ import annotations

from typing import Any

from flask import url_for

from ....core.errors import NotFound
from ....core.web import machine, this_node
from ...pages import ID, blueprint
from ..actions import describing
from ..queries import spaces
from .answers import asks_for_page, document, led_to


@blueprint.get("/actor")
@machine("federation.read")
def node_actor_document() -> Any:
    """Send the actor that is the node; to everyone, or two strict nodes would wait for ever."""
    if asks_for_page():
        return led_to(url_for("federation.policy"))
    return document(describing.node_document(this_node()))


@blueprint.get("/orgs")
@machine("federation.read")
def org_actors() -> Any:
    """List the spaces for which the node speaks."""
    with this_node().db.read() as session:
        return document(describing.orgs(this_node(), session))


@blueprint.get(f"/orgs/<{ID}:space_id>")
@machine("federation.read")
def org_actor(space_id: int) -> Any:
    """Send the actor that is a space; one that was closed has a tombstone."""
    node = this_node()
    with node.db.read() as session:
        space = spaces.space(session, space_id)
        if space is None:
            raise NotFound("There is no such actor here.")
        if space.closed_at is not None:
            return document(describing.tombstone(node, space), status=410)
        if asks_for_page():
            return led_to(url_for("core.space", slug=space.slug))
        return document(describing.space_document(node, session, space))
