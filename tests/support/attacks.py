"""Cases for `wizzle federation check-cases`: what must be taken, and one for each known attack.

python tests/support/attacks.py     writes tests/federation/cases/incoming.json anew
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from support.signed import (
    NOW,
    TYPE,
    Pairs,
    Peer,
    Signing,
    as_json,
    base58,
    http_date,
    joined,
    multikey,
    pem,
    rsa_key,
)

FILE = Path(__file__).parents[1] / "federation" / "cases" / "incoming.json"
GOSEONG = Peer("goseong.example")
EVIL = Peer("evil.example")
ALICE = Peer("many.example", "/users/alice", "Person")
MALLORY = Peer("many.example", "/users/mallory", "Person")
NODE = "https://jinan.example"
Case = dict[str, Any]
LATER = NOW + 400


def answer(document: Any, **changes: Any) -> dict[str, Any]:
    """Return what a GET finds: a document of an actor, unless something else is said."""
    return {"status": 200, "headers": {"Content-Type": TYPE}, "body": document, **changes}


def case(
    name: str, verdict: str, headers: Pairs, body: bytes = b"", reason: str = "", **more: Any
) -> Case:
    request = {name: more.pop(name) for name in ("method", "scheme", "target") if name in more}
    return {
        "id": name,
        "now": more.pop("now", NOW),
        "request": {
            "method": "POST",
            "scheme": "https",
            "target": "/inbox",
            **request,
            "headers": [list(pair) for pair in headers],
            "body_b64": base64.b64encode(body).decode(),
        },
        **more,
        "expected": {"verdict": verdict, **({"reason": reason} if reason else {})},
    }


def posted(
    name: str, verdict: str, reason: str = "", *, activity: Any = None, body: bytes | None = None,
    peer: Peer = GOSEONG, form: str = "cavage", around: Mapping[str, Any] | None = None,
    **signing: Any,
) -> Case:  # fmt: skip
    """Return a POST that is signed by hand; ``around`` are members of the case."""
    if body is None:
        body = as_json(activity if activity is not None else peer.activity())
    if form == "rfc9421":
        signing = {"algorithm": "rsa-v1_5-sha256", **signing}
    made = getattr(Signing(peer, body, **signing), form)()
    return case(name, verdict, made, body, reason, **(around or {}))


def changed(made: Case, header: str, value: str | None, *, name: str = "") -> Case:
    """Return the case with one header replaced, or taken out, after it was signed."""
    headers = made["request"]["headers"]
    kept = [pair for pair in headers if pair[0].lower() != header.lower()]
    made["request"]["headers"] = kept if value is None else [*kept, [name or header, value]]
    return made


def header_of(made: Case, header: str) -> str:
    return joined(header, [tuple(pair) for pair in made["request"]["headers"]])


def documents(**changes: Any) -> dict[str, Any]:
    """Return the web as it is, but for the document of Goseong's actor."""
    return {**default_documents(), GOSEONG.actor: answer(GOSEONG.document(**changes))}


def default_documents() -> dict[str, Any]:
    return {peer.actor: answer(peer.document()) for peer in (GOSEONG, EVIL, ALICE, MALLORY)}


# -- what must be taken ------------------------------------------------------------------------


