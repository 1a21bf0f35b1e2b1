"""What bounds those who write to an inbox: requests, letters and bytes, and what they are told."""

from __future__ import annotations

import json
from datetime import timedelta

from support.between import QUINCE, activity, arrived

from wizzle.federation import trust
from wizzle.federation.delivery.actions import entering, limits
from wizzle.federation.delivery.rules.doors import Doors
from wizzle.federation.trust.actions import budgets
from wizzle.federation.trust.models import Budget

from .test_inbox import post


def few_requests(node, monkeypatch):
    monkeypatch.setitem(node.host.settings("federation"), "most_requests", 20)
    return 20


def test_an_address_that_floods_is_told_when_to_come_back(pair, wire, clock, monkeypatch):
    client = wire.apps["quince.example"].test_client()
    most = few_requests(pair[1], monkeypatch)
    answers = [client.post("/inbox", base_url=QUINCE) for _ in range(most + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {401}
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 300
    clock.advance(minutes=5, seconds=1)
    assert client.post("/inbox", base_url=QUINCE).status_code == 401


def test_a_peer_that_brings_much_is_not_held_up_by_the_limit_for_strangers(pair, monkeypatch):
    pumpkin, quince = pair
    most = few_requests(quince, monkeypatch)
    statuses = {post(pumpkin, activity(f"{n}")).status for n in range(most + 20)}
    assert statuses == {202}


def test_a_peer_that_brings_far_too_much_is_held_up_before_it_is_verified(pair, monkeypatch, clock):
    pumpkin, quince = pair
    monkeypatch.setitem(quince.host.settings("federation"), "most_letters", 5)
    answers = [post(pumpkin, activity(f"{n}")) for n in range(8)]
    assert [answer.status for answer in answers] == [202] * 5 + [429] * 3
    verified = []
    monkeypatch.setattr(trust.gate, "verify", lambda *_, **__: verified.append(1))
    assert post(pumpkin, activity("later")).status == 429
    assert verified == []
    monkeypatch.undo()
    clock.advance(minutes=6)
    assert post(pumpkin, activity("again")).status == 202
    assert len(arrived(quince)) == 6


def test_a_peer_that_brings_too_many_bytes_is_held_up_until_the_hour_ends(pair, monkeypatch, clock):
    pumpkin, quince = pair
    monkeypatch.setattr(budgets, "MEGABYTE", 100)  # 10,000 bytes an hour
    big = "x" * 2_800
    answers = [post(pumpkin, activity(f"{n}", summary=big)) for n in range(5)]
    assert [answer.status for answer in answers] == [202] * 3 + [429] * 2
    assert json.loads(answers[-2].body)["reason"] == "too_much"
    assert 0 < int(answers[-2].headers["retry-after"]) <= 3_600
    assert len(arrived(quince)) == 3
    assert post(pumpkin, activity("0", summary=big)).status == 429  # it is not even looked at
    limits._limits.pop(quince.db)  # as in another process, which has counted nothing
    assert post(pumpkin, activity("other", summary=big)).status == 429
    clock.advance(hours=1)
    assert post(pumpkin, activity("later", summary=big)).status == 202
    clock.advance(hours=2)
    trust.store.prune(quince, {})
    with quince.db.read() as session:
        assert session.query(Budget).count() == 0


def test_full_doors_say_so(pair, monkeypatch):
    pumpkin, quince = pair
    doors = Doors(1, patience=0.01)
    monkeypatch.setitem(entering._doors, quince.db, doors)
    with doors.passing():
        answer = post(pumpkin, activity("a"))
    assert answer.status == 503
    assert answer.headers["retry-after"] == "5"
    assert post(pumpkin, activity("a")).status == 202


def test_a_paused_peer_is_asked_to_come_back(pair):
    pumpkin, quince = pair
    with quince.db.write() as session:
        trust.peers.by_host(session, "pumpkin.example").state = "paused"
    answer = post(pumpkin, activity("a"))
    assert answer.status == 429
    assert timedelta(seconds=int(answer.headers["retry-after"])) >= timedelta(minutes=1)
