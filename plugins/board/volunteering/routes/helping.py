"""Calls as everyone reads them, and shifts as those who help take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import (
    Form,
    asked_number,
    can,
    hidden_notice,
    paged,
    permitted,
    say,
    shared,
    this_member,
    this_node,
    this_viewer,
    told,
)
from ...organisations.access import MEMBER, RUN, SEE
from ...organisations.routes.brought import tell
from ...pages import blueprint
from .. import actions, queries
from ..access import seen_call
from ..rules import KIND
from ..schemas import SignUpForm

SIZE = 12


@blueprint.get("/board/volunteering")
@permitted(SEE)
def calls() -> str:
    """Show who looks for volunteers, with the next shifts."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        now = node.clock.now()
        rows = queries.listed(session, now, before=asked_number(), limit=SIZE + 1)
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None)
        slots = queries.slots_of(
            session, [row.id for row in page.rows], viewer.id if viewer else None, since=now
        )
    return render_template("board/volunteering/calls.html", page=page, slots=slots, now=now)


@blueprint.get("/board/calls/<int:call_id>")
@permitted(SEE)
def call(call_id: int) -> Any:
    """Show one call with its shifts."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        row, now = seen_call(session, call_id), node.clock.now()
        runs = can(RUN, row.space_id)
        subject = f"{KIND}:{call_id}"
        if row.hidden_at and not runs:
            return hidden_notice(session, subject)
        slots = queries.slots_of(
            session, [call_id], viewer.id if viewer else None, since=None if runs else now
        ).get(call_id, ())
    is_public = row.published_at and not row.withdrawn_at and not row.hidden_at
    about = shared(
        "board.call", row.title, row.text, card=("call", row.id), call_id=row.id
    ) if is_public and row.closed_at is None else None  # fmt: skip
    return render_template(
        "board/volunteering/call.html",
        row=row, slots=slots, runs=runs, now=now, subject=subject, shared=about,
    )  # fmt: skip


@blueprint.route("/board/slots/<int:slot_id>", methods=["GET", "POST"])
@permitted(MEMBER)
def slot(slot_id: int) -> Any:
    """Sign up for a shift, or join its waiting list."""
    node, me = this_node(), this_member()
    with node.db.read() as session:
        row = queries.slot_page(session, slot_id, me.id)
        seen_call(session, row.call_id)
    form = Form(SignUpForm())
    if form.submitted():
        try:
            if not form.data["agree"]:
                form.errors["agree"] = [_must_agree()]
            else:
                with node.db.write() as session:
                    seated = actions.sign_up(node, session, slot_id, me.id, wait=form.data["wait"])
                _thank(seated)
                return redirect(url_for("board.call", call_id=row.call_id, _anchor=f"s{slot_id}"))
        except WizzleError as error:
            form.failed(error)
            with node.db.read() as session:
                row = queries.slot_page(session, slot_id, me.id)
    page = render_template(
        "board/volunteering/slot.html", slot=row, form=form, now=node.clock.now()
    )
    return page, form.status


def _thank(seated: bool) -> None:
    if seated:
        told("Thank you! You have a place. We write to you the evening before.")
    else:
        told("You are on the waiting list. We tell you as soon as a place is free.", "note")


def _must_agree() -> str:
    return say(
        "Those who run the organisation have to know who comes and how to reach you. Please tick"
        " it."
    )


@blueprint.post("/board/slots/<int:slot_id>/leave")
@permitted(MEMBER)
def leave_slot(slot_id: int) -> Response:
    """Give one's place back, or wait no longer."""
    done = Message("Your place is free again. Thank you for saying so.", {})
    return step(actions.leave, slot_id, done)


def step(work: Callable[..., Any], slot_id: int, done: Message) -> Response:
    """Do something with one's own place, and lead back to where one came from."""
    node, me = this_node(), this_member()
    with node.db.read() as session:
        row = queries.slot_page(session, slot_id)
    try:
        with node.db.write() as session:
            work(node, session, slot_id, me.id)
        told(done.text)
    except WizzleError as error:
        tell(error)
    if request.form.get("back") == "hours" or row.withdrawn_at or row.hidden_at:
        return redirect(url_for("board.my_hours"))
    return redirect(url_for("board.call", call_id=row.call_id, _anchor=f"s{slot_id}"))