def taken() -> Iterator[Case]:
    yield posted("cavage-rsa", "accept")
    yield posted("cavage-hs2019-rsa", "accept", algorithm="hs2019")
    yield posted("cavage-without-algorithm", "accept", algorithm=None)
    yield posted("cavage-ed25519", "accept", algorithm="ed25519")
    yield posted(
        "cavage-created", "accept", algorithm="hs2019", parameters=f",created={NOW}",
        covered="(request-target) host (created) digest",
    )  # fmt: skip
    yield posted("rfc9421-rsa", "accept", form="rfc9421")
    yield posted("rfc9421-ed25519", "accept", form="rfc9421", algorithm="ed25519")
    yield posted(
        "rfc9421-parts-of-target", "accept", form="rfc9421", target="/inbox?page=2",
        covered="@method @authority @path @query content-digest", around={"target": "/inbox?page=2"},
    )  # fmt: skip
    yield posted("at-the-edge-of-the-window", "accept", now=NOW - 300)
    yield posted("korean-key-id", "accept", peer=(jeju := Peer("jeju.example", "/%EC%A0%9C%EC%A3%BC")),
                 around={"documents": {jeju.actor: answer(jeju.document())}})  # fmt: skip
    for form, algorithm in (("cavage", "rsa-sha256"), ("rfc9421", "rsa-v1_5-sha256")):
        made = getattr(Signing(GOSEONG, None, "GET", "/orders/3", algorithm=algorithm), form)()
        yield case(f"get-{form}", "accept", made, method="GET", target="/orders/3")
    yield posted("md5-beside-sha-256", "accept",
                 digest=f"MD5=AAAA,{_digest(GOSEONG.activity())}")  # fmt: skip
    yield posted(
        "behind-a-trusted-proxy", "accept",
        around={"remote_addr": "10.0.0.2", "config": {"trusted_proxies": ["10.0.0.0/8"]}},
    ) | {}  # fmt: skip
    yield _forwarded("forwarded-by-a-trusted-proxy", "accept", "", ["10.0.0.2"])
    yield posted("redirected-on-its-origin", "accept", around={"documents": {
        GOSEONG.actor: answer("", status=302, headers={"Location": "/nodes/1"}),
        "https://goseong.example/nodes/1": answer(_moved()),
    }}, activity=GOSEONG.activity(actor="https://goseong.example/nodes/1"))  # fmt: skip
    yield posted("key-with-a-document-of-its-own", "accept", key_id="https://goseong.example/key",
                 around={"documents": _key_apart()})  # fmt: skip
    yield posted("node-speaks-for-its-producers", "accept", activity=GOSEONG.activity(
        type="Update", object={"id": "https://goseong.example/proposals/7", "type": "Proposal",
                               "attributedTo": "https://goseong.example/orgs/4"}))  # fmt: skip
    yield posted("answer-of-whom-we-asked", "accept", activity=GOSEONG.activity(
        type="Accept", object={"id": f"{NODE}/follows/1", "type": "Follow",
                               "actor": f"{NODE}/actor", "object": GOSEONG.actor}))  # fmt: skip
    yield posted("answer-that-our-records-know", "accept", activity=GOSEONG.activity(
        type="Accept", object=f"{NODE}/offers/1"),
        around={"state": {"partners": {f"{NODE}/offers/1": GOSEONG.actor}}})  # fmt: skip
    yield posted(
        "only-the-admitted", "accept", around={"config": {"allowed_hosts": ["goseong.example"]}}
    )


def _digest(activity: Any) -> str:
    value = base64.b64encode(hashlib.sha256(as_json(activity)).digest()).decode()
    return f"SHA-256={value}"


def _moved() -> dict[str, Any]:
    moved = "https://goseong.example/nodes/1"
    key = {"id": GOSEONG.rsa_id, "owner": moved, "publicKeyPem": pem(GOSEONG.rsa)}
    return GOSEONG.document(id=moved, publicKey=key, assertionMethod=None)


def _key_apart(owner: str = GOSEONG.actor, listed: Any = "https://goseong.example/key") -> Any:
    key = {"id": "https://goseong.example/key", "type": "Key", "owner": owner,
           "publicKeyPem": pem(GOSEONG.rsa)}  # fmt: skip
    return {
        "https://goseong.example/key": answer(key),
        GOSEONG.actor: answer(GOSEONG.document(publicKey=listed)),
        EVIL.actor: answer(EVIL.document()),
    }


def _forwarded(name: str, verdict: str, reason: str, proxies: list[str]) -> Case:
    made = posted(name, verdict, reason, around={
        "remote_addr": "10.0.0.2", "config": {"trusted_proxies": proxies}})  # fmt: skip
    made["request"]["headers"].append(["X-Forwarded-Host", "jinan.example"])
    return changed(made, "host", "app:8000")


# -- 2.3 (1): the header, and no falling back --------------------------------------------------


