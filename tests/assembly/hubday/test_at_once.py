"""Two phones, or two tabs of one, at the same moment: each entry is done by one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from support.arrivals import Arrival
from support.hubdays import Handset, entry

from wizzle.core import ledger
from wizzle.plugins.assembly.hubday.models import Sent
from wizzle.plugins.market import Order, OrderEvent


def all_at_once(*work: Callable[[], Any]) -> list[Any]:
    gate = Barrier(len(work))

    def begin(each: Callable[[], Any]) -> Any:
        gate.wait()
        return each()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(begin, work))


def money(arrival: Arrival) -> int:
    with arrival.node.db.read() as session:
        assert ledger.verify(session).ok
        hub = session.scalars(select(Order.host_id)).first()
        return int(ledger.balance(session, ledger.account("cash", hub)))


def test_two_tabs_send_the_same_and_it_is_done_once(
    arrival: Arrival, orders: list[Order], site: Flask
) -> None:
    cast = arrival.round.cast
    tabs = [Handset(arrival.round, cast.signed_in(site, "dana")) for _ in range(4)]
    assert {tab.person for tab in tabs} == {arrival.dana}
    batch = [
        entry(orders[1].id, "bags", bags=1, was=0),
        entry(orders[1].id, "tick", mark="bag-1", on=True),
        entry(orders[1].id, "hand", shown=1_000, cash=None, early=False),
        entry(orders[0].id, "absent", reason="안 오셨어요"),
    ]
    answers = all_at_once(*((lambda tab=tab: tab.outcomes(*batch)) for tab in tabs))
    for place in range(len(batch)):
        assert Counter(each[place] for each in answers) == {"applied": 1, "already": 3}
    assert money(arrival) == 1_000
    with arrival.node.db.read() as session:
        assert session.scalar(select(func.count(Sent.uid))) == len(batch)
        handed = select(func.count(OrderEvent.id)).where(OrderEvent.kind == "collected")
        assert session.scalar(handed) == 1


def test_of_two_phones_that_hand_over_one_is_told_of_the_other(
    arrival: Arrival, dana: Handset, frank: Handset, orders: list[Order],
    as_: Callable[[str], FlaskClient],
) -> None:  # fmt: skip
    assert dana.person != frank.person
    made = {"shown": 1_000, "cash": None, "early": False}
    batches = [
        (phone, [entry(orders[1].id, "tick", mark="bag-1", on=True),
                 entry(orders[1].id, "hand", **made)])
        for phone in (dana, frank)
    ]  # fmt: skip
    answers = all_at_once(*((lambda p=phone, b=batch: p.outcomes(*b)) for phone, batch in batches))
    assert sorted(each[1] for each in answers) == ["applied", "conflict"]
    assert money(arrival) == 1_000
