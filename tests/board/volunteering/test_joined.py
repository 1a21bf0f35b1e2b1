"""Volunteering in one's own calendar: time that one gave, and nobody else's."""

from __future__ import annotations

from support.diaries import diary


def test_one_gives_time_and_nobody_else_is_told(shifts, node, cast):
    slot = shifts.plan(places=1)
    shifts.join(slot, "alice")
    shifts.join(slot, "gina", wait=True)
    (line,) = diary(node, cast.person("alice").id)
    assert line.gave
    assert line.title == "텃밭 일 1"
    assert diary(node, cast.person("gina").id) == []
    shifts.leave(slot, "alice")
    assert diary(node, cast.person("alice").id) == []