def syntax() -> Iterator[Case]:
    yield changed(posted("unsigned", "reject", "unsigned"), "signature", None)
    made = posted("two-signature-headers", "reject", "malformed_request")
    made["request"]["headers"].append(["Signature", header_of(made, "signature")])
    yield made
    made = posted("signature-in-authorization", "reject", "unsigned")
    yield changed(
        made, "signature", f"Signature {header_of(made, 'signature')}", name="Authorization"
    )
    for name, wrong in {
        "repeated-parameter": ',keyId="https://evil.example/actor#main-key"',
        "repeated-parameter-in-other-case": ',KEYID="https://evil.example/actor#main-key"',
        "repeated-headers-parameter": ',headers="date"',
    }.items():
        made = posted(name, "reject", "signature_syntax")
        yield changed(made, "signature", header_of(made, "signature") + wrong)
    yield posted("longer-than-8-kib", "reject", "signature_syntax", parameters=f',x="{"y" * 8200}"')
    yield posted(
        "more-than-32-names", "reject", "signature_syntax",
        covered="(request-target) host date digest " + " ".join(f"x-{n}" for n in range(29)),
        more=[(f"X-{n}", "1") for n in range(29)],
    )  # fmt: skip
    yield posted("a-name-twice", "reject", "signature_syntax",
                 covered="(request-target) host date date digest")  # fmt: skip
    made = posted("base64-with-a-line", "reject", "signature_syntax")
    text = header_of(made, "signature")
    yield changed(made, "signature", text.replace('signature="', 'signature="\t'))
    made = posted("base64-for-urls", "reject", "signature_syntax")
    yield changed(
        made, "signature", header_of(made, "signature").replace("+", "-").replace("/", "_")
    )
    made = posted("base64-without-padding", "reject", "signature_syntax")
    yield changed(made, "signature", header_of(made, "signature").replace("==", ""))
    made = posted("no-signature-parameter", "reject", "signature_syntax")
    yield changed(made, "signature", header_of(made, "signature").partition(",signature=")[0])
    yield posted("downgrade-to-the-older-form", "reject", "signature_syntax",
                 more=[("Signature-Input", 'sig1=("@method");created=1')])  # fmt: skip
    made = posted("two-labels", "reject", "signature_syntax", form="rfc9421")
    made["request"]["headers"] += [
        ["Signature-Input", header_of(made, "signature-input").replace("sig1", "sig2")],
        ["Signature", header_of(made, "signature").replace("sig1", "sig2")],
    ]
    yield made
    made = posted("one-label-twice", "reject", "signature_syntax", form="rfc9421")
    made["request"]["headers"].append(["Signature-Input", header_of(made, "signature-input")])
    yield made
    yield posted("rfc9421-component-twice", "reject", "signature_syntax", form="rfc9421",
                 covered="@method @target-uri @method content-digest")  # fmt: skip
    yield posted("rfc9421-component-with-parameter", "reject", "signature_syntax", form="rfc9421",
                 covered='@method @target-uri content-digest";req content-type')  # fmt: skip
    yield posted("rfc9421-unknown-parameter", "reject", "signature", form="rfc9421",
                 parameters=';trust="me"')  # fmt: skip
    made = posted("line-break-in-a-header", "reject", "malformed_request")
    made["request"]["headers"].append(["X-Note", "a\nhost: evil.example"])
    yield made
    made = posted("not-ascii-in-a-covered-header", "reject", "not_covered",
                  covered="(request-target) host date digest x-note", more=[("X-Note", "é")])  # fmt: skip
    yield made


# -- 2.3 (2, 3): algorithms and keys -----------------------------------------------------------


def algorithms() -> Iterator[Case]:
    for name in ("hmac-sha256", "rsa-sha1", "rsa-sha512", "none", "RSA-SHA256", ""):
        yield posted(f"algorithm-{name or 'empty'}", "reject", "algorithm", algorithm=name)
    yield _hmac()
    yield posted("ed25519-claimed-of-an-rsa-key", "reject", "algorithm", algorithm="ed25519",
                 key=GOSEONG.rsa, key_id=GOSEONG.rsa_id)  # fmt: skip
    yield posted("rsa-claimed-of-an-ed25519-key", "reject", "algorithm", key=GOSEONG.ed,
                 key_id=GOSEONG.ed_id)  # fmt: skip
    for name in ("rsa-pss-sha512", "hmac-sha256", "rsa-sha256", "ecdsa-p256-sha256"):
        yield posted(f"rfc9421-algorithm-{name}", "reject", "algorithm", form="rfc9421",
                     algorithm=name)  # fmt: skip
    yield posted("rfc9421-ed25519-claimed-of-an-rsa-key", "reject", "algorithm", form="rfc9421",
                 algorithm="ed25519", key=GOSEONG.rsa, key_id=GOSEONG.rsa_id)  # fmt: skip
    yield posted("created-beside-rsa-sha256", "reject", "algorithm", parameters=f",created={NOW}",
                 covered="(request-target) host (created) digest")  # fmt: skip
    weak = rsa_key("weak", 1_024)
    yield _keyed("rsa-of-1024-bits", "key_weak", weak, pem(weak))
    odd = rsa_key("odd", 2_048, (1 << 32) + 15)
    yield _keyed("rsa-with-a-huge-exponent", "key_weak", odd, pem(odd))
    yield _keyed("private-key-in-the-document", "private_key", GOSEONG.rsa, _private())
    yield posted("private-key-elsewhere-in-the-document", "reject", "private_key",
                 around={"documents": documents(privateKeyPem="…")})  # fmt: skip
    yield from _small_order()


def _hmac() -> Case:
    """The published key as a shared secret: what a reader of the peer's own header would take."""
    import hmac

    made = posted("published-key-as-a-secret", "reject", "algorithm", algorithm="hmac-sha256")
    body = base64.b64decode(made["request"]["body_b64"])
    lines = "\n".join([
        "(request-target): post /inbox", "host: jinan.example", f"date: {http_date(NOW)}",
        f"digest: {joined('digest', [tuple(each) for each in made['request']['headers']])}",
    ])  # fmt: skip
    mac = hmac.digest(pem(GOSEONG.rsa).encode(), lines.encode(), "sha256")
    assert body
    head = header_of(made, "signature").partition(",signature=")[0]
    return changed(made, "signature", f'{head},signature="{base64.b64encode(mac).decode()}"')


def _keyed(name: str, reason: str, key: Any, text: str) -> Case:
    listed = {"id": GOSEONG.rsa_id, "owner": GOSEONG.actor, "publicKeyPem": text}
    return posted(
        name, "reject", reason, key=key, around={"documents": documents(publicKey=listed)}
    )


