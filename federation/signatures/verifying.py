"""The verdict on a message that arrived: accepted, rightly ignored, or refused with a reason."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from . import keyring
from .activities import Activity, check_concerned, read_activity
from .addresses import Address, key_address, read_address
from .bodies import read_body
from .cavage import read_cavage
from .claims import Claim, Form, Wire
from .digests import check_digests
from .headers import Fields
from .keys import public_key
from .limits import MOST_ADDRESS, MOST_BODY
from .memory import Known
from .messages import Incoming
from .policy import check_age, check_agrees, check_covers, check_name
from .receiving import Receiver, front_of
from .refusals import Refusal
from .rfc9421 import read_rfc9421

_READS: Final = frozenset({"GET", "HEAD"})
_TARGET: Final = re.compile(r"/[\x21\x22\x24-\x7e]*")
_MEDIA: Final = frozenset(
    {"application/activity+json", "application/ld+json", "application/json", ""}
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that its owner signed and may send.

    ``key`` is the peer's key with its owner, who is also the activity's actor; ``activity`` is
    ``None`` for a GET. ``inbox`` (the path), ``activity.id`` and ``body_sha256`` are to be written
    with the effect, in one transaction, as are ``fingerprint`` and its time, ``at``.
    """

    form: Form
    key: Known
    activity: Activity | None
    inbox: str
    body_sha256: str
    fingerprint: str
    at: float

    @property
    def actor(self) -> str:
        return self.key.owner


