"""What a flood costs: bounds on fetches, headers and memory."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from support.signed import NOW, Peer, Signing, as_json, pem

from wizzle.federation.signatures import (
    Accepted,
    Answer,
    Forgetful,
    Incoming,
    Known,
    Receiver,
    Refusal,
    Web,
    verify,
)
from wizzle.federation.signatures.addresses import read_address, site_of
from wizzle.federation.signatures.bodies import read_body
from wizzle.federation.signatures.keys import public_key
from wizzle.federation.signatures.limits import FETCHES_PER_SITE, RETRY


class Hosts:
    """Hosts that count what is asked of them, and answer 404 unless they have a document."""

    def __init__(self, store: Forgetful | None = None) -> None:
        self.store = store or Forgetful()
        self.documents: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.now = float(NOW)
        self.guarded = False

    def get(self, url: str, *, address: str, seconds: float, most: int) -> Answer:
        self.asked.append(url)
        return self.documents.get(url, Answer(404))

    def judge(self, peer: Peer, **signing: object) -> Accepted | Refusal:
        body = as_json(peer.activity())
        made = Signing(peer, body, now=self.now, **signing)  # type: ignore[arg-type]
        plain = Web(lambda host: ["8.8.8.8"], self.get, lambda address: True)
        web = Web.guarded(self.get) if self.guarded else plain
        receiver = Receiver(
            frozenset({"jinan.example"}), lambda: self.now, web, self.store, self.store
        )
        try:
            found = verify(Incoming("POST", "/inbox", made.cavage(), body), receiver)
        except Refusal as error:
            return error
        assert isinstance(found, Accepted)
        return found


def test_subdomains_share_one_budget_which_comes_back():
    hosts = Hosts()
    key = Peer("seed.example").rsa
    for number in range(FETCHES_PER_SITE + 20):
        refusal = hosts.judge(Peer(f"n{number}.evil.example"), key=key)
        assert isinstance(refusal, Refusal)
        full = number >= FETCHES_PER_SITE
        assert refusal.reason == ("too_many_fetches" if full else "key_unavailable")
    assert len(hosts.asked) == FETCHES_PER_SITE
    hosts.now += RETRY
    assert isinstance(hosts.judge(Peer("n999.evil.example"), key=key), Refusal)
    assert len(hosts.asked) == FETCHES_PER_SITE + 1


def test_one_actor_is_asked_once_in_five_minutes_whatever_is_signed_in_its_name():
    hosts, peer = Hosts(), Peer("goseong.example")
    for number in range(5):
        hosts.judge(peer, key_id=f"{peer.actor}#{number}")
    assert hosts.asked == [peer.actor]


def test_a_known_key_that_does_not_fit_is_looked_for_once():
    hosts, peer = Hosts(), Peer("goseong.example")
    known = Known(peer.rsa_id, peer.actor, "Application", _text(peer), NOW)
    hosts.store.keep(peer.actor, [known])
    for _ in range(3):
        hosts.judge(peer, key=Peer("evil.example").rsa)
    assert hosts.asked == [peer.actor]
    assert isinstance(hosts.judge(peer), Accepted)


def test_a_key_that_is_known_costs_no_fetch_for_a_day():
    hosts, peer = Hosts(), Peer("goseong.example")
    known = Known(peer.rsa_id, peer.actor, "Application", _text(peer), NOW)
    hosts.store.keep(peer.actor, [known])
    hosts.now += 86_400
    assert isinstance(hosts.judge(peer), Accepted)
    assert hosts.asked == []
    hosts.now += 1
    assert isinstance(hosts.judge(peer), Refusal)
    assert hosts.asked == [peer.actor]


def test_a_host_that_says_gone_is_believed_for_a_day():
    hosts, peer = Hosts(), Peer("goseong.example")
    hosts.documents[peer.actor] = Answer(410)
    for wait in (0, 400, 80_000):
        hosts.now = NOW + wait
        refusal = hosts.judge(peer)
        assert isinstance(refusal, Refusal)
        assert refusal.reason == "key_gone"
    assert len(hosts.asked) == 1
    hosts.now = NOW + 86_400
    hosts.judge(peer)
    assert len(hosts.asked) == 2


def test_too_many_and_too_long_headers_are_refused():
    hosts, peer = Hosts(), Peer("goseong.example")
    for more in ([("X-A", "b")] * 100, [("X-A", "b" * (1 << 16))]):
        refusal = hosts.judge(peer, more=more)
        assert isinstance(refusal, Refusal)
        assert (refusal.reason, refusal.status) == ("headers_too_large", 431)


def test_a_memory_forgets_the_oldest_when_it_is_full():
    store = Forgetful(most=3)
    for number in range(5):
        store.remember_body("/inbox", f"https://a.example/{number}", str(number))
        store.remember_signature(str(number), NOW)
        key = Known(f"https://a.example/{number}#k", str(number), "Person", "", NOW)
        store.keep(key.owner, [key])
    assert store.body_of("/inbox", "https://a.example/1") is None
    assert store.body_of("/inbox", "https://a.example/4") == "4"
    assert not store.replayed("1", NOW)
    assert store.replayed("4", NOW)
    assert not store.replayed("4", NOW + 600)
    assert [number for number in range(5) if store.knows(str(number))] == [2, 3, 4]


@pytest.mark.parametrize(("host", "site"), [
    ("goseong.example", "goseong.example"),
    ("a.b.goseong.example", "goseong.example"),
    ("node.gangbuk.or.kr", "gangbuk.or.kr"),
    ("or.kr", "or.kr"),
    ("gangbuk.kr", "gangbuk.kr"),
    ("node.gangbuk.kr", "gangbuk.kr"),
    ("a.b.co.uk", "b.co.uk"),
])  # fmt: skip
def test_what_may_be_registered_as_one(host, site):
    assert site_of(host) == site


@pytest.mark.parametrize("text", [
    "https://a.example", "https://a.example/", "https://a.example:443/x?y=1#z",
    "https://xn--9n2bp8q.kr/%EC%A0%9C", "https://a-b.c1.example/a:b@c",
])  # fmt: skip
def test_addresses_that_may_be_asked(text):
    found = read_address(text)
    assert found is not None
    assert found.document == text.partition("#")[0]


@pytest.mark.parametrize("text", [
    "", "https://", "https:///x", "https://a", "https://a.example\\@b.example/", "//a.example/",
    "https://a.example:0443/", "https://a.example:/", "https://a_b.example/", "https://-a.example/",
    "https://a..example/", "https://a.example./", "https://a.1/", "https://a.example/ ",
    "https://a.example/\n", "https://a.example/%2e%2E/x", "https://a.example/%zz",
    "HTTPS://a.example/", "https://u:p@a.example/", "https://" + "a" * 64 + ".example/",
    "https://a.example/" + "x" * 2_048, "https://a.internal/", "https://x.onion/",
])  # fmt: skip
def test_addresses_that_are_refused(text):
    assert read_address(text) is None


def test_a_verdict_costs_little_more_than_its_arithmetic():
    """Bare RSA takes 0.02 ms and a verdict 0.08; a key that is loaded anew shows as much more."""
    hosts, peer = Hosts(), Peer("goseong.example")
    key = public_key(_text(peer))
    hosts.store.keep(peer.actor, [Known(peer.rsa_id, peer.actor, "Application", key.text, NOW)])
    body = as_json(peer.activity())
    incoming = Incoming("POST", "/inbox", Signing(peer, body).cavage(), body)
    web = Web.guarded(hosts.get)
    at = Receiver(frozenset({"jinan.example"}), lambda: NOW, web, hosts.store, hosts.store)
    signature = peer.rsa.sign(body, PKCS1v15(), SHA256())
    bare = cost(lambda: key.verifies(signature, body))
    assert cost(lambda: verify(incoming, at)) < 15 * bare


def cost(work: Callable[[], object]) -> float:
    """Return the CPU seconds of 50 runs, the best of five."""

    def once() -> float:
        begun = time.process_time()
        for _ in range(50):
            work()
        return time.process_time() - begun

    return min(once() for _ in range(5))


LOCAL = ["http://127.0.0.1:8001/actor#k", "http://localhost/a", "http://[::1]:80/"]


@pytest.mark.parametrize("text", LOCAL)
def test_only_a_node_in_development_talks_to_this_machine(text):
    assert read_address(text) is None
    found = read_address(text, local=True)
    assert found is not None
    assert found.host == text.split("/")[2]


@pytest.mark.parametrize("text", [
    "http://127.0.0.2/", "http://a.example/", "http://127.0.0.1:0/", "http://127.0.0.1.evil.example/",
    "https://127.0.0.1/", "https://localhost/", "http://localhost:80@evil.example/",
])  # fmt: skip
def test_even_a_node_in_development_takes_nothing_else(text):
    assert read_address(text, local=True) is None


@pytest.mark.parametrize(("found_at", "taken"), [
    ("https://goseong.example/actor", True),
    ("https://evil.example/actor", False),
    ("https://goseong.example/moved", False),
    ("nonsense", False),
])  # fmt: skip
def test_a_client_that_follows_by_itself_must_say_where_it_came_to(found_at, taken):
    hosts, peer = Hosts(), Peer("goseong.example")
    kind = [("Content-Type", "application/activity+json")]
    hosts.documents[peer.actor] = Answer(200, kind, as_json(peer.document()), found_at)
    hosts.guarded = True
    assert isinstance(hosts.judge(peer), Accepted) is taken


def _text(peer: Peer) -> str:
    return pem(peer.rsa)


def test_a_context_may_name_quantities_and_holds_none():
    defined = {"@context": ["https://a.example/ns", {"hasNumericalValue": "om2:value"}]}
    assert read_body(json.dumps({**defined, "hasNumericalValue": "2.5"}).encode())
    with pytest.raises(Refusal, match="decimal"):
        read_body(json.dumps({**defined, "object": {"hasNumericalValue": 2.5}}).encode())
