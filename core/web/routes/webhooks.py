"""Webhooks: addresses that are told what happens in a space, and what became of each delivery."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import webhooks
from ...errors import Invalid, WizzleError
from ...models import Space, Webhook
from ...values import Message
from ..forms import Form
from ..page import allow, can, permitted, this_member, this_node, told
from ..paging import asked_number, paged
from ..schemas import NewWebhook
from .base import blueprint

MANAGE = "core.webhooks"
WHOLE = "core.webhooks.node"
SIZE = 30
PROBLEM = "problem"


def spaces_of(session: Session) -> Sequence[Any]:
    """Return the spaces that the viewer runs and at which something is told, by name."""
    held = this_member().spaces("owner", "activist")
    told = {kind for each in webhooks.kinds(this_node()) for kind in each.spaces}
    wanted = (
        Space.id.in_(held), Space.kind.in_(told), Space.closed_at.is_(None), Space.home == "",
    )  # fmt: skip
    query = select(Space.id, Space.slug, Space.name, Space.kind).where(*wanted)
    return session.execute(query.order_by(Space.name, Space.id)).all()


def asked_space(session: Session, slug: str | None) -> int | None:
    """Return the space that a webhook is wished for, None for the whole node; refused unless the
    viewer runs it."""
    if not slug:
        allow(WHOLE)
        return None
    for space in spaces_of(session):
        if space.slug == slug:
            return int(space.id)
    raise Invalid({"space": [Message("Please choose a page that you run.", {})]})


@blueprint.route("/me/webhooks", methods=["GET", "POST"])
@permitted(MANAGE)
def my_webhooks() -> Any:
    """List one's webhooks and make another; its secret is shown this one time."""
    node, made = this_node(), None
    form = Form(NewWebhook())
    if form.submitted():
        try:
            made = _made(form.data)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        spaces = spaces_of(session)
        found = webhooks.of(session, this_member().id)
        names = _names(session, found)
    page = render_template(
        "core/webhooks.html",
        hooks=found,
        names=names,
        kinds={kind.name: kind.label for kind in webhooks.kinds(node)},
        offered=_offered({space.kind for space in spaces}),
        choices=[*([("", node.settings.node.name)] if can(WHOLE) else []),
                 *((space.slug, space.name) for space in spaces)],
        form=form,
        made=made,
    )  # fmt: skip
    return page, form.status


def _made(typed: dict[str, Any]) -> dict[str, Any]:
    node = this_node()
    with node.db.write() as session:
        space_id = asked_space(session, typed["space"])
        wish = webhooks.Wish(typed["url"], typed["kinds"], space_id)
        hook = webhooks.make(session, node, this_member().id, wish)
        return {"url": hook.url, "secret": webhooks.secret_of(node, hook)}


def _offered(space_kinds: Set[str]) -> dict[str, str]:
    """Return what can be told of spaces of these kinds, or of all for who runs the node."""
    return {
        kind.name: kind.label
        for kind in webhooks.kinds(this_node())
        if can(WHOLE) or kind.spaces & space_kinds
    }


def _names(session: Session, hooks: Sequence[Webhook]) -> dict[int, str]:
    ids = {hook.space_id for hook in hooks}
    return dict(session.execute(select(Space.id, Space.name).where(Space.id.in_(ids))).all())


@blueprint.get("/me/webhooks/<int:hook_id>")
@permitted(MANAGE)
def webhook(hook_id: int) -> Any:
    """Show a webhook and what it was told last."""
    node, before = this_node(), asked_number()
    with node.db.read() as session:
        hook = webhooks.own(session, this_member().id, hook_id)
        rows = webhooks.deliveries(session, hook_id, before=before, limit=SIZE + 1)
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template(
        "core/webhook.html",
        hook=hook,
        page=paged(rows, SIZE, place),
        kinds={kind.name: kind.label for kind in webhooks.kinds(node)},
    )


@blueprint.post("/me/webhooks/<int:hook_id>/deliveries/<int:delivery_id>/again")
@permitted(MANAGE)
def tell_again(hook_id: int, delivery_id: int) -> Any:
    """Send one delivery once more."""
    node = this_node()
    try:
        with node.db.write() as session:
            hook = webhooks.own(session, this_member().id, hook_id)
            webhooks.send_again(session, node, hook, delivery_id)
    except WizzleError as error:
        if error.status != 409:
            raise
        told(error.message.text, PROBLEM, **error.message.values)
    else:
        told("It is sent again in a moment.")
    return redirect(url_for("core.webhook", hook_id=hook_id))


@blueprint.post("/me/webhooks/<int:hook_id>/on")
@permitted(MANAGE)
def switch_webhook_on(hook_id: int) -> Any:
    """Send again from now on to an address that was given up."""
    node = this_node()
    with node.db.write() as session:
        webhooks.switch_on(session, node, webhooks.own(session, this_member().id, hook_id))
    told("From now on it is told again.")
    return redirect(url_for("core.webhook", hook_id=hook_id))


@blueprint.post("/me/webhooks/<int:hook_id>/end")
@permitted(MANAGE)
def end_webhook(hook_id: int) -> Any:
    """Forget an address."""
    node = this_node()
    with node.db.write() as session:
        webhooks.end(session, node, webhooks.own(session, this_member().id, hook_id))
    told("Nothing is sent there any more.")
    return redirect(url_for("core.my_webhooks"))
