"""Who comes to a shift, whose hours are confirmed, and what goes to the public portals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.tables import Column, Table
from .....core.values import months_later
from .....core.web import (
    Form,
    asked_number,
    download,
    paged,
    permitted,
    say,
    this_member,
    this_node,
    told,
)
from ...organisations.access import RUN, own_organisation, zone
from ...organisations.queries import run_by
from ...organisations.routes.brought import tell
from ...pages import blueprint
from .. import actions, queries
from ..access import own_slot
from ..rules import PORTAL_MONTHS, hours_words, minutes_between
from ..schemas import HoursForm

SIZE = 40


@blueprint.get("/board/slots/<int:slot_id>/people")
@permitted(RUN)
def slot_people(slot_id: int) -> str:
    """Show who comes and who waits; once it is over, confirm their hours."""
    node, me = this_node(), this_member()
    with node.db.read() as session:
        row, now = own_slot(session, slot_id), node.clock.now()
        return render_template(
            "board/volunteering/people.html",
            slot=row, people=queries.people_of(session, slot_id), now=now, me=me.id,
            corrections=queries.corrections_of(session, slot_id),
            may_confirm=me.id in run_by(session, row.space_id),
            lasted=minutes_between(row.starts_at, row.ends_at),
        )  # fmt: skip


@blueprint.post("/board/slots/<int:slot_id>/people/<int:person_id>/hours")
@permitted(RUN)
def confirm_hours(slot_id: int, person_id: int) -> Any:
    """Confirm somebody's hours."""
    node, form = this_node(), Form(HoursForm())
    try:
        if form.submitted():
            with node.db.write() as session:
                own_slot(session, slot_id)
                actions.confirm(
                    node, session, slot_id, person_id, minutes=form.data["minutes"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Confirmed, and told to the person.")
        else:
            told("Please write whole minutes, at most 480.", "problem")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.slot_people", slot_id=slot_id))


@blueprint.post("/board/slots/<int:slot_id>/hours/<int:hours_id>/correct")
@permitted(RUN)
def correct_hours(slot_id: int, hours_id: int) -> Any:
    """Correct confirmed hours, with the reason."""
    node, form = this_node(), Form(HoursForm())
    try:
        if form.submitted():
            with node.db.write() as session:
                own_slot(session, slot_id)
                actions.correct(
                    node, session, hours_id, minutes=form.data["minutes"],
                    reason=form.data["reason"], actor_id=this_member().id,
                )  # fmt: skip
            told("Corrected, and told to the person. What stood before is kept.")
        else:
            told("Please write whole minutes, at most 480.", "problem")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.slot_people", slot_id=slot_id))


@blueprint.get("/board/organisations/<organisation>/hours")
@permitted(RUN)
def organisation_hours(organisation: str) -> str:
    """Show what an organisation has confirmed, and what portals may be told."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        rows = queries.hours_of(session, space.id, before=asked_number(), limit=SIZE + 1)
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None)
        since, until = _month()
        told_of, left_out = queries.portal_rows(session, space.id, since, until)
        return render_template(
            "board/volunteering/hours.html", space=space, page=page, month=f"{since:%Y-%m}",
            count=len(told_of), left_out=left_out,
        )  # fmt: skip


def _month() -> tuple[date, date]:
    """Return the first and last day of the month that is asked for, or of this one."""
    try:
        first = date.fromisoformat(f"{request.args.get('month', '')[:7]}-01")
    except ValueError:
        first = this_node().clock.now().astimezone(zone()).date().replace(day=1)
    if first.year not in range(2000, 2100):
        first = date(2000, 1, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


@blueprint.get('/board/organisations/<organisation>/hours/portal.<ending("csv", "xlsx"):ending>')
@permitted(RUN)
def portal_file(organisation: str, ending: str) -> Response:
    """Send the hours of a month of those who agreed to it, as the public portals ask for them."""
    node = this_node()
    with node.db.write() as session:
        space = own_organisation(session, organisation)
        since, until = _month()
        rows, _ = queries.portal_rows(session, space.id, since, until)
        actions.note_passing_on(
            node, session, space.id, lines=len(rows), since=since, actor_id=this_member().id
        )
        name = f"{space.name} {since:%Y-%m} {say('Volunteer hours')}"
        return download(Table(name, _columns(), [_cells(space.name, row) for row in rows]), ending)


def _columns() -> tuple[Column, ...]:
    return (
        Column(say("Name")), Column(say("Name at the portal")), Column(say("Phone")),
        Column(say("Day of the work"), "day"), Column(say("From (time of day)")),
        Column(say("Until (time of day)")), Column(say("Hours"), "whole"),
        Column(say("Minutes"), "whole"), Column(say("The work that was done")),
        Column(say("Place")), Column(say("Organisation")), Column(say("Confirmed by")),
        Column(say("Confirmed on"), "day"), Column(say("To be entered until"), "day"),
    )  # fmt: skip


def _cells(organisation: str, row: Any) -> tuple[object, ...]:
    first, last = (at.astimezone(zone()) for at in (row.starts_at, row.ends_at))
    latest = months_later(row.starts_at, PORTAL_MONTHS)
    return (
        row.name, row.portal_name, row.phone, row.day, f"{first:%H:%M}", f"{last:%H:%M}",
        *hours_words(row.minutes), row.title, row.place, organisation, row.confirmed_by,
        row.confirmed_at, latest,
    )  # fmt: skip
