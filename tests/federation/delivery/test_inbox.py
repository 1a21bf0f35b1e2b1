"""The inboxes: what may come in, and what a flood or a liar is told."""

from __future__ import annotations

import json
import string
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.between import PUMPKIN, QUINCE, activity, arrived, reading
from support.federated import near

from wizzle.core.models import Space
from wizzle.core.work import work_once
from wizzle.federation import trust
from wizzle.federation.delivery.actions import entering, limits
from wizzle.federation.delivery.rules.doors import Doors
from wizzle.federation.trust.actions import budgets
from wizzle.federation.trust.models import Budget

INBOX = f"{QUINCE}/inbox"


def post(node, document, *, inbox=INBOX, actor=None):
    """Post a document as this node; bytes go as they are."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return trust.outgoing.post(node, inbox, body, actor=actor)


def test_received_and_nothing_more(pair):
    pumpkin, quince = pair
    assert post(pumpkin, activity("a")).status == 202
    assert arrived(quince) == [("a", "waiting", "")]


def test_twice_is_answered_as_once(pair):
    pumpkin, quince = pair
    with reading(quince) as heard:
        assert [post(pumpkin, activity("a")).status for _ in range(3)] == [202] * 3
        work_once(quince)
        assert post(pumpkin, activity("a")).status == 202
        work_once(quince)
    assert len(heard) == 1


def test_another_content_under_the_same_id_is_refused(pair):
    pumpkin, quince = pair
    post(pumpkin, activity("a"))
    answer = post(pumpkin, activity("a", summary="changed"))
    assert answer.status == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert arrived(quince) == [("a", "waiting", "")]


def test_the_same_request_byte_for_byte_is_answered_and_has_no_effect(pair, wire):
    pumpkin, quince = pair
    seen = {}
    signed = trust.outgoing.signer(pumpkin, "rfc9421")
    body = json.dumps(activity("a")).encode()

    def once(*request):
        return seen.setdefault("headers", signed(*request))

    headers = {"Content-Type": "application/activity+json"}
    answers = [
        wire.fetch("POST", INBOX, headers=headers, body=body, sign=once).status for _ in range(2)
    ]
    assert answers == [202, 202]
    assert len(arrived(quince)) == 1


def a_space(node, **more):
    with node.db.write() as session:
        space = Space(kind="producer", slug="moon", name="달빛농원", **more)
        session.add(space)
        session.flush()
        return space.id


def test_a_letter_to_a_space(pair, clock):
    pumpkin, quince = pair
    space_id = a_space(quince, created_at=clock.now())
    to = f"{QUINCE}/orgs/{space_id}"
    with reading(quince) as heard:
        assert post(pumpkin, activity("a", to=to), inbox=f"{to}/inbox").status == 202
        assert post(pumpkin, activity("b", to=to)).status == 202
        assert post(pumpkin, activity("c", to=f"{QUINCE}/orgs/999")).status == 202
        work_once(quince)
    assert [received.space_id for received in heard][:2] == [space_id, space_id]
    assert post(pumpkin, activity("d"), inbox=f"{QUINCE}/orgs/999/inbox").status == 404


def test_a_stranger_is_not_let_in(pair, wire, tmp_path, clock):
    _, quince = pair
    with near(wire, tmp_path / "fig", "fig.example", clock=clock) as fig:
        document = activity("a") | {
            "id": "https://fig.example/a",
            "actor": "https://fig.example/actor",
        }
        assert post(fig, document).status == 403
    assert arrived(quince) == []


@pytest.mark.parametrize(
    "change",
    [
        {"id": None}, {"id": 12}, {"id": "https://other.example/a"},
        {"id": PUMPKIN + "/" + "x" * 600},
        {"type": None}, {"type": ["Create"]}, {"type": {}}, {"actor": "https://other.example/actor"},
        {"actor": None}, {"object": None}, {"object": []}, {"object": 12, "to": 12},
        {"type": "Create", "object": {"id": "https://other.example/thing"}},
    ],
)  # fmt: skip
def test_what_a_peer_may_not_say_is_refused(pair, change):
    pumpkin, quince = pair
    answer = post(pumpkin, activity("a") | change)
    assert 400 <= answer.status < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert arrived(quince) == []


def test_a_false_seal_is_refused_and_a_right_one_is_told(pair):
    pumpkin, quince = pair
    from wizzle.federation.delivery.actions.seals import sealed

    right = sealed(pumpkin, activity("a"), None)
    false = {**sealed(pumpkin, activity("b"), None), "summary": "changed"}
    post(pumpkin, activity("first"))  # the keys are known
    with reading(quince) as heard:
        assert post(pumpkin, right).status == 202
        assert 400 <= post(pumpkin, false).status < 500
        work_once(quince)
    assert [(received.id[-1], received.sealed) for received in heard] == [("t", False), ("a", True)]


def test_a_seal_by_another_actor_of_the_same_node_proves_nothing(pair, clock):
    pumpkin, quince = pair
    from wizzle.federation.delivery.actions.seals import sealed

    hub = a_space(pumpkin, created_at=clock.now())
    actor = f"{PUMPKIN}/orgs/{hub}"
    own, other = (
        {**said, "actor": actor, "object": {**said["object"], "attributedTo": actor}}
        for said in (activity("own"), activity("other"))
    )
    borrowed = sealed(pumpkin, other, None)
    post(pumpkin, activity("first"))
    with reading(quince) as heard:
        assert post(pumpkin, sealed(pumpkin, own, hub), actor=actor).status == 202
        assert post(pumpkin, borrowed, actor=actor).status == 202
        work_once(quince)
    told = {received.id.rsplit("/", 1)[1]: received.sealed for received in heard}
    assert told == {"first": False, "own": True, "other": False}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(
    st.one_of(
        st.binary(max_size=200),
        JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")),
        st.dictionaries(
            st.sampled_from(
                ["id", "type", "actor", "object", "to", "context", "proof", "@context"]
            ),
            JSON
            | st.sampled_from([f"{PUMPKIN}/actor", f"{PUMPKIN}/x", "Create", "Follow", "Undo"]),
        ).map(
            lambda more: json.dumps({**activity("fuzz"), **more}).encode("utf-8", "surrogatepass")
        ),
    )
)
@settings(max_examples=60)
def test_no_signed_bytes_break_it(pair, body):
    pumpkin, quince = pair
    answer = post(pumpkin, body)
    assert answer.status == 202 or 400 <= answer.status < 500
    if answer.status != 202:
        told = json.loads(answer.body)
        assert told["status"] == answer.status
    with reading(quince):
        work_once(quince)


TOKENS = st.text(string.printable, max_size=60)


@given(
    body=st.binary(max_size=300),
    signature=TOKENS,
    given_input=st.none() | TOKENS,
    media=TOKENS,
    date=TOKENS,
    digest=TOKENS,
)
@settings(max_examples=100)
def test_no_unsigned_bytes_break_it(pair, wire, body, signature, given_input, media, date, digest):
    trust.gate._counters.pop(pair[1].db, None)  # it is not the limit that is to refuse here
    headers = {"Signature": signature, "Content-Type": media, "Date": date, "Digest": digest}
    if given_input is not None:
        headers["Signature-Input"] = given_input
    headers = {name: value.replace("\n", "").replace("\r", "") for name, value in headers.items()}
    for path in ("/inbox", "/orgs/1/inbox"):
        answer = (
            wire.apps["quince.example"]
            .test_client()
            .post(path, data=body, headers=headers, base_url=QUINCE)
        )
        assert 400 <= answer.status_code < 500
        assert answer.status_code != 429
        assert answer.mimetype == "application/problem+json"


def test_too_large_is_said_so(pair):
    pumpkin, _ = pair
    answer = post(pumpkin, b'{"a": "' + b"x" * (1 << 20) + b'"}')
    assert answer.status == 413


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
