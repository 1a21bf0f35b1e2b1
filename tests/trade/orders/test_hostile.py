"""What a cheating or unlucky other side does with an order, and what then."""

from __future__ import annotations

import copy
import json

import pytest
from support.post import Sent
from support.trading import Pair

from wizzle.core.errors import Refused
from wizzle.core.facts import PeerChanged
from wizzle.core.hookspecs import hookimpl
from wizzle.plugins.market import cancel_by_hub
from wizzle.plugins.trade.goods.models import Catalogue
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.actions import looking
from wizzle.plugins.trade.orders.rules import problems


@pytest.fixture
def leek(pair: Pair) -> Pair:
    """Ten leeks in Wanju at 990 won."""
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    return pair


def cancel_alice(pair: Pair) -> None:
    order = next(each for each in pair.sold.waiting() if each.person_name == "앨리스")
    pair.do(pair.gangbuk, cancel_by_hub, order.id, reason="가뭄", actor_id=pair.sold.dana)


# The tie ends in the middle of a round


def untie(pair: Pair) -> None:
    """Let Gangbuk's federation refuse all letters from now on."""

    class Untied:
        @hookimpl(tryfirst=True)
        def send_document(self) -> bool:
            raise Refused("This node is not connected to %(host)s.", host="wanju.example")

    pair.gangbuk.host._manager.register(Untied(), name="untied")


def test_a_round_closes_although_the_tie_to_one_producer_has_ended(leek: Pair):
    """Else nobody of the whole round would get anything."""
    untie(leek)
    leek.ordered({"alice": {"대파": 3}})
    assert leek.here.problem.startswith("The other node could not be reached.")
    assert leek.mails(leek.gangbuk, "dana")


def test_a_round_is_packed_and_settled_although_the_tie_has_ended(leek: Pair):
    leek.ordered({"alice": {"대파": 3}}).settle_down()
    untie(leek)
    leek.sold.to("distributing").hand_over()
    leek.sold.settle()
    assert leek.mirrors()[0] == 2524
    assert leek.here.problem.startswith("The other node could not be reached.")


