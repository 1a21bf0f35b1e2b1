"""What only shows in several messages: replays, retries, rotation, failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from support.attacks.building import (
    ALICE,
    GOSEONG,
    LATER,
    MALLORY,
    Case,
    answer,
    case,
    documents,
    posted,
)
from support.signed import (
    NOW,
    Signing,
    pem,
    rsa_key,
)


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
    replayed = case(
        "read-again",
        "reject",
        read,
        b"",
        "replayed",
        method="GET",
        target="/orders/3",
        now=NOW + 200,
    )
    yield {"id": "replayed-read", "steps": [got, replayed]}
    yield {
        "id": "rotation",
        "steps": [
            first,
            _rotated("new-key", "accept", "", NOW + 100, "second"),
            _rotated(
                "old-key-is-forgotten", "reject", "signature", NOW + 110, "second", key="first"
            ),
            _rotated("third-key-within-5-minutes", "reject", "signature", NOW + 120, "third"),
            _rotated("third-key-later", "accept", "", NOW + 400, "third"),
        ],
    }
    gone = {GOSEONG.actor: answer("", status=503)}
    yield {
        "id": "failures-are-remembered",
        "steps": [
            posted("host-is-down", "reject", "key_unavailable", around={"documents": gone}),
            posted("host-is-back-at-once", "reject", "key_unavailable"),
            posted("host-is-back-later", "accept", now=LATER, around={"now": LATER}),
        ],
    }
    yield {
        "id": "guessed-keys-cost-one-fetch",
        "steps": [
            posted("one", "reject", "key_missing", key_id=f"{GOSEONG.actor}#guess-1"),
            posted("two", "reject", "key_missing", key_id=f"{GOSEONG.actor}#guess-2"),
        ],
    }
    yield {
        "id": "farewell-of-a-known-actor",
        "steps": [
            first,
            posted(
                "farewell",
                "accept",
                activity=GOSEONG.activity(
                    id="https://goseong.example/activities/2", type="Delete", object=GOSEONG.actor
                ),
                around={"documents": {GOSEONG.actor: answer("", status=410)}},
            ),
        ],
    }
    yield {
        "id": "other-inbox-other-message",
        "steps": [
            first,
            posted(
                "same-id-in-another-inbox",
                "accept",
                target="/orgs/3/inbox",
                around={"target": "/orgs/3/inbox"},
            ),
        ],
    }
    poison = [
        MALLORY.document()["publicKey"],
        {"id": ALICE.rsa_id, "owner": MALLORY.actor, "publicKeyPem": pem(MALLORY.rsa)},
    ]
    web = {MALLORY.actor: answer(MALLORY.document(publicKey=poison))}
    down = {"documents": {ALICE.actor: answer("", status=503)}}
    yield {
        "id": "a-neighbour-lists-the-key-of-another",
        "steps": [
            posted("alice", "accept", peer=ALICE),
            posted(
                "mallory", "accept", peer=MALLORY, around={"documents": web},
                activity=MALLORY.activity(id="https://many.example/activities/9"),
            ),
            posted(
                "alice-again", "accept", peer=ALICE, around=down,
                activity=ALICE.activity(id="https://many.example/activities/2"),
            ),
        ],
    }  # fmt: skip


def _rotated(name: str, verdict: str, reason: str, now: int, listed: str, key: str = "") -> Case:
    """Return a case in which the actor lists another key under the old id."""
    owned = {"id": GOSEONG.rsa_id, "owner": GOSEONG.actor, "publicKeyPem": pem(rsa_key(listed))}
    used = GOSEONG.rsa if key == "first" else rsa_key(key or listed)
    return posted(
        name, verdict, reason, now=now, key=used,
        activity=GOSEONG.activity(id=f"https://goseong.example/activities/{now}"),
        around={"now": now, "documents": documents(publicKey=owned)},
    )  # fmt: skip
