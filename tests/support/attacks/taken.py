"""What must be taken: both forms, both kinds of key, and honest ways that look odd."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from support.attacks.building import (
    GOSEONG,
    NODE,
    Case,
    answer,
    case,
    digest_of,
    forwarded,
    key_apart,
    posted,
)
from support.signed import (
    NOW,
    Peer,
    Signing,
    pem,
)


def taken() -> Iterator[Case]:
    yield posted("cavage-rsa", "accept")
    yield posted("cavage-hs2019-rsa", "accept", algorithm="hs2019")
    yield posted("cavage-without-algorithm", "accept", algorithm=None)
    yield posted("cavage-ed25519", "accept", algorithm="ed25519")
    yield posted(
        "cavage-created",
        "accept",
        algorithm="hs2019",
        parameters=f",created={NOW}",
        covered="(request-target) host (created) digest",
    )
    yield posted("rfc9421-rsa", "accept", form="rfc9421")
    yield posted("rfc9421-ed25519", "accept", form="rfc9421", algorithm="ed25519")
    yield posted(
        "rfc9421-parts-of-target",
        "accept",
        form="rfc9421",
        target="/inbox?page=2",
        covered="@method @authority @path @query content-digest",
        around={"target": "/inbox?page=2"},
    )
    yield posted("at-the-edge-of-the-window", "accept", now=NOW - 300)
    yield posted(
        "korean-key-id",
        "accept",
        peer=(jeju := Peer("jeju.example", "/%EC%A0%9C%EC%A3%BC")),
        around={"documents": {jeju.actor: answer(jeju.document())}},
    )
    for form, algorithm in (("cavage", "rsa-sha256"), ("rfc9421", "rsa-v1_5-sha256")):
        made = getattr(Signing(GOSEONG, None, "GET", "/orders/3", algorithm=algorithm), form)()
        yield case(f"get-{form}", "accept", made, method="GET", target="/orders/3")
    yield posted("md5-beside-sha-256", "accept", digest=f"MD5=AAAA,{digest_of(GOSEONG.activity())}")
    yield posted(
        "behind-a-trusted-proxy",
        "accept",
        around={"remote_addr": "10.0.0.2", "config": {"trusted_proxies": ["10.0.0.0/8"]}},
    )
    yield forwarded("forwarded-by-a-trusted-proxy", "accept", "", ["10.0.0.2"])
    yield posted(
        "redirected-on-its-origin",
        "accept",
        around={
            "documents": {
                GOSEONG.actor: answer("", status=302, headers={"Location": "/nodes/1"}),
                "https://goseong.example/nodes/1": answer(_moved()),
            }
        },
        activity=GOSEONG.activity(actor="https://goseong.example/nodes/1"),
    )
    yield posted(
        "key-with-a-document-of-its-own",
        "accept",
        key_id="https://goseong.example/key",
        around={"documents": key_apart()},
    )
    yield posted(
        "node-speaks-for-its-producers",
        "accept",
        activity=GOSEONG.activity(
            type="Update",
            object={
                "id": "https://goseong.example/proposals/7",
                "type": "Proposal",
                "attributedTo": "https://goseong.example/orgs/4",
            },
        ),
    )
    yield posted(
        "answer-of-whom-we-asked",
        "accept",
        activity=GOSEONG.activity(
            type="Accept",
            object={
                "id": f"{NODE}/follows/1",
                "type": "Follow",
                "actor": f"{NODE}/actor",
                "object": GOSEONG.actor,
            },
        ),
    )
    yield posted(
        "answer-that-our-records-know",
        "accept",
        activity=GOSEONG.activity(type="Accept", object=f"{NODE}/offers/1"),
        around={"state": {"partners": {f"{NODE}/offers/1": GOSEONG.actor}}},
    )
    yield posted(
        "only-the-admitted", "accept", around={"config": {"allowed_hosts": ["goseong.example"]}}
    )


def _moved() -> dict[str, Any]:
    moved = "https://goseong.example/nodes/1"
    key = {"id": GOSEONG.rsa_id, "owner": moved, "publicKeyPem": pem(GOSEONG.rsa)}
    return GOSEONG.document(id=moved, publicKey=key, assertionMethod=None)
