"""Proofs inside of documents: the vectors of FEP-8b32, and what must not pass for one."""

from __future__ import annotations

import copy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from support.signed import NOW, Peer, rsa_key

from wizzle.federation.signatures import Keypair, Refusal, multibase, prove, proven
from wizzle.federation.signatures.keys import public_key
from wizzle.federation.signatures.proofs import method_of

# The test vector of the FEP (CC0).
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
KEY_ID = "https://server.example/users/alice#ed25519-key"
AT = 1_677_281_798  # 2023-02-24T23:36:38Z
CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    "https://w3id.org/security/data-integrity/v2",
]
DOCUMENT = {
    "@context": CONTEXT,
    "id": "https://server.example/activities/1",
    "type": "Create",
    "actor": "https://server.example/users/alice",
    "object": {
        "id": "https://server.example/objects/1",
        "type": "Note",
        "attributedTo": "https://server.example/users/alice",
        "content": "Hello world",
        "location": {"type": "Place", "longitude": -71.184902, "latitude": 25.273962},
    },
}
PROOF = {
    "@context": CONTEXT,
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "verificationMethod": KEY_ID,
    "proofPurpose": "assertionMethod",
    "proofValue": (
        "z42ffGu6AUKPCFcFPiabmUvnGLPJzC7e4DGWC52NUasSSH37UMa9c58tdgVszUcZfytxa4fQ5TYHaJENCxUDe9SdL"
    ),
    "created": "2023-02-24T23:36:38Z",
}


def of_the_fep() -> Keypair:
    secret = multibase.read(SECRET)
    assert secret is not None
    assert secret[:2] == b"\x80\x26"
    return Keypair(KEY_ID, Ed25519PrivateKey.from_private_bytes(secret[2:]))


def test_we_make_the_proof_of_the_fep():
    assert prove(DOCUMENT, of_the_fep(), now=AT) == {**DOCUMENT, "proof": PROOF}


def test_we_take_the_proof_of_the_fep():
    proven({**DOCUMENT, "proof": PROOF}, public_key(PUBLIC), now=NOW)
    assert method_of({**DOCUMENT, "proof": PROOF}) == KEY_ID


def test_a_linked_data_signature_beside_it_is_left_out():
    proven({**DOCUMENT, "signature": {"x": 1}, "proof": PROOF}, public_key(PUBLIC), now=NOW)


@pytest.mark.parametrize("change", [
    {"type": "Update"}, {"more": 1}, {"@context": [*CONTEXT, "https://evil.example/context"]},
    {"@context": CONTEXT[::-1]}, {"actor": None}, {"object": []},
])  # fmt: skip
def test_a_document_that_was_changed_is_refused(change):
    with pytest.raises(Refusal) as caught:
        proven({**DOCUMENT, **change, "proof": PROOF}, public_key(PUBLIC), now=NOW)
    assert caught.value.reason == "signature"


@pytest.mark.parametrize(("change", "reason"), [
    ({"cryptosuite": "eddsa-rdfc-2022"}, "algorithm"),
    ({"proofPurpose": "authentication"}, "algorithm"),
    ({"type": "RsaSignature2017"}, "algorithm"),
    ({"verificationMethod": 7}, "signature_syntax"),
    ({"proofValue": None}, "signature_syntax"),
    ({"proofValue": "z" * 200}, "signature"),
    ({"verificationMethod": "https://evil.example/a#k"}, "signature"),
    ({"created": "2024-02-24T23:36:38Z"}, "signature"),
    ({"domain": "evil.example"}, "signature"),
    ({"expires": "2024-01-01T00:00:00Z"}, "expired"),
    ({"expires": "soon"}, "expired"),
])  # fmt: skip
def test_a_proof_that_was_changed_is_refused(change, reason):
    with pytest.raises(Refusal) as caught:
        proven({**DOCUMENT, "proof": {**PROOF, **change}}, public_key(PUBLIC), now=NOW)
    assert caught.value.reason == reason


@pytest.mark.parametrize("proof", [None, [], [PROOF], [PROOF, PROOF], "x"])
def test_there_is_exactly_one_proof(proof):
    with pytest.raises(Refusal) as caught:
        proven({**DOCUMENT, "proof": proof}, public_key(PUBLIC), now=NOW)
    assert caught.value.reason == "unsigned"


def test_only_an_ed25519_key_proves_and_only_once():
    peer = Peer("goseong.example")
    with pytest.raises(ValueError, match="Ed25519"):
        prove(DOCUMENT, Keypair(peer.rsa_id, rsa_key("goseong.example")), now=NOW)
    with pytest.raises(ValueError, match="once"):
        prove({**DOCUMENT, "proof": PROOF}, of_the_fep(), now=NOW)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(["id", "type", "object", "감자", "@context"]), values), values
)
def test_what_we_prove_is_proven_and_nothing_else(document, other):
    key = public_key(PUBLIC)
    made = prove(document, of_the_fep(), now=AT)
    proven(copy.deepcopy(made), key, now=NOW)
    if document.get("object", ...) != other:
        with pytest.raises(Refusal):
            proven({**made, "object": [other, "changed"]}, key, now=NOW)