def _private() -> str:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return GOSEONG.rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _small_order() -> Iterator[Case]:
    """The identity point: R = identity and S = 0 fit every message."""
    identity = (1).to_bytes(32, "little")
    listed = [{"id": GOSEONG.ed_id, "type": "Multikey", "controller": GOSEONG.actor,
               "publicKeyMultibase": base58(b"\xed\x01" + identity)}]  # fmt: skip
    made = posted("ed25519-of-small-order", "reject", "key_weak", algorithm="ed25519",
                  around={"documents": documents(assertionMethod=listed)})  # fmt: skip
    constant = base64.b64encode(identity + bytes(32)).decode()
    head = header_of(made, "signature").partition(",signature=")[0]
    yield changed(made, "signature", f'{head},signature="{constant}"')


# -- 2.3 (4 to 7): coverage, age, host, digest -------------------------------------------------


def coverage() -> Iterator[Case]:
    for missing in ("(request-target)", "host", "date", "digest"):
        kept = " ".join(n for n in ("(request-target)", "host", "date", "digest") if n != missing)
        yield posted(f"uncovered-{missing.strip('()')}", "reject", "not_covered", covered=kept)
    made = posted("no-list-of-headers", "reject", "not_covered", covered="date")
    yield changed(made, "signature", header_of(made, "signature").replace(',headers="date"', ""))
    for missing in ("@method", "@target-uri", "content-digest"):
        kept = " ".join(n for n in ("@method", "@target-uri", "content-digest") if n != missing)
        yield posted(f"rfc9421-uncovered-{missing}", "reject", "not_covered", form="rfc9421",
                     covered=kept)  # fmt: skip
    yield posted("rfc9421-uncovered-query", "reject", "not_covered", form="rfc9421",
                 target="/inbox?a=1", covered="@method @authority @path content-digest",
                 around={"target": "/inbox?a=1"})  # fmt: skip
    yield posted("rfc9421-without-created", "reject", "signature_syntax", form="rfc9421",
                 parameters=';tag="created="')  # fmt: skip
    yield posted("covered-header-missing", "reject", "not_covered",
                 covered="(request-target) host date digest x-gone")  # fmt: skip
    made = posted("other-target", "reject", "signature")
    made["request"]["target"] = "/orgs/3/inbox"
    yield made
    made = posted("target-decoded-on-the-way", "reject", "signature", target="/inb%6Fx",
                  around={"target": "/inbox"})  # fmt: skip
    yield made
    made = posted("other-method", "reject", "malformed_request")
    made["request"]["method"] = "GET"
    yield made
    yield posted("method-that-is-none-of-ours", "reject", "method", method="PUT",
                 around={"method": "PUT"})  # fmt: skip


def times() -> Iterator[Case]:
    yield posted("too-old", "reject", "clock", now=NOW - 301)
    yield posted("from-the-future", "reject", "clock", now=NOW + 301)
    yield posted("of-2019", "reject", "clock", date="Tue, 01 Jan 2019 00:00:00 GMT")
    yield posted("date-of-another-form", "reject", "signature_syntax",
                 date="2026-11-30T00:00:00Z")  # fmt: skip
    yield posted("rfc9421-too-old", "reject", "clock", form="rfc9421", now=NOW - 301)
    yield posted("rfc9421-from-the-future", "reject", "clock", form="rfc9421", now=NOW + 301)
    yield posted("rfc9421-expired", "reject", "expired", form="rfc9421",
                 parameters=f";expires={NOW - 1}")  # fmt: skip
    yield posted("expires-does-not-prolong", "reject", "clock", form="rfc9421", now=NOW - 400,
                 parameters=f";expires={NOW + 999}")  # fmt: skip
    yield posted("expired", "reject", "expired", algorithm="hs2019",
                 parameters=f",created={NOW - 9},expires={NOW - 1}",
                 covered="(request-target) host (created) (expires) digest")  # fmt: skip
    yield posted("created-in-1970", "reject", "clock", algorithm="hs2019", parameters=",created=1",
                 covered="(request-target) host (created) digest")  # fmt: skip


def hosts() -> Iterator[Case]:
    yield posted("signed-for-another-host", "reject", "wrong_host", host="wanju.example")
    made = posted("host-replaced", "reject", "signature", host="wanju.example")
    yield changed(made, "host", "jinan.example", name="Host")
    yield changed(posted("no-host", "reject", "malformed_request"), "host", None)
    made = posted("two-hosts", "reject", "malformed_request")
    made["request"]["headers"].append(["Host", "evil.example"])
    yield made
    yield _forwarded("forwarded-by-a-stranger", "reject", "wrong_host", ["10.9.0.0/16"])
    made = posted("forwarded-host-of-a-stranger-for-another-node", "accept")
    made["request"]["headers"].append(["X-Forwarded-Host", "evil.example"])
    yield made


