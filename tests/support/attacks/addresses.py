"""Where a key is said to be: inward addresses, redirects, uploads, floods."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator
from typing import Any

from support.attacks.building import (
    GOSEONG,
    Case,
    answer,
    default_documents,
    posted,
)
from support.signed import (
    TYPE,
)


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
        "loopback": "127.0.0.1",
        "private": "10.1.2.3",
        "metadata": "169.254.169.254",
        "this-network": "0.0.0.0",
        "carrier": "100.64.0.1",
        "multicast": "224.0.0.1",
        "documentation": "192.0.2.1",
        "ipv6-loopback": "::1",
        "ipv6-nothing": "::",
        "ipv4-mapped": "::ffff:127.0.0.1",
        "nat64": "64:ff9b::7f00:1",
        "compatible": "::127.0.0.1",
        "site-local": "fec0::1",
        "unique-local": "fd00::1",
        "link-local": "fe80::1",
        "6to4": "2002:7f00:1::",
        "teredo": "2001::1",
        "ipv6-documentation": "2001:db8::1",
        "new-documentation": "3fff::1",
    }.items():
        yield posted(
            f"name-leads-to-{name}",
            "reject",
            "key_unavailable",
            around={"dns": {"goseong.example": [address]}},
        )
    yield posted(
        "name-leads-to-public-and-loopback",
        "reject",
        "key_unavailable",
        around={"dns": {"goseong.example": ["93.184.216.34", "127.0.0.1"]}},
    )
    yield posted(
        "name-without-an-address",
        "reject",
        "key_unavailable",
        around={"dns": {"goseong.example": []}},
    )
    yield posted(
        "rebinding-is-not-looked-up-again",
        "accept",
        around={"dns_sequence": {"goseong.example": [["93.184.216.34"], ["127.0.0.1"]]}},
    )
    yield posted(
        "rebinding-to-loopback",
        "reject",
        "key_unavailable",
        around={"dns_sequence": {"goseong.example": [["127.0.0.1"], ["93.184.216.34"]]}},
    )


def fetching() -> Iterator[Case]:
    def served(name: str, reason: str = "key_unavailable", **changes: Any) -> Case:
        document = changes.pop("document", GOSEONG.document())
        found = {**default_documents(), GOSEONG.actor: answer(document, **changes)}
        return posted(name, "reject", reason, around={"documents": found})

    def redirected(name: str, *hops: str) -> Case:
        found = {
            **default_documents(),
            "https://goseong.example/moved": answer(GOSEONG.document()),
            "https://evil.example/moved": answer(GOSEONG.document()),
        }
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
    yield served(
        "gzip-bomb",
        headers={"Content-Type": TYPE, "Content-Encoding": "gzip"},
        body=None,
        body_b64=bomb,
    )
    yield served("document-is-no-json", document="<html>")
    yield served("document-is-a-list", document=[1])
    profile = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
    yield posted(
        "ld-json-with-profile",
        "accept",
        around={
            "documents": {
                GOSEONG.actor: answer(GOSEONG.document(), headers={"Content-Type": profile})
            }
        },
    )
