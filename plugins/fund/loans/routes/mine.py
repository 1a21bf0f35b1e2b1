"""One's own loans: applying, asking guarantors, confirming the contract, and what is due."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import (
    Form,
    asked_number,
    paged,
    permitted,
    this_member,
    this_node,
    told,
    whole_url,
)
from ...pages import blueprint
from .. import actions, queries
from ..access import TAKE_PART, own_loan, today
from ..queries.loans import SIZE
from ..schemas import ApplyForm, GuarantorForm
from .shown import MONTHS, WAY_FIELD, WON, Field, form_page, run, state_of, whole


def apply_fields(lenders: Any) -> tuple[Field, ...]:
    """Return the fields of an application with one of these lenders."""
    return (
        Field("lender_id", Message("Lender", {}), "select",
              choices=[(each.id, each.name) for each in lenders]),
        Field("purpose", Message("What for", {}), most=300),
        Field("amount", Message("Amount", {}), "number", suffix=WON),
        Field("months", Message("Paid back over", {}), "number", suffix=MONTHS),
        Field("grace", Message("Only interest at first", {}), "number", suffix=MONTHS,
              required=False, hint=Message("If you can begin to pay back only later.", {})),
        WAY_FIELD,
        Field("repay_how", Message("How you will pay it back", {}), "area",
              hint=Message("What comes in each month, and what else you have to pay.", {})),
        Field("agree", Message("The lender may get what I have written here", {}), "tick",
              hint=Message("The lender named above gets your name, e-mail address, phone number and"
                           " this application, to decide about it, until the loan is paid back and"
                           " as long as the law makes it keep its books. You may refuse; then you"
                           " cannot apply.", {})),
    )  # fmt: skip


@blueprint.route("/fund/loans/apply", methods=["GET", "POST"])
@permitted(TAKE_PART)
def apply_for_loan() -> Any:
    """Begin an application with a lender who may lend."""
    node = this_node()
    with node.db.read() as session:
        lenders = list(queries.open_lenders(session))
        session.expunge_all()
    if not lenders:
        return render_template("fund/loans/nobody.html")
    first = {
        "lender_id": request.args.get("lender", lenders[0].id), "way": "equal", "grace": 0,
        "idempotency_key": node.random.token(12),
    }  # fmt: skip
    form = Form(ApplyForm(), first)
    if form.submitted():
        try:
            loan_id = _begin(form.data)
            return redirect(url_for("fund.my_loan", loan_id=loan_id))
        except WizzleError as error:
            form.failed(error)
    return form_page(
        form, apply_fields(lenders), title=Message("Apply for a loan", {}),
        lead=Message("First you write it down. Then you ask guarantors if you want, and hand it"
                     " in.", {}),
        button=Message("Keep it and go on", {}), back=url_for("fund.loans"), lenders=lenders,
    )  # fmt: skip


def _begin(typed: dict[str, Any]) -> int:
    node = this_node()
    said = {
        name: value for name, value in typed.items() if name not in ("agree", "idempotency_key")
    }
    wish = actions.Wish(**said, key=typed["idempotency_key"] or node.random.token(12))
    with node.db.write() as session:
        return actions.draft(node, session, wish, person_id=this_member().id).id


@blueprint.get("/fund/loans/mine")
@permitted(TAKE_PART)
def my_loans() -> str:
    """List one's own loans and what one guarantees."""
    me = this_member().id
    with this_node().db.read() as session:
        found = queries.mine(session, me, before=asked_number())
        owed = queries.owed_of(session, found, today())
        last = str(found[:SIZE][-1].id) if found else None
        return render_template(
            "fund/loans/mine.html", page=paged(found, SIZE, last), owed=owed, state_of=state_of,
            guarantees=queries.my_guarantees(session, me),
        )  # fmt: skip


@blueprint.route("/fund/loans/mine/<int:loan_id>", methods=["GET", "POST"])
@permitted(TAKE_PART)
def my_loan(loan_id: int) -> Any:
    """Show one's own loan; the form makes a place for one more guarantor."""
    node = this_node()
    with node.db.read() as session:
        own_loan(session, loan_id)
    form = Form(GuarantorForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.add_guarantor(
                    node, session, loan_id, form.data["amount"], person_id=this_member().id
                )
            told("Now pass the link on to whom you want to ask.")
            return _to(loan_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        shown = whole(session, own_loan(session, loan_id))
        links = {
            each.id: whole_url(url_for("fund.loan_guarantee", guarantee_code=each.code))
            for each in shown["guarantors"]
        }
        page = render_template("fund/loans/mine_one.html", form=form, links=links, **shown)
    return page, form.status


def _to(loan_id: int) -> Response:
    return redirect(url_for("fund.my_loan", loan_id=loan_id))


@blueprint.post("/fund/loans/mine/<int:loan_id>/guarantors/<int:guarantor_id>/drop")
@permitted(TAKE_PART)
def drop_loan_guarantor(loan_id: int, guarantor_id: int) -> Response:
    """Take a guarantor's place back."""
    me, done = this_member().id, Message("The place is taken back.", {})
    return run(_to(loan_id), actions.drop_guarantor, loan_id, guarantor_id, person_id=me, done=done)


STEPS = {"hand-in": actions.hand_in, "withdraw": actions.withdraw, "agree": actions.agree}
_DONE = {
    "hand-in": Message("Your application is handed in.", {}),
    "withdraw": Message("Your application is taken back.", {}),
    "agree": Message("The contract is confirmed. The lender pays it out now.", {}),
}


@blueprint.post("/fund/loans/mine/<int:loan_id>/<any('hand-in', withdraw, agree):how>")
@permitted(TAKE_PART)
def move_my_loan(loan_id: int, how: str) -> Response:
    """Hand one's application in, take it back, or confirm the terms that were approved."""
    me = this_member().id
    return run(_to(loan_id), STEPS[how], loan_id, person_id=me, done=_DONE[how])
