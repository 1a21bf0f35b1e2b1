"""Looking at another node: what it says of itself is believed only where it fits together."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.stubbed import Stub, a_node

from wizzle.core.errors import NotFound, Refused, Unreachable
from wizzle.core.node import Node
from wizzle.core.values import Message
from wizzle.federation.trust.actions import actors
from wizzle.federation.trust.actions.looking import Face, look
from wizzle.federation.trust.rules.hosts import host_form
from wizzle.federation.trust.rules.remote import fingerprint, read_remote

HOST = "quince.example"
BASE = f"https://{HOST}"


def seen(node: Node, answers: dict[str, Any], host: str = HOST) -> Face:
    return look(_with(node, Stub(answers)), host)


def _with(node: Node, stub: Stub) -> Node:
    return replace(node, ports=replace(node.ports, http=stub))


def test_an_honest_node_is_shown_as_it_is(node: Node) -> None:
    face = seen(node, a_node(HOST))
    assert (face.name, face.region, face.software) == ("완주 위즐", "전북 완주군", "wizzle 0.1.0")
    assert face.fingerprint == fingerprint(("P",))


def test_a_node_without_nodeinfo_is_looked_at_all_the_same(node: Node) -> None:
    answers = {**a_node(HOST), f"{BASE}/.well-known/nodeinfo": 404}
    assert seen(node, answers).software == ""


def _finger(href: str) -> dict[str, Any]:
    return {"links": [{"rel": "self", "type": "application/activity+json", "href": href}]}


ODD = {
    "an actor on another host": {
        f"{BASE}/.well-known/webfinger": _finger("https://evil.example/actor")
    },
    "the name of somebody else": {
        f"{BASE}/.well-known/webfinger?resource=acct%3Anode%40{HOST}": _finger(f"{BASE}/other")
    },
    "another id": {f"{BASE}/actor": {**a_node(HOST)[f"{BASE}/actor"], "id": f"{BASE}/x"}},
    "another's id": {
        f"{BASE}/actor": {**a_node(HOST)[f"{BASE}/actor"], "id": "https://wanju.example/actor"}
    },
    "an inbox elsewhere": a_node(HOST, inbox="https://evil.example/inbox"),
    "no inbox": a_node(HOST, inbox=None),
    "a person": a_node(HOST, type="Person"),
    "a note": a_node(HOST, type="Note"),
    "no name": a_node(HOST, preferredUsername=""),
    "a name with a host": a_node(HOST, preferredUsername="node@wanju.example"),
    "another owner": a_node(HOST, attributedTo="https://evil.example/actor"),
    "no links": {f"{BASE}/.well-known/webfinger": {"links": "none"}},
}


@pytest.mark.parametrize("how", ODD)
def test_a_node_that_contradicts_itself_is_refused(node: Node, how: str) -> None:
    with pytest.raises(Refused):
        seen(node, {**a_node(HOST), **ODD[how]})


def test_nodeinfo_elsewhere_is_not_asked_for(node: Node) -> None:
    schema = "http://nodeinfo.diaspora.software/ns/schema/2.1"
    links = {"links": [{"rel": schema, "href": "http://169.254.169.254/latest"}]}
    stub = Stub({**a_node(HOST), f"{BASE}/.well-known/nodeinfo": links})
    assert look(_with(node, stub), HOST).software == ""
    assert all(url.startswith(f"{BASE}/") for url in stub.asked)


@pytest.mark.parametrize("what", ["time", 500, b"<html>", b"[" * 100_000, b'{"a":1,"a":2}'])
def test_a_node_that_cannot_be_read_is_unreachable(node: Node, what: Any) -> None:
    with pytest.raises(Unreachable):
        seen(node, {**a_node(HOST), f"{BASE}/actor": what})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "links", "rel", "href", "type", "software", "name", "metadata",
                         "region", "inbox", "publicKey", "implements", "generator"]),
        inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60)
@given(document=st.dictionaries(st.sampled_from(
    ["type", "inbox", "attributedTo", "name", "preferredUsername", "location", "publicKey",
     "assertionMethod", "implements", "generator"]), json_values))  # fmt: skip
def test_no_document_breaks_who_reads_it(document: dict[str, Any]) -> None:
    found = read_remote(f"{BASE}/actor", {**document, "id": f"{BASE}/actor"})
    if not isinstance(found, Message):
        assert "\n" not in found.name
        assert len(found.name) <= 120


@settings(max_examples=30)
@given(told=json_values)
def test_no_answer_breaks_who_asks(node: Node, told: Any) -> None:
    body = json.dumps(told).encode()
    answers = dict.fromkeys((f"{BASE}/.well-known/nodeinfo", f"{BASE}/nodeinfo/2.1"), body)
    assert seen(node, {**a_node(HOST), **answers}).host == HOST


def test_an_actor_is_asked_for_once_and_remembered(node: Node) -> None:
    stub = Stub(a_node(HOST))
    there = _with(node, stub)
    assert actors.inbox(there, f"{BASE}/actor") == f"{BASE}/inbox"
    assert actors.inbox(there, f"{BASE}/actor", anew=True) == f"{BASE}/inbox"
    assert len(stub.asked) == 1
    stub.answers[f"{BASE}/actor"] = {**stub.answers[f"{BASE}/actor"], "inbox": f"{BASE}/new"}
    node.clock.advance(minutes=6)  # type: ignore[attr-defined]
    assert actors.inbox(there, f"{BASE}/actor", anew=True) == f"{BASE}/new"
    node.clock.advance(hours=25)  # type: ignore[attr-defined]
    stub.answers[f"{BASE}/actor"] = "time"
    assert actors.inbox(there, f"{BASE}/actor") == f"{BASE}/new"  # an old copy is better than none


def test_a_failure_is_remembered_for_five_minutes(node: Node) -> None:
    stub = Stub({f"{BASE}/actor": "connect"})
    there = _with(node, stub)
    for _ in range(2):
        with pytest.raises(Unreachable):
            actors.inbox(there, f"{BASE}/actor")
    assert len(stub.asked) == 1


def test_an_actor_that_is_gone_is_gone(node: Node) -> None:
    stub = Stub({f"{BASE}/actor": 410})
    for _ in range(2):
        with pytest.raises(NotFound):
            actors.inbox(_with(node, stub), f"{BASE}/actor")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("wanju.example", "wanju.example"), (" https://Wanju.Example/ ", "wanju.example"),
     ("https://wanju.example:443/spaces?x=1", "wanju.example"),
     ("완주.example", "xn--sl5bu3c.example"), ("wanju.example:8443", "wanju.example:8443"),
     ("http://[::1]:80", None), ("", None), ("a b.example", None), ("user@wanju.example", None),
     ("wanju.example:99999", None), ("-x.example", None), ("x" * 300, None), ("..", None),
     ("wanju.example/../x", None), ("https://", None)],
)  # fmt: skip
def test_hosts_are_read_as_people_type_them(typed: str, kept: str | None) -> None:
    assert host_form(typed) == kept


@given(st.text(max_size=60))
def test_a_host_that_was_kept_is_kept_the_same_again(typed: str) -> None:
    kept = host_form(typed)
    if kept is not None:
        assert host_form(kept) == kept
        assert kept.isascii()