@dataclass(frozen=True, slots=True)
class Dropped:
    """A message that is rightly ignored: answered 202 as if it had been taken, without effect."""

    reason: str
    detail: str
    status: int = 202


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a message before any key is at hand."""

    claim: Claim
    address: Address
    activity: Activity | None


def verify(incoming: Incoming, receiver: Receiver) -> Accepted | Dropped:
    """Judge a POST to an inbox or a signed GET; raise ``Refusal`` if it must not have effect.

    In this order: syntax and size; host; form and algorithm of the signature; what it covers; its
    age; the body's digest; the key's address and whether its host is admitted; the body; then the
    key, which is the first thing that may cost a fetch; the signature; owner and actor; replays
    and duplicates; who is concerned. Everything it depends on is in ``receiver``, and nothing is
    written but keys and tries to fetch them: the caller writes what was seen, with the effect.
    """
    reading = _read(incoming, receiver)
    farewell = _farewell_of_a_stranger(reading, receiver)
    if farewell is not None:
        return farewell
    key = _signer(reading, receiver)
    accepted = _accepted(incoming, receiver, reading, key)
    if reading.activity is not None:
        if key.owner != reading.activity.actor:
            raise Refusal("actor_mismatch", "The activity's actor is not the key's owner.")
        duplicate = _duplicate(accepted, reading.activity, receiver)
        if duplicate is not None:
            return duplicate
    if receiver.seen.replayed(accepted.fingerprint, receiver.now()):
        raise Refusal("replayed", "This signature was already used.")
    if reading.activity is not None:
        check_concerned(reading.activity, key.actor_type, receiver)
    return accepted


def _read(incoming: Incoming, receiver: Receiver) -> _Reading:
    _check_request(incoming)
    fields = Fields(incoming.headers)
    writes = incoming.method == "POST"
    _check_length(fields, incoming.body)
    claim = _claim(incoming, fields, receiver)
    check_name(claim)
    check_covers(claim, with_body=writes)
    check_age(claim, receiver.now())
    check_digests(fields, incoming.body)
    address = _admitted(claim, receiver)
    if not writes:
        return _Reading(claim, address, None)
    _check_media(fields)
    local = receiver.web.local
    activity = read_activity(read_body(incoming.body), local=local)
    actor = read_address(activity.actor, local=local)
    if actor is None or actor.host != address.host:
        raise Refusal("actor_mismatch", "The activity's actor is not on the origin of the key.")
    return _Reading(claim, address, activity)


def _check_request(incoming: Incoming) -> None:
    if incoming.method != "POST" and incoming.method not in _READS:
        raise Refusal("method", "Only POST, GET and HEAD are taken here.")
    if len(incoming.target) > MOST_ADDRESS or not _TARGET.fullmatch(incoming.target):
        raise Refusal("malformed_request", "The target must be a path, percent-encoded.")
    if len(incoming.body) > MOST_BODY:
        raise Refusal("body_too_large", f"The body is larger than {MOST_BODY} bytes.")
    if incoming.method in _READS and incoming.body:
        raise Refusal("malformed_request", "A request that only reads has no body.")


def _check_length(fields: Fields, body: bytes) -> None:
    told = fields.single("content-length")
    if told is not None and told != str(len(body)):
        raise Refusal("malformed_request", "The body is not as long as Content-Length says.")


def _claim(incoming: Incoming, fields: Fields, receiver: Receiver) -> Claim:
    """Read the signature in its one form: where Signature-Input is, that is RFC 9421."""
    front = front_of(incoming, fields, receiver)
    wire = Wire(incoming.method, incoming.target, front.scheme, front.host, front.authority)
    if "signature-input" in fields:
        return read_rfc9421(fields, wire)
    if "signature" not in fields:
        raise Refusal("unsigned", "The request is not signed.")
    return read_cavage(fields, wire)


def _check_media(fields: Fields) -> None:
    media = fields.single("content-type") or ""
    coding = fields.joined("content-encoding") or "identity"
    if media.partition(";")[0].strip().lower() not in _MEDIA or coding.lower() != "identity":
        raise Refusal("media_type", "The body must be JSON of ActivityPub, not compressed.")


def _admitted(claim: Claim, receiver: Receiver) -> Address:
    address = key_address(claim.key_id, local=receiver.web.local)
    if receiver.is_own(address.host):
        raise Refusal("own_key", "A message to this node cannot come from this node.")
    if not receiver.admits(address.host):
        raise Refusal("not_admitted", f"{address.host} is not admitted here.")
    return address


def _farewell_of_a_stranger(reading: _Reading, receiver: Receiver) -> Dropped | None:
    """A deleted actor tells the whole world: where it was never known, no fetch is worth it."""
    activity = reading.activity
    if activity is None or not activity.is_farewell:
        return None
    if activity.actor != reading.address.document or receiver.keys.knows(activity.actor):
        return None
    return Dropped("unknown_actor_deleted", "The actor that is deleted was not known here.")


def _signer(reading: _Reading, receiver: Receiver) -> Known:
    """Return the key whose owner signed, looking once more if a known one does not fit."""
    claim, address = reading.claim, reading.address
    farewell = reading.activity is not None and reading.activity.is_farewell
    key = keyring.known(receiver, claim.key_id, even_old=farewell)
    if key is None:
        return _signed_by(keyring.looked_up(receiver, address), claim)
    try:
        return _signed_by(key, claim)
    except Refusal:
        if not keyring.may_look(receiver, address):
            raise
    return _signed_by(keyring.looked_up(receiver, address), claim)


def _signed_by(key: Known, claim: Claim) -> Known:
    material = public_key(key.text)
    check_agrees(claim, material)
    if not claim.holds(material):
        raise Refusal("signature", "The signature does not fit the message and the key.")
    return key


def _accepted(incoming: Incoming, receiver: Receiver, reading: _Reading, key: Known) -> Accepted:
    mark = hashlib.sha256(reading.claim.signature + b" " + key.key_id.encode())
    return Accepted(
        form=reading.claim.form,
        key=key,
        activity=reading.activity,
        inbox=incoming.target.partition("?")[0],
        body_sha256=hashlib.sha256(incoming.body).hexdigest(),
        fingerprint=mark.hexdigest(),
        at=receiver.now(),
    )


def _duplicate(accepted: Accepted, activity: Activity, receiver: Receiver) -> Dropped | None:
    seen = receiver.seen.body_of(accepted.inbox, activity.id)
    if seen is None:
        return None
    if seen != accepted.body_sha256:
        raise Refusal("id_reused", "This id was given to another activity before.")
    return Dropped("duplicate", "This activity was received before.")
