"""Orders written as documents: ActivityStreams activities about agreements of FEP-0837.

A bundle of agreements holds one for each line; terms of our own are said in plain names beside
those of ValueFlows, so that a reader that does not know them passes them over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .bundles import WEIGHT, Bundle, Line, view_hash
from .states import Word

CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    {
        "vf": "https://w3id.org/valueflows/ont/vf#",
        "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
        "Agreement": "vf:Agreement",
        "AgreementBundle": "vf:AgreementBundle",
        "Commitment": "vf:Commitment",
        "EconomicEvent": "vf:EconomicEvent",
        "stipulates": "vf:stipulates",
        "stipulatesReciprocal": "vf:stipulatesReciprocal",
        "satisfies": "vf:satisfies",
        "resourceQuantity": "vf:resourceQuantity",
        "hasUnit": "om2:hasUnit",
        "hasNumericalValue": "om2:hasNumericalValue",
    },
]
CURRENCY = "https://www.iso.org/iso-4217/KRW"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who says something to whom, under which id and when."""

    id: str
    actor: str
    to: str
    at: datetime

    def around(self, kind: str, content: Mapping[str, Any]) -> Document:
        """Return an activity of this kind."""
        return {
            "@context": CONTEXT,
            "id": self.id,
            "type": kind,
            "actor": self.actor,
            "to": [self.to],
            "published": instant(self.at),
            **content,
        }


def instant(at: datetime) -> str:
    """Return a moment as documents write it, in UTC to the second.

    >>> instant(datetime(2026, 11, 26, 8, tzinfo=UTC))
    '2026-11-26T08:00:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def quantity(number: int, unit: str = "one") -> Document:
    """Return a quantity: a decimal text and a unit, as FEP-0837 wants it."""
    return {"hasUnit": unit, "hasNumericalValue": str(number)}


def money(amount: int) -> Document:
    """Return an amount of won, which has no smaller unit."""
    return {**quantity(amount), "currency": "KRW"}


def bundle_document(bundle: Bundle) -> Document:
    """Return a whole order; who reads only the standard finds agreements with commitments."""
    document: Document = {
        "type": "AgreementBundle",
        "orderRef": bundle.ref,
        "receiver": bundle.buyer,
        "provider": bundle.seller,
        "version": bundle.version,
        "due": bundle.due.isoformat(),
        "name": bundle.title,
        "receiverName": bundle.buyer_name,
        "deliverTo": bundle.deliver_to,
        "fees": [
            {"type": "Fee", "role": "activist", "basisPoints": bundle.activist_bp},
            {"type": "Fee", "role": "centre", "basisPoints": bundle.centre_bp},
        ],
        "view": bundle.view,
        "agreements": [_agreement(bundle, line) for line in bundle.lines],
    }
    if bundle.uri:
        document["id"] = bundle.uri
    if bundle.expires is not None:
        document["expires"] = instant(bundle.expires)
    if bundle.revision:
        document |= _said(bundle)
    return document


def _said(bundle: Bundle) -> Document:
    said: Document = {
        "state": bundle.state.value,
        "revision": bundle.revision,
        "answered": bundle.answered,
        "viewHash": view_hash(bundle),
    }
    if bundle.cut_off is not None:
        said["cutOff"] = instant(bundle.cut_off)
    if bundle.reason:
        said["reason"] = bundle.reason
    return said


def _agreement(bundle: Bundle, line: Line) -> Document:
    said = bundle.revision > 0
    units, price = (line.agreed, line.price) if said else (line.wanted, line.seen)
    per = "kilogram" if line.sold_by == WEIGHT else "one"
    document: Document = {
        "type": "Agreement",
        "line": line.no,
        "proposal": line.proposal,
        "proposalVersion": line.version,
        "priceSeen": {**money(line.seen), "per": per},
        "wanted": quantity(line.wanted),
        "stipulates": {
            "type": "Commitment",
            "satisfies": f"{line.proposal}#primary",
            "resourceQuantity": quantity(units),
        },
        "stipulatesReciprocal": {
            "type": "Commitment",
            "satisfies": f"{line.proposal}#reciprocal",
            "resourceConformsTo": CURRENCY,
            "resourceQuantity": money(line.expected(units, price)),
        },
    }
    if bundle.uri:
        document["id"] = f"{bundle.uri}#line-{line.no}"
        document["stipulates"]["id"] = f"{document['id']}-primary"
        document["stipulatesReciprocal"]["id"] = f"{document['id']}-reciprocal"
    if said:
        document["price"] = {**money(price), "per": per}
    if line.reason:
        document["reason"] = line.reason
    if line.shipped is not None:
        document["shipped"] = {"units": line.shipped, "grams": line.grams, "lot": line.lot}
    return document


def spoken_by_buyer(word: Word, envelope: Envelope, bundle: Bundle, about: str) -> Document:
    """Return the document of the buyer's word; ``about`` is the id of what it answers or undoes."""
    whole = bundle_document(bundle)
    if word is Word.OFFER:
        return envelope.around("Offer", {"object": whole, **_until(bundle)})
    if word is Word.AMEND:
        return envelope.around("Update", {"object": whole, **_until(bundle)})
    if word is Word.TAKE:
        return envelope.around("Accept", {"object": _named("Offer", about), "result": whole})
    undone = {**_named("Offer", about), "orderRef": bundle.ref, "provider": bundle.seller}
    return envelope.around("Undo", {"object": undone})


