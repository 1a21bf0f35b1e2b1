"""Goods that go from hub to hub: proposed from the orders, sent, and received as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from support.arrivals import Arrival

from wizzle.core.errors import NotFound, Refused
from wizzle.plugins.assembly.cycles.models import Point
from wizzle.plugins.assembly.receiving import actions, queries
from wizzle.plugins.market import Order


@dataclass
class Way:
    """gina collects two potatoes and an onion at charlie's hub, alice hers at dana's."""

    arrival: Arrival
    hub: int

    def note(self) -> int:
        with self.arrival.node.db.write() as session:
            return actions.propose(
                self.arrival.node, session, self.arrival.round.id, self.hub,
                actor_id=self.arrival.dana,
            ).id  # fmt: skip

    def read(self, note: int) -> queries.Note:
        with self.arrival.node.db.read() as session:
            return queries.note_by_id(session, self.arrival.round.id, note)

    def left(self) -> list[tuple[str, int]]:
        with self.arrival.node.db.read() as session:
            rows = queries.moved_goods(session, self.arrival.round.id, self.hub)
            return [(row.product_name, int(row.quantity)) for row in rows]


@pytest.fixture
def way(arrival: Arrival) -> Way:
    potato, onion = arrival.round.products
    arrival.round.order("alice", {potato: 5})
    moved = arrival.round.order("gina", {potato: 2, onion: 1})
    hub, row = arrival.round.other_hub("charlie"), arrival.round.row()
    with arrival.node.db.write() as session:
        session.add(
            Point(
                cycle_id=row.id, hub_id=hub, place="other", address="",
                collect_from=row.collect_from, collect_until=row.collect_until,
            )
        )  # fmt: skip
        session.get_one(Order, moved.id).host_id = hub
    arrival.round.to("received")
    return Way(arrival, hub)


def test_a_note_holds_what_is_collected_there_and_only_once(way: Way) -> None:
    assert way.left() == [("감자", 2), ("대파", 1)]
    note = way.read(way.note())
    assert [(line.product_name, line.quantity) for line in note.lines] == [("감자", 2), ("대파", 1)]
    assert way.left() == []
    again = way.read(way.note())  # the draft is made anew
    assert len(again.lines) == 2
    with way.arrival.node.db.write() as session:
        actions.send(
            way.arrival.node, session, way.arrival.round.id, again.row.id, version=1,
            actor_id=way.arrival.dana,
        )  # fmt: skip
    with pytest.raises(Refused, match="already"):
        way.note()


def test_what_did_not_arrive_still_has_to_go(way: Way) -> None:
    note, (potato, onion) = way.note(), way.arrival.round.products
    node, cycle, dana = way.arrival.node, way.arrival.round.id, way.arrival.dana

    def receive(arrived: dict[int, int], version: int = 2) -> None:
        with node.db.write() as session:
            actions.receive(node, session, cycle, note, arrived, remark=" 하나가 샜어요 ",
                            version=version, actor_id=dana)  # fmt: skip

    with pytest.raises(Refused, match="not been sent"):
        receive({potato: 2, onion: 1}, version=1)
    with node.db.write() as session:
        actions.send(node, session, cycle, note, version=1, actor_id=dana)
    with pytest.raises(Refused):
        receive({potato: 3, onion: 1})
    with pytest.raises(NotFound):
        receive({potato: 2})
    with pytest.raises(Refused, match="another window"):
        receive({potato: 2, onion: 1}, version=1)
    receive({potato: 1, onion: 1})
    assert way.read(note).row.remark == "하나가 샜어요"
    assert way.left() == [("감자", 1)]


def test_both_hubs_see_it_and_nobody_else(
    way: Way, dana: FlaskClient, as_: Callable[[str], FlaskClient]
) -> None:
    here = f"/rounds/{way.arrival.round.id}/transfers"
    potato, onion = way.arrival.round.products
    assert "other" in dana.get(here).get_data(as_text=True)
    made = dana.post(here, data={"hub": way.hub}).location
    assert "감자" in dana.get(made).get_data(as_text=True)
    assert dana.get(f"{made}.pdf").data.startswith(b"%PDF")
    charlie = as_("charlie")
    assert charlie.post(f"{made}/sent", data={"version": "1"}).status_code == 403
    assert charlie.post(here, data={"hub": way.hub}).status_code == 403
    assert dana.post(f"{made}/sent", data={"version": "1"}).status_code == 302
    assert "이동표" in charlie.get(here).get_data(as_text=True)
    typed = {f"r-{potato}": "x", f"r-{onion}": "1", "version": "2", "remark": "늦게 왔어요"}
    wrong = charlie.post(f"{made}/received", data=typed)
    assert wrong.status_code == 422
    assert "늦게 왔어요" in wrong.get_data(as_text=True)
    typed[f"r-{potato}"] = "2"
    assert charlie.post(f"{made}/received", data=typed).status_code == 302
    assert "도착" in charlie.get(made).get_data(as_text=True)
    assert as_("alice").get(made).status_code == 403
    assert as_("frank").get(f"{made}.pdf").status_code == 403
