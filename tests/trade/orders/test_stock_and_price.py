"""The seller alone decides stock and price: the last box, other prices, holds that end."""

from __future__ import annotations

from support.trading import WANJU, Pair

from wizzle.plugins.market import order_lines
from wizzle.plugins.trade.orders import actions


def residents(pair: Pair) -> list:
    with pair.gangbuk.db.read() as session:
        return list(order_lines(session, pair.sold.occasion, seller_id=pair.mirror))


def test_the_last_box_goes_to_who_comes_first_and_the_rest_is_offered(leek: Pair):
    leek.ordered({"alice": {"대파": 6}, "gina": {"대파": 6}})
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.lines(leek.gangbuk)["대파"].agreed == 10
    assert leek.stock("대파") == 0
    # What is short is shared out at receiving: until then everyone's order stands.
    assert [line.delivered for line in residents(leek)] == [6, 6]


def test_rest_fits_minimum_and_step(leek: Pair):
    leek.change("대파", minimum=4, step=4)
    leek.ordered({"alice": {"대파": 12}})
    leek.settle_down()
    assert leek.lines(leek.wanju)["대파"].agreed == 8
    assert leek.stock("대파") == 2


def test_nothing_left_is_rejected_and_residents_pay_nothing(leek: Pair):
    leek.change("대파", stock=0)
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    assert leek.states == ("rejected", "rejected")
    assert residents(leek) == []
    assert any("대파" in mail for mail in leek.mails(leek.gangbuk, "alice"))


def test_lower_price_goes_to_residents(leek: Pair):
    leek.change("대파", price=900)
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert [(line.price, line.amount) for line in residents(leek)] == [(900, 2700)]


def test_lower_price_goes_to_residents_though_only_the_shipment_was_seen(leek: Pair):
    """What the producer said first got lost: its node is asked when the goods are on their way."""
    leek.change("대파", price=900)
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lambda heap: [s for s in heap if s.host == WANJU])
    leek.ship()
    leek.post.waiting.clear()
    leek.sold.clock.advance(minutes=11)
    leek.settle_down()
    assert leek.states == ("shipped", "shipped")
    assert [line.price for line in residents(leek)] == [900]
    leek.sold.to("distributing").hand_over().settle()
    leek.settle_down()
    assert leek.states == ("settled", "settled")
    assert sum(leek.mirrors()) == 0


def test_higher_price_waits_for_the_activist_who_leaves_it_out(leek: Pair):
    leek.grow("감자", price=3000, stock=10)
    leek.change("대파", price=1200)
    leek.ordered({"alice": {"대파": 3, "감자": 1}})
    leek.settle_down()
    assert leek.states == ("countered", "countered")
    assert [line.price for line in residents(leek)] == [990, 3000]
    with leek.gangbuk.db.write() as session:
        actions.drop_dearer(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.stock("대파") == 10
    assert leek.stock("감자") == 9
    assert [(line.product_name, line.delivered) for line in residents(leek)] == [
        ("대파", 0), ("감자", 1),
    ]  # fmt: skip
    assert any("대파" in mail and "감자" not in mail for mail in leek.mails(leek.gangbuk, "alice"))


def test_higher_price_and_the_activist_cancels(leek: Pair):
    leek.change("대파", price=1200)
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    with leek.gangbuk.db.write() as session:
        actions.cancel(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down()
    assert leek.states == ("cancelled", "cancelled")
    assert leek.stock("대파") == 10


def test_hold_ends_and_the_goods_are_free(leek: Pair):
    leek.change("대파", price=1200)
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    assert leek.stock("대파") == 7
    leek.sold.clock.advance(hours=25)
    leek.settle_down()
    assert leek.states == ("expired", "expired")
    assert leek.stock("대파") == 10
    assert any("감자" not in mail for mail in leek.mails(leek.gangbuk, "dana"))


def test_asked_again_after_the_hold(leek: Pair):
    leek.change("대파", price=1200)
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    leek.sold.clock.advance(hours=25)
    leek.settle_down()
    leek.change("대파", price=990)
    with leek.gangbuk.db.write() as session:
        actions.ask_again(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")


def test_product_taken_off_is_named(leek: Pair):
    leek.grow("감자", price=3000, stock=10)
    leek.change("대파", listed=False)
    leek.ordered({"alice": {"대파": 3, "감자": 1}})
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    lines = leek.lines(leek.gangbuk)
    assert (lines["대파"].agreed, lines["감자"].agreed) == (0, 1)
