"""Joining: two nodes agree by signed letters, over real HTTP, and part again."""

from __future__ import annotations

import pytest
from support.linked import DOOR, Linked

from wizzle.core.errors import Forbidden, Refused, Unreachable
from wizzle.core.models import Space
from wizzle.core.work import work_once
from wizzle.federation import trust
from wizzle.federation.trust.actions import store, ties
from wizzle.federation.trust.actions.looking import look


def ask(one: Linked, other: Linked) -> None:
    face = look(one.node, other.host)
    with one.node.db.write() as session:
        peer = ties.note(session, one.node, face)
        ties.step(one.node, session, peer.id, "ask", person_id=None)


def step(one: Linked, other: Linked, name: str) -> None:
    with one.node.db.write() as session:
        ties.step(one.node, session, one.peer(other).id, name, person_id=None)


def join(one: Linked, other: Linked) -> None:
    ask(one, other)
    assert [answer.status for answer in one.carry(other)] == [202]
    work_once(other.node)
    step(other, one, "accept")
    assert [answer.status for answer in other.carry(one)] == [202]


def test_one_asks_the_other_accepts_and_both_are_joined(pumpkin: Linked, quince: Linked) -> None:
    ask(pumpkin, quince)
    assert pumpkin.state(quince) == "asked_by_us"
    assert pumpkin.peer(quince).software == "wizzle 0.1.0"
    pumpkin.carry(quince)
    assert quince.state(pumpkin) == "asked_by_them"
    with pytest.raises(Refused):
        step(quince, pumpkin, "accept")
    work_once(quince.node)  # it looks who asks
    assert quince.peer(pumpkin).fingerprint == look(quince.node, pumpkin.host).fingerprint
    step(quince, pumpkin, "accept")
    quince.carry(pumpkin)
    assert (pumpkin.state(quince), quince.state(pumpkin)) == ("joined", "joined")
    assert [fact.state for fact in pumpkin.post.facts] == ["joined"]


def test_what_is_not_public_is_read_by_who_is_joined_and_until_it_ends(
    pumpkin: Linked, quince: Linked
) -> None:
    url = f"{pumpkin.address}{DOOR}/%EA%B0%90%EC%9E%90?x=%7e&y=a+b"
    with pytest.raises(Forbidden):
        trust.outgoing.fetch(quince.node, url)
    join(quince, pumpkin)
    assert trust.outgoing.fetch(quince.node, url) == {"id": "감자", "read_by": quince.host}
    step(pumpkin, quince, "pause")
    with pytest.raises(Unreachable, match="429"):
        trust.outgoing.fetch(quince.node, url)


def test_both_ask_at_once_and_are_joined(pumpkin_lite: Linked, quince: Linked) -> None:
    ask(pumpkin_lite, quince)
    ask(quince, pumpkin_lite)
    pumpkin_lite.carry(quince)
    quince.carry(pumpkin_lite)
    assert (pumpkin_lite.state(quince), quince.state(pumpkin_lite)) == ("joined", "joined")


def test_a_refusal_arrives_and_leaves_the_door_open(pumpkin_lite: Linked, quince: Linked) -> None:
    ask(pumpkin_lite, quince)
    pumpkin_lite.carry(quince)
    step(quince, pumpkin_lite, "refuse")
    quince.carry(pumpkin_lite)
    assert (pumpkin_lite.state(quince), quince.state(pumpkin_lite)) == ("refused", "refused")
    join(pumpkin_lite, quince)
    assert quince.state(pumpkin_lite) == "joined"


@pytest.mark.parametrize("who", ["asked", "was asked"])
def test_either_side_ends_it_for_both(pumpkin_lite: Linked, quince: Linked, who: str) -> None:
    join(pumpkin_lite, quince)
    one, other = (pumpkin_lite, quince) if who == "asked" else (quince, pumpkin_lite)
    step(one, other, "end")
    one.carry(other)
    assert (one.state(other), other.state(one)) == ("ended", "ended")
    assert [fact.state for fact in one.post.facts] == ["joined", "ended"]
    assert [fact.state for fact in other.post.facts] == ["joined", "ended"]


def test_a_request_is_taken_back(pumpkin_lite: Linked, quince: Linked) -> None:
    ask(pumpkin_lite, quince)
    pumpkin_lite.carry(quince)
    step(pumpkin_lite, quince, "withdraw")
    pumpkin_lite.carry(quince)
    assert quince.state(pumpkin_lite) == "ended"


def test_a_pause_and_going_on_are_told(pumpkin_lite: Linked, quince: Linked) -> None:
    join(pumpkin_lite, quince)
    since = quince.peer(pumpkin_lite).since
    step(quince, pumpkin_lite, "pause")
    quince.node.clock.advance(hours=1)  # type: ignore[attr-defined]
    step(quince, pumpkin_lite, "resume")
    assert [fact.state for fact in quince.post.facts] == ["joined", "paused", "joined"]
    assert quince.peer(pumpkin_lite).since == since


def test_nobody_accepts_what_was_not_asked(pumpkin_lite: Linked, quince: Linked) -> None:
    ask(pumpkin_lite, quince)
    follow = pumpkin_lite.post.letters[0].document
    pumpkin_lite.carry(quince)
    accept = {
        "id": f"{quince.address}/activities/1", "type": "Accept", "actor": quince.actor,
        "object": {**follow, "id": f"{pumpkin_lite.address}/activities/other"},
    }  # fmt: skip
    quince.send(pumpkin_lite, accept)
    assert pumpkin_lite.state(quince) == "asked_by_us"


def a_space(one: Linked) -> str:
    """Return the actor of a new space of a node."""
    with one.node.db.write() as session:
        space = Space(kind="hub", slug="moon", name="달빛", created_at=one.node.clock.now())
        session.add(space)
        session.flush()
        return f"{one.address}/orgs/{space.id}"


def test_only_the_actor_of_a_node_itself_asks_for_a_tie(pumpkin: Linked, quince: Linked) -> None:
    actor = a_space(pumpkin)
    follow = {
        "id": f"{actor}/activities/1", "type": "Follow", "actor": actor, "object": quince.actor,
    }  # fmt: skip
    pumpkin.send(quince, follow, actor=actor)
    assert quince.state(pumpkin) is None
    join(pumpkin, quince)
    assert quince.state(pumpkin) == "joined"


def test_an_actor_that_only_calls_itself_a_node_is_found_out(
    pumpkin_lite: Linked, quince: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another application on the same host, such as one that a member has registered there."""
    actor = a_space(pumpkin_lite)
    monkeypatch.setattr(store, "kind_of", lambda *_: "Application")
    follow = {
        "id": f"{actor}/activities/1", "type": "Follow", "actor": actor, "object": quince.actor,
    }  # fmt: skip
    pumpkin_lite.send(quince, follow, actor=actor)
    work_once(quince.node)  # it looks who asks
    assert quince.state(pumpkin_lite) == "noted"
    join(pumpkin_lite, quince)
    assert quince.peer(pumpkin_lite).actor == pumpkin_lite.actor


def test_a_step_that_does_not_fit_is_refused(pumpkin_lite: Linked, quince: Linked) -> None:
    ask(pumpkin_lite, quince)
    with pytest.raises(Refused):
        step(pumpkin_lite, quince, "accept")


def test_a_node_is_not_joined_with_itself(quince: Linked) -> None:
    with pytest.raises(Refused):
        look(quince.node, quince.host)
