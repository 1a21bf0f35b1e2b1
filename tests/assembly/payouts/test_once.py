"""I12: whatever moves money is done once under its key, however often a phone sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from support.settling import Sold

from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.payouts import actions, queries
from wizzle.plugins.assembly.payouts.rules import total
from wizzle.plugins.assembly.settlement.actions import settle

from .test_pay_out import account, name_payees


def often(sold: Sold, times: int, do: Callable[[Session], Any]) -> None:
    """Do it, and then again; only the first time may leave anything in the books."""
    with sold.node.db.write() as session:
        do(session)
    books = sold.books()
    for _ in range(times):
        with sold.node.db.write() as session:
            do(session)
    assert sold.books() == books


def test_a_week_that_is_sent_again_and_again_is_one_week(empty: Sold) -> None:
    node = empty.node
    (good,) = empty.goods("감자", price=3_330)
    name_payees(empty, ("producer", "farm"), ("activist", "hub"))

    @settings(max_examples=4)
    @given(
        times=st.lists(st.integers(0, 2), min_size=7, max_size=7), quantity=st.integers(1, 5),
        refund=st.integers(1, 1_000), back=st.integers(1, 1_000),
    )  # fmt: skip
    def a_week(times: list[int], quantity: int, refund: int, back: int) -> None:
        key, who = node.random.token(6), empty.dana
        empty.draft().offer().to("open")
        for _ in range(times[0] + 1):
            order = empty.order("alice", {good: quantity}, key=key)
        assert len(empty.waiting()) == 1
        empty.to("distributing")
        often(empty, times[1], lambda session: cycles.hand_over(
            node, session, empty.id, order.id, actor_id=who))  # fmt: skip
        (line,) = empty.lines()
        often(empty, times[2], lambda session: cycles.refund(
            node, session, empty.id, line.line_id, refund, reason="무름", key=key, actor_id=who,
        ))  # fmt: skip
        often(empty, times[3], lambda session: settle(node, session, empty.id, actor_id=who))
        often(empty, times[4], lambda session: correct(
            node, session, line.line_id, back, reason="상함", key=key, actor_id=who))  # fmt: skip
        hub, held = empty.cast.space("hub").id, empty.balance("cash", "hub")
        if held > 0:
            often(empty, times[5], lambda session: actions.bring_cash(
                node, session, hub, held, key=key, actor_id=who))  # fmt: skip
        with node.db.read() as session:
            shown = total(queries.owed(session))
        often(empty, times[6], lambda session: actions.pay_out(
            node, session, key=key, shown=shown, actor_id=who))  # fmt: skip
        paid = quantity * 3_330 - refund
        (settled,) = [each for each in empty.settled_lines() if each.line_id == line.line_id]
        assert settled.paid == paid
        assert empty.balance("producer", "farm") == empty.balance("activist", "hub") == 0
        assert empty.proof().ok

    a_week()
    assert account(empty, "producer", "farm")
