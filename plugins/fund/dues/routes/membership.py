"""Membership as residents see it: the kinds, joining, one's own page, leaving."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from .....core.web import this_viewer as viewer_now
from ...access import READ, TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..rules import MEMBER, STATES, WAYS
from ..schemas import JoinForm, PleaForm
from .shown import tell, this_day

_DUES = 24


@blueprint.get("/fund/membership")
@permitted(READ, alike=True)
def membership() -> str:
    """Show the kinds of membership, how many are in each, and what one is oneself."""
    viewer = viewer_now()
    with this_node().db.read() as session:
        return render_template(
            "fund/dues/membership.html",
            counted=queries.counted(session),
            capital=queries.all_capital(session),
            mine=queries.memberships(session, viewer.id) if viewer else [],
            states=STATES,
            viewer=viewer,
        )


@blueprint.route("/fund/membership/join/<int:kind_id>", methods=["GET", "POST"])
@permitted(TAKE_PART)
def join(kind_id: int) -> Any:
    """Ask to be a member of a kind."""
    node = this_node()
    with node.db.read() as session:
        kind = queries.kind(session, kind_id)
        if not kind.active:
            raise NotFound("There is no such kind of membership.")
        session.expunge(kind)
    form = Form(JoinForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            key = form.data["idempotency_key"] or node.random.token(12)
            with node.db.write() as session:
                made = actions.apply(
                    node, session, this_member().id, kind_id, words=form.data["words"], key=key
                ).id
            told("Your application is with the treasurer. You hear from them soon.")
            return redirect(url_for("fund.my_membership", member_id=made))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/dues/join.html", kind=kind, form=form), form.status


@blueprint.get("/fund/membership/<int:member_id>")
@permitted(TAKE_PART)
def my_membership(member_id: int) -> str:
    """Show one's own membership: what is due, how to pay, what came, capital, the way out."""
    node, before = this_node(), asked_number()
    with node.db.read() as session:
        found = queries.member(session, member_id, person_id=this_member().id)
        rows = queries.dues(session, member_id, before=before, limit=_DUES + 1)
        return render_template(
            "fund/dues/mine_page.html", **_facts(session, found),
            page=paged(rows, _DUES, str(rows[_DUES - 1].id) if len(rows) > _DUES else None),
            key=node.random.token(12), today=this_day(), states=STATES, ways=WAYS,
        )  # fmt: skip


def _facts(session: Any, found: Any) -> dict[str, Any]:
    return {
        "member": found,
        "kind": queries.kind(session, found.kind_id),
        "is_member": found.state == MEMBER,
        "open": queries.open_won(session, found.id),
        "credit": queries.credit(session, found.id),
        "capital": queries.capital(session, found.id),
        "wanted": queries.purchases(session, found.id),
        "back": queries.return_of(session, found.id),
        "arrivals": queries.arrivals(session, found.id, limit=24),
        "certificates": queries.certificates(session, found.id),
        "account": queries.settings(session),
    }


@blueprint.post("/fund/membership/<int:member_id>/<any(withdraw, leave):how>")
@permitted(TAKE_PART)
def end_membership(member_id: int, how: str) -> Response:
    """Take back one's application, or leave; both at any time."""
    node = this_node()
    do = actions.withdraw if how == "withdraw" else actions.leave
    try:
        with node.db.write() as session:
            do(node, session, member_id, person_id=this_member().id)
        if how == "leave":
            told("Done. Thank you for having been with us.")
        else:
            told("Taken back.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.my_membership", member_id=member_id))


@blueprint.route("/fund/dues/<int:due_id>/plea", methods=["GET", "POST"])
@permitted(TAKE_PART)
def plea(due_id: int) -> Any:
    """Ask to be let off a due."""
    node, me = this_node(), this_member()
    with node.db.read() as session:
        due = queries.due(session, due_id)
        queries.member(session, due.member_id, person_id=me.id)
        session.expunge(due)
    form = Form(PleaForm(), {"words": due.plea})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.plead(node, session, due_id, words=form.data["words"], person_id=me.id)
            told("The treasurer knows now. Nobody else sees what you wrote.")
            return redirect(url_for("fund.my_membership", member_id=due.member_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/dues/plea.html", due=due, form=form)
    return page, form.status if request.method == "POST" else 200
