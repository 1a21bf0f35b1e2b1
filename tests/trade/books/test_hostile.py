"""What a cheating or unlucky other side does with the books, and what then."""

from __future__ import annotations

import copy
import json

import pytest
from support.post import Sent
from support.trading import WANJU, Pair

from wizzle.core.errors import Refused
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.trade.books import actions
from wizzle.plugins.trade.books.models import NettingStatement
from wizzle.plugins.trade.books.rules.splitting import Portion, Sold, check, shares
from wizzle.plugins.trade.orders.rules.bundles import Line


def sold(pair: Pair) -> Pair:
    """Let a round be settled of which the settlement still lies in the post."""
    pair.grow("대파", price=990, stock=100)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}}).settle_down()
    pair.sold.to("distributing").hand_over()
    pair.sold.settle()
    return pair


def take_out(pair: Pair, what: str) -> Sent:
    found = next(each for each in pair.post.waiting if what in str(each.document))
    pair.post.waiting.remove(found)
    return found


def forged(sent: Sent, **changes: object) -> Sent:
    document = copy.deepcopy(sent.document)
    document["object"].update(changes)
    body = json.dumps(document).encode()
    return Sent(sent.sender, sent.host, sent.letter, document, body)


@pytest.mark.parametrize("at", ["2027-06-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_no_event_is_of_a_month_that_never_comes(pair: Pair, at: str):
    """It would be owed, and no statement would ever name it."""
    event = take_out(sold(pair), "'settlement'")
    pair.settle_down()
    pair.post.hand(forged(event, hasPointInTime=at))
    assert len(pair.post.refused) == 1
    assert pair.mirrors() == (3366, 0)


def test_a_correction_of_what_was_never_agreed_is_not_booked(pair: Pair):
    pair.grow("대파", price=990, stock=100)
    pair.ordered({"alice": {"대파": 3}})
    pair.post.waiting.clear()
    with pytest.MonkeyPatch.context() as patch:
        # It came all the same, and nobody counted.
        from wizzle.plugins.trade.orders.actions import coming

        patch.setattr(coming, "_check_counted", lambda *_: None)
        pair.sold.to("distributing")
    pair.sold.hand_over()
    pair.sold.settle()
    line = pair.sold.settled_lines()[0]
    pair.do(pair.gangbuk, correct, line.line_id, 500, reason="무름", key="1",
            actor_id=pair.sold.dana)  # fmt: skip
    assert pair.mirrors() == (0, 0)


def test_a_month_begins_where_it_begins(pair: Pair):
    """Whoever states the end of a month alone would have all of it agreed to."""
    sold(pair).settle_down()
    pair.sold.clock.advance(days=10)
    pair.do(pair.gangbuk, actions.make_statement, WANJU, "2026-11")
    statement = take_out(pair, "'Statement'")
    for number, changes in enumerate((
        {"hasBeginning": "2026-11-03T00:00:00Z"},
        {"month": "2026-10"},
        {"month": "nothing"},
    )):  # fmt: skip
        other = forged(statement, **changes)
        other.document["id"] += str(number)
        body = json.dumps(other.document).encode()
        pair.post.hand(Sent(other.sender, other.host, other.letter, other.document, body))
    assert len(pair.post.refused) == 3
    with pair.wanju.db.read() as session:
        assert session.query(NettingStatement).count() == 0


def test_what_the_other_node_says_it_paid_hides_no_payment_of_ours(pair: Pair):
    """Else a steward could be led to pay twice."""
    sold(pair).settle_down()
    pair.do(pair.gangbuk, actions.pay, WANJU, 3366, reference="가", key="1", actor_id=None)
    payment = take_out(pair, "'payment'")
    theirs = copy.deepcopy(payment.document)
    text = json.dumps(theirs).replace("gangbuk.example", "x.example")
    text = text.replace(WANJU, "gangbuk.example").replace("x.example", WANJU)
    bogus = Sent(WANJU, "gangbuk.example", payment.letter, json.loads(text), text.encode())
    pair.post.hand(bogus)
    assert pair.post.refused == []
    with pytest.raises(Refused, match="not paid yet"):
        pair.do(pair.gangbuk, actions.pay, WANJU, 3366, reference="나", key="2", actor_id=None)


def test_payments_that_wait_are_not_without_end(pair: Pair):
    sold(pair).settle_down()
    pair.do(pair.gangbuk, actions.pay, WANJU, 1, reference="가", key="1", actor_id=None)
    payment = take_out(pair, "'payment'")
    for number in range(105):
        document = copy.deepcopy(payment.document)
        document["id"] += str(number)
        document["object"]["id"] += str(number)
        body = json.dumps(document).encode()
        pair.post.hand(Sent(payment.sender, payment.host, payment.letter, document, body))
    assert len(pair.post.refused) == 5


WEIGHED = Line(no=1, proposal="https://s.example/proposals/1", version=1, seen=3000, wanted=2,
               sold_by="weight", agreed=2, price=3000)  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "wrong", "lacking"),
    [(15_300, False, 0), (999_999_999, True, 0), (300, False, 15_000)],
)
def test_goods_by_weight_without_a_note_cost_what_they_weigh(amount, wrong, lacking):
    """No weight was said by the producer; the price of what each portion weighed is known."""
    portions = (Sold(1, (Portion(2, amount, 5_100),)),)
    found = check(portions, shares(portions, 700, 800), {1: WEIGHED}, {1: 2}, (700, 800))
    assert (bool(found.wrong), found.lacking) == (wrong, lacking)


