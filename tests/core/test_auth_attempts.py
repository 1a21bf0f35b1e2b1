"""Counters of tries: exact across threads and processes, and gone when their window is over."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from wizzle.core.auth import attempts
from wizzle.core.auth.attempts import Limit
from wizzle.core.models import Attempt

LIMIT = Limit("knock", most=3, minutes=10)


def knock(node, who="door", limit=LIMIT, at=None):
    with node.db.write() as session:
        return attempts.count(session, limit, who, at=at or node.clock.now())


def test_as_many_as_allowed_and_no_more_until_the_window_is_over(bare_node):
    start = bare_node.clock.now()
    assert [knock(bare_node) for _ in range(5)] == [True, True, True, False, False]
    assert not knock(bare_node, at=start + timedelta(minutes=9, seconds=59))
    assert knock(bare_node, at=start + timedelta(minutes=10))


def test_everyone_and_everything_is_counted_by_itself(bare_node):
    for _ in range(4):
        knock(bare_node)
    assert knock(bare_node, who="window")
    assert knock(bare_node, limit=Limit("ring", most=1, minutes=10))


def test_many_at_once_are_all_counted(bare_node):
    together, held = threading.Barrier(8), []

    def one():
        together.wait()
        held.append(knock(bare_node))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(held) == [False] * 5 + [True] * 3


def test_counters_that_are_over_are_swept(bare_node):
    start = bare_node.clock.now()
    for number in range(20):
        knock(bare_node, who=str(number))
    knock(bare_node, who="later", at=start + timedelta(minutes=11))
    with bare_node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_counter_set_back_starts_anew(bare_node):
    for _ in range(4):
        knock(bare_node)
    with bare_node.db.write() as session:
        attempts.forget(session, LIMIT, "door")
    assert knock(bare_node)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_place_is_an_address_or_the_network_of_a_household(address, place):
    assert attempts.network(address) == place
