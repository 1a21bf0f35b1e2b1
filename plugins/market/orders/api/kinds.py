"""What webhooks can be told of orders; of whose they are, nothing."""

from __future__ import annotations

from .....core.answers import WebhookKind
from .....core.web.api import mark

_AT = frozenset({"hub", "shop"})
_EXAMPLE = {
    "order": "b7c1f0a2e4d8",
    "order_id": 31,
    "number": "261123-K7QMX",
    "occasion": "cycle:12",
    "space_id": 4,
    "state": "placed",
    "version": 1,
}
_LABELS = {
    "placed": mark("An order was placed"),
    "changed": mark("An order was changed"),
    "withdrawn": mark("An order was withdrawn"),
    "cancelled": mark("An order was cancelled where it was to be collected"),
    "handed_over": mark("An order was handed over"),
    "not_collected": mark("Nobody came for an order"),
}
KINDS = tuple(WebhookKind(f"order.{what}", label, _AT, _EXAMPLE) for what, label in _LABELS.items())