def test_a_settlement_that_the_other_side_refuses_is_told_to_the_hub(pair: Pair):
    event = take_out(sold(pair), "'settlement'")
    pair.settle_down()
    wrong = {"resourceQuantity": {"hasUnit": "one", "hasNumericalValue": "1", "currency": "KRW"}}
    pair.post.hand(forged(event, **wrong))
    pair.settle_down()
    assert pair.here.problem.startswith("The other node did not book the settlement.")
    assert any("booked" in mail or "장부" in mail for mail in pair.mails(pair.gangbuk, "dana"))


# What was given up


def a_day_later(pair: Pair) -> None:
    pair.sold.clock.advance(days=1)
    pair.settle_down()


def states_of(pair: Pair) -> list[str]:
    with pair.gangbuk.db.read() as session:
        found = session.query(NettingStatement).order_by(NettingStatement.id)
        return [each.state for each in found]


def test_a_settlement_that_was_given_up_is_said_again_with_the_month(pair: Pair):
    take_out(sold(pair), "'settlement'")
    pair.settle_down()
    assert pair.mirrors() == (3366, 0)
    pair.sold.clock.advance(days=10)
    pair.do(pair.gangbuk, actions.make_statement, WANJU, "2026-11")
    pair.settle_down()
    assert pair.mirrors() == (3366, -3366)
    a_day_later(pair)
    assert states_of(pair) == ["rejected", "accepted"]


def test_that_a_payment_has_arrived_is_said_again_with_the_month(pair: Pair):
    sold(pair).settle_down()
    pair.do(pair.gangbuk, actions.pay, WANJU, 3366, reference="가", key="1", actor_id=None)
    pair.settle_down()
    payment = next(each for each in pair.bookings(pair.wanju) if each.kind == "payment")
    pair.do(pair.wanju, actions.confirm, payment.id, arrived=True, actor_id=None)
    take_out(pair, "'Accept'")
    assert pair.mirrors() == (3366, 0)
    pair.sold.clock.advance(days=10)
    pair.do(pair.gangbuk, actions.make_statement, WANJU, "2026-11")
    pair.settle_down()
    assert pair.mirrors() == (0, 0)
    a_day_later(pair)
    assert states_of(pair) == ["rejected", "accepted"]
