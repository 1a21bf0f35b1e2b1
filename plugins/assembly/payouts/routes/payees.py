"""The bank accounts of those who are paid: their list, and one of them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from .....core.banks import BANKS, masked
from .....core.errors import NotFound, WizzleError
from .....core.models import Space
from .....core.web import Form, asked_number, paged, permitted, this_node, told
from ...cycles.routes.access import me
from ...pages import blueprint
from .. import actions, queries
from ..queries.owed import SIZE
from ..schemas import PayeeForm
from .access import PAY, bank_name


@blueprint.get("/payouts/payees")
@permitted(PAY)
def payees() -> str:
    """List everyone who can be paid, with the last figures of their accounts."""
    with this_node().db.read() as session:
        rows = queries.spaces(session, after=asked_number())
    last = rows[:SIZE][-1].space_id if rows else None
    page = paged(rows, SIZE, str(last))
    return render_template(
        "assembly/payouts/payees.html", page=page, masked=masked, bank_name=bank_name
    )


@blueprint.route(
    "/payouts/payees/<any(producer, activist):kind>/<int:space_id>", methods=["GET", "POST"]
)
@permitted(PAY)
def payee(kind: str, space_id: int) -> Any:
    """Show and change the bank account of a producer, or of a hub's activist."""
    node, account = this_node(), f"{kind}:{space_id}"
    with node.db.read() as session:
        space, standing = session.get(Space, space_id), queries.payee_of(session, account)
        if space is None:
            raise NotFound("There is nobody to be paid here.")
        name = space.name
    initial = {"bank": standing.bank, "holder": standing.holder} if standing else {}
    form = Form(PayeeForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.name_payee(node, session, account, actor_id=me().id, **form.data)
        except WizzleError as error:
            form.failed(error)
        else:
            told("The bank account is kept.")
            return redirect(url_for("assembly.payees"))
    body = render_template(
        "assembly/payouts/payee.html", form=form, name=name, kind=kind, space_id=space_id,
        banks=[(bank, bank_name(bank)) for bank in BANKS], standing=standing, masked=masked,
    )  # fmt: skip
    return body, form.status


@blueprint.post("/payouts/payees/<any(producer, activist):kind>/<int:space_id>/forget")
@permitted(PAY)
def forget_payee(kind: str, space_id: int) -> Any:
    """Forget a bank account."""
    node = this_node()
    with node.db.write() as session:
        actions.forget_payee(node, session, f"{kind}:{space_id}", actor_id=me().id)
    told("The bank account is forgotten. What is owed waits until there is another one.")
    return redirect(url_for("assembly.payees"))
