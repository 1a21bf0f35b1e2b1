"""Several workers at one occasion, and a resident who changes their mind meanwhile."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from wizzle.core.models import LedgerEntry
from wizzle.plugins.market import run_standing
from wizzle.plugins.market.standing.models import StandingOrder


def test_four_workers_make_every_order_once_and_sell_no_more_than_there_is(hub, eggs, bundle):
    people = hub.people(24)
    hub.seed(people, eggs)
    hub.seed(people, bundle, quantity=2)
    hub.clock.advance(days=7)
    hub.round.draft().offer().to("open")
    hub.set(bundle, stock=21)
    occasion = hub.round.occasion
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(lambda again: run_standing(hub.node, occasion, again=again), [False, True] * 2)
        )
    orders = hub.orders(occasion)
    assert Counter(order.person_id for order in orders) == Counter(people)
    taken = sum(hub.lines(order).get(bundle, 0) for order in orders)
    assert taken == 21
    runs = hub.runs(occasion)
    assert len(runs) == 48
    assert sum(run.quantity for run in runs if run.product_id == bundle) == 21
    assert all(run.problem for run in runs if run.quantity < run.wanted)
    assert hub._all(select(LedgerEntry)) == []


def test_two_windows_begin_it_once(hub, eggs):
    alice = hub.cast.person("alice")
    assert hub.id

    def begin(key):
        try:
            return hub.begin(alice, eggs, key=key).id
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(begin, ["a" * 20, "b" * 20] * 2))
    [standing] = hub._all(select(StandingOrder))
    assert set(found) == {standing.id, "Refused"}
