"""Dues are made once for each period, paid once per won, and what is too much is credit."""

from __future__ import annotations

from datetime import date

from wizzle.plugins.fund.dues import actions, queries
from wizzle.plugins.fund.earmarks import queries as earmarks


def test_dues_stand_once_for_each_period_and_what_comes_pays_the_oldest(club):
    alice = club.joins("alice", since=date(2026, 9, 3))
    with club.node.db.read() as session:
        rows = queries.dues(session, alice)
    assert [str(row.period) for row in rows] == ["2026-11-01", "2026-10-01", "2026-09-01"]
    assert actions.make_all_dues(club.node) == 0
    club.pays(alice, 15_000)
    with club.node.db.read() as session:
        assert [row.paid for row in queries.dues(session, alice)] == [0, 5_000, 10_000]
        assert earmarks.free(session) == 15_000
    club.pays(alice, 25_000)
    assert (club.open(alice), club.credit(alice)) == (0, 10_000)
    club.node.ports.clock.advance(days=20) if hasattr(club.node, "ports") else None
    club.check()
