"""What is paid back, and what is done when it is not, as forms of the desk."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound
from .....core.node import Node
from .....core.values import Message
from .....core.web import permitted, this_member, this_node
from ...pages import blueprint
from .. import actions, queries
from ..access import KEEP, today
from ..queries import Owed
from ..rules import early
from ..schemas import DeferForm, PaymentForm, ReasonForm
from .deciding import one_form, to_desk
from .shown import MONTHS, WON, Field, run

PAYMENT = (
    Field("amount", Message("Amount", {}), "number", suffix=WON),
    Field("paid_on", Message("Paid on", {}), "date"),
    Field("how", Message("What it is", {}), "radios", choices=(
        ("plan", Message("As planned, up to the next instalment", {})),
        ("part", Message("More than is due: the rest is spread anew", {})),
        ("whole", Message("All of it, before time", {})),
    )),
    Field("note", Message("A note", {}), required=False, most=200),
)  # fmt: skip


def _owed(session: Session, loan_id: int) -> Owed:
    found = queries.owed(session, queries.a_loan(session, loan_id), today())
    if found is None:
        raise NotFound("There is no such loan.")
    return found


@blueprint.route("/fund/loans/desk/<int:loan_id>/payments/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_loan_payment(loan_id: int) -> Any:
    """Note what the lender got; what it pays of the loan is said beside it."""
    node = this_node()
    with node.db.read() as session:
        stand = _owed(session, loan_id).standing
    due = stand.now.amount or (stand.next.amount if stand.next else 0)
    first = {"amount": due, "paid_on": today(), "how": "plan",
             "idempotency_key": node.random.token(12)}  # fmt: skip

    def act(node: Node, session: Session, said: dict[str, Any]) -> None:
        key = said["idempotency_key"] or node.random.token(12)
        money = actions.Money(said["amount"], said["paid_on"], key, said["note"])
        me = this_member().id
        if said["how"] == "plan":
            actions.pay(node, session, loan_id, money, actor_id=me)
        else:
            whole = said["how"] == "whole"
            actions.pay_early(node, session, loan_id, money, whole=whole, actor_id=me)

    return one_form(
        loan_id, PaymentForm(), first, PAYMENT, act, title=Message("Write a payment down", {}),
        button=Message("Write it down", {}), done=Message("It stands in the book.", {}),
        stand=stand, all_of_it=early(stand).amount,
    )  # fmt: skip


@blueprint.route(
    "/fund/loans/desk/<int:loan_id>/payments/<int:payment_id>/back", methods=["GET", "POST"]
)
@permitted(KEEP)
def loan_payment_back(loan_id: int, payment_id: int) -> Any:
    """Take a wrong entry back, by its opposite."""
    return one_form(
        loan_id, ReasonForm(), {}, (Field("reason", Message("What was wrong", {}), most=200),),
        lambda node, session, said: actions.take_back(
            node, session, loan_id, payment_id, reason=said["reason"][:200],
            actor_id=this_member().id,
        ),
        title=Message("Take an entry back", {}), button=Message("Take it back", {}),
        lead=Message("Nothing is deleted: the opposite is written into the book.", {}),
        done=Message("The entry is taken back.", {}), grave=True,
    )  # fmt: skip


@blueprint.route("/fund/loans/desk/<int:loan_id>/later", methods=["GET", "POST"])
@permitted(KEEP)
def defer_loan(loan_id: int) -> Any:
    """Make a later plan for somebody who cannot pay as agreed."""
    with this_node().db.read() as session:
        owed = _owed(session, loan_id)
    fields = (
        Field("months", Message("Only interest for", {}), "number", suffix=MONTHS),
        Field("reason", Message("The reason", {}), "area"),
        Field("version", Message("Plan", {}), "hidden"),
    )
    return one_form(
        loan_id, DeferForm(), {"months": 3, "version": owed.version}, fields,
        lambda node, session, said: actions.defer(
            node, session, loan_id, said["months"], said["reason"], version=said["version"],
            actor_id=this_member().id,
        ),
        title=Message("A later plan", {}), button=Message("Make the new plan", {}),
        lead=Message("What is late and what it has cost is paid after these months. No interest is"
                     " taken on interest.", {}),
        done=Message("The new plan holds. Borrower and guarantors are told.", {}),
        stand=owed.standing,
    )  # fmt: skip


@blueprint.route("/fund/loans/desk/<int:loan_id>/write-off", methods=["GET", "POST"])
@permitted(KEEP)
def write_off_loan(loan_id: int) -> Any:
    """Ask that a loan be written off; two other people approve."""
    with this_node().db.read() as session:
        owed = _owed(session, loan_id)
    return one_form(
        loan_id, ReasonForm(), {}, (Field("reason", Message("The reason", {}), "area"),),
        lambda node, session, said: actions.ask_write_off(
            node, session, loan_id, said["reason"], actor_id=this_member().id
        ),
        title=Message("Write the loan off", {}), button=Message("Ask for the write-off", {}),
        lead=Message("Please try a later plan first. Two other people have to approve.", {}),
        done=Message("Now two other people have to approve.", {}), grave=True,
        stand=owed.standing,
    )  # fmt: skip


@blueprint.post("/fund/loans/desk/<int:loan_id>/write-off/approve")
@permitted(KEEP)
def approve_loan_write_off(loan_id: int) -> Response:
    """Approve that a loan is written off."""
    return run(
        to_desk(loan_id), actions.approve_write_off, loan_id, actor_id=this_member().id,
        done=Message("Your approval is noted.", {}),
    )  # fmt: skip
