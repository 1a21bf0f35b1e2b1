"""A good as a proposal of FEP-0837, readable by those who know neither the FEP nor our terms."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from typing import Any

from ....market import WEIGHT, titled, weighed_amount
from .good import CURRENCY, Good
from .terms import AS, CONTEXT_PATH, PUBLIC, WON
from .units import om_quantity


def proposal_uri(base: str, product_id: int) -> str:
    """Return the address of the proposal of a product of this node."""
    return f"{base}/proposals/{product_id}"


def moment(at: datetime) -> str:
    """Return an instant as other nodes are told it (RFC 3339, in UTC)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_proposal(good: Good, base: str) -> dict[str, Any]:
    """Return the document of a good; ``base`` is the public address of the node that sends it."""
    unit, amount = om_quantity(good.unit_code)
    primary: dict[str, Any] = {
        "id": f"{good.uri}#primary",
        "type": "Intent",
        "action": "transfer",
        "provider": good.seller,
        "resourceQuantity": _quantity(unit, amount),
        "minimumQuantity": _quantity(unit, _times(amount, good.minimum)),
    }
    if good.available is not None:  # without it there is no limit
        primary["availableQuantity"] = _quantity(unit, _times(amount, good.available))
    shown = titled(good.name, good.variant)
    return {
        "@context": [AS, f"{base}{CONTEXT_PATH}"],
        "id": good.uri,
        "type": "Proposal",
        "attributedTo": good.seller,
        "to": [PUBLIC],
        "purpose": "offer",
        "name": shown,
        "content": _content(good, shown),
        "url": good.page,
        "updated": moment(good.updated),
        **({"image": {"type": "Image", "url": good.picture}} if good.picture else {}),
        "publishes": primary,
        "reciprocal": {
            "id": f"{good.uri}#reciprocal",
            "type": "Intent",
            "action": "transfer",
            "receiver": good.seller,
            "resourceConformsTo": WON,
            "resourceQuantity": _quantity("one", str(piece_won(good))),
        },
        "unitBased": True,
        **own_terms(good),
    }


def piece_won(good: Good) -> int:
    """Return what one unit costs, in won: of what is weighed about so much."""
    if good.sold_by != WEIGHT:
        return good.price
    return weighed_amount(good.price, good.expected_g or 0)


def to_tombstone(uri: str, gone_at: datetime, base: str) -> dict[str, Any]:
    """Return what stands for a good that is offered no more (ActivityStreams, Tombstone)."""
    return {
        "@context": [AS, f"{base}{CONTEXT_PATH}"],
        "id": uri,
        "type": "Tombstone",
        "formerType": "Proposal",
        "deleted": moment(gone_at),
    }


def _quantity(unit: str, amount: str) -> dict[str, str]:
    return {"hasUnit": unit, "hasNumericalValue": amount}


def _times(amount: str, number: int) -> str:
    text = f"{Decimal(amount) * number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _content(good: Good, shown: str) -> str:
    about = "about " if good.sold_by == WEIGHT else ""
    head = f"{shown}: {about}{piece_won(good):,} {CURRENCY} / {good.unit_label}"
    parts = [head, good.origin] if good.origin else [head]
    told = f"<p>{escape(' · '.join(parts), quote=False)}</p>"
    if not good.description:
        return told
    said = escape(good.description, quote=False).replace("\n", "<br>")
    return f"{told}<p>{said}</p>"


def own_terms(good: Good) -> dict[str, Any]:
    """Return what FEP-0837 has no words for; empty ones are left out."""
    own: dict[str, Any] = {
        "version": good.version,
        "name": good.name,
        "unit": good.unit_code,
        "unitLabel": good.unit_label,
        "currency": CURRENCY,
        "taxClass": good.tax_class,
        "step": good.step,
        "producer": good.producer,
        "category": good.category,
        "origin": good.origin,
        "storage": good.storage,
        "variant": good.variant,
        "family": good.family,
        "allergens": good.allergens.split(",") if good.allergens else None,
    }
    if good.sold_by == WEIGHT:
        own["catchWeight"] = {"perKilogram": str(good.price), "expectedGrams": good.expected_g}
    if good.certification:
        until = good.certificate_until
        own["certification"] = {
            "kind": good.certification,
            "number": good.certificate_number,
            "until": until.isoformat() if until else "",
        }
    return {f"wizzle:{name}": value for name, value in own.items() if value not in (None, "")}
