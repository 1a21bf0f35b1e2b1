"""What goes wrong between two nodes, and what then: nothing is lost, doubled or cheated."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from support.post import Sent
from support.trading import Pair

from wizzle.core.errors import Forbidden, Refused
from wizzle.core.hookspecs import hookimpl
from wizzle.plugins.market import cancel_by_hub, order_lines
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.actions import Sent as Goods


@pytest.fixture
def leek(pair: Pair) -> Pair:
    """Ten leeks in Wanju at 990 won."""
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    return pair


def lose(heap: list[Sent]) -> list[Sent]:
    return []


def twice(heap: list[Sent]) -> list[Sent]:
    return [each for sent in heap for each in (sent, sent)]


def residents(pair: Pair) -> list:
    with pair.gangbuk.db.read() as session:
        return list(order_lines(session, pair.sold.occasion, seller_id=pair.mirror))


# Lost


def test_lost_offer_is_said_again_after_ten_minutes(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lose)
    leek.sold.clock.advance(minutes=11)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.stock("대파") == 7


def test_lost_answer_is_asked_for(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lambda heap: [s for s in heap if s.document["type"] == "Offer"])
    assert leek.states == ("offered", "accepted")
    leek.sold.clock.advance(minutes=11)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.stock("대파") == 7


def test_offer_again_gives_the_stored_answer_again(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    (offer,) = leek.post.waiting
    leek.settle_down()
    leek.change("대파", price=9900, stock=0)
    leek.post.hand(offer)
    (again,) = leek.post.waiting
    assert again.document["type"] == "Accept"
    assert again.document["result"]["agreements"][0]["price"]["hasNumericalValue"] == "990"
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")


def test_peer_down_at_closing_leaves_the_order_waiting(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lose)
    leek.post.cut = True
    leek.sold.clock.advance(minutes=11)
    leek.work()
    assert leek.here.state == "offered"
    assert leek.here.problem == "The producer's node does not answer. We keep asking."
    leek.post.waiting.clear()
    leek.post.cut = False
    leek.sold.clock.advance(minutes=11)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert leek.here.problem == ""


# Doubled and out of order


def test_everything_doubled_changes_nothing(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.settle_down(choose=twice)
    leek.ship()
    leek.settle_down(choose=twice)
    leek.sold.to("distributing").hand_over().settle()
    leek.settle_down(choose=twice)
    assert leek.states == ("settled", "settled")
    assert leek.stock("대파") == 7
    assert leek.mirrors() == (2524, -2524)


def test_one_id_never_names_two_contents(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    (offer,) = leek.post.waiting
    leek.settle_down()
    document = copy.deepcopy(offer.document)
    document["object"]["version"] = 2
    forged = Sent(offer.sender, offer.host, offer.letter, document, json.dumps(document).encode())
    leek.post.hand(forged)
    ((_, refused),) = leek.post.refused
    assert "another document" in str(refused)


def test_withdrawal_before_the_offer_kills_it(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    with leek.gangbuk.db.write() as session:
        actions.cancel(leek.gangbuk, session, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down(choose=lambda heap: list(reversed(heap)))
    assert leek.states == ("cancelled", "cancelled")
    assert leek.stock("대파") == 10
    assert [line.delivered for line in residents(leek)] == []
    assert any("대파" in mail for mail in leek.mails(leek.gangbuk, "alice"))


def test_delivery_note_before_the_acceptance(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lambda heap: [s for s in heap if s.document["type"] == "Offer"])
    accept = [s for s in leek.post.every if s.document["type"] == "Accept"]
    leek.ship()
    leek.settle_down()
    assert leek.states == ("shipped", "shipped")
    leek.post.hand(accept[0])  # the older word comes last
    assert leek.here.state == "shipped"


# Stock and price


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


# Changes and cancellations


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


# On the way


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


# What the seller's node shows when it is asked


class Bent:
    """Stands before the post: bends what is fetched, or keeps it from being had."""

    def __init__(self, bend: Callable[[dict[str, Any]], dict[str, Any]], pair: Pair) -> None:
        self.bend, self.pair, self.asked = bend, pair, list[str]()

    @hookimpl(tryfirst=True)
    def fetch_document(self, url: str) -> dict[str, Any]:
        self.asked.append(url)
        self.pair.post.asking.append("gangbuk.example")
        try:
            found = self.pair.post.site("wanju.example").get(url).get_json(force=True)
        finally:
            self.pair.post.asking.pop()
        return self.bend(found)


def bent(pair: Pair, bend: Callable[[dict[str, Any]], dict[str, Any]]) -> Bent:
    stands = Bent(bend, pair)
    pair.gangbuk.host._manager.register(stands, name="bent")
    return stands


def forbid(_found: dict[str, Any]) -> dict[str, Any]:
    raise Forbidden("wanju.example does not let this node read this.")


def answers_too_much(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "answered": 7, "revision": found["revision"] + 1}


@pytest.mark.parametrize("bend", [forbid, answers_too_much])
def test_a_view_that_cannot_be_taken_does_not_end_the_looking(leek: Pair, bend):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lambda heap: [s for s in heap if s.document["type"] == "Offer"])
    stands = bent(leek, bend)
    for _ in range(20):
        leek.sold.clock.advance(hours=4)
        leek.work()
    assert leek.here.problem
    assert len(stands.asked) > 10
    leek.gangbuk.host._manager.unregister(stands)
    leek.sold.clock.advance(hours=25)
    leek.settle_down()
    assert leek.here.state != "offered"


def test_a_view_leads_to_no_other_node(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.bring(choose=lambda heap: [s for s in heap if s.document["type"] == "Offer"])
    bent(leek, lambda found: {**found, "id": "https://victim.example/trade/bundles/1"})
    leek.sold.clock.advance(minutes=11)
    leek.work()
    assert "victim" not in leek.here.bundle_uri
    assert leek.here.problem


@pytest.mark.parametrize("more", [{"price": "9900"}, {"units": "9"}])
def test_an_acceptance_of_more_than_was_asked_for_is_none(leek: Pair, more):
    leek.ordered({"alice": {"대파": 3}})
    (offer,) = leek.post.waiting
    leek.post.waiting.clear()
    leek.post.hand(offer)
    (said,) = leek.post.waiting
    leek.post.waiting.clear()
    document = copy.deepcopy(said.document)
    line = document["result"]["agreements"][0]
    if "price" in more:
        line["price"]["hasNumericalValue"] = more["price"]
        line["stipulatesReciprocal"]["resourceQuantity"]["hasNumericalValue"] = "29700"
    else:
        line["stipulates"]["resourceQuantity"]["hasNumericalValue"] = more["units"]
        line["stipulatesReciprocal"]["resourceQuantity"]["hasNumericalValue"] = "8910"
    leek.post.hand(
        Sent(said.sender, said.host, said.letter, document, json.dumps(document).encode())
    )
    print(leek.states, leek.post.refused, leek.here.problem)
    assert leek.here.state != "accepted"


def test_less_is_wanted_when_it_is_packed_already(leek: Pair):
    """The producer had agreed to what was said first, and is not heard before the change is
    said: that it is more than what is wanted by now is not its fault."""
    leek.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}})
    leek.post.bring(choose=lambda heap: [s for s in heap if s.document["type"] == "Offer"])
    with leek.wanju.db.write() as session:
        actions.make_ready(leek.wanju, session, leek.theirs.id, actor_id=leek.erin)
    leek.post.waiting.clear()
    order = leek.sold.waiting()[-1]
    leek.do(leek.gangbuk, cancel_by_hub, order.id, reason="못 옴", actor_id=leek.sold.dana)
    leek.do(leek.gangbuk, actions.amend_now, leek.here.id, actor_id=leek.sold.dana)
    leek.settle_down()
    assert leek.states == ("ready", "ready")
    assert leek.lines(leek.gangbuk)["대파"].agreed == 4
    leek.ship()
    leek.settle_down()
    assert leek.states == ("shipped", "shipped")
