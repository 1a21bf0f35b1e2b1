"""Settling: once, whole or not at all, and for good."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from support.cast import Cast
from support.settling import Sold

from wizzle.core.errors import Refused
from wizzle.core.models import AuditRecord, LedgerPosting
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins import market
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.assembly.settlement.models import SettledLine, Settlement, Statement

PAID = 990 * 3 + 2 * 2300 + 5000


def test_what_was_paid_is_split_between_producers_activist_and_centre(sold: Sold):
    made = sold.settle()
    # 2,970 and twice 2,300 of the farm, 5,000 of the other one, at 7 % and 8 %
    assert (made.producer, made.activist, made.centre) == (
        2524 + 2 * 1955 + 4250, 208 + 2 * 161 + 350, 238 + 2 * 184 + 400,
    )  # fmt: skip
    assert made.producer + made.activist + made.centre == PAID
    assert (made.exempt, made.taxed, made.lines) == (9600, 2970, 4)
    assert sold.state is State.SETTLED


def test_every_account_holds_its_share_to_the_won(sold: Sold):
    sold.settle()
    assert sold.balance("producer", "farm") == 2524 + 2 * 1955
    assert sold.balance("producer", "other_farm") == 4250
    assert sold.balance("activist", "hub") == 208 + 2 * 161 + 350
    assert sold.balance("fund") == 238 + 2 * 184 + 400
    assert sold.balance("centre") == 0
    assert sold.balance("held") == 0
    assert sold.balance("cash", "hub") == PAID
    assert sold.proof().ok


def test_each_seller_has_one_posting_that_names_the_round(sold: Sold):
    sold.settle()
    with sold.node.db.read() as session:
        postings = session.execute(
            select(LedgerPosting.key, LedgerPosting.subject, LedgerPosting.actor_id).where(
                LedgerPosting.key.startswith("settled:")
            )
        ).all()
    farms = (sold.cast.space("farm"), sold.cast.space("other_farm"))
    assert {posting.key for posting in postings} == {f"settled:{sold.id}:{f.id}" for f in farms}
    assert {posting.subject for posting in postings} == {sold.occasion}
    assert {posting.actor_id for posting in postings} == {sold.dana}


def test_a_second_time_changes_nothing(sold: Sold):
    first = sold.settle()
    books, lines = sold.books(), len(sold.settled_lines())
    sold.clock.advance(hours=1)
    second = sold.settle()
    assert (second.settled_at, second.producer) == (first.settled_at, first.producer)
    assert (sold.books(), len(sold.settled_lines())) == (books, lines)


def test_two_who_settle_at_once_settle_once(sold: Sold):
    together, made = Barrier(2), []

    def press() -> None:
        together.wait()
        made.append(sold.settle().producer)

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [2524 + 2 * 1955 + 4250] * 2
    assert len(sold.settled_lines()) == 4
    assert sold.balance("held") == 0
    assert sold.proof().ok


def test_handing_over_and_settling_at_once_leaves_nothing_behind(empty: Sold):
    (leek,) = empty.goods("대파", price=2300)
    sold = empty.ready({"alice": {leek: 1}})
    (order,) = sold.waiting()
    together = Barrier(2)

    def try_to_settle() -> None:
        together.wait()
        with suppress(Refused):
            sold.settle()

    def hand_over() -> None:
        together.wait()
        sold.hand_over(order.id)

    threads = [Thread(target=try_to_settle), Thread(target=hand_over)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sold.settle()
    assert sold.balance("held") == 0
    assert sold.balance("cash", "hub") == 2300


def test_an_order_that_waits_holds_it_up_and_is_counted(empty: Sold):
    (leek,) = empty.goods("대파")
    sold = empty.ready({"alice": {leek: 1}, "gina": {leek: 2}, "charlie": {leek: 3}})
    alices, ginas, charlies = (order.id for order in sold.waiting())
    sold.hand_over(alices)
    with pytest.raises(Refused) as refused:
        sold.settle()
    assert refused.value.message.values["num"] == 2
    assert sold.state is State.DISTRIBUTING
    sold.give_up(ginas)
    sold.hand_over(charlies)
    assert sold.settle().lines == 2


def test_goods_given_without_the_money_hold_it_up_as_well(empty: Sold):
    (leek,) = empty.goods("대파")
    sold = empty.ready({"alice": {leek: 1}})
    (order,) = sold.waiting()
    with sold.node.db.write() as session:
        market.hand_over(sold.node, session, order.id, actor_id=sold.dana, paid=False)
    with pytest.raises(Refused, match="1"):
        sold.settle()


def test_a_round_that_is_not_handed_out_yet_is_not_settled(empty: Sold):
    (leek,) = empty.goods("대파")
    empty.draft().offer().to("open")
    empty.order("alice", {leek: 1})
    with pytest.raises(Refused, match="not at that step"):
        empty.settle()


def test_a_round_in_which_nothing_was_paid_settles_too(empty: Sold):
    (leek,) = empty.goods("대파")
    sold = empty.ready({"alice": {leek: 1}})
    sold.give_up(sold.waiting()[0].id)
    made = sold.settle()
    assert (made.lines, made.producer, made.activist, made.centre) == (0, 0, 0, 0)
    assert sold.state is State.SETTLED
    assert sold.books() == (0, 0)


def test_a_round_that_nobody_ordered_in_settles_too(empty: Sold):
    empty.goods("대파")
    assert empty.ready({}).settle().lines == 0


def test_a_listener_that_fails_undoes_everything(sold: Sold, monkeypatch: pytest.MonkeyPatch):
    before = sold.books()

    def fail(*_: object) -> None:
        raise RuntimeError("the fund is on fire")

    monkeypatch.setattr("wizzle.plugins.fund.books.actions.receive", fail)
    with pytest.raises(RuntimeError, match="on fire"):
        sold.settle()
    assert sold.state is State.DISTRIBUTING
    assert sold.books() == before
    with sold.node.db.read() as session:
        for table in (SettledLine, Statement, Settlement):
            assert session.execute(select(table)).all() == []
        told = session.scalars(select(AuditRecord.action)).all()
    assert not any("settle" in action for action in told)
    monkeypatch.undo()
    sold.settle()
    assert sold.balance("fund") == 238 + 2 * 184 + 400


def test_other_sums_than_were_shown_are_not_settled(sold: Sold):
    line = sold.lines()[0]
    sold.refund(line.line_id, 100)
    with pytest.raises(Refused, match="has changed since"):
        sold.settle(shown=PAID)
    assert sold.state is State.DISTRIBUTING
    assert sold.settle(shown=PAID - 100).lines == 4


def test_what_was_given_back_is_shared_by_nobody(sold: Sold):
    plum, leek = sold.lines()[:2]
    sold.refund(plum.line_id, plum.paid)
    sold.refund(leek.line_id, 300)
    sold.settle()
    settled = {line.line_id: line for line in sold.settled_lines()}
    assert plum.line_id not in settled
    assert settled[leek.line_id].paid == 2000
    assert (settled[leek.line_id].activist, settled[leek.line_id].centre) == (140, 160)
    assert sold.balance("held") == 0


def test_rates_are_those_that_stood_when_it_was_ordered(sold: Sold):
    """The frozen rates of a line count, whatever the round's row says later."""
    with sold.node.db.write() as session:
        session.execute(text("UPDATE assembly_cycle SET activist_bp = 500, centre_bp = 500"))
    assert sold.settle().activist == 208 + 2 * 161 + 350


