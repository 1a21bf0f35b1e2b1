"""Holding an event: making it, changing it, publishing it and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.node import Node
from .....core.web import Form, permitted, this_member, this_node, told
from ...desks import Desk
from ...pages import blueprint
from .. import actions
from ..access import HOLD, HOLD_NODE, HOLDING, own_event
from ..queries import AnyRow
from ..rules import Every
from ..schemas import DRAFT, ChangeForm, NewForm, draft_of, span_of
from .times import tell, zone

Step = Callable[..., None]


@blueprint.route("/events/new", methods=["GET", "POST"])
@permitted(HOLD_NODE)
def new_node_event() -> Any:
    """Invite in the name of the node."""
    return _new(None)


@blueprint.route("/spaces/<slug>/events/new", methods=["GET", "POST"])
@permitted(HOLD)
def new_event(slug: str) -> Any:
    """Invite to a space."""
    return _new(slug)


def _new(slug: str | None) -> Any:
    node = this_node()
    with node.db.read() as session:
        desk = HOLDING.desk(session, slug)
    form = Form(NewForm(zone()), {"idempotency_key": node.random.token(12), "most_people": 1})
    if form.submitted():
        try:
            with node.db.write() as session:
                event_id = _made(node, session, desk, form)
            return _told(event_id, public=form.data["publish"])
        except WizzleError as error:
            form.failed(error)
    return _page(desk, form, None)


def _made(node: Node, session: Session, desk: Desk, form: Form) -> int:
    person, data = this_member(), form.data
    made = actions.make(
        node, session, desk.id, draft_of(data), span_of(data), every=Every(data["every"]),
        last=data["last"], actor_id=person.id, key=data["idempotency_key"],
    )  # fmt: skip
    if data["publish"]:
        actions.publish(node, session, made.id, actor_id=person.id)
    return made.id


@blueprint.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@permitted(HOLD)
def edit_event(event_id: int) -> Any:
    """Change what an event says; its dates are changed by themselves."""
    node = this_node()
    with node.db.read() as session:
        row = own_event(session, event_id)
    form = Form(ChangeForm(), _typed(row))
    if form.submitted():
        try:
            with node.db.write() as session:
                _change(node, session, event_id, form)
            return _told(event_id, public=form.data["publish"])
        except WizzleError as error:
            form.failed(error)
    return _page(Desk(row.space_id, row.space_slug or "", row.space_name or ""), form, row)


def _typed(row: AnyRow) -> dict[str, Any]:
    names = [name for name in DRAFT if name not in ("place", "questions")]
    kept = {name: getattr(row, name) for name in (*names, "version")}
    return {**kept, "place": row.event_place, "questions": "\n".join(row.questions)}


def _change(node: Node, session: Session, event_id: int, form: Form) -> None:
    person, data = this_member(), form.data
    actions.change(
        node, session, event_id, draft_of(data), version=data["version"], actor_id=person.id
    )
    if data["publish"]:
        actions.publish(node, session, event_id, actor_id=person.id)


def _page(desk: Desk, form: Form, row: AnyRow | None) -> Any:
    page = render_template("locality/events/form.html", desk=desk, form=form, event=row)
    return page, form.status


def _told(event_id: int, *, public: bool) -> Response:
    if public:
        told("It is public now.")
    else:
        told("Saved.")
    return redirect(url_for("locality.event", event_id=event_id))


@blueprint.post("/events/<int:event_id>/publish")
@permitted(HOLD)
def publish_event(event_id: int) -> Response:
    """Let everyone see it."""
    return _step(actions.publish, event_id, "It is public now.")


@blueprint.post("/events/<int:event_id>/withdraw")
@permitted(HOLD)
def withdraw_event(event_id: int) -> Response:
    """Call it off altogether."""
    return _step(
        actions.withdraw, event_id, "It is called off, and everyone who wanted to come is told."
    )


@blueprint.post("/events/<int:event_id>/discard")
@permitted(HOLD)
def discard_event(event_id: int) -> Response:
    """Delete it for good."""
    node = this_node()
    with node.db.read() as session:
        row = own_event(session, event_id)
    try:
        with node.db.write() as session:
            actions.discard(node, session, event_id, actor_id=this_member().id)
    except WizzleError as error:
        tell(error)
        return redirect(url_for("locality.event", event_id=event_id))
    told("It is deleted.")
    if row.space_slug is None:
        return redirect(url_for("locality.calendar"))
    return redirect(url_for("locality.space_events", slug=row.space_slug))


def _step(step: Step, event_id: int, words: str) -> Response:
    node = this_node()
    with node.db.read() as session:
        own_event(session, event_id)
    try:
        with node.db.write() as session:
            step(node, session, event_id, actor_id=this_member().id)
        told(words)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("locality.event", event_id=event_id))
