"""Coming to an event: a page for each of its dates, for members and for guests."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.auth import accounts
from .....core.errors import WizzleError
from .....core.web import (
    Form,
    permitted,
    say,
    this_member,
    this_node,
    this_tongue,
    this_viewer,
    told,
)
from .....core.web.identity import this_device
from ...pages import blueprint
from .. import actions, queries
from ..access import COME, HOLDING, LEAVE, seen_date
from ..queries import AnyRow, is_public
from ..rules import free_seats, until_when
from ..schemas import ComeForm, GuestForm, answers_of
from .times import tell


@blueprint.route("/dates/<int:occurrence_id>", methods=["GET", "POST"])
@permitted(COME)
def date(occurrence_id: int) -> Any:
    """Show one date, and take a place there: a member at once, a guest by a letter."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        row = seen_date(session, occurrence_id)
        own = queries.my_place(session, occurrence_id, viewer.id) if viewer else None
        turn = queries.place_in_line(session, own) if own and own.state == "waiting" else 0
    form = Form(ComeForm() if viewer else GuestForm(), _initial(row, own))
    if form.submitted():
        try:
            if not form.data["agree"]:
                form.errors["agree"] = [_must_agree()]
            else:
                return _come(row, form) if viewer else _asked(row, form)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/events/date.html", date=row, own=own, turn=turn, form=form, holds=_holds(row),
        left=free_seats(row.capacity, row), now=node.clock.now(), public=is_public(row),
        until=until_when(row.starts_at, row.cancel_hours), asked=_questions(row),
    )  # fmt: skip
    return page, form.status


def _holds(row: AnyRow) -> bool:
    return HOLDING.held(row.space_id)


def _questions(row: AnyRow) -> list[tuple[str, str]]:
    return [(f"answer_{number}", words) for number, words in enumerate(row.questions)]


def _initial(row: AnyRow, own: AnyRow | None) -> dict[str, Any]:
    if own is None:
        return {"people": 1}
    given = {f"answer_{number}": words for number, words in enumerate(own.answers)}
    return {"people": own.people, "agree": True, **given}


def _must_agree() -> str:
    return say("Those who invite have to know who comes. Please tick it.")


def _come(row: AnyRow, form: Form) -> Response:
    node = this_node()
    with node.db.write() as session:
        own = actions.sign_up(
            node, session, row.id, this_member().id,
            people=form.data["people"], answers=answers_of(form.data),
        )  # fmt: skip
        state = own.state
    if state == "in":
        told("You have a place. We remind you the evening before.")
    else:
        told("You are on the waiting list. We write to you as soon as it is your turn.", "note")
    return redirect(url_for("locality.date", occurrence_id=row.id))


def _asked(row: AnyRow, form: Form) -> Any:
    node, data = this_node(), form.data
    accounts.may_send_letter(node, data["email"], this_device())
    with node.db.write() as session:
        actions.ask(
            node, session, row.id, name=data["name"], email=data["email"], people=data["people"],
            answers=answers_of(data), language=this_tongue().language,
        )  # fmt: skip
    return render_template("locality/events/asked.html", date=row, email=data["email"])


@blueprint.post("/dates/<int:occurrence_id>/leave")
@permitted(LEAVE)
def leave_date(occurrence_id: int) -> Response:
    """Give one's places back."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.leave(node, session, occurrence_id, this_member().id)
        told("You are no longer on the list. Thank you for saying so.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("locality.date", occurrence_id=occurrence_id))
