"""Orders that are changed, withdrawn or cancelled, and goods on their way."""

from __future__ import annotations

import pytest
from support.trading import Pair

from wizzle.core.errors import Refused
from wizzle.plugins.market import cancel_by_hub, order_lines
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.actions import Sent as Goods


def residents(pair: Pair) -> list:
    with pair.gangbuk.db.read() as session:
        return list(order_lines(session, pair.sold.occasion, seller_id=pair.mirror))


def cancel_alice(pair: Pair) -> None:
    order = next(each for each in pair.sold.waiting() if each.person_name == "앨리스")
    with pair.gangbuk.db.write() as session:
        cancel_by_hub(
            pair.gangbuk, session, order.id, reason="연락이 없음", actor_id=pair.sold.dana
        )


def test_hub_cancels_and_the_change_goes_out_by_itself(leek: Pair):
    leek.ordered({"alice": {"대파": 3}, "gina": {"대파": 2}})
    leek.settle_down()
    assert leek.stock("대파") == 5
    cancel_alice(leek)
    leek.sold.clock.advance(minutes=61)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.lines(leek.wanju)["대파"].agreed == 2
    assert leek.stock("대파") == 8


def test_last_resident_cancelled_withdraws_the_order(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    cancel_alice(leek)
    leek.sold.clock.advance(minutes=61)
    leek.settle_down()
    assert leek.states == ("cancelled", "cancelled")
    assert leek.stock("대파") == 10


def test_change_after_the_sellers_cut_off_is_refused(leek: Pair):
    leek.ordered({"alice": {"대파": 3}, "gina": {"대파": 2}})
    leek.settle_down()
    leek.sold.clock.set(leek.theirs.cut_off)
    cancel_alice(leek)
    with leek.gangbuk.db.write() as session:
        actions.amend_now(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.here.reason == "too-late"
    assert leek.lines(leek.wanju)["대파"].agreed == 5
    assert leek.stock("대파") == 5


def test_producer_cancels_and_residents_are_told(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    with leek.wanju.db.write() as session:
        actions.decline(leek.wanju, session, leek.theirs.id, reason="weather", actor_id=leek.erin)
    leek.settle_down()
    assert leek.states == ("cancelled", "cancelled")
    assert leek.stock("대파") == 10
    assert residents(leek) == []
    assert any("대파" in mail for mail in leek.mails(leek.gangbuk, "alice"))
    assert len(leek.mails(leek.gangbuk, "dana")) >= 1


def test_withdrawal_is_too_late_once_the_goods_stand_ready(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    with leek.wanju.db.write() as session:
        actions.make_ready(leek.wanju, session, leek.theirs.id, actor_id=leek.erin)
    with leek.gangbuk.db.write() as session:  # it has not heard of that yet
        actions.cancel(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down()
    assert leek.states == ("ready", "ready")
    assert leek.stock("대파") == 7
    with leek.gangbuk.db.write() as session, pytest.raises(Refused):
        actions.cancel(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)


def count(pair: Pair, came: int) -> None:
    from wizzle.plugins.assembly.receiving import actions as receiving

    product = pair.copies["대파"]
    with pair.gangbuk.db.write() as session:
        receiving.count(pair.gangbuk, session, pair.sold.id,
                        {product: receiving.Count(came, 0)}, actor_id=pair.sold.dana)  # fmt: skip


def test_less_came_than_was_sent_and_both_agree(leek: Pair):
    leek.ordered({"alice": {"대파": 3}, "gina": {"대파": 2}})
    leek.settle_down()
    leek.ship({"대파": Goods(4, None, "밭 3")})
    leek.settle_down()
    leek.sold.to("sent")
    count(leek, 3)
    leek.sold.to("packed")
    leek.settle_down()
    assert leek.states == ("disputed", "disputed")
    with leek.wanju.db.write() as session:
        actions.accept_shortage(leek.wanju, session, leek.theirs.id, actor_id=leek.erin)
    leek.settle_down()
    assert leek.states == ("refunded", "refunded")


def test_goods_that_came_without_a_note_are_received(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    leek.sold.to("packed")
    leek.settle_down()
    assert leek.states == ("delivered", "delivered")


def test_given_up_letter_shows_on_the_order(leek: Pair):
    from wizzle.core.facts import LetterEnded

    leek.ordered({"alice": {"대파": 3}})
    (offer,) = leek.post.waiting
    fact = LetterEnded(offer.document["id"], offer.letter.lane, offer.host, False, "timeout",
                       leek.sold.clock.now())  # fmt: skip
    with leek.gangbuk.db.write() as session:
        leek.gangbuk.hooks.letter_ended(node=leek.gangbuk, session=session, fact=fact)
    assert leek.here.problem.startswith("The other node could not be reached.")
    assert leek.mails(leek.gangbuk, "dana")


def test_end_of_a_tie_lists_the_orders_in_flight(leek: Pair):
    from wizzle.core.facts import PeerChanged

    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down()
    for node, host in ((leek.gangbuk, "wanju.example"), (leek.wanju, "gangbuk.example")):
        fact = PeerChanged(host, "ended", leek.sold.clock.now())
        with node.db.write() as session:
            node.hooks.peer_changed(node=node, session=session, fact=fact)
            matters = node.host.collect("matters", node=node, session=session, host=host)
        assert [matter.url for matter in matters] == [f"/trade/orders/{leek.order(node).id}"]
        assert "ended" in leek.order(node).problem


def test_a_hub_that_did_not_count_cannot_pack(leek: Pair):
    """Residents would pay for goods that never came, and the producer for what it never sent."""
    leek.ordered({"alice": {"대파": 6}, "gina": {"대파": 6}})
    leek.settle_down()
    assert leek.lines(leek.gangbuk)["대파"].agreed == 10
    with pytest.raises(Refused, match="Please count"):
        leek.sold.to("packed")
    leek.count()
    leek.sold.to("packed")
    leek.settle_down()
    assert leek.states == ("delivered", "delivered")
