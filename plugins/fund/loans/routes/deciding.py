"""Deciding about applications and paying loans out, as forms of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import redirect, url_for
from marshmallow import Schema
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.language import percent
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import KEEP, today
from ..rules import CAP_BP, CO_OPERATIVE, plan
from ..schemas import OutForm, ReasonForm, TermsForm
from .shown import MONTHS, PER_YEAR, WAY_FIELD, WON, Field, form_page, run


def to_desk(loan_id: int) -> Response:
    """Lead back to the loan on the desk."""
    return redirect(url_for("fund.desk_loan", loan_id=loan_id))


def one_form(
    loan_id: int, schema: Schema, first: dict[str, Any], fields: Sequence[Field],
    act: Callable[..., Any], *, title: Message, button: Message, done: Message,
    lead: Message | None = None, grave: bool = False, **more: Any,
) -> Any:  # fmt: skip
    """Show a form about a loan of the desk; ``act(node, session, data)`` does what it says."""
    node = this_node()
    form = Form(schema, first)
    if form.submitted():
        try:
            with node.db.write() as session:
                act(node, session, form.data)
            told(done.text)
            return to_desk(loan_id)
        except WizzleError as error:
            form.failed(error)
    back = url_for("fund.desk_loan", loan_id=loan_id)
    return form_page(
        form, fields, title=title, button=button, back=back, lead=lead, grave=grave, **more
    )


TERMS = (
    Field("amount", Message("Amount", {}), "number", suffix=WON),
    Field("months", Message("Paid back over", {}), "number", suffix=MONTHS),
    Field("grace", Message("Only interest at first", {}), "number", suffix=MONTHS, required=False),
    WAY_FIELD,
    Field("rate_bp", Message("Interest", {}), suffix=PER_YEAR),
    Field("late_bp", Message("Interest on what is late, in all", {}), suffix=PER_YEAR),
    Field("fee", Message("Fees", {}), "number", suffix=WON, required=False,
          hint=Message("All fees count as interest: together at most 20 % a year.", {})),
    Field("answer", Message("A word to the borrower", {}), "area", required=False),
)  # fmt: skip


_MEMBERS = Message(
    "A social co-operative lends only to its members. Please check that the borrower is one.", {}
)


@blueprint.route("/fund/loans/desk/<int:loan_id>/approve", methods=["GET", "POST"])
@permitted(KEEP)
def approve_loan(loan_id: int) -> Any:
    """Approve an application, with its terms."""
    with this_node().db.read() as session:
        loan = queries.a_loan(session, loan_id)
        lender = queries.a_lender(session, loan.lender_id)
        first = {
            "amount": loan.amount, "months": loan.months, "grace": loan.grace, "way": loan.way,
            "rate_bp": percent(loan.rate_bp).rstrip("%"),
            "late_bp": percent(loan.late_bp).rstrip("%"), "fee": 0,
        }  # fmt: skip
        dues = plan(
            loan.amount, min(loan.rate_bp, CAP_BP), loan.months, way=loan.way, start=today(),
            grace=loan.grace,
        )  # fmt: skip
        session.expunge_all()
    return one_form(
        loan_id, TermsForm(), first, TERMS,
        lambda node, session, said: actions.approve(
            node, session, loan_id, actions.Terms(**said), actor_id=this_member().id
        ),
        title=Message("Approve with terms", {}), button=Message("Approve", {}),
        done=Message("It is approved. The borrower is told and confirms the terms.", {}),
        lender=lender, dues=dues, lead=_MEMBERS if lender.kind == CO_OPERATIVE else None,
    )  # fmt: skip


@blueprint.route("/fund/loans/desk/<int:loan_id>/refuse", methods=["GET", "POST"])
@permitted(KEEP)
def refuse_loan(loan_id: int) -> Any:
    """Say no to an application, with a reason."""
    return one_form(
        loan_id, ReasonForm(), {}, (Field("reason", Message("The reason", {}), "area"),),
        lambda node, session, said: actions.refuse(
            node, session, loan_id, said["reason"], actor_id=this_member().id
        ),
        title=Message("Do not approve", {}), button=Message("Do not approve", {}),
        lead=Message("The borrower reads the reason. Please also say what could help instead.", {}),
        done=Message("The borrower is told.", {}), grave=True,
    )  # fmt: skip


@blueprint.route("/fund/loans/desk/<int:loan_id>/pay-out", methods=["GET", "POST"])
@permitted(KEEP)
def pay_out_loan(loan_id: int) -> Any:
    """Note that the lender has paid a loan out."""
    return one_form(
        loan_id, OutForm(), {"out_on": today()},
        (Field("out_on", Message("Paid out on", {}), "date"),),
        lambda node, session, said: actions.pay_out(
            node, session, loan_id, said["out_on"], actor_id=this_member().id
        ),
        title=Message("The lender has paid it out", {}), button=Message("Write it down", {}),
        lead=Message("The lender sends the money itself; here it is written into its book. From"
                     " that day on the plan runs.", {}),
        done=Message("It is paid out, and the plan runs.", {}),
    )  # fmt: skip


@blueprint.post("/fund/loans/desk/<int:loan_id>/guarantors/<int:guarantor_id>/paper")
@permitted(KEEP)
def guarantor_paper(loan_id: int, guarantor_id: int) -> Response:
    """Note that a guarantor's signature on paper is there."""
    return run(
        to_desk(loan_id), actions.saw_paper, loan_id, guarantor_id, actor_id=this_member().id,
        done=Message("The signature is noted.", {}),
    )  # fmt: skip
