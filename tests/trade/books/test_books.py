"""Money between two nodes: the books of both say the same, and no won is paid twice."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from support.post import Sent
from support.trading import GANGBUK, WANJU, Pair

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.market import Product
from wizzle.plugins.trade.books import actions
from wizzle.plugins.trade.books.models import NettingStatement
from wizzle.plugins.trade.books.rules.statements import Books
from wizzle.plugins.trade.orders.actions import Sent as Goods
from wizzle.plugins.trade.orders.actions import drop_dearer


def traded(pair: Pair, wanted: dict[str, dict[str, int]] | None = None) -> Pair:
    """Let a whole round go well, up to its settlement."""
    pair.grow("대파", price=990, stock=100)
    pair.there.person("erin")
    pair.ordered(wanted or {"alice": {"대파": 3}, "gina": {"대파": 1}})
    pair.settle_down()
    pair.ship()
    pair.settle_down()
    pair.sold.to("distributing").hand_over()
    pair.sold.settle()
    return pair


def pay(pair: Pair, amount: int, key: str = "1") -> None:
    pair.do(pair.gangbuk, actions.pay, WANJU, amount, reference="강북위즐 11월", key=key,
            actor_id=None)  # fmt: skip


def confirm(pair: Pair, *, arrived: bool = True) -> None:
    payment = [each for each in pair.bookings(pair.wanju) if each.kind == "payment"][-1]
    pair.do(pair.wanju, actions.confirm, payment.id, arrived=arrived, actor_id=None)


def state(pair: Pair, node, month: str = "2026-11") -> NettingStatement:
    host = WANJU if node is pair.gangbuk else GANGBUK
    return pair.do(node, actions.make_statement, host, month)


def statements(node) -> list[NettingStatement]:
    with node.db.read() as session:
        found = list(session.scalars(select(NettingStatement).order_by(NettingStatement.id)))
        session.expunge_all()
        return found


def proven(pair: Pair) -> None:
    """Both ledgers hold, and the mirrors are equal and opposite."""
    for node in (pair.gangbuk, pair.wanju):
        with node.db.read() as session:
            assert ledger.verify(session).ok
    here, there = pair.mirrors()
    assert here == -there


def test_a_correction_takes_back_the_same_on_both_sides(pair: Pair):
    traded(pair).settle_down()
    line = pair.sold.settled_lines()[0]
    pair.do(pair.gangbuk, correct, line.line_id, 500, reason="무름", key="1",
            actor_id=pair.sold.dana)  # fmt: skip
    pair.settle_down()
    assert pair.mirrors() == (3366 - 425, -(3366 - 425))
    proven(pair)


def test_who_did_not_collect_is_for_the_producer_to_decide(pair: Pair):
    pair.grow("대파", price=990, stock=100)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}}).settle_down()
    pair.ship()
    pair.settle_down()
    pair.sold.to("distributing")
    late = next(order for order in pair.sold.waiting() if order.person_name == "지나")
    pair.sold.give_up(late.id)
    pair.sold.hand_over()
    pair.sold.settle()
    pair.settle_down()
    assert pair.mirrors() == (2524, -2524)
    assert pair.states == ("disputed", "disputed")
    settlement = [each for each in pair.bookings(pair.wanju) if each.kind == "settlement"]
    assert settlement[0].details["lacking"] == 990
    assert pair.theirs.problem.startswith("Less was paid")
    assert any("적" in mail or "Less" in mail for mail in pair.mails(pair.wanju, "erin"))


def test_goods_by_weight_are_paid_by_what_they_weighed(pair: Pair):
    from wizzle.plugins.market import weigh

    pair.grow("수박", price=3000, sold_by="weight", expected_g=5000, stock=9)
    pair.there.person("erin")
    pair.ordered({"alice": {"수박": 1}, "gina": {"수박": 1}}).settle_down()
    assert pair.states == ("accepted", "accepted")
    pair.ship({"수박": Goods(2, 10_100, "밭 3")})
    pair.settle_down()
    pair.sold.to("received")
    weights = dict(zip((line.line_id for line in pair.sold.lines()), (5100, 4900), strict=True))
    pair.do(pair.gangbuk, weigh, pair.sold.occasion, weights, actor_id=pair.sold.dana)
    pair.sold.to("distributing").hand_over()
    pair.sold.settle()
    pair.settle_down()
    assert pair.states == ("settled", "settled")
    producer = 15300 - 1071 - 1224 + 14700 - 1029 - 1176
    assert pair.mirrors() == (producer, -producer)


def forged(sent: Sent, **changes: object) -> Sent:
    document = copy.deepcopy(sent.document)
    document["object"].update(changes)
    body = json.dumps(document).encode()
    return Sent(sent.sender, sent.host, sent.letter, document, body)


@pytest.mark.parametrize("amount", ["1", "99999999"])
def test_a_settlement_that_does_not_add_up_is_not_booked(pair: Pair, amount: str):
    traded(pair)
    event = next(s for s in pair.post.waiting if "purpose" in str(s.document))
    pair.post.waiting.remove(event)
    pair.settle_down()
    wrong = {"resourceQuantity": {"hasUnit": "one", "hasNumericalValue": amount,
                                  "currency": "KRW"}}  # fmt: skip
    pair.post.hand(forged(event, **wrong))
    assert pair.mirrors()[1] == 0
    assert pair.theirs.state == "disputed"
    assert "not booked" in pair.theirs.problem


def test_more_than_what_came_is_not_booked(pair: Pair):
    """Whoever could credit a producer out of nothing could have it paid out."""
    traded(pair)
    event = next(s for s in pair.post.waiting if "purpose" in str(s.document))
    pair.post.waiting.remove(event)
    pair.settle_down()
    lines = [{"line": 1, "portions": [[3, 297_000, None]]}]
    more = {
        "lines": lines,
        **{
            name: {"hasUnit": "one", "hasNumericalValue": str(won), "currency": "KRW"}
            for name, won in {"activist": 20_790, "centre": 23_760,
                              "resourceQuantity": 252_450}.items()
        },
    }  # fmt: skip
    pair.post.hand(forged(event, **more))
    assert pair.mirrors()[1] == 0
    assert pair.theirs.state == "disputed"


def test_a_payment_is_booked_on_both_sides_once_it_has_arrived(pair: Pair):
    traded(pair).settle_down()
    pay(pair, 3000)
    pay(pair, 3000)  # the same request once more
    pair.settle_down()
    assert pair.mirrors() == (3366, -3366)
    confirm(pair)
    confirm(pair)
    pair.settle_down()
    assert pair.mirrors() == (366, -366)
    assert pair.balance(pair.gangbuk, "bank") == -3000
    assert pair.balance(pair.wanju, "bank") == 3000
    proven(pair)


def test_no_more_is_paid_than_is_owed_and_not_under_way(pair: Pair):
    traded(pair).settle_down()
    pay(pair, 3000)
    with pytest.raises(Refused, match="not paid yet"):
        pay(pair, 367, key="2")


def test_a_payment_that_did_not_arrive_is_still_owed(pair: Pair):
    traded(pair).settle_down()
    pay(pair, 3366)
    pair.settle_down()
    confirm(pair, arrived=False)
    pair.settle_down()
    assert pair.mirrors() == (3366, -3366)
    pay(pair, 3366, key="2")
    pair.settle_down()


def test_a_month_is_stated_once_and_agreed(pair: Pair):
    traded(pair).settle_down()
    with pytest.raises(Refused, match="not over"):
        state(pair, pair.gangbuk)
    pair.sold.clock.advance(days=10)
    made, again = state(pair, pair.gangbuk), state(pair, pair.gangbuk)
    assert made.id == again.id
    pair.settle_down()
    (ours,) = statements(pair.gangbuk)
    (theirs,) = statements(pair.wanju)
    assert (ours.state, ours.opening, ours.closing) == ("accepted", 0, 3366)
    assert (theirs.state, theirs.opening, theirs.closing) == ("accepted", 0, -3366)
    statement = next(s for s in pair.post.every if s.document["object"]["type"] == "Statement")
    assert statement.letter.sealed


def test_a_month_comes_about_by_itself(pair: Pair):
    traded(pair).settle_down()
    pair.sold.clock.advance(days=10)
    pair.settle_down()
    assert [each.state for each in statements(pair.gangbuk)] == ["accepted"]
    assert [each.made_here for each in statements(pair.wanju)] == [False]


def test_a_lost_event_is_named_and_agreed_on_once_it_has_come(pair: Pair):
    traded(pair)
    event = next(s for s in pair.post.waiting if "purpose" in str(s.document))
    pair.post.waiting.remove(event)
    pair.settle_down()
    pair.sold.clock.advance(days=10)
    state(pair, pair.gangbuk)
    pair.settle_down()
    (ours,) = statements(pair.gangbuk)
    assert ours.state == "rejected"
    assert ours.differing == [event.document["object"]["id"]]
    pair.post.hand(event)
    pair.sold.clock.advance(days=1)
    pair.settle_down()
    assert [each.state for each in statements(pair.gangbuk)] == ["rejected", "accepted"]
    proven(pair)


def test_a_forged_statement_is_not_agreed_to(pair: Pair):
    traded(pair).settle_down()
    pair.sold.clock.advance(days=10)
    state(pair, pair.gangbuk)
    (statement,) = pair.post.waiting
    pair.post.waiting.clear()
    pair.post.hand(forged(statement, closing="1"))
    ((_, refused),) = pair.post.refused
    assert "closing" in str(refused)
    assert statements(pair.wanju) == []


def test_what_is_booked_so_far_can_be_agreed_before_the_month_is_over(pair: Pair, clock):
    traded(pair).settle_down()
    with pytest.raises(Refused, match="not over"):
        state(pair, pair.gangbuk)
    clock.advance(minutes=1)
    so_far = pair.do(pair.gangbuk, actions.make_statement, WANJU, "2026-11", so_far=True)
    pair.settle_down()
    clock.advance(minutes=1)
    again = pair.do(pair.gangbuk, actions.make_statement, WANJU, "2026-11", so_far=True)
    assert (again.id, again.state, again.closing) == (so_far.id, "accepted", 3366)
    clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    whole = state(pair, pair.gangbuk)
    pair.settle_down()
    assert (whole.number, whole.digest) == (2, so_far.digest)
    assert {each.state for each in statements(pair.wanju)} == {"accepted"}


def test_a_month_is_stated_by_itself_though_a_part_of_it_was_agreed(pair: Pair, clock):
    traded(pair).settle_down()
    clock.advance(minutes=1)
    pair.do(pair.gangbuk, actions.make_statement, WANJU, "2026-11", so_far=True)
    pair.settle_down()
    clock.set(datetime(2026, 12, 1, 12, tzinfo=UTC))
    pair.settle_down()
    assert [each.number for each in statements(pair.gangbuk)] == [1, 2]


def test_a_month_that_has_not_begun_has_nothing_so_far(pair: Pair):
    with pytest.raises(Refused, match="not over"):
        pair.do(pair.gangbuk, actions.make_statement, WANJU, "2027-01", so_far=True)


def test_a_statement_that_begins_within_its_month_is_not_agreed_to(pair: Pair):
    traded(pair).settle_down()
    pair.sold.clock.advance(days=10)
    state(pair, pair.gangbuk)
    (statement,) = pair.post.waiting
    pair.post.waiting.clear()
    part = {"hasBeginning": "2026-11-20T00:00:00Z", "events": [], "closing": "0",
            "digest": Books(0, ()).mark}  # fmt: skip
    pair.post.hand(forged(statement, **part))
    ((_, refused),) = pair.post.refused
    assert "month" in str(refused)
    assert statements(pair.wanju) == []


def test_what_is_sold_counts_for_the_line_that_was_agreed_to(pair: Pair):
    """Two residents are told two prices; the producer's is the higher one, the other line falls."""
    pair.grow("쌀", price=12200, stock=20)
    pair.there.person("erin")
    pair.sold.draft()
    with pair.gangbuk.db.write() as session:
        cycles.choose_producers(
            pair.gangbuk, session, pair.sold.id, [pair.mirror], actor_id=pair.sold.dana
        )
    pair.sold.to("open")
    pair.sold.order("alice", {pair.copies["쌀"]: 2}, key="alice")
    with pair.gangbuk.db.write() as session:
        session.get_one(Product, pair.copies["쌀"]).price = 12000
    pair.sold.order("gina", {pair.copies["쌀"]: 2}, key="gina")
    pair.sold.to("closed")
    pair.settle_down()
    assert pair.states == ("countered", "countered")
    pair.do(pair.gangbuk, drop_dearer, pair.here.id, actor_id=pair.sold.dana)
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")
    pair.ship()
    pair.settle_down()
    pair.sold.to("received")
    pair.count()
    pair.sold.to("distributing").hand_over().settle()
    pair.settle_down()
    assert pair.states == ("settled", "settled")
    assert pair.mirrors() == (20740, -20740)
