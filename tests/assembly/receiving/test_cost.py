"""Pages of receiving and packing ask the database as often for forty orders as for two."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import update
from support.arrivals import Arrival
from support.visitors import queries

from wizzle.plugins.market import OrderLine

PAGES = ("receiving", "sharing", "substitutes", "weighing", "bags", "transfers", "labels.pdf",
         "packing.csv", "packing.pdf?by=product", "handover")  # fmt: skip


def asked(arrival: Arrival, dana: FlaskClient) -> dict[str, int]:
    """Let the round's goods come short and be shared, then count what its pages ask."""
    with arrival.node.db.write() as session:
        session.execute(update(OrderLine).values(wish="substitute", substitute_up_to=2_000))
    arrival.round.to("sent")
    arrival.count(dict.fromkeys(arrival.round.products, 1))
    arrival.round.to("received")
    arrival.share()
    found = {}
    for page in PAGES:
        address = f"/rounds/{arrival.round.id}/{page}"
        dana.get(address)
        with queries(arrival.node) as statements:
            assert dana.get(address).status_code == 200
        found[page] = len([each for each in statements if not each.startswith("BEGIN")])
    return found


def test_pages_ask_no_more_for_more_orders(arrival: Arrival, dana: FlaskClient) -> None:
    potato, onion = arrival.round.products
    for name in ("alice", "gina"):
        arrival.round.order(name, {potato: 2, onion: 2})
    few = asked(arrival, dana)
    arrival.round.draft(title="큰 회차").offer().to("open")
    arrival.round.crowd(40)
    many = asked(arrival, dana)
    assert many == few
    assert max(many.values()) <= 22
