"""Campaigns in one's own calendar: those that one signed."""

from __future__ import annotations

from datetime import timedelta

from support.diaries import diary

from wizzle.plugins.board.campaigns import actions


def test_one_signed_and_nobody_else_is_told(board, node, cast):
    petition = board.opened("petition")
    alice = cast.viewer("alice")
    with node.db.write() as session:
        actions.sign(node, session, petition, alice, shown=False, handed_on=True)
    (line,) = diary(node, alice.id)
    assert line.path == f"/campaigns/{petition}"
    assert line.starts_at == node.clock.now()
    assert diary(node, cast.person("gina").id) == []
    node.clock.set(node.clock.now() + timedelta(days=40))
    assert diary(node, alice.id) == []
