"""The page of who is asked to guarantee: what they would answer for, and their own press."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.models import Person
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import TAKE_PART
from ..models import Guarantor
from ..schemas import GuaranteeForm
from .shown import run, whole


@blueprint.route("/fund/loans/guarantee/<guarantee_code>", methods=["GET", "POST"])
@permitted(TAKE_PART)
def loan_guarantee(guarantee_code: str) -> Any:
    """Show what one would answer for, before and after one has said so."""
    node, me = this_node(), this_member().id
    with node.db.read() as session:
        _place(session, guarantee_code)
    form = Form(GuaranteeForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.guarantee(node, session, guarantee_code, person_id=me, yes=True)
            told("Thank you. The lender turns to you for your signature on paper.")
            return redirect(url_for("fund.loan_guarantee", guarantee_code=guarantee_code))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        place = _place(session, guarantee_code)
        shown = whole(session, queries.a_loan(session, place.loan_id))
        page = render_template(
            "fund/loans/guarantee.html", form=form, place=place,
            borrower=session.get_one(Person, shown["loan"].person_id).name,
            is_own=shown["loan"].person_id == me, **shown,
        )  # fmt: skip
    return page, form.status


def _place(session: Session, code: str) -> Guarantor:
    """Return the place that a link leads to; once it is somebody's it is theirs alone."""
    place = queries.by_code(session, code)
    loan = queries.a_loan(session, place.loan_id)
    open_ = place.state == "asked" and loan.state in ("draft", "applied")
    if this_member().id not in (place.person_id, loan.person_id) and not open_:
        raise NotFound("There is no such guarantee.")
    return place


@blueprint.post("/fund/loans/guarantee/<guarantee_code>/decline")
@permitted(TAKE_PART)
def decline_guarantee(guarantee_code: str) -> Response:
    """Decline to guarantee; nobody is told why."""
    done = Message("You do not guarantee this loan. The borrower is told.", {})
    return run(
        redirect(url_for("fund.my_loans")), actions.guarantee, guarantee_code,
        person_id=this_member().id, yes=False, done=done,
    )  # fmt: skip
