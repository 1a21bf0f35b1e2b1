"""The treasurer's desk: what waits, what is out, and each loan with what can be done with it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from .....core.models import Person
from .....core.web import asked_number, can, paged, permitted, this_member, this_node
from ...pages import blueprint
from .. import actions, queries
from ..access import AUDIT, KEEP, today
from ..queries.loans import SIZE
from .shown import state_of, whole

FACES = {
    "waiting": ("review", "approved", "agreed"),
    "out": ("out",),
    "ended": ("repaid", "lost", "refused"),
}


@blueprint.get("/fund/loans/desk")
@permitted(AUDIT)
def loan_desk() -> str:
    """List the loans that wait, are out, or have ended."""
    face = request.args.get("show", "waiting")
    face = face if face in FACES else "waiting"
    with this_node().db.read() as session:
        found = queries.desk(session, FACES[face], before=asked_number())
        last = str(found[:SIZE][-1].id) if found else None
        return render_template(
            "fund/loans/desk.html", page=paged(found, SIZE, last), face=face, state_of=state_of,
            owed=queries.owed_of(session, found, today()), unverified=actions.waiting(session),
        )  # fmt: skip


@blueprint.get("/fund/loans/desk/<int:loan_id>")
@permitted(AUDIT)
def desk_loan(loan_id: int) -> Any:
    """Show a loan to those who keep or audit the books."""
    me = this_member().id
    with this_node().db.read() as session:
        shown = whole(session, queries.a_loan(session, loan_id))
        loan = shown["loan"]
        mine = loan.person_id == me or any(each.person_id == me for each in shown["guarantors"])
        return render_template(
            "fund/loans/desk_one.html", borrower=session.get_one(Person, loan.person_id),
            keeps=can(KEEP) and not mine, mine=mine, me=me, **shown,
        )  # fmt: skip
