"""What we sign we take, in both forms and with both keys; with one byte changed we do not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.signed import NOW, Peer, as_json

from wizzle.federation.signatures import (
    Accepted,
    Forgetful,
    Incoming,
    Keypair,
    Known,
    Outgoing,
    Receiver,
    Refusal,
    Web,
    sign,
    verify,
)

PEER = Peer("goseong.example", "/%EA%B3%A0%EC%84%B1?a=1&b=%7E")
KEYS = {"rsa": Keypair(PEER.rsa_id, PEER.rsa), "ed25519": Keypair(PEER.ed_id, PEER.ed)}
FORMS = ("cavage", "rfc9421")
# The covered headers of each form, and where in its value begins what nobody may change.
COVERED = {
    "cavage": {"Host": "", "Date": "", "Digest": "", "Signature": 'signature="'},
    "rfc9421": {"Host": "", "Content-Digest": "", "Signature-Input": "=", "Signature": "=:"},
}
paths = st.text("abc/~%2Fé", max_size=12).map(
    lambda text: "/" + text.replace("%", "%25").replace("é", "%C3%A9")
)


def receiver(now: float = NOW, **changes: Any) -> Receiver:
    """A node that knows both keys of the peer and can fetch nothing."""
    store = Forgetful()
    store.keep(
        PEER.actor,
        [
            Known(each.key_id, PEER.actor, "Application", each.public_text(), NOW)
            for each in KEYS.values()
        ],
    )
    web = Web(lambda host: [], lambda url, **limits: pytest.fail("fetched"), lambda address: True)
    return Receiver(frozenset({"jinan.example"}), lambda: now, web, store, store, **changes)


def sent(form: Any, kind: str, target: str, body: bytes | None) -> Incoming:
    outgoing = Outgoing("GET" if body is None else "POST", f"https://jinan.example{target}", body)
    headers = sign(outgoing, KEYS[kind], form=form, now=NOW)
    return Incoming(outgoing.method, target, list(headers.items()), body or b"")


def body_of(name: str) -> bytes:
    return as_json(PEER.activity(name=name))


@settings(max_examples=25)
@given(form=st.sampled_from(FORMS), kind=st.sampled_from(list(KEYS)), target=paths,
       name=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20))  # fmt: skip
def test_what_we_sign_we_take(form, kind, target, name):
    body = None if name is None else body_of(name.replace("\0", ""))
    taken = verify(sent(form, kind, target, body), receiver())
    assert isinstance(taken, Accepted)
    assert (taken.actor, taken.form, taken.key.key_id) == (PEER.actor, form, KEYS[kind].key_id)


@settings(max_examples=80)
@given(data=st.data(), form=st.sampled_from(FORMS), kind=st.sampled_from(list(KEYS)))
def test_no_byte_of_what_is_covered_can_be_changed(data, form, kind):
    """One letter of a covered header, the target, the method or the body becomes another one."""
    incoming = sent(form, kind, "/orgs/3/inbox?page=1", body_of("감자"))
    part = data.draw(st.sampled_from([*COVERED[form], "target", "body", "method"]))
    if part == "method":
        changed = dataclasses.replace(incoming, method="GET", body=b"")
    elif part == "target":
        changed = dataclasses.replace(incoming, target=other(data, incoming.target))
    elif part == "body":
        text = other(data, incoming.body.decode("latin-1"))
        changed = dataclasses.replace(incoming, body=text.encode("latin-1"))
    else:
        headers = dict(incoming.headers)
        headers[part] = other(data, headers[part], after=COVERED[form][part])
        # RFC 9421 covers the authority, which has no upper case.
        assume(form == "cavage" or headers["Host"].lower() != "jinan.example" or part != "Host")
        changed = dataclasses.replace(incoming, headers=list(headers.items()))
    assume(changed != incoming)
    with pytest.raises(Refusal):
        verify(changed, receiver())


@pytest.mark.parametrize("kind", list(KEYS))
def test_a_signature_has_one_spelling(kind):
    """The last letter of base64 before its padding has bits that say nothing: they must be 0."""
    incoming = sent("rfc9421", kind, "/inbox", body_of("감자"))
    headers = dict(incoming.headers)
    head, last = headers["Signature"][:-4], headers["Signature"][-4]
    headers["Signature"] = f"{head}{chr(ord(last) + 1)}==:"
    changed = dataclasses.replace(incoming, headers=list(headers.items()))
    with pytest.raises(Refusal, match="base64"):
        verify(changed, receiver())


def other(data: st.DataObject, text: str, *, after: str = "") -> str:
    start = text.index(after) + len(after)
    # In the older form the list of names may follow, and upper case is no other name there.
    end = text.find('"', start) if after.endswith('"') else len(text)
    place = data.draw(st.integers(start, end - 1))
    letter = data.draw(st.characters(min_codepoint=0x21, max_codepoint=0x7E))
    return text[:place] + letter + text[place + 1 :]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KEYS)
def test_a_signature_lasts_five_minutes_either_way_and_the_refusal_tells_the_clock(form, kind):
    incoming = sent(form, kind, "/inbox", body_of("x"))
    for off in (-300, 0, 300):
        assert isinstance(verify(incoming, receiver(NOW + off)), Accepted)
    for off in (-301, 301, 100_000):
        with pytest.raises(Refusal) as caught:
            verify(incoming, receiver(NOW + off))
        assert caught.value.problem() | {"detail": ""} == {
            "type": "about:blank",
            "title": "Unauthorized",
            "status": 401,
            "reason": "clock",
            "clock_off_seconds": -off,
            "detail": "",
        }
        assert str(abs(off)) in caught.value.detail


def test_a_retry_has_another_date_and_digest_of_the_same_body():
    outgoing = Outgoing("POST", "https://jinan.example/inbox", b"{}")
    first, second = (sign(outgoing, KEYS["rsa"], form="cavage", now=NOW + wait) for wait in (0, 60))
    assert first["Digest"] == second["Digest"]
    assert first["Date"] != second["Date"]
    assert first["Signature"] != second["Signature"]


def test_the_default_port_is_no_part_of_the_host():
    outgoing = Outgoing("GET", "https://JINAN.example:443/a?b=%7e")
    for form in FORMS:
        headers = sign(outgoing, KEYS["ed25519"], form=form, now=NOW)
        assert headers["Host"] == "jinan.example"
        incoming = Incoming("GET", "/a?b=%7e", [*headers.items()])
        assert isinstance(verify(incoming, receiver()), Accepted)


def test_the_template_takes_an_id_with_per_cents():
    headers = sign(Outgoing("GET", "https://jinan.example/"), KEYS["rsa"], form="cavage", now=NOW)
    assert f'keyId="{PEER.rsa_id}"' in headers["Signature"]
    assert "%EA%B3%A0" in PEER.rsa_id
