"""Events in one's own calendar: those at which one has a place, and nobody else's."""

from __future__ import annotations

from support.diaries import diary

from wizzle.plugins.locality.events import actions


def test_one_has_a_place_and_nobody_else_is_told(make, node, cast):
    alice, gina, charlie = (cast.person(name).id for name in ("alice", "gina", "charlie"))
    date = make(capacity=1)
    with node.db.write() as session:
        actions.sign_up(node, session, date, alice, people=1)
        actions.sign_up(node, session, date, gina, people=1)  # waits
    (line,) = diary(node, alice)
    assert (line.title, line.place, line.gave) == ("감자 캐기", "햇살농장", False)
    assert diary(node, alice, days=4) == []
    assert diary(node, gina) == diary(node, charlie) == []
    with node.db.write() as session:
        actions.leave(node, session, date, alice)
    assert diary(node, alice) == []
    assert len(diary(node, gina)) == 1
