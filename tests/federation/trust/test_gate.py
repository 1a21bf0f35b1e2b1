"""The gate: who is let in, by real HTTP, and what is told to who is not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select
from support.linked import DOOR, Linked

from wizzle.core.outgoing import Answer
from wizzle.core.ports import outgoing as guarded
from wizzle.core.work import work_once
from wizzle.federation import trust
from wizzle.federation.signatures import Keypair, Outgoing, sign
from wizzle.federation.trust.models import Actor, Peer, Seen
from wizzle.federation.trust.rules.kinds import ED25519
from wizzle.federation.trust.rules.making import new_private

from .test_joining import ask, join, step

HTTP = guarded(loopback=True)


def activity(sender: Linked, kind: str, about: object, *, number: int = 1) -> dict[str, Any]:
    return {
        "id": f"{sender.address}/activities/{number}",
        "type": kind,
        "actor": sender.actor,
        "object": about,
    }


def signed_by(
    keypair: Keypair, receiver: Linked, *, method: str = "GET", path: str = f"{DOOR}/x",
    body: bytes | None = None, at: float | None = None,
) -> Mapping[str, str]:  # fmt: skip
    now = receiver.node.clock.now().timestamp() if at is None else at
    outgoing = Outgoing(method, receiver.address + path, body)
    return sign(outgoing, keypair, form="rfc9421", now=now)


def get(receiver: Linked, headers: Mapping[str, str], path: str = f"{DOOR}/x") -> Answer:
    return HTTP.fetch("GET", receiver.address + path, headers=headers)


def told(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.body)
    assert answer.headers["content-type"] == "application/problem+json"
    assert found["status"] == answer.status
    return found


def own_key(node: Linked) -> Keypair:
    return trust.keys.signing(node.node, node.actor)[ED25519]


def test_who_does_not_sign_reads_nothing(quince: Linked) -> None:
    answer = get(quince, {})
    assert (answer.status, told(answer)["reason"]) == (401, "unsigned")
    assert answer.headers["www-authenticate"] == "Signature"


def test_a_stranger_is_not_even_asked_who_it_is(pumpkin_lite: Linked, quince: Linked) -> None:
    answer = get(quince, signed_by(own_key(pumpkin_lite), quince))
    assert (answer.status, told(answer)["reason"]) == (403, "not_admitted")
    with quince.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Actor)) == 0


def test_a_stranger_brings_nothing_but_its_wish_to_join(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    offer = activity(pumpkin_lite, "Offer", f"{quince.address}/orgs/1")
    assert pumpkin_lite.send(quince, offer).status == 403
    follow = activity(pumpkin_lite, "Follow", f"{quince.address}/orgs/1", number=2)
    assert pumpkin_lite.send(quince, follow).status == 403
    follow = activity(pumpkin_lite, "Follow", quince.actor, number=3)
    assert pumpkin_lite.send(quince, follow).status == 202
    assert quince.state(pumpkin_lite) == "asked_by_them"


def test_nobody_signs_with_a_key_that_is_not_the_nodes(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    join(pumpkin_lite, quince)
    forged = Keypair(own_key(pumpkin_lite).key_id, new_private(ED25519))
    answer = get(quince, signed_by(forged, quince))
    assert (answer.status, told(answer)["reason"]) == (401, "signature")


def test_a_signature_for_another_host_is_none_here(pumpkin_lite: Linked, quince: Linked) -> None:
    join(pumpkin_lite, quince)
    headers = dict(signed_by(own_key(pumpkin_lite), quince))
    answer = HTTP.fetch(
        "GET", f"http://localhost:{quince.host.partition(':')[2]}{DOOR}/x", headers=headers
    )
    assert (answer.status, told(answer)["reason"]) == (421, "wrong_host")


@pytest.mark.parametrize("off", [301, -301])
def test_a_wrong_clock_is_told_to_both_sides(
    pumpkin_lite: Linked, quince: Linked, off: int
) -> None:
    join(pumpkin_lite, quince)
    at = quince.node.clock.now().timestamp() + off
    answer = get(quince, signed_by(own_key(pumpkin_lite), quince, at=at))
    assert told(answer)["clock_off_seconds"] == off
    assert quince.peer(pumpkin_lite).skew == off
    get(quince, signed_by(own_key(pumpkin_lite), quince))
    assert quince.peer(pumpkin_lite).skew == 0


def test_the_same_letter_does_not_take_effect_twice(pumpkin: Linked, quince: Linked) -> None:
    join(quince, pumpkin)
    body = json.dumps(activity(quince, "Follow", pumpkin.actor)).encode()
    headers = {
        "Content-Type": "application/activity+json",
        **signed_by(own_key(quince), pumpkin, method="POST", path=DOOR, body=body),
    }
    sent = [
        HTTP.fetch("POST", pumpkin.address + DOOR, headers=headers, body=body) for _ in range(2)
    ]
    assert [answer.status for answer in sent] == [202, 401]
    assert told(sent[1])["reason"] == "replayed"


def test_a_changed_body_is_refused(pumpkin_lite: Linked, quince: Linked) -> None:
    join(pumpkin_lite, quince)
    body = json.dumps(activity(pumpkin_lite, "Undo", quince.actor)).encode()
    headers = {
        "Content-Type": "application/activity+json",
        **signed_by(own_key(pumpkin_lite), quince, method="POST", path=DOOR, body=body),
    }
    other = body.replace(b"Undo", b"Todo")
    answer = HTTP.fetch("POST", quince.address + DOOR, headers=headers, body=other)
    assert (answer.status, told(answer)["reason"]) == (400, "digest")


@pytest.mark.parametrize("name", ["end", "block"])
def test_who_is_not_joined_any_more_reads_nothing(
    pumpkin_lite: Linked, quince: Linked, name: str
) -> None:
    join(pumpkin_lite, quince)
    assert get(quince, signed_by(own_key(pumpkin_lite), quince)).status == 200
    step(quince, pumpkin_lite, name)
    answer = get(quince, signed_by(own_key(pumpkin_lite), quince))
    assert (answer.status, told(answer)["reason"]) == (403, "not_admitted")


def test_who_is_paused_is_asked_to_come_later(pumpkin_lite: Linked, quince: Linked) -> None:
    join(pumpkin_lite, quince)
    step(quince, pumpkin_lite, "pause")
    answer = get(quince, signed_by(own_key(pumpkin_lite), quince))
    assert (answer.status, told(answer)["reason"]) == (429, "paused")
    assert answer.headers["retry-after"] == "3600"


def test_who_is_shut_out_may_not_even_ask(pumpkin_lite: Linked, quince: Linked) -> None:
    join(pumpkin_lite, quince)
    step(quince, pumpkin_lite, "block")
    follow = activity(pumpkin_lite, "Follow", quince.actor)
    assert pumpkin_lite.send(quince, follow).status == 403


def test_a_flood_is_held_back_before_anything_is_verified(quince: Linked) -> None:
    most = quince.node.host.settings("federation")["most_requests"]
    for _ in range(most):
        with pytest.raises(trust.Shut) as shut:
            _knock_locally(quince)
        assert shut.value.status == 401
    with pytest.raises(trust.Shut) as shut:
        _knock_locally(quince)
    assert shut.value.problem["reason"] == "too_many_requests"
    assert shut.value.headers["Retry-After"] == "300"
    quince.node.clock.advance(minutes=5)  # type: ignore[attr-defined]
    with pytest.raises(trust.Shut) as shut:
        _knock_locally(quince)
    assert shut.value.status == 401


def _knock_locally(quince: Linked) -> None:
    from flask import request

    with quince.app.test_request_context(f"{DOOR}/x", base_url=quince.address,
                                         environ_base={"REMOTE_ADDR": "203.0.113.7"}):  # fmt: skip
        trust.gate.require_peer(quince.node, request)


PATHS = ("감자", "%EA%B0%90%EC%9E%90", "a%20b?x=%7e&y=a+b", "a%2Fb",
         "a;b=c/@:!$&'()*,?q=%25&r", "x?")  # fmt: skip


@pytest.mark.parametrize("form", ["rfc9421", "cavage"])
def test_paths_are_verified_as_they_are_sent(
    pumpkin_lite: Linked, quince: Linked, form: str
) -> None:
    join(pumpkin_lite, quince)
    if form == "cavage":
        with pumpkin_lite.node.db.write() as session:
            peer = session.scalars(select(Peer)).one()
            peer.draft_until = pumpkin_lite.node.clock.now().replace(year=2027)
    for path in PATHS:
        found = trust.outgoing.fetch(pumpkin_lite.node, f"{quince.address}{DOOR}/{path}")
        assert found["read_by"] == pumpkin_lite.host


def test_a_node_that_reads_the_older_form_only_is_knocked_at_twice_and_remembered(
    pumpkin_lite: Linked, quince: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(pumpkin_lite, quince)
    with pumpkin_lite.node.db.write() as session:
        session.scalars(select(Peer)).one().rfc9421 = None
    seen: list[bool] = []
    verify = trust.gate.verify

    def old_fashioned(node: Any, message: Any, **more: Any) -> Any:
        newer = any(name == "signature-input" for name, _ in message.headers)
        seen.append(newer)
        if newer:
            raise trust.gate.shut(401, "unsigned", "The request is not signed.")
        return verify(node, message, **more)

    monkeypatch.setattr(trust.gate, "verify", old_fashioned)
    url = f"{quince.address}{DOOR}/x"
    assert trust.outgoing.fetch(pumpkin_lite.node, url)["id"] == "x"
    assert trust.outgoing.fetch(pumpkin_lite.node, url)["id"] == "x"
    assert seen == [True, False, False]
    pumpkin_lite.node.clock.advance(days=7, minutes=1)  # type: ignore[attr-defined]
    quince.node.clock.advance(seconds=0)  # type: ignore[attr-defined]
    trust.outgoing.fetch(pumpkin_lite.node, url)
    assert seen[3:] == [True, False]


def test_signatures_are_forgotten_when_they_are_too_old_to_be_taken(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    ask(pumpkin_lite, quince)
    pumpkin_lite.carry(quince)
    with quince.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Seen)) == 1
    quince.node.clock.advance(hours=2)  # type: ignore[attr-defined]
    work_once(quince.node)
    with quince.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Seen)) == 0


def test_a_list_that_is_full_takes_no_further_requests(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    with quince.node.db.write() as session:
        for number in range(quince.node.host.settings("federation")["most_waiting"]):
            session.add(
                Peer(host=f"n{number}.example", state="noted", made_at=quince.node.clock.now())
            )
    follow = activity(pumpkin_lite, "Follow", quince.actor)
    assert pumpkin_lite.send(quince, follow).status == 429


def test_nobody_makes_a_node_ask_host_after_host(
    pumpkin_lite: Linked, quince: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust.gate, "STRANGERS", 0)
    follow = activity(pumpkin_lite, "Follow", quince.actor)
    answer = pumpkin_lite.send(quince, follow)
    assert (answer.status, told(answer)["reason"]) == (403, "not_admitted")
    with quince.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Actor)) == 0


def test_who_only_wished_to_join_is_forgotten_and_who_was_joined_is_not(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    join(pumpkin_lite, quince)
    step(quince, pumpkin_lite, "end")
    now = quince.node.clock.now()
    with quince.node.db.write() as session:
        trust.joining.note_call(quince.node, session, "n.example", "x")
    quince.node.clock.advance(days=30, hours=2)  # type: ignore[attr-defined]
    trust.store.prune(quince.node, {})
    with quince.node.db.read() as session:
        left = session.scalars(select(Peer.host).where(Peer.made_at <= now)).all()
    assert left == [pumpkin_lite.host]


def test_a_space_sends_with_a_key_of_its_own_name(pumpkin_lite: Linked, quince: Linked) -> None:
    join(pumpkin_lite, quince)
    from support.cast import Cast

    farm = Cast(pumpkin_lite.node).space("farm")
    actor = f"{pumpkin_lite.address}/orgs/{farm.id}"
    offer = {**activity(pumpkin_lite, "Offer", "x"), "actor": actor}
    assert pumpkin_lite.send(quince, offer).status == 400  # signed by the node, not by the space
    assert pumpkin_lite.send(quince, offer, actor=actor).status == 202
