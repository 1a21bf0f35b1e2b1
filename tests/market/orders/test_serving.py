"""Serving many orders at once: all of it or nothing, and only what belongs to the occasion."""

from __future__ import annotations

import pytest

from wizzle.core.auth import accounts
from wizzle.core.errors import NotFound, Refused
from wizzle.plugins.market import deliver, hand_over, let_wait, mark_not_collected, pack

FAIR = "fair:1"


@pytest.fixture
def dana(stall):
    return stall.cast.person("dana").id


def shorten(stall, actor, delivered, occasion=FAIR):
    with stall.node.db.write() as session:
        return deliver(stall.node, session, occasion, delivered, reason="덜 왔어요", actor_id=actor)


def test_many_lines_come_short_with_one_reason(stall, dana):
    potato, onion = stall.product(), stall.product("대파")
    orders = [stall.order("alice", {potato: 3, onion: 1}), stall.order("gina", {potato: 2})]
    lines = {line.id: 1 for order in orders for line in stall.lines(order)}
    assert shorten(stall, dana, lines) == 2  # the onion was one before
    assert [line.delivered for order in orders for line in stall.lines(order)] == [1, 1, 1]
    assert [line.amount for line in stall.lines(orders[0])] == [3_000, 3_000]
    assert stall.events(orders[0]) == ["placed", "shortened"]
    assert stall.stock(potato) == 5  # what did not come is not there for others
    assert shorten(stall, dana, lines) == 0
    assert stall.events(orders[0]) == ["placed", "shortened"]


def test_one_order_that_is_gone_stops_all_of_it(stall, dana):
    potato = stall.product()
    first, second = stall.order("alice", {potato: 2}), stall.order("gina", {potato: 2})
    with stall.node.db.write() as session:
        hand_over(stall.node, session, second.id, actor_id=dana)
    with pytest.raises(Refused):
        shorten(stall, dana, {stall.line(first).id: 1, stall.line(second).id: 1})
    assert stall.line(first).delivered == 2


def test_lines_of_another_occasion_are_not_here(stall, dana):
    stall.open("fair:2")
    potato = stall.product()
    other = stall.order("alice", {potato: 2}, occasion="fair:2")
    with pytest.raises(NotFound):
        shorten(stall, dana, {stall.line(other).id: 1})
    for nonsense in (-1, 3):
        with pytest.raises(Refused):
            shorten(stall, dana, {stall.line(other).id: nonsense}, "fair:2")
    assert stall.line(other).delivered == 2


def test_bags_are_noted_while_an_order_waits(stall, dana):
    order = stall.order("alice", {stall.product(): 1})
    with stall.node.db.write() as session:
        pack(stall.node, session, order.id, 2, actor_id=dana)
        pack(stall.node, session, order.id, 2, actor_id=dana)
    assert stall.events(order) == ["placed", "packed"]
    with pytest.raises(Refused), stall.node.db.write() as session:
        pack(stall.node, session, order.id, 31, actor_id=dana)
    with stall.node.db.write() as session:
        hand_over(stall.node, session, order.id, actor_id=dana)
    with pytest.raises(Refused), stall.node.db.write() as session:
        pack(stall.node, session, order.id, 1, actor_id=dana)


def test_an_order_waits_again_only_if_nobody_came(stall, dana):
    order = stall.order("alice", {stall.product(): 1})
    with stall.node.db.write() as session:
        mark_not_collected(stall.node, session, order.id, reason="안 오심", actor_id=dana)
        let_wait(stall.node, session, order.id, actor_id=dana)
        let_wait(stall.node, session, order.id, actor_id=dana)
    assert stall.events(order) == ["placed", "not_collected", "waits_again"]
    with stall.node.db.write() as session:
        hand_over(stall.node, session, order.id, actor_id=dana)
    with pytest.raises(Refused), stall.node.db.write() as session:
        let_wait(stall.node, session, order.id, actor_id=dana)
    stall.check_books()


def test_an_order_of_somebody_who_left_does_not_wait_again(stall, dana):
    order = stall.order("alice", {stall.product(): 1})
    with stall.node.db.write() as session:
        mark_not_collected(stall.node, session, order.id, reason="안 오심", actor_id=dana)
        accounts.leave(session, stall.node, order.person_id)
    with pytest.raises(Refused, match="has left"), stall.node.db.write() as session:
        let_wait(stall.node, session, order.id, actor_id=dana)
    assert stall.events(order) == ["placed", "not_collected"]
    stall.check_books()