def test_who_looks_after_an_order_goes_on_although_nothing_can_be_sent(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    leek.post.waiting.clear()
    untie(leek)
    leek.sold.clock.advance(minutes=11)
    leek.work()
    assert leek.here.problem.startswith("The other node could not be reached.")


def test_an_offer_that_is_never_answered_is_told_to_a_person(leek: Pair):
    """The other node receives it each time, and cannot use it."""
    leek.ordered({"alice": {"대파": 3}})
    for _ in range(8):
        leek.post.waiting.clear()
        leek.sold.clock.advance(minutes=11)
        leek.work()
    assert leek.here.problem == "The producer's node does not answer. We keep asking."
    assert len(leek.mails(leek.gangbuk, "dana")) == 1


# A seller that says otherwise than what was ordered


def answered(pair: Pair, **changes: object) -> Sent:
    """Return the seller's acceptance with another price or quantity in it."""
    pair.ordered({"alice": {"대파": 3}})
    (offer,) = pair.post.waiting
    pair.post.waiting.clear()
    pair.post.hand(offer)
    (answer,) = pair.post.waiting
    pair.post.waiting.clear()
    document = copy.deepcopy(answer.document)
    agreement = document["result"]["agreements"][0]
    price = int(str(changes.get("price", 990)))
    units = int(str(changes.get("units", 3)))
    won = {"hasUnit": "one", "currency": "KRW"}
    agreement["price"] = {**won, "hasNumericalValue": str(price), "per": "one"}
    agreement["stipulates"]["resourceQuantity"]["hasNumericalValue"] = str(units)
    agreement["stipulatesReciprocal"]["resourceQuantity"] = {
        **won, "hasNumericalValue": str(price * units)
    }  # fmt: skip
    if "shipped" in changes:
        agreement["shipped"] = {"units": changes["shipped"], "grams": None, "lot": ""}
    return Sent(answer.sender, answer.host, answer.letter, document, json.dumps(document).encode())


@pytest.mark.parametrize("changes", [{"price": 9900}, {"units": 300}, {"shipped": 300}])
def test_an_acceptance_of_something_else_is_not_taken(leek: Pair, changes: dict):
    """A higher price or more goods are offered anew and never just said."""
    leek.post.hand(answered(leek, **changes))
    line = leek.lines(leek.gangbuk)["대파"]
    assert (leek.here.state, line.agreed, line.price, line.shipped) == ("offered", 0, 990, None)
    assert leek.here.problem.startswith("The producer's node says otherwise")


def test_a_moment_that_no_clock_shows_is_no_cut_off(leek: Pair):
    answer = answered(leek)
    answer.document["result"]["cutOff"] = "9999-12-31T23:59:59Z"
    body = json.dumps(answer.document).encode()
    leek.post.hand(Sent(answer.sender, answer.host, answer.letter, answer.document, body))
    assert leek.here.state == "offered"
    assert len(leek.post.refused) == 1


# A buyer that asks for what nobody should give


def test_a_hub_cannot_take_more_than_the_producers_node_lets_it(leek: Pair):
    leek.ordered({"alice": {"대파": 3}})
    (offer,) = leek.post.waiting
    leek.post.waiting.clear()
    for fee in offer.document["object"]["fees"]:
        fee["basisPoints"] = 5000
    body = json.dumps(offer.document).encode()
    leek.post.hand(Sent(offer.sender, offer.host, offer.letter, offer.document, body))
    assert (leek.theirs.state, leek.theirs.reason) == ("rejected", "rates")
    assert leek.stock("대파") == 10


def test_less_of_an_order_gives_no_more_back_than_that(leek: Pair):
    """Also when the producer shows nothing to other nodes any more meanwhile."""
    leek.ordered({"alice": {"대파": 3}, "gina": {"대파": 2}}).settle_down()
    with leek.wanju.db.write() as session:
        session.get_one(Catalogue, leek.there.space("farm").id).published = False
    cancel_alice(leek)
    leek.sold.clock.advance(minutes=61)
    leek.settle_down()
    assert leek.lines(leek.wanju)["대파"].agreed == 2
    assert leek.stock("대파") == 8


def test_less_of_what_was_on_demand_takes_nothing_from_what_is_counted_since(leek: Pair):
    leek.change("대파", stock=None)
    leek.ordered({"alice": {"대파": 3}, "gina": {"대파": 2}}).settle_down()
    leek.change("대파", stock=1)
    cancel_alice(leek)
    leek.sold.clock.advance(minutes=61)
    leek.settle_down()
    assert leek.states == ("accepted", "accepted")
    assert (leek.lines(leek.wanju)["대파"].agreed, leek.stock("대파")) == (2, 1)


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "\u200d"])
def test_a_title_may_hold_what_keyboards_write(leek: Pair, space: str):
    leek.ordered({"alice": {"대파": 3}})
    (offer,) = leek.post.waiting
    leek.post.waiting.clear()
    offer.document["object"]["name"] = f"강북{space}두레"
    body = json.dumps(offer.document).encode()
    leek.post.hand(Sent(offer.sender, offer.host, offer.letter, offer.document, body))
    assert leek.theirs.state == "accepted"


def test_an_order_that_is_gone_after_it_was_sent_is_for_people(leek: Pair):
    leek.ordered({"alice": {"대파": 3}}).settle_down()
    leek.ship()
    leek.settle_down()
    with leek.gangbuk.db.write() as session:
        looking._removed(leek.gangbuk, session, actions.held(session, leek.here.id))
    assert leek.here.state == "shipped"
    assert leek.here.problem


def test_nothing_is_handed_out_of_an_order_that_was_rejected(leek: Pair):
    """Also when residents' orders have not followed yet: they would pay for what never comes."""
    leek.ordered({"alice": {"대파": 3}}).settle_down()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wizzle.plugins.trade.orders.actions.buying.ask_follow", lambda *_: None)
        leek.do(leek.wanju, actions.decline, leek.theirs.id, reason="weather", actor_id=leek.erin)
        leek.settle_down()
    with pytest.raises(Refused, match="Please count"):
        leek.sold.to("packed")


def test_another_tie_taken_up_again_hides_no_dispute(leek: Pair):
    leek.ordered({"alice": {"대파": 3}}).settle_down()
    with leek.wanju.db.write() as session:
        actions.held(session, leek.theirs.id).problem = problems.SHORT.text
    fact = PeerChanged("gangbuk.example", "joined", leek.sold.clock.now())
    with leek.wanju.db.write() as session:
        leek.wanju.hooks.peer_changed(node=leek.wanju, session=session, fact=fact)
    assert leek.theirs.problem == problems.SHORT.text
