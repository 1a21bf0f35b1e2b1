"""Proofs inside of documents (FEP-8b32, cryptosuite eddsa-jcs-2022): who signed, whoever carries.

Over the document as it was received, in JCS, and never over a graph: linked data can be re-arranged
under a signature so that readers see something else (CVE-2026-46349, CVE-2026-42462).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from . import multibase
from .canonical import canonical
from .keys import Keypair, PublicKey
from .refusals import Refusal

_SUITE: Final = "eddsa-jcs-2022"
_FIXED: Final = {
    "type": "DataIntegrityProof",
    "cryptosuite": _SUITE,
    "proofPurpose": "assertionMethod",
}


def prove(document: Mapping[str, Any], keypair: Keypair, *, now: float) -> dict[str, Any]:
    """Return the document with a proof by an Ed25519 key; ``ValueError`` if it has one already."""
    if keypair.kind != "ed25519" or "proof" in document:
        raise ValueError("A proof is made once, by an Ed25519 key.")
    options: dict[str, Any] = {
        **_FIXED,
        "verificationMethod": keypair.key_id,
        "created": datetime.fromtimestamp(int(now), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if "@context" in document:
        options["@context"] = document["@context"]
    value = multibase.written(keypair.sign(_message(document, options)))
    return {**document, "proof": {**options, "proofValue": value}}


def method_of(document: Mapping[str, Any]) -> str:
    """Return the id of the key that a document's proof names, or refuse the proof."""
    return str(_options(document)["verificationMethod"])


def proven(document: Mapping[str, Any], key: PublicKey, *, now: float) -> None:
    """Refuse a document unless its one proof was made over it by this key and has not ended.

    Whose the key is, and that it is the document's owner, is for the caller to check, as is that
    ``key`` is the one that ``method_of`` names. A linked-data ``signature`` is left out.
    """
    options = _options(document)
    proof = multibase.read(options.pop("proofValue"))
    plain = {name: value for name, value in document.items() if name not in ("proof", "signature")}
    # A context that was put beside the signed one would give words another meaning.
    if "@context" in options and options["@context"] != plain.get("@context"):
        raise Refusal("signature", "The proof was made for another context.")
    if "expires" in options and not _is_later(options["expires"], now):
        raise Refusal("expired", "The proof has expired.")
    try:
        message = _message(plain, options)
    except (ValueError, UnicodeError) as error:
        raise Refusal("body", "The document has no canonical form.") from error
    if key.kind != "ed25519" or proof is None or not key.verifies(proof, message):
        raise Refusal("signature", "The proof does not fit the document and the key.")


def _message(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    hashes = (hashlib.sha256(canonical(dict(part))).digest() for part in (options, document))
    return b"".join(hashes)


def _options(document: Mapping[str, Any]) -> dict[str, Any]:
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise Refusal("unsigned", "The document must have exactly one proof.")
    if any(proof.get(name) != value for name, value in _FIXED.items()):
        raise Refusal("algorithm", f"The proof must be an assertion by {_SUITE}.")
    if not all(isinstance(proof.get(name), str) for name in ("verificationMethod", "proofValue")):
        raise Refusal("signature_syntax", "The proof names no key or has no value.")
    return dict(proof)


def _is_later(moment: Any, now: float) -> bool:
    try:
        found = datetime.fromisoformat(moment)
        return found.tzinfo is not None and found.timestamp() > now
    except (TypeError, ValueError, OverflowError):
        return False