def test_the_database_refuses_to_change_what_is_settled(sold: Sold):
    sold.settle()
    for table in ("settled_line", "statement", "settlement"):
        for statement in ("UPDATE assembly_{} SET activist = activist", "DELETE FROM assembly_{}"):
            with (
                pytest.raises(DBAPIError, match="append-only"),
                sold.node.db.write() as session,
            ):
                session.execute(text(statement.format(table)))


Move = Callable[[Session], object]


def moves(sold: Sold) -> dict[str, Move]:
    """Everything of the market that moves money or goods of an order, called past the hub."""
    node, dana = sold.node, sold.dana
    line, other = sold.lines()[0], sold.lines()[2]
    why = {"reason": "늦었지만", "actor_id": dana}
    return {
        "refund": lambda s: market.refund(node, s, line.line_id, 10, key="late", **why),
        "deliver_less": lambda s: market.deliver_less(node, s, other.line_id, 0, **why),
        "hand_over": lambda s: market.hand_over(node, s, other.order_id, actor_id=dana),
        "mark_not_collected": lambda s: market.mark_not_collected(node, s, other.order_id, **why),
        "cancel_by_hub": lambda s: market.cancel_by_hub(node, s, other.order_id, **why),
    }


def test_nothing_of_a_settled_round_moves_even_if_asked_past_the_hub(sold: Sold):
    sold.settle()
    books, lines = sold.books(), sold.lines()
    for name, move in moves(sold).items():
        with pytest.raises(Refused) as refused, sold.node.db.write() as session:
            move(session)
        assert "settled" in str(refused.value), name
    assert (sold.books(), sold.lines()) == (books, lines)


def test_the_hub_cannot_move_it_either(sold: Sold):
    sold.settle()
    with pytest.raises(Refused, match="settled"):
        sold.refund(sold.lines()[0].line_id, 10)


def test_orders_of_a_round_wait_while_its_plugin_is_off(
    sqlite_node: Node, clock: FixedClock, new_node: Callable[..., Node]
):
    """Without whoever answers for the round nobody knows whether it is settled: nothing moves."""
    empty = Sold(sqlite_node, Cast(sqlite_node), clock)
    (leek,) = empty.goods("대파")
    sold = empty.ready({"alice": {leek: 1}}).hand_over()
    url = str(sqlite_node.db.url)
    alone = new_node("alone", plugins=("market",), url=url, migrated=True)
    line = sold.lines()[0]
    with pytest.raises(Refused, match="Nobody holds"), alone.db.write() as session:
        market.refund(alone, session, line.line_id, 10, reason="?", actor_id=sold.dana, key="x")
