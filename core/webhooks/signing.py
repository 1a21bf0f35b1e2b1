"""What proves that a delivery comes from this node, as Standard Webhooks writes it.

``webhook-signature`` is an HMAC-SHA256 of "id.timestamp.body" (https://www.standardwebhooks.com).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime

from ..models import Webhook, WebhookDelivery
from ..node import Node

SECRET = "whsec_"  # noqa: S105 what secrets begin with, and none


def secret_of(node: Node, hook: Webhook) -> str:
    """Return what signs a webhook's deliveries, as it is shown once to whoever made it."""
    return SECRET + base64.b64encode(_key(node, hook)).decode()


def _key(node: Node, hook: Webhook) -> bytes:
    salted = f"webhook\n{hook.salt}".encode()
    return hmac.new(node.settings.secret.encode(), salted, hashlib.sha256).digest()


def uid_of(hook: Webhook, delivery: WebhookDelivery) -> str:
    """Return by which id a receiver knows a delivery: the same at each try, and no other's."""
    whole = f"{hook.salt}:{delivery.id}".encode()
    return f"msg_{hashlib.sha256(whole).hexdigest()[:32]}"


def body_of(delivery: WebhookDelivery) -> bytes:
    """Return what a receiver is told: the same bytes at each try."""
    at = delivery.created_at.isoformat(timespec="seconds")
    told = {"type": delivery.kind, "timestamp": at, "data": delivery.data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signed(node: Node, hook: Webhook, delivery: WebhookDelivery, at: datetime) -> dict[str, str]:
    """Return the headers of a delivery: what it is, when it is sent, and who says so."""
    uid, stamp = uid_of(hook, delivery), str(int(at.timestamp()))
    whole = f"{uid}.{stamp}.".encode() + body_of(delivery)
    mark = base64.b64encode(hmac.new(_key(node, hook), whole, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "Webhook-Id": uid,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{mark}",
    }
