"""The inboxes: what may come in, and what a flood or a liar is told."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.between import PUMPKIN, QUINCE, activity, arrived, reading
from support.federated import near

from wizzle.core.models import Space
from wizzle.core.work import work_once
from wizzle.federation import trust

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
