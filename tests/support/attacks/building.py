"""How a case is put together: by hand, so that each part of it can be made wrong."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from support.signed import NOW, TYPE, Pairs, Peer, Signing, as_json, joined, pem

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
    name: str,
    verdict: str,
    reason: str = "",
    *,
    activity: Any = None,
    body: bytes | None = None,
    peer: Peer = GOSEONG,
    form: str = "cavage",
    around: Mapping[str, Any] | None = None,
    **signing: Any,
) -> Case:
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


def digest_of(activity: Any) -> str:
    value = base64.b64encode(hashlib.sha256(as_json(activity)).digest()).decode()
    return f"SHA-256={value}"


def forwarded(name: str, verdict: str, reason: str, proxies: list[str]) -> Case:
    made = posted(
        name,
        verdict,
        reason,
        around={"remote_addr": "10.0.0.2", "config": {"trusted_proxies": proxies}},
    )
    made["request"]["headers"].append(["X-Forwarded-Host", "jinan.example"])
    return changed(made, "host", "app:8000")


def key_apart(owner: str = GOSEONG.actor, listed: Any = "https://goseong.example/key") -> Any:
    key = {
        "id": "https://goseong.example/key",
        "type": "Key",
        "owner": owner,
        "publicKeyPem": pem(GOSEONG.rsa),
    }
    return {
        "https://goseong.example/key": answer(key),
        GOSEONG.actor: answer(GOSEONG.document(publicKey=listed)),
        EVIL.actor: answer(EVIL.document()),
    }
