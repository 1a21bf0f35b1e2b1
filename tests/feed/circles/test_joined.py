"""Circles in one's own calendar."""

from __future__ import annotations

from support.diaries import diary


def test_when_one_came_into_a_circle(circle, node, neighbours):
    for name in ("alice", "gina"):
        (line,) = diary(node, neighbours[name])
        assert (line.title, line.path) == ("옥상 텃밭", f"/circles/{circle}")
    assert diary(node, neighbours["charlie"]) == []