def digests() -> Iterator[Case]:
    other = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    yield posted("digest-of-another-body", "reject", "digest", digest=f"SHA-256={other}")
    made = posted("body-exchanged", "reject", "digest")
    made["request"]["body_b64"] = base64.b64encode(as_json(GOSEONG.activity(type="Undo"))).decode()
    yield made
    yield posted("only-md5", "reject", "digest", digest="MD5=AAAA")
    yield posted("one-of-two-digests-wrong", "reject", "digest",
                 digest=f"{_digest(GOSEONG.activity())},SHA-512={other}")  # fmt: skip
    yield posted("one-algorithm-twice", "reject", "digest_syntax",
                 digest=f"SHA-256={other},{_digest(GOSEONG.activity())}")  # fmt: skip
    yield posted("digest-in-lenient-base64", "reject", "digest_syntax",
                 digest=_digest(GOSEONG.activity()).rstrip("="))  # fmt: skip
    yield posted("uncovered-content-digest-wrong", "reject", "digest",
                 more=[("Content-Digest", f"sha-256=:{other}:")])  # fmt: skip
    yield posted("rfc9421-digest-of-another-body", "reject", "digest", form="rfc9421",
                 digest=f"sha-256=:{other}:")  # fmt: skip


# -- 2.3 (8): where keys may be fetched --------------------------------------------------------


def addresses() -> Iterator[Case]:
    for name, key_id in {
        "http": "http://goseong.example/actor#main-key",
        "port": "https://goseong.example:8443/actor#main-key",
        "ip-address": "https://203.0.114.9/actor#main-key",
        "ipv6-address": "https://[2606:4700::1]/actor#main-key",
        "decimal-ip-address": "https://2130706433/actor#main-key",
        "hexadecimal-ip-address": "https://0x7f.1/actor#main-key",
        "one-label": "https://localhost/actor#main-key",
        "local-name": "https://printer.local/actor#main-key",
        "user": "https://jinan.example@evil.example/actor#main-key",
        "file": "file:///etc/passwd",
        "data": "data:application/activity+json,{}",
        "relative": "/actor#main-key",
        "dots": "https://goseong.example/a/../actor#main-key",
        "hangul-name": "https://제주.example/actor#main-key",
    }.items():
        if key_id.isascii():
            yield posted(f"key-address-{name}", "reject", "key_address", key_id=key_id)
    for name, address in {
        "loopback": "127.0.0.1", "private": "10.1.2.3", "metadata": "169.254.169.254",
        "this-network": "0.0.0.0", "carrier": "100.64.0.1", "multicast": "224.0.0.1",
        "documentation": "192.0.2.1", "ipv6-loopback": "::1", "ipv6-nothing": "::",
        "ipv4-mapped": "::ffff:127.0.0.1", "nat64": "64:ff9b::7f00:1", "compatible": "::127.0.0.1",
        "site-local": "fec0::1", "unique-local": "fd00::1", "link-local": "fe80::1",
        "6to4": "2002:7f00:1::", "teredo": "2001::1", "ipv6-documentation": "2001:db8::1",
        "new-documentation": "3fff::1",
    }.items():  # fmt: skip
        yield posted(f"name-leads-to-{name}", "reject", "key_unavailable",
                     around={"dns": {"goseong.example": [address]}})  # fmt: skip
    yield posted("name-leads-to-public-and-loopback", "reject", "key_unavailable",
                 around={"dns": {"goseong.example": ["93.184.216.34", "127.0.0.1"]}})  # fmt: skip
    yield posted("name-without-an-address", "reject", "key_unavailable",
                 around={"dns": {"goseong.example": []}})  # fmt: skip
    yield posted("rebinding-is-not-looked-up-again", "accept",
                 around={"dns_sequence": {"goseong.example": [["93.184.216.34"], ["127.0.0.1"]]}})  # fmt: skip
    yield posted("rebinding-to-loopback", "reject", "key_unavailable",
                 around={"dns_sequence": {"goseong.example": [["127.0.0.1"], ["93.184.216.34"]]}})  # fmt: skip


