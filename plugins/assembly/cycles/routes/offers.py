"""Choosing what a round offers: which producers take part, and with which of their products."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import permitted, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..rules import State, shown_state
from .access import RUN, me, own_cycle, tell


@blueprint.get("/rounds/<int:cycle_id>/offers")
@permitted(RUN)
def offers(cycle_id: int) -> Any:
    """Show all producers, to be ticked, with how much of each is offered."""
    node = this_node()
    with node.db.read() as session:
        cycle = own_cycle(session, cycle_id)
        producers = queries.producers_to_choose(session, cycle_id)
    return render_template(
        "assembly/cycles/offers.html",
        cycle=cycle,
        producers=producers,
        changeable=_changeable(cycle.state, cycle.cut_off),
    )


@blueprint.post("/rounds/<int:cycle_id>/offers")
@permitted(RUN)
def choose_producers(cycle_id: int) -> Response:
    """Let just the ticked producers take part."""
    node = this_node()
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    try:
        with node.db.write() as session:
            actions.choose_producers(
                node, session, cycle_id, _numbers("producer"), actor_id=me().id
            )
        told("Saved.")
    except WizzleError as error:
        tell(error)
        return redirect(url_for("assembly.offers", cycle_id=cycle_id))
    return redirect(url_for("assembly.desk", cycle_id=cycle_id))


@blueprint.get("/rounds/<int:cycle_id>/offers/<int:seller_id>")
@permitted(RUN)
def producer_offers(cycle_id: int, seller_id: int) -> Any:
    """Show a producer's products, to be ticked; all of them are if the producer is new here."""
    with this_node().db.read() as session:
        cycle = own_cycle(session, cycle_id)
        products = queries.products_to_choose(session, cycle_id, seller_id)
        seller = queries.producer_face(session, seller_id)
    if seller is None:
        raise NotFound("There is no such producer.")
    return render_template(
        "assembly/cycles/producer_offers.html",
        cycle=cycle,
        seller=seller,
        products=products,
        new=not any(product.offered for product in products),
        changeable=_changeable(cycle.state, cycle.cut_off),
    )


@blueprint.post("/rounds/<int:cycle_id>/offers/<int:seller_id>")
@permitted(RUN)
def choose_products(cycle_id: int, seller_id: int) -> Response:
    """Offer just the ticked products of the producer."""
    node = this_node()
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    try:
        with node.db.write() as session:
            actions.choose_products(
                node, session, cycle_id, seller_id, _numbers("product"), actor_id=me().id
            )
        told("Saved.")
    except WizzleError as error:
        tell(error)
        return redirect(url_for("assembly.producer_offers", cycle_id=cycle_id, seller_id=seller_id))
    return redirect(url_for("assembly.offers", cycle_id=cycle_id))


def _numbers(name: str) -> set[int]:
    texts = request.form.getlist(name)
    return {int(text) for text in texts if text.isdecimal() and len(text) < 10}


def _changeable(state: str, cut_off: Any) -> bool:
    now = this_node().clock.now()
    return shown_state(State(state), cut_off, now) in {State.DRAFT, State.OPEN}
