"""HTTP Message Signatures (RFC 9421), with the library of that name; what it leaves open is set.

The library pins the algorithm by class and checks the syntax; coverage, host, age by our own clock
and the size of all this are ours. Only one signature over plain components is read: no ``sf``,
``bs``, ``key``, ``req`` or ``tr``, which nobody needs to sign a request and each of which is one
more way to read it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

import http_sf
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    MappingKeyResolver,
    algorithms,
)

from .claims import Claim, Wire
from .headers import Fields
from .keys import Keypair, PublicKey
from .limits import MOST_ADDRESS, MOST_COVERED, MOST_SIGNATURE
from .refusals import Refusal

_ALGORITHMS: Final[Mapping[str, type[HTTPSignatureAlgorithm]]] = {
    "rsa": algorithms.RSA_V1_5_SHA256,
    "ed25519": algorithms.ED25519,
}
_LABEL: Final = "sig1"


def read_rfc9421(fields: Fields, wire: Wire) -> Claim:
    """Return what ``Signature-Input`` and ``Signature`` claim; refuse more than one signature."""
    message = _Arrived(fields, wire)
    (covered, given), signature = _parsed(message)
    created, expires = given.get("created"), given.get("expires")
    key_id = given.get("keyid")
    if type(created) is not int or type(expires) not in (int, type(None)):
        raise Refusal("signature_syntax", "created must be given; it and expires are Unix times.")
    if not isinstance(key_id, str) or not 0 < len(key_id) <= MOST_ADDRESS:
        raise Refusal("signature_syntax", "keyid must be given.")
    algorithm = given.get("alg")
    if algorithm is not None and not isinstance(algorithm, str):
        raise Refusal("signature_syntax", "alg must be a text.")
    _check_present(covered, message)
    return Claim(
        form="rfc9421",
        key_id=key_id,
        algorithm=algorithm,
        covered=covered,
        times=(created,),
        timed=True,
        expires=expires,
        signature=signature,
        holds=lambda key: _holds(message, key_id, key),
    )


def write_rfc9421(
    keypair: Keypair,
    headers: MutableMapping[str, str],
    *,
    wire: Wire,
    body: bytes | None,
    created: int,
) -> None:
    """Add ``Content-Digest`` for a body, ``Signature-Input`` and ``Signature`` to ``headers``."""
    signer = HTTPMessageSigner(
        signature_algorithm=_ALGORITHMS[keypair.kind],
        key_resolver=MappingKeyResolver(
            public_keys={}, private_keys={keypair.key_id: keypair.private}
        ),
        component_resolver_class=_Components,
    )
    signer.sign(
        _Leaving(headers, wire),
        key_id=keypair.key_id,
        created=datetime.fromtimestamp(created, UTC),
        label=_LABEL,
        covered_component_ids=("@method", "@target-uri"),
        body=body,
    )


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A message that arrived, in the shape the library asks for: it reads only two headers."""

    fields: Fields
    wire: Wire

    @property
    def headers(self) -> Mapping[str, str]:
        return {name: self.value(name) for name in ("signature-input", "signature")}

    def value(self, name: str) -> str:
        return self.fields.joined(name) or ""


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A message that is about to leave; the library adds to its headers."""

    headers: MutableMapping[str, str]
    wire: Wire

    def value(self, name: str) -> str:
        found = {key.lower(): value for key, value in self.headers.items()}
        return found[name]


class _Components:
    """Values of covered components: target and host byte for byte, headers joined by a comma."""

    def __init__(self, message: _Arrived | _Leaving) -> None:
        self._message = message

    def resolve(self, item: Any) -> str:
        name = str(item.value)
        derived = _DERIVED.get(name)
        return self._message.value(name) if derived is None else derived(self._message.wire)


_DERIVED: Final = {
    "@method": lambda wire: wire.method,
    "@authority": lambda wire: wire.authority,
    "@scheme": lambda wire: wire.scheme,
    "@target-uri": lambda wire: wire.uri,
    "@request-target": lambda wire: wire.target,
    "@path": lambda wire: wire.path,
    "@query": lambda wire: wire.query,
}


class _Verifier(HTTPMessageVerifier):
    """The library's verifier without its clock: ages are checked by ours, before."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Accept every time."""


def _holds(message: _Arrived, key_id: str, key: PublicKey) -> bool:
    resolver: HTTPSignatureKeyResolver = MappingKeyResolver(
        public_keys={key_id: key.object}, private_keys={}
    )
    verifier = _Verifier(
        signature_algorithm=_ALGORITHMS[key.kind],
        key_resolver=resolver,
        component_resolver_class=_Components,
    )
    try:
        verifier.verify(message, max_age=None)
    except InvalidSignature:
        return False
    return True


def _parsed(message: _Arrived) -> tuple[tuple[tuple[str, ...], Mapping[str, Any]], bytes]:
    inputs, signatures = (_dictionary(text) for text in message.headers.values())
    if len(inputs) != 1 or inputs.keys() != signatures.keys():
        raise Refusal("signature_syntax", "There must be exactly one signature, under one label.")
    (inner, given), (signature, _) = next(iter(inputs.values())), next(iter(signatures.values()))
    if not isinstance(inner, list) or not isinstance(signature, bytes) or not signature:
        raise Refusal("signature_syntax", "Signature-Input or Signature has the wrong shape.")
    if f":{b64encode(signature).decode()}:" not in message.value("signature"):
        raise Refusal("signature_syntax", "The signature is not strict base64.")
    return (_covered(inner), given), signature


def _dictionary(text: str) -> dict[str, Any]:
    if not 0 < len(text) <= MOST_SIGNATURE or not text.isascii():
        raise Refusal("signature_syntax", "Signature-Input and Signature must be given, ≤ 8 KiB.")
    try:
        found = http_sf.parse(text.encode(), tltype="dictionary", on_duplicate_key=_twice)
    except (ValueError, TypeError) as error:
        raise Refusal("signature_syntax", "A structured header cannot be read.") from error
    return found if isinstance(found, dict) else {}


def _twice(key: str, context: str) -> NoReturn:
    raise Refusal("signature_syntax", "A label or parameter is repeated.")


def _covered(inner: list[Any]) -> tuple[str, ...]:
    names = []
    for value, parameters in inner:
        if not isinstance(value, str) or value != value.lower() or parameters:
            raise Refusal("signature_syntax", "Covered components must be plain names.")
        names.append(value)
    if len(names) > MOST_COVERED or len(set(names)) != len(names):
        raise Refusal("signature_syntax", "Too many components are covered, or one of them twice.")
    return tuple(names)


def _check_present(covered: tuple[str, ...], message: _Arrived) -> None:
    for name in _unknown(covered):
        value = None if name.startswith("@") else message.fields.joined(name)
        if value is None or not value.isascii():
            raise Refusal("not_covered", f"The covered {name} is missing or not ASCII.")


def _unknown(covered: tuple[str, ...]) -> Iterator[str]:
    return (name for name in covered if name not in _DERIVED)