def fetching() -> Iterator[Case]:
    def served(name: str, reason: str = "key_unavailable", **changes: Any) -> Case:
        document = changes.pop("document", GOSEONG.document())
        found = {**default_documents(), GOSEONG.actor: answer(document, **changes)}
        return posted(name, "reject", reason, around={"documents": found})

    def redirected(name: str, *hops: str) -> Case:
        found = {**default_documents(), "https://goseong.example/moved": answer(GOSEONG.document()),
                 "https://evil.example/moved": answer(GOSEONG.document())}  # fmt: skip
        for here, there in zip((GOSEONG.actor, *hops), hops, strict=False):
            found[here] = answer("", status=302, headers={"Location": there})
        return posted(name, "reject", "", around={"documents": found})

    yield redirected("redirected-to-another-host", "https://evil.example/moved")
    yield redirected("redirected-to-http", "http://goseong.example/moved")
    yield redirected("redirected-to-loopback", "https://127.0.0.1/actor")
    yield redirected("redirected-and-not-its-address", "https://goseong.example/moved")
    yield redirected("redirected-four-times", *(f"https://goseong.example/{n}" for n in range(5)))
    yield redirected("redirected-in-a-circle", GOSEONG.actor)
    yield served("answered-404", status=404)
    yield served("answered-410", "key_gone", status=410)
    yield served("answered-500", status=500)
    yield served("upload-as-html", headers={"Content-Type": "text/html"})
    yield served("upload-as-plain-json", headers={"Content-Type": "application/json"})
    yield served("upload-without-a-type", headers={})
    yield served("ld-json-without-profile", headers={"Content-Type": "application/ld+json"})
    yield served("document-of-more-than-1-mib", body_generator={"kind": "zeros", "size": 1 << 21})
    yield served("document-that-takes-11-seconds", body_generator={"kind": "slow", "seconds": 11})
    bomb = base64.b64encode(gzip.compress(b" " * (1 << 22), mtime=0)).decode()
    yield served("gzip-bomb", headers={"Content-Type": TYPE, "Content-Encoding": "gzip"},
                 body=None, body_b64=bomb)  # fmt: skip
    yield served("document-is-no-json", document="<html>")
    yield served("document-is-a-list", document=[1])
    profile = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
    yield posted("ld-json-with-profile", "accept", around={"documents": {
        GOSEONG.actor: answer(GOSEONG.document(), headers={"Content-Type": profile})}})  # fmt: skip


# -- 2.3 (9): whose key, whose activity --------------------------------------------------------


def owners() -> Iterator[Case]:
    yield posted("document-with-another-id", "reject", "document_id",
                 around={"documents": documents(id="https://goseong.example/other")})  # fmt: skip
    yield posted("document-with-the-id-of-another-host", "reject", "document_id",
                 peer=EVIL, activity=EVIL.activity(), around={"documents": {
                     EVIL.actor: answer(EVIL.document(id=GOSEONG.actor)),
                     GOSEONG.actor: answer(GOSEONG.document())}})  # fmt: skip
    key = {"id": GOSEONG.rsa_id, "owner": EVIL.actor, "publicKeyPem": pem(GOSEONG.rsa)}
    yield posted("key-of-another-owner", "reject", "key_owner",
                 around={"documents": documents(publicKey=key)})  # fmt: skip
    key = {"id": "https://goseong.example/actor#other", "owner": GOSEONG.actor,
           "publicKeyPem": pem(GOSEONG.rsa)}  # fmt: skip
    yield posted("key-that-is-not-listed", "reject", "key_missing",
                 around={"documents": documents(publicKey=key)})  # fmt: skip
    yield posted("key-alone-names-an-owner-that-does-not-list-it", "reject", "key_missing",
                 key_id="https://goseong.example/key",
                 around={"documents": _key_apart(listed=key)})  # fmt: skip
    yield posted("key-alone-names-an-owner-elsewhere", "reject", "key_owner",
                 key_id="https://goseong.example/key",
                 around={"documents": _key_apart(owner=EVIL.actor)})  # fmt: skip
    yield posted("key-of-what-is-no-actor", "reject", "key_document",
                 around={"documents": documents(type="Note")})  # fmt: skip
    yield posted("key-that-was-revoked", "reject", "key_expired", algorithm="ed25519",
                 around={"documents": documents(assertionMethod=[{
                     "id": GOSEONG.ed_id, "type": "Multikey", "controller": GOSEONG.actor,
                     "publicKeyMultibase": multikey(GOSEONG.ed),
                     "expires": "2026-01-01T00:00:00Z"}])})  # fmt: skip
    yield posted("signed-by-another-key", "reject", "signature", key=rsa_key("evil.example"))
    yield posted("actor-of-another-host", "reject", "actor_mismatch", peer=EVIL,
                 activity=GOSEONG.activity())  # fmt: skip
    yield posted("actor-of-the-same-host", "reject", "actor_mismatch", peer=MALLORY,
                 activity=ALICE.activity())  # fmt: skip
    yield posted("id-on-another-host", "reject", "activity_id",
                 activity=GOSEONG.activity(id="https://evil.example/activities/1"))  # fmt: skip
    yield posted("no-id", "reject", "activity_id", activity=GOSEONG.activity(id=None))
    yield posted("no-actor", "reject", "activity", activity=GOSEONG.activity(actor=None))
    yield posted("several-actors", "reject", "activity",
                 activity=GOSEONG.activity(actor=[GOSEONG.actor, EVIL.actor]))  # fmt: skip
    yield posted("no-type", "reject", "activity", activity=GOSEONG.activity(type=None))
    yield posted("own-key", "reject", "own_key", peer=Peer("jinan.example"))
    yield posted("host-not-admitted", "reject", "not_admitted",
                 around={"config": {"allowed_hosts": ["wanju.example"]}})  # fmt: skip
    yield posted("host-blocked", "reject", "not_admitted",
                 around={"config": {"blocked_hosts": ["goseong.example"]}})  # fmt: skip


