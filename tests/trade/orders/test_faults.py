"""Letters between two nodes that are lost, doubled or out of order: both agree in the end."""

from __future__ import annotations

import copy
import json

from support.post import Sent
from support.trading import Pair

from wizzle.plugins.market import order_lines
from wizzle.plugins.trade.orders import actions


def lose(heap: list[Sent]) -> list[Sent]:
    return []


def twice(heap: list[Sent]) -> list[Sent]:
    return [each for sent in heap for each in (sent, sent)]


def residents(pair: Pair) -> list:
    with pair.gangbuk.db.read() as session:
        return list(order_lines(session, pair.sold.occasion, seller_id=pair.mirror))


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
