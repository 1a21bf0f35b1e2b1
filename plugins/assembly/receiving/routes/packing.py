"""Packing: which order is in how many bags, and the labels to stick on them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.paper import Label, Labels
from .....core.web import (
    Form,
    asked_place,
    outside_url,
    paged,
    permitted,
    say,
    this_node,
    this_tongue,
    told,
)
from .....core.web.downloads import download
from ...cycles.queries import AnyRow
from ...cycles.routes.access import RUN, me, served_cycle, tell
from ...cycles.rules import State
from ...pages import blueprint
from .. import actions, queries
from ..rules import PACKING, in_kg, parcel
from ..schemas import BagsForm
from .sections import todo

SIZE = 60


@blueprint.get("/rounds/<int:cycle_id>/bags")
@permitted(RUN)
def bags(cycle_id: int) -> Any:
    """List the orders by name, each with its number of bags once it is packed."""
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        rows = queries.packing_orders(
            session, cycle_id, served.hubs, after=_place(), limit=SIZE + 1
        )
        done = todo(session, cycle_id, served.hubs)
    place = f"{rows[SIZE - 1].id}~{rows[SIZE - 1].person_name}" if len(rows) > SIZE else None
    return render_template(
        "assembly/receiving/bags.html",
        cycle=served.cycle,
        page=paged(rows, SIZE, place),
        todo=done,
        packing=State(served.cycle.state) in PACKING,
    )


def _place() -> tuple[str, int] | None:
    number, mark, name = (asked_place() or "").partition("~")
    return (name, int(number)) if mark and number.isdecimal() and len(number) < 10 else None


@blueprint.route("/rounds/<int:cycle_id>/bags/<int:order_id>", methods=["GET", "POST"])
@permitted(RUN)
def pack(cycle_id: int, order_id: int) -> Response:
    """Note into how many bags an order is packed, and go back to it in the list."""
    node, form = this_node(), Form(BagsForm())
    with node.db.read() as session:
        hubs = served_cycle(session, cycle_id).hubs
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.pack(
                    node, session, cycle_id, order_id, form.data["bags"],
                    hubs=hubs, actor_id=me().id,
                )  # fmt: skip
        except WizzleError as error:
            tell(error)
    for texts in form.errors.values():
        for text in texts:
            flash(text, "problem")
    back = url_for("assembly.bags", cycle_id=cycle_id, after=request.args.get("after"))
    return redirect(f"{back}#order-{order_id}")


@blueprint.get("/rounds/<int:cycle_id>/labels.pdf")
@permitted(RUN)
def labels(cycle_id: int) -> Response:
    """Hand out labels for the bags: code, name, what is in them, and a QR code to the order."""
    used = request.args.get("used", default=0, type=int)
    number = request.args.get("order", default=None, type=int)
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        rows = queries.label_lines(session, cycle_id, served.hubs, order_id=number)
    orders = [list(lines) for _, lines in groupby(rows, key=lambda row: row.id)]
    name = say("Labels – %(title)s", title=served.cycle.title)
    made = tuple(label for lines in orders for label in _labels(lines))
    return download(Labels(name, made, used=min(max(used, 0), 13)))


def _labels(lines: list[AnyRow]) -> list[Label]:
    """Return a label for each bag of an order."""
    order, bags = lines[0], lines[0].bags or 1
    contents = tuple(_content(line) for line in lines)
    url = outside_url("assembly.arrival", uid=order.uid)
    return [
        Label(
            code=order.code,
            name=order.person_name,
            lines=contents,
            note=" · ".join(filter(None, [_bag(number, bags), order.place])),
            qr=url,
        )
        for number in range(1, bags + 1)
    ]


def _bag(number: int, bags: int) -> str:
    if bags < 2:
        return ""
    return this_tongue().pgettext("round", "Bag %(number)s", number=parcel(number, bags))


def _content(line: AnyRow) -> str:
    weight = f" ({in_kg(line.weighed_g)} kg)" if line.weighed_g else ""
    return f"{line.product_name} {line.unit_label} × {line.delivered}{weight}"


@blueprint.post("/rounds/<int:cycle_id>/handover/<int:order_id>/waits")
@permitted(RUN)
def let_wait(cycle_id: int, order_id: int) -> Response:
    """Take back that nobody came for an order."""
    node = this_node()
    with node.db.read() as session:
        hubs = served_cycle(session, cycle_id).hubs
    try:
        with node.db.write() as session:
            actions.let_wait(node, session, cycle_id, order_id, hubs=hubs, actor_id=me().id)
        told("The order waits again.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.handover_order", cycle_id=cycle_id, order_id=order_id))
