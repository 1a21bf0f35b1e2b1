"""The API of webhooks: the token's person names addresses as on the page for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import webhooks
from ...errors import Invalid
from ...models import Space, Webhook, WebhookDelivery
from ..api import Asked, Listing, api, listed, mark
from ..api_schemas import DeliverySchema, NewWebhookSchema, WebhookMade, WebhookSchema
from ..page import this_member, this_node
from .base import blueprint
from .webhooks import MANAGE, asked_space

SCOPE = "webhooks:manage"
_NAMES = {"url": "to"}


class DeliveriesAsked(Asked):
    """What a webhook was told."""

    cursor = Asked.cursor_of(int)


@blueprint.get("/api/v1/webhooks")
@api(
    MANAGE, mark("One's webhooks, the newest first"), "webhooks",
    scope=SCOPE, gives=WebhookSchema(), pages=True,
)  # fmt: skip
def api_webhooks() -> Listing:
    """List one's webhooks; there are few."""
    with this_node().db.read() as session:
        return Listing(_told(session, webhooks.of(session, this_member().id)))


def _told(session: Session, hooks: Sequence[Webhook]) -> list[dict[str, Any]]:
    ids = {hook.space_id for hook in hooks}
    slugs = {row.id: row.slug for row in
             session.execute(select(Space.id, Space.slug).where(Space.id.in_(ids)))}  # fmt: skip
    return [
        {
            "id": hook.id,
            "to": hook.url,
            "kinds": hook.kinds,
            "space": slugs.get(hook.space_id or 0),
            "created_at": hook.created_at,
            "failing_since": hook.failing_since,
            "ended_at": hook.ended_at,
            "url": url_for("core.api_webhook", hook_id=hook.id),
        }
        for hook in hooks
    ]


@blueprint.post("/api/v1/webhooks")
@api(
    MANAGE, mark("Name an address that is told what happens"), "webhooks",
    scope=SCOPE, takes=NewWebhookSchema(), gives=WebhookMade(), creates=True,
    about=mark("The answer holds the secret that signs each delivery. It is shown only here."),
)  # fmt: skip
def api_make_webhook(session: Session, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make a webhook for a space that the person runs."""
    node = this_node()
    wish = webhooks.Wish(body["to"], body["kinds"], asked_space(session, body["space"]))
    try:
        hook = webhooks.make(session, node, this_member().id, wish)
    except Invalid as error:  # the page calls the address otherwise
        raise Invalid(
            {_NAMES.get(name, name): why for name, why in error.fields.items()}
        ) from error
    return {**_told(session, [hook])[0], "secret": webhooks.secret_of(node, hook)}


@blueprint.get("/api/v1/webhooks/<int:hook_id>")
@api(MANAGE, mark("One webhook"), "webhooks", scope=SCOPE, gives=WebhookSchema())
def api_webhook(hook_id: int) -> Mapping[str, Any]:
    """Show one webhook."""
    with this_node().db.read() as session:
        return _told(session, [webhooks.own(session, this_member().id, hook_id)])[0]


@blueprint.delete("/api/v1/webhooks/<int:hook_id>")
@api(MANAGE, mark("Take an address back"), "webhooks", scope=SCOPE)
def api_end_webhook(hook_id: int) -> None:
    """End a webhook."""
    node = this_node()
    with node.db.write() as session:
        webhooks.end(session, node, webhooks.own(session, this_member().id, hook_id))


@blueprint.get("/api/v1/webhooks/<int:hook_id>/deliveries")
@api(
    MANAGE, mark("What a webhook was told, the last first"), "webhooks",
    scope=SCOPE, asks=DeliveriesAsked(), gives=DeliverySchema(), pages=True,
)  # fmt: skip
def api_deliveries(hook_id: int, asked: Mapping[str, Any]) -> Listing:
    """List deliveries with what became of each."""
    limit, cursor = asked["limit"], asked["cursor"]
    with this_node().db.read() as session:
        hook = webhooks.own(session, this_member().id, hook_id)
        before = cursor[0] if cursor else None
        rows = webhooks.deliveries(session, hook.id, before=before, limit=limit + 1)
    page = listed(rows, limit, lambda row: (row.id,))
    return Listing([_delivered(hook, row) for row in page.rows], page.place)


def _delivered(hook: Webhook, row: WebhookDelivery) -> dict[str, Any]:
    names = ("id", "kind", "state", "tries", "created_at", "tried_at", "status", "error")
    return {"uid": webhooks.uid_of(hook, row), **{name: getattr(row, name) for name in names}}
