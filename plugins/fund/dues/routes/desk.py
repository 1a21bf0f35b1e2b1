"""The treasurer's desk: who is a member, one member with all of theirs, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import AUDIT, KEEP
from ...pages import blueprint
from .. import actions, queries
from ..rules import APPLIED, BANK, LEFT, MEMBER, STATES, WANTED, WAS, WAYS
from ..schemas import AcceptForm, CameForm, PayBackForm, ReasonForm
from .shown import tell, this_day

_SHOWN = (APPLIED, MEMBER, LEFT, "ended", "refused")


@blueprint.get("/fund/members")
@permitted(AUDIT)
def members() -> str:
    """List the members in a state, those who wait first."""
    asked = request.args.get("state", "")
    with this_node().db.read() as session:
        numbers = queries.states(session)
        state = asked if asked in _SHOWN else APPLIED if numbers.get(APPLIED) else MEMBER
        rows = queries.listed(session, state, before=asked_number())
        late = queries.late_sums(session, this_day())
        pleas, waiting = queries.pleas_waiting(session), queries.numbers(session)
    size = queries.SIZE
    return render_template(
        "fund/dues/members.html", state=state, numbers=numbers, shown=_SHOWN, states=STATES,
        page=paged(rows, size, str(rows[size - 1].id) if len(rows) > size else None), late=late,
        pleas=pleas, waiting=waiting.get("ambiguous", 0) + waiting.get("unmatched", 0),
    )  # fmt: skip


@blueprint.get("/fund/members/<int:member_id>")
@permitted(AUDIT)
def member(member_id: int) -> str:
    """Show one member: dues, what came, capital, what was written."""
    with this_node().db.read() as session:
        found = queries.member(session, member_id)
        size = 24
        rows = queries.dues(session, member_id, before=asked_number(), limit=size + 1)
        return render_template(
            "fund/dues/member.html", member=found, kind=queries.kind(session, found.kind_id),
            name=queries.name_of(session, found), open=queries.open_won(session, member_id),
            credit=queries.credit(session, member_id), was=found.state in WAS,
            capital=queries.capital(session, member_id), today=this_day(),
            wanted=queries.purchases(session, member_id), states=STATES, ways=WAYS,
            back=queries.return_of(session, member_id),
            arrivals=queries.arrivals(session, member_id),
            page=paged(rows, size, str(rows[size - 1].id) if len(rows) > size else None),
        )  # fmt: skip


@blueprint.route("/fund/members/<int:member_id>/accept", methods=["GET", "POST"])
@permitted(KEEP)
def accept_member(member_id: int) -> Any:
    """Accept somebody, with the month from which they pay."""

    def act(session: Session, data: dict[str, Any]) -> None:
        actions.accept(
            this_node(), session, member_id, owes_from=data["owes_from"],
            actor_id=this_member().id,
        )  # fmt: skip

    form = Form(AcceptForm(), {"owes_from": this_day().isoformat()})
    return _step(member_id, "accept", form, act)


@blueprint.route("/fund/members/<int:member_id>/<any(refuse, end):step>", methods=["GET", "POST"])
@permitted(KEEP)
def member_step(member_id: int, step: str) -> Any:
    """Do not accept somebody, or end a membership, with a reason."""
    do = actions.refuse if step == "refuse" else actions.end

    def act(session: Session, data: dict[str, Any]) -> None:
        do(this_node(), session, member_id, reason=data["reason"], actor_id=this_member().id)

    return _step(member_id, step, Form(ReasonForm()), act)


@blueprint.route("/fund/dues/<int:due_id>/<any(waive, decline):step>", methods=["GET", "POST"])
@permitted(KEEP)
def due_step(due_id: int, step: str) -> Any:
    """Let a member off a due, or not, with a reason."""
    do = actions.waive if step == "waive" else actions.decline
    with this_node().db.read() as session:
        due = queries.due(session, due_id)
        session.expunge(due)

    def act(session: Session, data: dict[str, Any]) -> None:
        do(this_node(), session, due_id, reason=data["reason"], actor_id=this_member().id)

    return _step(due.member_id, step, Form(ReasonForm()), act, due=due)


@blueprint.route("/fund/members/<int:member_id>/pay-back", methods=["GET", "POST"])
@permitted(KEEP)
def pay_back(member_id: int) -> Any:
    """Note that the capital of somebody who left was sent back."""
    with this_node().db.read() as session:
        back, held = queries.return_of(session, member_id), queries.capital(session, member_id)
        if back is None:
            raise NotFound("Nothing is to be given back.")
        session.expunge(back)

    def act(session: Session, data: dict[str, Any]) -> None:
        actions.pay_back(
            this_node(), session, member_id, paid=data["paid"], reason=data["reason"],
            actor_id=this_member().id,
        )  # fmt: skip

    form = Form(PayBackForm(), {"paid": held})
    return _step(member_id, "pay-back", form, act, back=back, held=held)


@blueprint.route("/fund/members/<int:member_id>/money", methods=["GET", "POST"])
@permitted(KEEP)
def money_came(member_id: int) -> Any:
    """Note money of a member that came by transfer or in cash."""
    node = this_node()
    with node.db.read() as session:
        arrivals = queries.arrivals(session, member_id, limit=1)
        wanted = queries.purchases(session, member_id)
        due = queries.open_won(session, member_id)
        session.expunge_all()

    def act(session: Session, data: dict[str, Any]) -> None:
        key = data["idempotency_key"] or node.random.token(12)
        came = actions.Came(
            data["amount"], data["came_on"], f"form:{member_id}:{key}", data["way"],
            actor_id=this_member().id, seen=data["seen"],
        )  # fmt: skip
        if data["target"] == "dues":
            actions.dues_came(node, session, member_id, came)
            return
        bought = queries.purchase(session, int(data["target"]))
        if bought.member_id != member_id:
            raise NotFound("There are no such shares.")
        actions.shares_came(node, session, bought.id, came)

    first = request.args.get("target", "dues")
    sums = {str(each.id): each.amount for each in wanted if each.state == WANTED}
    initial = {
        "target": first if first in sums else "dues", "amount": sums.get(first, due) or "",
        "came_on": this_day().isoformat(), "way": BANK, "idempotency_key": node.random.token(12),
        "seen": arrivals[0].id if arrivals else 0,
    }  # fmt: skip
    return _step(member_id, "money", Form(CameForm(), initial), act, wanted=wanted)


def _step(
    member_id: int, step: str, form: Form, act: Callable[[Session, dict[str, Any]], None],
    **context: Any,
) -> Any:  # fmt: skip
    node = this_node()
    if form.submitted():
        try:
            with node.db.write() as session:
                act(session, form.data)
            told("Done. The member is told.")
            return redirect(url_for("fund.member", member_id=member_id))
        except NotFound:
            raise
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.member(session, member_id)
        page = render_template(
            "fund/dues/step.html", step=step, form=form, member=found,
            name=queries.name_of(session, found), kind=queries.kind(session, found.kind_id),
            **context,
        )  # fmt: skip
    return page, form.status


@blueprint.post("/fund/members/money/<int:arrival_id>/take-back")
@permitted(KEEP)
def take_back_money(arrival_id: int) -> Response:
    """Take back money that was noted by mistake."""
    node, member_id = this_node(), request.form.get("member_id", type=int)
    try:
        with node.db.write() as session:
            actions.take_back(node, session, arrival_id, actor_id=this_member().id)
        told("Taken back by an entry of its own. Both stay in the books.")
    except WizzleError as error:
        tell(error)
    if not member_id:
        return redirect(url_for("fund.members"))
    return redirect(url_for("fund.member", member_id=member_id))


@blueprint.post("/fund/members/<int:member_id>/credit-back")
@permitted(KEEP)
def credit_back(member_id: int) -> Response:
    """Note that what a member paid too much was sent back."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.give_back_credit(node, session, member_id, actor_id=this_member().id)
        told("Done. The member is told.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.member", member_id=member_id))
