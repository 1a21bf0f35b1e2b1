"""Where the key of a message comes from: what is known, or one fetch that is remembered."""

from __future__ import annotations

from dataclasses import dataclass

from .actors import Actor, known_key, owner_of_key, read_actor, usable_keys
from .addresses import Address, read_address
from .limits import GONE, KEY_LIFETIME, RETRY
from .memory import Known, Try
from .receiving import Receiver
from .refusals import Refusal
from .web import Unfetched, Visit


def known(receiver: Receiver, key_id: str, *, even_old: bool = False) -> Known | None:
    """Return a key that is kept and still young (or ``even_old``); refuse one that has ended."""
    found, now = receiver.keys.find(key_id), receiver.now()
    if found is None or (now - found.fetched_at > KEY_LIFETIME and not even_old):
        return None
    if found.expires is not None and found.expires <= now:
        raise Refusal("key_expired", "The key has expired or was revoked.")
    return found


def may_look(receiver: Receiver, address: Address) -> bool:
    """Tell whether the document of a key may be fetched now.

    The first fetch that succeeds may be followed by another one at once, since keys rotate; from
    then on, as after a failure, it is one in 5 minutes.
    """
    tried = receiver.keys.last_try(address.document)
    if tried is None or receiver.now() - tried.at >= _rest(tried):
        return True
    return not tried.reason and not tried.again


def looked_up(receiver: Receiver, address: Address) -> Known:
    """Fetch the key of this address, or refuse with what came of the last try."""
    tried = receiver.keys.last_try(address.document)
    if not may_look(receiver, address):
        if tried is not None and tried.reason:
            raise Refusal(tried.reason, f"{tried.detail} (Asked less than 5 minutes ago.)")
        raise Refusal("key_missing", "The actor's document, fetched just now, lists no such key.")
    if not receiver.keys.spend(address.site, receiver.now()):
        raise Refusal("too_many_fetches", "Too many documents were fetched of this domain.")
    note = _Note(receiver, address, again=_is_known(receiver, address))
    try:
        found = _fetched(receiver, address)
    except Refusal as error:
        note.write(error.reason, error.detail)
        raise
    note.write()
    return found


@dataclass(frozen=True, slots=True)
class _Note:
    """What is remembered of a try, begun before it so that it tells what was known then."""

    receiver: Receiver
    address: Address
    again: bool

    def write(self, reason: str = "", detail: str = "") -> None:
        tried = Try(self.receiver.now(), reason, detail, self.again)
        self.receiver.keys.note_try(self.address.document, tried)


def _rest(tried: Try) -> float:
    return GONE if tried.reason == "key_gone" else RETRY


def _is_known(receiver: Receiver, address: Address) -> bool:
    keys = receiver.keys
    return keys.find(address.text) is not None or keys.knows(address.document)


def _fetched(receiver: Receiver, address: Address) -> Known:
    try:
        visit = Visit.to(receiver.web, address.host)
        actor, alone = _owner(visit, address)
    except Unfetched as error:
        reason = "key_gone" if error.gone else "key_unavailable"
        raise Refusal(reason, f"The key was not to be had: {error.detail}") from error
    return _kept(receiver, actor, address.text, alone)


def _owner(visit: Visit, address: Address) -> tuple[Actor, str]:
    """Fetch the actor, by way of the key's own document where the key has one: two at most."""
    found_at, document = visit.fetch(address)
    owner = owner_of_key(document, found_at=found_at, key_id=address.text)
    if owner is None:
        return read_actor(document, found_at=found_at), ""
    home = read_address(owner, local=visit.web.local)
    if home is None or home.document != owner:
        raise Refusal("key_owner", "The key's owner has no address of its own.")
    alone = document.get("publicKeyPem") or document.get("publicKeyMultibase") or ""
    found_at, document = visit.fetch(home)
    return read_actor(document, found_at=found_at), alone


def _kept(receiver: Receiver, actor: Actor, key_id: str, alone: str) -> Known:
    """Keep what the document lists now, so that a key that was taken out of it is forgotten."""
    now = receiver.now()
    listed = {each.key_id: each for each in usable_keys(actor, at=now)}
    receiver.keys.keep(actor.id, tuple(listed.values()))
    wanted = known_key(actor, key_id, at=now, alone=alone)
    if key_id not in listed:
        receiver.keys.keep(actor.id, (*listed.values(), wanted))
    if wanted.expires is not None and wanted.expires <= now:
        raise Refusal("key_expired", "The key has expired or was revoked.")
    return wanted
