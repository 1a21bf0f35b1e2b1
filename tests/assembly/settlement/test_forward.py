"""I7: a round only ever goes one step on, and once it is settled nothing in it moves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select
from support.settling import Sold

from wizzle.core.errors import WizzleError
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.assembly.settlement.actions import settle
from wizzle.plugins.assembly.settlement.models import SettledLine, Settlement, Statement
from wizzle.plugins.market import Order, OrderLine

ATTEMPTS = ("advance", "hand_over", "give_up", "cancel", "less", "refund", "settle", "clock")
FROZEN = (Settlement, Statement, SettledLine, OrderLine)


def attempt(sold: Sold, what: str, target: State, number: int) -> None:
    """Try something, wherever the round is; a refusal is an answer."""
    orders, lines = everything(sold)
    order, line = orders[number % len(orders)], lines[number % len(lines)]
    node, who = sold.node, sold.dana
    with node.db.write() as session:
        match what:
            case "advance":
                cycles.advance(node, session, sold.id, target, actor_id=who)
            case "hand_over":
                cycles.hand_over(node, session, sold.id, order, actor_id=who)
            case "give_up":
                cycles.mark_not_collected(
                    node, session, sold.id, order, reason="안 오심", actor_id=who
                )
            case "cancel":
                cycles.cancel(node, session, sold.id, order, reason="-", actor_id=who)
            case "less":
                cycles.deliver_less(node, session, sold.id, line, 1, reason="흉작", actor_id=who)
            case "refund":
                cycles.refund(
                    node, session, sold.id, line, 1, reason="-", key=str(number), actor_id=who
                )
            case "settle":
                settle(node, session, sold.id, actor_id=who)


def everything(sold: Sold) -> tuple[list[int], list[int]]:
    with sold.node.db.read() as session:
        mine = Order.occasion == sold.occasion
        orders = session.scalars(select(Order.id).where(mine).order_by(Order.id)).all()
        lines = select(OrderLine.id).where(OrderLine.occasion == sold.occasion)
        return list(orders), list(session.scalars(lines.order_by(OrderLine.id)))


def keys(table: type) -> list[object]:
    return list(inspect(table).primary_key)


def rows(sold: Sold) -> list[object]:
    with sold.node.db.read() as session:
        return [
            tuple(row)
            for table in FROZEN
            for row in session.execute(
                select(*table.__table__.c).order_by(*table.__table__.primary_key)
            )
        ]


def test_a_round_goes_on_step_by_step_and_stands_still_in_the_end(empty: Sold) -> None:
    steps = st.tuples(st.sampled_from(ATTEMPTS), st.sampled_from(list(State)), st.integers(0, 9))

    @settings(max_examples=5)
    @given(steps=st.lists(steps, min_size=25, max_size=40))
    def a_round(steps: list[tuple[str, State, int]]) -> None:
        empty.draft().offer().to("open")
        for name in ("alice", "gina"):
            empty.order(name, dict.fromkeys(empty.products, 2), key=f"{name}-{empty.id}")
        settled: list[object] | None = None
        for what, target, number in steps:
            before = empty.state
            if what == "clock":
                row = empty.row()
                empty.clock.set(max(empty.clock.now(), (row.cut_off, row.collect_from)[number % 2]))
                continue
            # Every other time the step that is next, so that rounds come to their end too.
            wanted = State(list(State)[min(before.place + 1, 7)]) if number % 2 else target
            try:
                attempt(empty, what, wanted, number)
            except WizzleError:
                assert empty.state is before
            assert empty.state.place - before.place in {0, 1}
            if before is State.SETTLED:
                assert rows(empty) == settled
            elif empty.state is State.SETTLED:
                settled = rows(empty)

    empty.goods("감자", "대파")
    a_round()
    assert empty.proof().ok
