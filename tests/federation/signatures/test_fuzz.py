"""Whatever arrives, and whatever a peer's host answers, ends in a verdict and never in an error."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.signed import NOW, Peer, Signing, as_json

from wizzle.core.outgoing.ranges import is_public
from wizzle.federation.signatures import (
    Accepted,
    Answer,
    Dropped,
    Forgetful,
    Incoming,
    Receiver,
    Refusal,
    Web,
    verify,
)
from wizzle.federation.signatures.bodies import read_body

PEER = Peer("goseong.example")
TYPE = ("Content-Type", "application/activity+json")

texts = st.text(st.characters(max_codepoint=0x1FF), max_size=60)
signatures = st.text('keyIdhars=",;:()[]{}@0159+/-_ \t%\\', max_size=80)
values = (
    texts
    | signatures
    | st.sampled_from(
        ["jinan.example", "(request-target) host date digest", "sig1=()", "SHA-256=", "sha-256=::"]
    )
)
names = st.sampled_from(
    [
        "Host",
        "Date",
        "Digest",
        "Content-Digest",
        "Signature",
        "Signature-Input",
        "Content-Type",
        "Content-Encoding",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
    ]
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | texts
    | st.sampled_from([PEER.actor, PEER.rsa_id, "Application", "https://jinan.example/x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "actor",
                    "object",
                    "owner",
                    "publicKey",
                    "publicKeyPem",
                    "controller",
                    "publicKeyMultibase",
                    "assertionMethod",
                    "attributedTo",
                    "hasNumericalValue",
                    "expires",
                    "target",
                    "to",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


def receiver(answer: Answer, addresses: list[str] | None = None) -> Receiver:
    store = Forgetful()
    web = Web(lambda host: addresses or ["93.184.216.34"], lambda url, **limits: answer, is_public)
    return Receiver(frozenset({"jinan.example"}), lambda: NOW, web, store, store)


def judge(incoming: Incoming, at: Receiver) -> Accepted | Dropped | None:
    try:
        return verify(incoming, at)
    except Refusal as error:
        problem = error.problem()
    assert 400 <= json.loads(json.dumps(problem))["status"] <= 499
    return None


@settings(max_examples=150)
@given(
    method=st.sampled_from(["POST", "GET", "HEAD", "post", ""]),
    target=texts | st.just("/"),
    headers=st.lists(st.tuples(names | texts, values), max_size=8),
    body=st.binary(max_size=80),
    scheme=st.sampled_from(["https", "http", ""]),
)
def test_any_request_ends_in_a_verdict(method, target, headers, body, scheme):
    incoming = Incoming(method, target, headers, body, scheme, "::1")
    assert judge(incoming, receiver(Answer(404))) is None


@settings(max_examples=150)
@given(data=st.data(), form=st.sampled_from(["cavage", "rfc9421"]), document=json_values)
def test_any_header_beside_a_good_signature_ends_in_a_verdict(data, form, document):
    """A good request with one header replaced, whose key is looked for in any document."""
    made = Signing(PEER, as_json(PEER.activity()), algorithm=None)
    headers = getattr(made, form)()
    place = data.draw(st.integers(0, len(headers) - 1))
    name, value = headers[place]
    cut = data.draw(st.integers(0, len(value)))
    headers[place] = (name, value[:cut] + data.draw(values) + value[cut:])
    found = Answer(200, [TYPE], json.dumps(document).encode())
    judge(Incoming("POST", "/inbox", headers, made.body or b""), receiver(found))


@settings(max_examples=150)
@given(
    changes=st.dictionaries(
        st.sampled_from(["id", "type", "publicKey", "assertionMethod", "authentication", "inbox"]),
        json_values,
    ),
    activity=st.dictionaries(st.sampled_from(["id", "type", "actor", "object"]), json_values),
    kind=st.sampled_from(["Create", "Update", "Delete", "Accept", "Reject", "Undo", "Offer"]),
)
def test_any_document_and_any_activity_that_is_well_signed_end_in_a_verdict(
    changes, activity, kind
):
    body = as_json(PEER.activity(**{"type": kind, **activity}))
    headers = Signing(PEER, body).cavage()
    found = Answer(200, [TYPE], json.dumps(PEER.document(**changes)).encode())
    judge(Incoming("POST", "/inbox", headers, body), receiver(found))


@settings(max_examples=100)
@given(
    status=st.integers(100, 599),
    headers=st.lists(st.tuples(names | st.just("Location"), values), max_size=3),
    body=st.binary(max_size=60),
    addresses=st.lists(texts | st.just("8.8.8.8"), max_size=2),
)
def test_any_answer_of_a_peer_s_host_ends_in_a_verdict(status, headers, body, addresses):
    body_sent = as_json(PEER.activity())
    signed = Signing(PEER, body_sent).cavage()
    incoming = Incoming("POST", "/inbox", signed, body_sent)
    assert judge(incoming, receiver(Answer(status, headers, body), addresses)) is None


@settings(max_examples=150)
@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_an_object_that_can_be_stored_or_is_refused(body):
    try:
        found: dict[str, Any] = read_body(body)
    except Refusal:
        return
    assert "\0" not in json.dumps(found, ensure_ascii=False).encode("utf-8").decode()


@pytest.mark.parametrize("wrong", [OSError("down"), TimeoutError(), ConnectionResetError()])
def test_a_host_that_is_down_is_the_peer_s_fault(wrong):
    def fail(*_: Any, **__: Any) -> Answer:
        raise wrong

    at = receiver(Answer(200))
    body = as_json(PEER.activity())
    incoming = Incoming("POST", "/inbox", Signing(PEER, body).cavage(), body)
    for web in (Web(fail, fail, is_public), Web(lambda host: ["8.8.8.8"], fail, is_public)):
        store = Forgetful()
        down = Receiver(at.hosts, at.now, web, store, store)
        with pytest.raises(Refusal) as caught:
            verify(incoming, down)
        assert caught.value.status == 401
