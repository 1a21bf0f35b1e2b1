"""Catalogues for other nodes: each proposal, who publishes, and the switch of the owner."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ....core import members
from ....core.addresses import space_actor
from ....core.answers import Rule, Section
from ....core.errors import Forbidden, NotFound
from ....core.models import Space
from ....core.node import Node
from ....core.talk import PublishedItem
from ....core.values import SpaceFace
from ....core.web import (
    allow,
    asked_number,
    can,
    machine,
    permitted,
    this_member,
    this_node,
    told,
)
from ..pages import blueprint
from . import actions, queries
from .rules import AS, CONTEXT, CONTEXT_PATH, proposal_uri

READ = "trade.goods.read"
PUBLISH = "trade.catalogue.publish"
RULES = (
    Rule(READ, everyone=True),
    # Stewards may open the page as they may any; only an owner's own hand switches.
    Rule(PUBLISH, roles=frozenset({"owner"})),
)
ACTIVITY = "application/activity+json"
MOMENT = "public, max-age=60"


def plain_json(document: Any, kind: str = ACTIVITY, **headers: str) -> Response:
    """Return a document for programs, readable from any origin: it is public."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    told = {"Access-Control-Allow-Origin": "*", "Vary": "Accept", **headers}
    return Response(body, 200, told, mimetype=kind)


@blueprint.get("/proposals/<int:product_id>")
@machine(READ)
def proposal(product_id: int) -> Response:
    """Hand out a proposal; its ETag is its version. People are led to the product's page."""
    found = _fresh(product_id)
    if not found.gone and _wants_page():
        return redirect(url_for("market.product", product_id=product_id), 303)  # type: ignore[return-value]
    tag = f'"{found.version}"'
    if request.headers.get("If-None-Match") == tag and not found.gone:
        return Response(status=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
    answer = plain_json(found.document, ETag=tag, **{"Cache-Control": "no-cache"})
    answer.status_code = 410 if found.gone else 200
    return answer


def _wants_page() -> bool:
    accepted = request.accept_mimetypes
    kinds = [ACTIVITY, "application/json", "application/ld+json", "text/html"]
    return bool(accepted) and accepted.best_match(kinds) == "text/html"


def _fresh(product_id: int) -> PublishedItem:
    """Return what stands for a product, in the version that tells it as it is now."""
    node = this_node()
    with node.db.read() as session:
        row = queries.item_row(session, product_id)
        if row is None:
            raise NotFound("There is no such proposal.")
        behind = queries.is_behind(row) and queries.state(session, row.space_id) is not None
        if not behind:
            return queries.published(node, row)
    with node.db.write() as session:
        actions.freshen(node, session, row.space_id)
    uri = proposal_uri(node.settings.node.address, product_id)
    with node.db.read() as session:
        found = queries.item(node, session, uri)
    if found is None:
        raise NotFound("There is no such proposal.")
    return found


@blueprint.get("/trade/producers")
@machine(READ)
def producers() -> Response:
    """List who publishes a catalogue here, with who they are, for other nodes to choose from."""
    node, after = this_node(), asked_number() or 0
    base = node.settings.node.address
    with node.db.read() as session:
        rows = queries.producers(session, after=after, limit=queries.SIZE + 1)
    shown = rows[: queries.SIZE]
    address = f"{base}{url_for('trade.producers')}"
    listed: dict[str, Any] = {
        "@context": [AS, f"{base}{CONTEXT_PATH}"],
        "id": f"{address}?after={after}" if after else address,
        "type": "OrderedCollectionPage",
        "partOf": address,
        "name": node.settings.node.name,
        "orderedItems": [_organisation(base, row) for row in shown],
    }
    if len(rows) > len(shown):
        listed["next"] = f"{address}?after={shown[-1].id}"
    return plain_json(listed, **{"Cache-Control": MOMENT})


def _organisation(base: str, row: Any) -> dict[str, Any]:
    actor = space_actor(base, row.id)
    told = {
        "province": row.province,
        "county": row.county,
        "address": row.address,
        "phone": row.phone,
        "email": row.email,
        "representative": row.representative,
        "businessNumber": row.business_number,
        "mailOrderNumber": row.mail_order_number,
    }
    return {
        "id": actor,
        "type": "Organization",
        "name": row.name,
        "url": f"{base}{url_for('core.space', slug=row.slug)}",
        "wizzle:catalogue": f"{actor}/{queries.NAME}",
        "wizzle:goods": row.count,
        **{f"wizzle:{name}": value for name, value in told.items() if value},
    }


@blueprint.get(CONTEXT_PATH)
@machine(READ)
def context() -> Response:
    """Say what the terms of our proposals mean to readers of JSON-LD."""
    return plain_json({"@context": CONTEXT}, "application/ld+json", **{"Cache-Control": MOMENT})


@blueprint.get("/spaces/<slug>/catalogue")
@permitted(PUBLISH)
def sharing(slug: str) -> str:
    """Tell a producer what publishing means, and offer the switch."""
    with this_node().db.read() as session:
        space = _own(session, slug)
        found = queries.catalogue_of(session, space.id)
        return render_template("trade/goods/sharing.html", space=space, catalogue=found)


@blueprint.post("/spaces/<slug>/catalogue")
@permitted(PUBLISH)
def switch(slug: str) -> Any:
    """Publish the catalogue for other nodes, or take it back."""
    node, viewer, on = this_node(), this_member(), request.form.get("publish") == "yes"
    with node.db.write() as session:
        space = _own(session, slug)
        if (space.id, "owner") not in viewer.roles:
            raise Forbidden("Only the producer decides who sees these goods.")
        actions.switch(node, session, space, on=on, person_id=viewer.id)
    if on:
        told("Other neighbourhoods can see your goods now.")
    else:
        told("Your goods are not published any more.")
    return redirect(url_for("trade.sharing", slug=slug))


def _own(session: Session, slug: str) -> Space:
    """Return a producer's space that the viewer looks after."""
    space = members.find_space(session, slug)
    if space is None or space.kind != "producer" or space.home:
        raise NotFound("No producer has this page.")
    allow(PUBLISH, space.id)
    return space


def on_today(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return whether other neighbourhoods see the goods of this producer.

    Above the goods, that may be many, where other nodes are there and see nothing yet.
    """
    if space.kind != "producer" or not can(PUBLISH, space.id):
        return []
    catalogue = queries.catalogue_of(session, space.id)
    awaited = (catalogue is None or not catalogue.published) and _is_joined(node, session)
    context = {"space": space, "catalogue": catalogue}
    return [Section("trade/goods/today.html", context, order=20 if awaited else 80)]


def _is_joined(node: Node, session: Session) -> bool:
    known = node.hooks.peers(node=node, session=session) or ()
    return any(peer.state == "joined" for peer in known)
