"""Whose a key is, whose an activity, and who is concerned."""

from __future__ import annotations

from collections.abc import Iterator

from support.attacks.building import (
    ALICE,
    EVIL,
    GOSEONG,
    MALLORY,
    NODE,
    Case,
    answer,
    documents,
    key_apart,
    posted,
)
from support.signed import (
    Peer,
    multikey,
    pem,
    rsa_key,
)


def owners() -> Iterator[Case]:
    yield posted(
        "document-with-another-id",
        "reject",
        "document_id",
        around={"documents": documents(id="https://goseong.example/other")},
    )
    yield posted(
        "document-with-the-id-of-another-host",
        "reject",
        "document_id",
        peer=EVIL,
        activity=EVIL.activity(),
        around={
            "documents": {
                EVIL.actor: answer(EVIL.document(id=GOSEONG.actor)),
                GOSEONG.actor: answer(GOSEONG.document()),
            }
        },
    )
    key = {"id": GOSEONG.rsa_id, "owner": EVIL.actor, "publicKeyPem": pem(GOSEONG.rsa)}
    yield posted(
        "key-of-another-owner",
        "reject",
        "key_owner",
        around={"documents": documents(publicKey=key)},
    )
    key = {
        "id": "https://goseong.example/actor#other",
        "owner": GOSEONG.actor,
        "publicKeyPem": pem(GOSEONG.rsa),
    }
    yield posted(
        "key-that-is-not-listed",
        "reject",
        "key_missing",
        around={"documents": documents(publicKey=key)},
    )
    yield posted(
        "key-alone-names-an-owner-that-does-not-list-it",
        "reject",
        "key_missing",
        key_id="https://goseong.example/key",
        around={"documents": key_apart(listed=key)},
    )
    yield posted(
        "key-alone-names-an-owner-elsewhere",
        "reject",
        "key_owner",
        key_id="https://goseong.example/key",
        around={"documents": key_apart(owner=EVIL.actor)},
    )
    yield posted(
        "key-of-what-is-no-actor",
        "reject",
        "key_document",
        around={"documents": documents(type="Note")},
    )
    yield posted(
        "key-that-was-revoked",
        "reject",
        "key_expired",
        algorithm="ed25519",
        around={
            "documents": documents(
                assertionMethod=[
                    {
                        "id": GOSEONG.ed_id,
                        "type": "Multikey",
                        "controller": GOSEONG.actor,
                        "publicKeyMultibase": multikey(GOSEONG.ed),
                        "expires": "2026-01-01T00:00:00Z",
                    }
                ]
            )
        },
    )
    yield posted("signed-by-another-key", "reject", "signature", key=rsa_key("evil.example"))
    yield posted(
        "actor-of-another-host", "reject", "actor_mismatch", peer=EVIL, activity=GOSEONG.activity()
    )
    yield posted(
        "actor-of-the-same-host",
        "reject",
        "actor_mismatch",
        peer=MALLORY,
        activity=ALICE.activity(),
    )
    yield posted(
        "id-on-another-host",
        "reject",
        "activity_id",
        activity=GOSEONG.activity(id="https://evil.example/activities/1"),
    )
    yield posted("no-id", "reject", "activity_id", activity=GOSEONG.activity(id=None))
    yield posted("no-actor", "reject", "activity", activity=GOSEONG.activity(actor=None))
    yield posted(
        "several-actors",
        "reject",
        "activity",
        activity=GOSEONG.activity(actor=[GOSEONG.actor, EVIL.actor]),
    )
    yield posted("no-type", "reject", "activity", activity=GOSEONG.activity(type=None))
    yield posted("own-key", "reject", "own_key", peer=Peer("jinan.example"))
    yield posted(
        "host-not-admitted",
        "reject",
        "not_admitted",
        around={"config": {"allowed_hosts": ["wanju.example"]}},
    )
    yield posted(
        "host-blocked",
        "reject",
        "not_admitted",
        around={"config": {"blocked_hosts": ["goseong.example"]}},
    )


def concerned() -> Iterator[Case]:
    theirs = {
        "id": "https://goseong.example/proposals/7",
        "type": "Proposal",
        "attributedTo": GOSEONG.actor,
    }
    for kind in ("Create", "Update", "Delete", "Undo", "Move"):
        yield posted(
            f"{kind.lower()}-of-what-is-on-another-host",
            "reject",
            "not_concerned",
            peer=EVIL,
            activity=EVIL.activity(type=kind, object=theirs),
        )
    yield posted(
        "delete-by-id-of-what-is-on-another-host",
        "reject",
        "not_concerned",
        peer=EVIL,
        activity=EVIL.activity(type="Delete", object=theirs["id"]),
    )
    yield posted(
        "update-of-a-neighbour-s-thing",
        "reject",
        "not_concerned",
        peer=MALLORY,
        activity=MALLORY.activity(
            type="Update",
            object={
                "id": "https://many.example/notes/1",
                "type": "Note",
                "attributedTo": ALICE.actor,
            },
        ),
    )
    yield posted(
        "update-of-a-neighbour",
        "reject",
        "not_concerned",
        peer=MALLORY,
        activity=MALLORY.activity(type="Update", object=ALICE.document()),
    )
    yield posted(
        "delete-of-what-is-known-as-a-neighbour-s",
        "reject",
        "not_concerned",
        peer=MALLORY,
        activity=MALLORY.activity(type="Delete", object="https://many.example/notes/1"),
        around={"state": {"owners": {"https://many.example/notes/1": ALICE.actor}}},
    )
    yield posted(
        "delete-of-another-actor",
        "reject",
        "not_concerned",
        peer=EVIL,
        activity=EVIL.activity(type="Delete", object=GOSEONG.actor),
    )
    offer = {
        "id": f"{NODE}/offers/1",
        "type": "Offer",
        "actor": f"{NODE}/actor",
        "target": GOSEONG.actor,
    }
    yield posted(
        "accept-by-whom-we-did-not-ask",
        "reject",
        "not_concerned",
        peer=EVIL,
        activity=EVIL.activity(type="Accept", object=offer),
    )
    yield posted(
        "accept-against-our-records",
        "reject",
        "not_concerned",
        peer=EVIL,
        activity=EVIL.activity(type="Accept", object={**offer, "target": EVIL.actor}),
        around={"state": {"partners": {offer["id"]: GOSEONG.actor}}},
    )
    yield posted(
        "accept-of-its-own-offer",
        "reject",
        "not_concerned",
        activity=GOSEONG.activity(
            type="Accept", object={"id": "https://goseong.example/offers/1", "type": "Offer"}
        ),
    )
    yield posted(
        "accept-of-an-offer-that-another-made",
        "reject",
        "not_concerned",
        activity=GOSEONG.activity(type="Accept", object={**offer, "actor": EVIL.actor}),
    )
    yield posted(
        "update-of-our-order-by-a-stranger",
        "reject",
        "not_concerned",
        peer=EVIL,
        activity=EVIL.activity(type="Update", object=f"{NODE}/orders/3"),
        around={"state": {"partners": {f"{NODE}/orders/3": GOSEONG.actor}}},
    )
    yield posted(
        "farewell-of-a-stranger",
        "drop",
        "unknown_actor_deleted",
        activity=GOSEONG.activity(type="Delete", object=GOSEONG.actor),
        around={"documents": {GOSEONG.actor: answer("", status=410)}},
    )
