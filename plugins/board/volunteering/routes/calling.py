"""Calls and shifts as those who run an organisation make and change them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...organisations.access import RUN, own_organisation, refuse_closed, zone
from ...organisations.routes.brought import tell
from ...organisations.schemas import chosen, typed_moment
from ...pages import blueprint
from .. import actions, queries
from ..access import own_call, own_slot
from ..rules import Plan, Wanted
from ..schemas import CallForm, SlotForm

SIZE = 20
_CALL = ("title", "text", "place")
_SLOT = ("starts_at", "ends_at", "places", "note")


@blueprint.get("/board/organisations/<organisation>/volunteering/desk")
@permitted(RUN)
def own_calls(organisation: str) -> str:
    """Show those who run it all calls of an organisation, and which hours wait."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        rows = queries.own_calls(session, space.id, before=asked_number(), limit=SIZE + 1)
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None)
        waiting = queries.unconfirmed(session, space.id, node.clock.now())
        return render_template(
            "board/volunteering/desk.html", space=space, page=page, waiting=waiting
        )


@blueprint.route("/board/organisations/<organisation>/volunteering/new", methods=["GET", "POST"])
@permitted(RUN)
def new_call(organisation: str) -> Any:
    """Write a call; its shifts are planned on its page."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        refuse_closed(space)
        space_id, slug, name = space.id, space.slug, space.name
        initial = {"idempotency_key": node.random.token(12), "place": space.address[:120]}
    form = Form(CallForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                made = actions.draft(
                    node, session, space_id, _wanted(form), key=form.data["idempotency_key"],
                    actor_id=this_member().id,
                ).id  # fmt: skip
            told("Now plan the shifts, then publish the call.")
            return redirect(url_for("board.new_slot", call_id=made))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/volunteering/form.html", slug=slug, name=name, form=form, row=None
    )
    return page, form.status


def _wanted(form: Form) -> Wanted:
    return Wanted(**{name: form.data[name] for name in _CALL})


@blueprint.route("/board/calls/<int:call_id>/edit", methods=["GET", "POST"])
@permitted(RUN)
def edit_call(call_id: int) -> Any:
    """Change what a call says."""
    node = this_node()
    with node.db.read() as session:
        row = own_call(session, call_id)
    initial = chosen(CallForm(), (*_CALL, "version"), row)
    form = Form(CallForm(), {**initial, "idempotency_key": row.key[:40]})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.revise(
                    node, session, call_id, _wanted(form), version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("board.call", call_id=call_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/volunteering/form.html", slug=row.slug, name=row.organisation, form=form, row=row
    )
    return page, form.status


@blueprint.post("/board/calls/<int:call_id>/publish")
@permitted(RUN)
def publish_call(call_id: int) -> Response:
    """Let people sign up."""
    return _step(actions.publish, call_id, Message("Your neighbours can sign up now.", {}))


@blueprint.post("/board/calls/<int:call_id>/withdraw")
@permitted(RUN)
def withdraw_call(call_id: int) -> Response:
    """Take a call back."""
    done = Message("Nobody can sign up any more. Who has a place keeps it.", {})
    return _step(actions.withdraw, call_id, done)


def _step(work: Any, call_id: int, done: Message) -> Response:
    node = this_node()
    try:
        with node.db.write() as session:
            own_call(session, call_id)
            work(node, session, call_id, actor_id=this_member().id)
        told(done.text)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.call", call_id=call_id))


@blueprint.post("/board/calls/<int:call_id>/discard")
@permitted(RUN)
def discard_call(call_id: int) -> Response:
    """Throw a draft away."""
    node = this_node()
    with node.db.write() as session:
        slug = own_call(session, call_id).slug
        actions.discard(node, session, call_id, actor_id=this_member().id)
    told("The draft is gone.")
    return redirect(url_for("board.own_calls", organisation=slug))


@blueprint.route("/board/calls/<int:call_id>/slots/new", methods=["GET", "POST"])
@permitted(RUN)
def new_slot(call_id: int) -> Any:
    """Plan a shift."""
    node = this_node()
    with node.db.read() as session:
        row = own_call(session, call_id)
    form = Form(SlotForm(zone()), {"places": 3, "idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.add_slot(
                    node, session, call_id, _plan(form), key=form.data["idempotency_key"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The shift is planned.")
            return redirect(url_for("board.call", call_id=call_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/volunteering/slot_form.html", row=row, form=form, slot=None)
    return page, form.status


def _plan(form: Form) -> Plan:
    return Plan(**{name: form.data[name] for name in _SLOT})


@blueprint.route("/board/slots/<int:slot_id>/edit", methods=["GET", "POST"])
@permitted(RUN)
def edit_slot(slot_id: int) -> Any:
    """Change a shift."""
    node = this_node()
    with node.db.read() as session:
        row = own_slot(session, slot_id)
        call = queries.call_page(session, row.call_id)
    initial = chosen(SlotForm(zone()), ("places", "note", "version"), row)
    times = {name: typed_moment(getattr(row, name), zone()) for name in ("starts_at", "ends_at")}
    form = Form(SlotForm(zone()), {**initial, **times, "idempotency_key": row.key[:40]})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change_slot(
                    node, session, slot_id, _plan(form), version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("board.call", call_id=row.call_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/volunteering/slot_form.html", row=call, form=form, slot=row)
    return page, form.status


@blueprint.post("/board/slots/<int:slot_id>/call-off")
@permitted(RUN)
def call_off_slot(slot_id: int) -> Response:
    """Call a shift off."""
    node = this_node()
    with node.db.read() as session:
        call_id = own_slot(session, slot_id).call_id
    try:
        with node.db.write() as session:
            actions.call_off(node, session, slot_id, actor_id=this_member().id)
        told("The shift is called off, and everyone who wanted to help is told.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.call", call_id=call_id))
