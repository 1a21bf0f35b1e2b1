"""What a node shows another one of an order that they have with each other: nothing to others."""

from __future__ import annotations

import json

from flask import Response
from sqlalchemy.orm import Session

from .....core.node import Node
from .....core.web import machine, problem, this_node
from ...pages import blueprint
from ..models import TradeOrder
from ..queries import bundle_of, order_by_uid, order_offered
from ..rules.bundles import wish_of
from ..rules.states import Side
from ..rules.words import CONTEXT, Document, bundle_document
from .access import VIEW

ACTIVITY = "application/activity+json"


@blueprint.get("/trade/bundles/<uid>")
@machine(VIEW)
def bundle_view(uid: str) -> Response:
    """Show the whole order as this side knows it, to the node of the other side."""
    node = this_node()
    host = node.hooks.who_asks(node=node)
    if host is None:
        return problem(401, "Only a node that signs its request may read this.")
    with node.db.read() as session:
        order = order_by_uid(session, uid)
        if order.peer_host != host:
            return problem(404, "There is no such order.")
        return _shown(_document(node, session, order))


@blueprint.get("/trade/offers/<ref>")
@machine(VIEW)
def offer_view(ref: str) -> Response:
    """Show the order that the node which asks has offered under this name: so it learns of an
    answer that was lost, or that its offer never came."""
    node = this_node()
    host = node.hooks.who_asks(node=node)
    if host is None:
        return problem(401, "Only a node that signs its request may read this.")
    with node.db.read() as session:
        return _shown(_document(node, session, order_offered(session, ref, host)))


def _document(node: Node, session: Session, order: TradeOrder) -> Document:
    bundle = bundle_of(node, session, order)
    shown = bundle if order.side == Side.SELLER else wish_of(bundle)
    return {"@context": CONTEXT, **bundle_document(shown)}


def _shown(document: Document) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, mimetype=ACTIVITY, headers={"Cache-Control": "no-store"})
