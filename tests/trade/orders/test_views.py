"""What the seller's node shows when it is asked, and what is believed of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from support.post import Sent
from support.trading import Pair

from wizzle.core.errors import Forbidden
from wizzle.core.hookspecs import hookimpl
from wizzle.plugins.market import cancel_by_hub
from wizzle.plugins.trade.orders import actions


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
