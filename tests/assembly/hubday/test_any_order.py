"""However what phones noted down arrives, in whatever batches, again and again: it is done as if
each entry had come once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.cast import Cast
from support.hubdays import Handset, entry
from support.rounds import Round

from wizzle.core import ledger, members
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.web import create_app
from wizzle.plugins.assembly.cycles.models import Tick
from wizzle.plugins.market import Order, OrderLine, Product

UIDS = [f"00000000-0000-4000-8000-{number:012x}" for number in range(12)]


def asks(order: int, line: int) -> list[dict[str, Any]]:
    """What may be noted down of one order: line ``line`` is potatoes, the next one meat."""
    meat = {"line": line + 1, "delivered": 1}
    less = {"line": line, "reason": "상했어요"}
    return [
        entry(order, "bags", bags=2, was=0),
        entry(order, "bags", bags=3, was=2),
        entry(order, "tick", mark=f"line-{line}", on=True),
        entry(order, "tick", mark=f"line-{line}", on=False),
        entry(order, "weigh", grams=640, was=None, sure=False, **meat),
        entry(order, "weigh", grams=655, was=640, sure=False, **meat),
        entry(order, "less", delivered=1, was=2, **less),
        entry(order, "less", delivered=2, was=1, **less),
        entry(order, "hand", shown=8_400, cash=None, early=False),
        entry(order, "hand", shown=7_400, cash=8_000, early=False),
        entry(order, "absent", reason="안 오셨어요"),
        entry(order, "waits"),
    ]


ASKS = [*asks(1, 1), *asks(2, 3)]
NOTED = st.lists(st.sampled_from(ASKS), min_size=2, max_size=10)
CUT = st.tuples(st.integers(0, 1), st.integers(1, 5), st.integers(0, 4), st.booleans())
CUTS = st.lists(CUT, max_size=8)
"""Which phone sends how many, how many of them for another time, and whether the answer is lost."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round with two orders, being handed out, that dana and frank serve."""
    home = tmp_path_factory.mktemp("hub_day")
    node = make_node(home)
    made = Round(node, Cast(node), FixedClock(node.clock.now()))
    made.clock = node.clock  # type: ignore[assignment]
    made.goods("감자", price=1_000, stock=20)
    made.goods("앞다리살", price=10_000, sold_by="weight", expected_g=600, stock=20)
    made.draft().offer().to("open")
    for name in ("alice", "gina"):
        made.order(name, {made.products[0]: 2, made.products[1]: 1})
    made.to("distributing")
    person, hub = made.cast.person("frank"), made.cast.space("hub")
    with node.db.write() as session:
        members.grant(session, person.id, "activist", hub.id, at=node.clock.now())
    (home / "at").write_text(node.clock.now().isoformat())
    node.close()
    return home


@contextmanager
def opened(prepared: Path, home: Path) -> Iterator[tuple[Node, list[Handset]]]:
    """A copy of the prepared node, and the phones of dana and frank."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(prepared / "wizzle.db", home / "wizzle.db")
    clock = FixedClock(FixedClock().now().fromisoformat((prepared / "at").read_text()))
    node = make_node(home, clock=clock, migrated=True)
    site = create_app(node)
    site.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    here = Round(node, Cast(node), clock, id=1)
    try:
        names = ("dana", "frank")
        yield node, [Handset(here, here.cast.signed_in(site, who), who) for who in names]
    finally:
        node.close()
        shutil.rmtree(home)


def standing(node: Node) -> dict[str, Any]:
    """Everything that entries can move."""
    with node.db.read() as session:
        assert ledger.verify(session).ok
        orders = select(Order.id, Order.state, Order.bags, Order.version, Order.host_id)
        line = OrderLine
        lines = select(line.id, line.delivered, line.weighed_g, line.amount, line.paid, line.taken)
        found = {
            "orders": session.execute(orders.order_by(Order.id)).all(),
            "lines": session.execute(lines.order_by(line.id)).all(),
            "ticks": session.execute(select(Tick.order_id, Tick.mark).order_by(Tick.mark)).all(),
            "stock": session.scalars(select(Product.stock).order_by(Product.id)).all(),
            "held": ledger.balance(session, "held"),
            "cash": ledger.balance(session, ledger.account("cash", 1)),
        }
        paid = sum(row.paid for row in found["lines"])
        assert found["held"] == paid  # what residents paid for is owed to somebody, to the won
        return found


@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(noted=st.tuples(NOTED, NOTED), cuts=CUTS)
def test_any_batches_come_to_the_same_end(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory,
    noted: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    cuts: list[tuple[int, int, int, bool]],
) -> None:  # fmt: skip
    queues = [
        [each | {"uid": f"{which:08x}{UIDS[place][8:]}"} for place, each in enumerate(queue)]
        for which, queue in enumerate(noted)
    ]
    here = tmp_path_factory.getbasetemp() / "any_order"
    first: list[tuple[int, dict[str, Any]]] = []
    with opened(prepared, here) as (node, phones):
        answers = list(_sent(queues, cuts, phones, first))
        crowded = standing(node)
    with opened(prepared, here) as (node, phones):
        once = {each["uid"]: phones[which].send(each)[0] for which, each in first}
        assert standing(node) == crowded
    for told in answers:
        wanted = once[told["uid"]]["outcome"]
        assert told["outcome"] in ((wanted,) if wanted == "conflict" else ("applied", "already"))


def _sent(
    queues: list[list[dict[str, Any]]], cuts: list[tuple[int, int, int, bool]],
    phones: list[Handset], first: list[tuple[int, dict[str, Any]]],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Send the queues of two phones in pieces; a lost answer lets a phone send them once more."""
    known: set[str] = set()
    places = [0, 0]
    plan = [*cuts, (0, 50, 0, False), (1, 50, 0, False)]
    for which, size, back, lost in plan:
        begin = max(0, places[which] - back)
        batch = queues[which][begin : places[which] + size]
        first += [(which, each) for each in batch if each["uid"] not in known]
        known |= {each["uid"] for each in batch}
        yield from phones[which].send(*batch)
        if not lost:
            places[which] = min(len(queues[which]), places[which] + size)
