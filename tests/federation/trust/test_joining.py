"""Joining: two nodes agree by signed letters, over real HTTP, and part again."""

from __future__ import annotations

import pytest
from support.linked import DOOR, Linked

from wizzle.core.errors import Forbidden, Unreachable
from wizzle.core.work import work_once
from wizzle.federation import trust
from wizzle.federation.trust.actions import ties
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
    step(other, one, "accept")
    assert [answer.status for answer in other.carry(one)] == [202]


def test_one_asks_the_other_accepts_and_both_are_joined(pumpkin: Linked, quince: Linked) -> None:
    ask(pumpkin, quince)
    assert pumpkin.state(quince) == "asked_by_us"
    assert pumpkin.peer(quince).software == "wizzle 0.1.0"
    pumpkin.carry(quince)
    assert quince.state(pumpkin) == "asked_by_them"
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