def concerned() -> Iterator[Case]:
    theirs = {"id": "https://goseong.example/proposals/7", "type": "Proposal",
              "attributedTo": GOSEONG.actor}  # fmt: skip
    for kind in ("Create", "Update", "Delete", "Undo"):
        yield posted(f"{kind.lower()}-of-what-is-on-another-host", "reject", "not_concerned",
                     peer=EVIL, activity=EVIL.activity(type=kind, object=theirs))  # fmt: skip
    yield posted("delete-by-id-of-what-is-on-another-host", "reject", "not_concerned", peer=EVIL,
                 activity=EVIL.activity(type="Delete", object=theirs["id"]))  # fmt: skip
    yield posted("update-of-a-neighbour-s-thing", "reject", "not_concerned", peer=MALLORY,
                 activity=MALLORY.activity(type="Update", object={
                     "id": "https://many.example/notes/1", "type": "Note",
                     "attributedTo": ALICE.actor}))  # fmt: skip
    yield posted("update-of-a-neighbour", "reject", "not_concerned", peer=MALLORY,
                 activity=MALLORY.activity(type="Update", object=ALICE.document()))  # fmt: skip
    yield posted("delete-of-what-is-known-as-a-neighbour-s", "reject", "not_concerned",
                 peer=MALLORY, activity=MALLORY.activity(
                     type="Delete", object="https://many.example/notes/1"),
                 around={"state": {"owners": {"https://many.example/notes/1": ALICE.actor}}})  # fmt: skip
    yield posted("delete-of-another-actor", "reject", "not_concerned", peer=EVIL,
                 activity=EVIL.activity(type="Delete", object=GOSEONG.actor))  # fmt: skip
    offer = {"id": f"{NODE}/offers/1", "type": "Offer", "actor": f"{NODE}/actor",
             "target": GOSEONG.actor}  # fmt: skip
    yield posted("accept-by-whom-we-did-not-ask", "reject", "not_concerned", peer=EVIL,
                 activity=EVIL.activity(type="Accept", object=offer))  # fmt: skip
    yield posted("accept-against-our-records", "reject", "not_concerned", peer=EVIL,
                 activity=EVIL.activity(type="Accept", object={**offer, "target": EVIL.actor}),
                 around={"state": {"partners": {offer["id"]: GOSEONG.actor}}})  # fmt: skip
    yield posted("accept-of-its-own-offer", "reject", "not_concerned",
                 activity=GOSEONG.activity(type="Accept", object={
                     "id": "https://goseong.example/offers/1", "type": "Offer"}))  # fmt: skip
    yield posted("accept-of-an-offer-that-another-made", "reject", "not_concerned",
                 activity=GOSEONG.activity(type="Accept", object={
                     **offer, "actor": EVIL.actor}))  # fmt: skip
    yield posted("update-of-our-order-by-a-stranger", "reject", "not_concerned", peer=EVIL,
                 activity=EVIL.activity(type="Update", object=f"{NODE}/orders/3"),
                 around={"state": {"partners": {f"{NODE}/orders/3": GOSEONG.actor}}})  # fmt: skip
    yield posted("farewell-of-a-stranger", "drop", "unknown_actor_deleted",
                 activity=GOSEONG.activity(type="Delete", object=GOSEONG.actor),
                 around={"documents": {GOSEONG.actor: answer("", status=410)}})  # fmt: skip


# -- 2.3 (10): bodies --------------------------------------------------------------------------


