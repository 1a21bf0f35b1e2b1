"""The treasurer's desk: proposals to check, transfers to note, money to send back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.donations import Notice
from .....core.errors import Invalid, NotFound, WizzleError
from .....core.models import Space
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import AUDIT, KEEP
from ...pages import blueprint
from .. import actions, queries
from ..queries import AnyRow
from ..rules import OPEN, PROPOSED, phase_of, status_of
from ..schemas import NoticeForm, ReasonForm
from .shown import tell, to_drive, today

_SIZE = 50
_STEPS = {"arrived": actions.arrive, "back": actions.turn_back, "paid": actions.pay_back}


@blueprint.get("/fund/raise/desk")
@permitted(AUDIT)
def drive_desk() -> str:
    """Show what waits for the treasurer."""
    with this_node().db.read() as session:
        open_ones = queries.waiting(session, OPEN)
        owed = queries.owed(session, after=asked_number() or 0)
        day = today()
        last = owed[:_SIZE][-1].id if owed else None
        return render_template(
            "fund/pledges/desk.html",
            proposed=queries.waiting(session, PROPOSED),
            drives=open_ones,
            standings=queries.standings(session, open_ones),
            phases={row.id: phase_of(row, day) for row in open_ones},
            owed=paged(owed, _SIZE, str(last)),
        )


@blueprint.route("/fund/raise/<int:drive_id>/check", methods=["GET", "POST"])
@permitted(KEEP)
def check_drive(drive_id: int) -> Any:
    """Look at a proposal and open it with the notice that the law asks for."""
    node = this_node()
    with node.db.read() as session:
        row = _proposed(session, drive_id)
        space = session.get(Space, row.space_id or 0)
        form = Form(NoticeForm(), _first(row, space))
        parts, reports = queries.steps(session, drive_id)
        rewards = queries.rewards(session, drive_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.open_drive(
                    node, session, drive_id, _notice(form.data), actor_id=this_member().id
                )
            told("It is open. Your neighbours can take part now.")
            return to_drive(drive_id)
        except Invalid as error:
            known = {n: m for n, m in error.fields.items() if n in form.schema.fields}
            rest = [each for n, m in error.fields.items() if n not in known for each in m]
            form.failed(Invalid({**known, **({"": rest} if rest else {})}))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/pledges/check.html", drive=row, form=form, parts=parts, reports=reports,
        rewards=rewards,
    )  # fmt: skip
    return page, form.status


def _proposed(session: Any, drive_id: int) -> AnyRow:
    row = queries.drive_row(session, drive_id)
    if row.state != PROPOSED:
        raise NotFound("Only a drive that is proposed can be opened.")
    return row


def _first(row: AnyRow, space: Space | None) -> dict[str, Any]:
    settings = this_node().settings.node
    until = today() + timedelta(days=365)
    said = {"cost_bp": "0", "use_until": until, "organiser": settings.name}
    if space is not None:
        said |= {"organiser": space.name, "representative": space.representative,
                 "contact": space.phone or space.email}  # fmt: skip
    return said


def _notice(typed: dict[str, Any]) -> Notice:
    day = today()
    return Notice(
        **typed, purpose="", goal=1, collect_from=day, collect_until=day, use_from=day
    )  # the others are the drive's own


@blueprint.post("/fund/raise/<int:drive_id>/refuse")
@permitted(KEEP)
def refuse_drive(drive_id: int) -> Response:
    """Say why a proposal is not opened."""
    form = Form(ReasonForm())
    if not form.submitted():
        told("Please say why: who proposed it reads it.", "problem")
        return redirect(url_for("fund.check_drive", drive_id=drive_id))
    node = this_node()
    try:
        with node.db.write() as session:
            actions.refuse(
                node, session, drive_id, reason=form.data["reason"], actor_id=this_member().id
            )
        told("Who proposed it is told why.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.drive_desk"))


@blueprint.get("/fund/raise/<int:drive_id>/books")
@permitted(AUDIT)
def drive_books(drive_id: int) -> Any:
    """List the pledges of a drive with the codes on their transfers."""
    with this_node().db.read() as session:
        row = queries.drive_row(session, drive_id)
        if row.opened_at is None:
            raise NotFound("There is no such drive here.")
        found = queries.pledge_rows(session, drive_id, before=asked_number())
        standing = queries.standing(session, row)
    last = found[:_SIZE][-1].id if found else None
    return render_template(
        "fund/pledges/books.html", drive=row, page=paged(found, _SIZE, str(last)),
        standing=standing, phase=phase_of(row, today()), status_of=status_of,
    )  # fmt: skip


@blueprint.post("/fund/raise/<int:drive_id>/pledges/<int:pledge_id>/<any(arrived, back, paid):how>")
@permitted(KEEP)
def book_pledge(drive_id: int, pledge_id: int, how: str) -> Response:
    """Note that money has arrived, that a pledge goes back, or that money was sent back."""
    node = this_node()
    try:
        with node.db.write() as session:
            _STEPS[how](node, session, drive_id, pledge_id, actor_id=this_member().id)
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.drive_books", drive_id=drive_id, _anchor=f"p{pledge_id}"))


@blueprint.post("/fund/raise/<int:drive_id>/count")
@permitted(KEEP)
def count_drive(drive_id: int) -> Response:
    """End a round: all transfers are noted."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.count(node, session, drive_id, actor_id=this_member().id)
        told("Counted. Everyone who pledged is told.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.drive_books", drive_id=drive_id))


@blueprint.post("/fund/raise/<int:drive_id>/cancel")
@permitted(KEEP)
def cancel_drive(drive_id: int) -> Response:
    """Stop a drive; all that has come goes back."""
    form = Form(ReasonForm())
    if not form.submitted():
        told("Please say why: everyone reads it.", "problem")
        return redirect(url_for("fund.drive_books", drive_id=drive_id))
    node = this_node()
    try:
        with node.db.write() as session:
            actions.cancel(
                node, session, drive_id, reason=form.data["reason"], actor_id=this_member().id
            )
        told("It is cancelled. Everyone who pledged is told.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.drive_books", drive_id=drive_id))
