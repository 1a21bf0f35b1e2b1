"""Whole rounds through a post that loses, doubles and shuffles: both books stay mirrors.

The same nodes live through all the weeks, so that each begins with books that are full.
"""

from __future__ import annotations

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.post import Sent
from support.trading import Pair

from wizzle.core import ledger
from wizzle.core.node import Node
from wizzle.core.values import split
from wizzle.plugins.trade.orders import actions

PEOPLE = ("alice", "gina", "charlie")
weeks = st.fixed_dictionaries(
    {
        "carts": st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=3),
        "stock": st.integers(0, 20),
        "price": st.sampled_from([700, 990, 990, 1200]),
        "loss": st.integers(0, 60),
        "ships": st.booleans(),
        "fates": st.lists(st.booleans(), min_size=3, max_size=3),
        "seed": st.integers(0, 2**16),
    }
)


def storm(chance: random.Random, loss: int):
    """Letters of one heap are lost, come twice, and overtake each other."""

    def choose(heap: list[Sent]) -> list[Sent]:
        kept = [each for each in heap if chance.randrange(100) >= loss]
        kept += [each for each in kept if chance.randrange(100) < 30]
        chance.shuffle(kept)
        return kept

    return choose


def wait_out(pair: Pair, choose, times: int = 3) -> None:
    for _ in range(times):
        pair.sold.clock.advance(minutes=11)
        pair.settle_down(choose=choose, refusing=True)


def calm(pair: Pair) -> None:
    """What was lost is brought in the end, as those who deliver do."""
    for sent in list(pair.post.every):
        pair.post.hand(sent)
    pair.settle_down(refusing=True)
    pair.settle_down(refusing=True)


def proof(node: Node) -> None:
    with node.db.read() as session:
        assert ledger.verify(session).ok


def test_no_won_is_lost_or_doubled_between_two_nodes(pair: Pair):
    pair.grow("대파", price=990, stock=0)
    pair.grow("감자", price=3000, stock=1000)
    pair.there.person("erin")
    owed = 0

    @settings(max_examples=6, phases=[Phase.generate])
    @given(week=weeks)
    def a_week(week: dict) -> None:
        nonlocal owed
        chance = random.Random(week["seed"])
        choose = storm(chance, week["loss"])
        pair.change("대파", price=week["price"], stock=week["stock"])
        carts = {
            name: {good: n for good, n in zip(("대파", "감자"), cart, strict=True) if n}
            for name, cart in zip(PEOPLE, week["carts"], strict=False)
        }
        pair.post.every.clear()
        pair.ordered({name: cart for name, cart in carts.items() if cart})
        wait_out(pair, choose)
        decide(pair)
        wait_out(pair, choose)
        if week["ships"] and any_order(pair) and pair.theirs.state == "accepted":
            pair.ship()
            wait_out(pair, choose, 1)
        owed += sell(pair, week["fates"])
        pair.settle_down(choose=choose, refusing=True)
        calm(pair)
        check(pair, owed)

    a_week()


def any_order(pair: Pair) -> bool:
    return bool(pair.events(pair.wanju))


def decide(pair: Pair) -> None:
    """The activist leaves out what has become dearer."""
    if not pair.events(pair.gangbuk):
        return
    with pair.gangbuk.db.write() as session:
        if pair.here.state == "countered":
            actions.drop_dearer(pair.gangbuk, session, pair.here.id, actor_id=pair.sold.dana)


def sell(pair: Pair, fates: list[bool]) -> int:
    """Hand out and settle what there is; return what the producer is to get of it."""
    pair.sold.to("received")
    if pair.events(pair.gangbuk):
        pair.count()
    pair.sold.to("distributing")
    for order, collected in zip(pair.sold.waiting(), fates, strict=False):
        if collected:
            pair.sold.hand_over(order.id)
        else:
            pair.sold.give_up(order.id)
    pair.sold.settle()
    return sum(split(line.paid, 700, 800).producer for line in pair.sold.settled_lines())


def check(pair: Pair, owed: int) -> None:
    here, there = pair.mirrors()
    assert here == -there
    # Of an order that was never agreed to, what was sold stays with the producer's own account.
    assert here + pair.balance(pair.gangbuk, "producer", pair.mirror) == owed
    assert (pair.stock("대파") or 0) >= 0
    proof(pair.gangbuk)
    proof(pair.wanju)
    mine = {each.event_id: each.amount for each in pair.bookings(pair.gangbuk)}
    theirs = {each.event_id: -each.amount for each in pair.bookings(pair.wanju)}
    assert mine == theirs