def bodies() -> Iterator[Case]:
    plain = as_json(GOSEONG.activity())

    def within(text: str) -> bytes:
        return plain[:-1] + b',"x":' + text.encode() + b"}"

    for name, body in {
        "nested-33-deep": within("[" * 32 + "]" * 32),
        "nested-100000-deep": within("[" * 100_000 + "]" * 100_000),
        "brackets-without-end": b"[" * 100_000,
        "repeated-name": plain[:-1] + b',"actor":"https://evil.example/actor"}',
        "repeated-name-inside": within('{"a":1,"a":2}'),
        "nan": within("NaN"),
        "infinity": within("-Infinity"),
        "number-beyond-doubles": within("1e999"),
        "integer-of-20-digits": within("1" * 20),
        "integer-of-4301-digits": within("1" * 4_301),
        "half-a-character": within('"\\ud800"'),
        "half-a-character-in-a-name": within('{"\\udfff":1}'),
        "nul": within('"a\\u0000b"'),
        "not-utf-8": plain[:-1] + b',"x":"\xff"}',
        "utf-16": plain.decode().encode("utf-16"),
        "byte-order-mark": b"\xef\xbb\xbf" + plain,
        "list": b"[" + plain + b"]",
        "text": b'"hello"',
        "empty": b"",
        "two-values": plain + b"{}",
    }.items():
        yield posted(f"body-{name}", "reject", "body", body=body)
    yield posted("body-nested-32-deep", "accept", body=within("[" * 31 + "]" * 31))
    yield posted("body-integer-of-19-digits", "accept", body=within("9" * 19))
    yield posted("body-whole-character", "accept", body=within('"\\ud83c\\udf3d"'))
    big = plain[:-1] + b',"x":"' + b"y" * (1 << 20) + b'"}'
    yield posted("body-of-more-than-1-mib", "reject", "body_too_large", body=big)
    for name, value in {"number": 5, "exponent": "1e3", "comma": "1,5", "negative": "-1",
                        "long": "1" * 13, "fine": "0.1234567", "nan": "NaN"}.items():  # fmt: skip
        yield posted(f"quantity-{name}", "reject", "quantity", activity=GOSEONG.activity(
            object={"id": "https://goseong.example/p/1", "availableQuantity": {
                "hasNumericalValue": value}}))  # fmt: skip
    yield changed(posted("body-compressed", "reject", "media_type",
                         more=[("Content-Encoding", "gzip")]), "x", None)  # fmt: skip
    yield changed(posted("body-called-html", "reject", "media_type"),
                  "content-type", "text/html", name="Content-Type")  # fmt: skip


# -- what only shows in several messages -------------------------------------------------------


def sequences() -> Iterator[dict[str, Any]]:
    first = posted("first", "accept")
    yield {
        "id": "replay",
        "steps": [first, {**posted("same-bytes", "drop", "duplicate"), "now": NOW + 60}],
    }
    again = posted("signed-anew", "drop", "duplicate", now=LATER, around={"now": LATER})
    yield {"id": "retry", "steps": [first, again]}
    other = posted("other-bytes", "reject", "id_reused", activity=GOSEONG.activity(type="Announce"))
    yield {"id": "id-reused", "steps": [first, other]}
    read = Signing(GOSEONG, None, "GET", "/orders/3").cavage()
    got = case("read", "accept", read, method="GET", target="/orders/3")
    replayed = case("read-again", "reject", read, b"", "replayed", method="GET",
                    target="/orders/3", now=NOW + 200)  # fmt: skip
    yield {"id": "replayed-read", "steps": [got, replayed]}
    yield {"id": "rotation", "steps": [
        first,
        _rotated("new-key-within-5-minutes", "reject", "signature", NOW + 100, 2),
        _rotated("new-key-later", "accept", "", LATER, 3),
        _rotated("old-key-is-forgotten", "reject", "signature", LATER + 10, 4, GOSEONG.rsa),
    ]}  # fmt: skip
    gone = {GOSEONG.actor: answer("", status=503)}
    yield {"id": "failures-are-remembered", "steps": [
        posted("host-is-down", "reject", "key_unavailable", around={"documents": gone}),
        posted("host-is-back-at-once", "reject", "key_unavailable"),
        posted("host-is-back-later", "accept", now=LATER, around={"now": LATER}),
    ]}  # fmt: skip
    unknown = {"key_id": f"{GOSEONG.actor}#guess"}
    yield {"id": "guessed-keys-cost-one-fetch", "steps": [
        posted("one", "reject", "key_missing", key_id=f"{GOSEONG.actor}#guess-1"),
        posted("two", "reject", "key_missing", **unknown),
    ]}  # fmt: skip
    yield {"id": "farewell-of-a-known-actor", "steps": [
        first,
        posted("farewell", "accept", activity=GOSEONG.activity(
            id="https://goseong.example/activities/2", type="Delete", object=GOSEONG.actor),
            around={"documents": {GOSEONG.actor: answer("", status=410)}}),
    ]}  # fmt: skip
    yield {"id": "other-inbox-other-message", "steps": [
        first,
        posted("same-id-in-another-inbox", "accept", target="/orgs/3/inbox",
               around={"target": "/orgs/3/inbox"}),
    ]}  # fmt: skip


def _rotated(name: str, verdict: str, reason: str, now: int, number: int, key: Any = None) -> Case:
    new = rsa_key("rotated")
    listed = {"id": GOSEONG.rsa_id, "owner": GOSEONG.actor, "publicKeyPem": pem(new)}
    activity = GOSEONG.activity(id=f"https://goseong.example/activities/{number}")
    return posted(name, verdict, reason, activity=activity, key=key or new, now=now,
                  around={"now": now, "documents": documents(publicKey=listed)})  # fmt: skip


GROUPS = (taken, syntax, algorithms, coverage, times, hosts, digests, addresses, fetching, owners,
          concerned, bodies)  # fmt: skip


def whole_file() -> dict[str, Any]:
    """Return the file of all cases."""
    return {
        "default_documents": default_documents(),
        "cases": [each for group in GROUPS for each in group()],
        "sequences": list(sequences()),
    }


def written() -> str:
    return json.dumps(whole_file(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