def _until(bundle: Bundle) -> Document:
    return {} if bundle.expires is None else {"endTime": instant(bundle.expires)}


def _named(kind: str, id_: str) -> Document:
    return {"type": kind, "id": id_}


def spoken_by_seller(word: Word, envelope: Envelope, bundle: Bundle, about: str) -> Document:
    """Return the document of the seller's word: whichever it is, the whole order stands in it."""
    whole = bundle_document(bundle)
    offer = {**_named("Offer", about), "orderRef": bundle.ref}
    if word is Word.ACCEPT:
        return envelope.around("Accept", {"object": offer, "result": whole})
    if word in {Word.REJECT, Word.EXPIRY}:
        return envelope.around("Reject", _why(bundle, {"object": offer, "result": whole}))
    if word is Word.COUNTER:
        return envelope.around("Offer", {"object": whole, "inReplyTo": about, **_until(bundle)})
    if word is Word.CANCEL:
        return envelope.around("Reject", _why(bundle, {"object": whole}))
    if word is Word.SHIPMENT:
        event = economic_event(f"{envelope.id}#event", "transfer", bundle, envelope.at)
        return envelope.around("Create", {"object": event, "context": whole})
    if word is Word.REFUND:
        event = economic_event(f"{envelope.id}#event", "lower", bundle, envelope.at)
        return envelope.around("Create", {"object": event, "context": whole})
    note = {"type": "Document", "id": f"{envelope.id}#document", "context": bundle.uri}
    return envelope.around("Create", {"object": note, "context": whole})


def _why(bundle: Bundle, content: Document) -> Document:
    return {**content, "content": bundle.reason, "reason": bundle.reason}


def economic_event(id_: str, action: str, bundle: Bundle, at: datetime) -> Document:
    """Return an event about the goods of an order, without its lines."""
    return {
        "type": "EconomicEvent",
        "id": id_,
        "action": action,
        "provider": bundle.seller,
        "receiver": bundle.buyer,
        "fulfills": bundle.uri,
        "orderRef": bundle.ref,
        "hasPointInTime": instant(at),
    }


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a line: units, and grams where they were weighed."""

    no: int
    units: int
    grams: int | None = None


def receipt(envelope: Envelope, bundle: Bundle, came: tuple[Came, ...], version: int) -> Document:
    """Return the buyer's receipt of what came; ``version`` counts the countings."""
    event = {
        **economic_event(f"{envelope.id}#event", "pickup", bundle, envelope.at),
        "version": version,
        "lines": [{"line": each.no, "units": each.units, "grams": each.grams} for each in came],
    }
    return envelope.around("Create", {"object": event})
