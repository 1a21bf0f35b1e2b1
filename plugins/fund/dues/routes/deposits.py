"""The bank's list of deposits: taking it in, and deciding on what nothing fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.errors import NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import AUDIT, KEEP
from ...pages import blueprint
from .. import actions, queries
from ..rules import BOOKED, OUTCOMES, WAITING
from ..schemas import FileForm, GiveForm, brought_list

SHOWN = 300
STATES = {"waiting": WAITING, "booked": BOOKED, "left": ("left",)}


def why(row: Any) -> Message:
    """Return on what it rests that a deposit is where it is."""
    return Message(row.why, row.named)


@blueprint.get("/fund/deposits")
@permitted(AUDIT)
def deposits() -> Any:
    """List the deposits, those that wait for a person first."""
    return _list(Form(FileForm()))


@blueprint.post("/fund/deposits")
@permitted(KEEP)
def bring_deposits() -> Any:
    """Take in a bank's list, a file or pasted."""
    form, node = Form(FileForm()), this_node()
    if form.submitted():
        try:
            brought = brought_list(form.data["text"])
            with node.db.write() as session:
                made = actions.take_file(node, session, brought, actor_id=this_member().id)
            told("The list is taken in. Here is what became of every row.")
            return redirect(url_for("fund.deposit_file", file_id=made))
        except WizzleError as error:
            form.failed(error)
    return _list(form)


def _list(form: Form) -> Any:
    asked, size = request.args.get("state", "waiting"), queries.SIZE
    state = asked if asked in STATES else "waiting"
    with this_node().db.read() as session:
        rows = queries.deposits(session, STATES[state], before=asked_number())
        numbers = queries.numbers(session)
    place = str(rows[size - 1].id) if len(rows) > size else None
    page = render_template(
        "fund/dues/deposits.html", page=paged(rows, size, place), state=state, outcomes=OUTCOMES,
        numbers={name: sum(numbers.get(each, 0) for each in STATES[name]) for name in STATES},
        form=form, told_why=why,
    )  # fmt: skip
    return page, form.status


@blueprint.get("/fund/deposits/files/<int:file_id>")
@permitted(AUDIT)
def deposit_file(file_id: int) -> str:
    """Show what became of every row of a file."""
    size = queries.SIZE
    with this_node().db.read() as session:
        found = queries.bank_file(session, file_id)
        rows = queries.deposits(
            session, [*WAITING, *BOOKED, "left"], file_id=file_id, before=asked_number()
        )
    place = str(rows[size - 1].id) if len(rows) > size else None
    rest = [(line, outcome, Message(text, values)) for line, outcome, text, values in found.rest]
    return render_template(
        "fund/dues/file.html", file=found, page=paged(rows, size, place), rest=rest[:SHOWN],
        outcomes=OUTCOMES, told_why=why,
    )  # fmt: skip


@blueprint.get("/fund/deposits/<int:deposit_id>")
@permitted(AUDIT)
def fund_deposit(deposit_id: int) -> Any:
    """Show a deposit, and what can be decided on it."""
    return _one(deposit_id, Form(GiveForm()))


def _one(deposit_id: int, form: Form) -> Any:
    with this_node().db.read() as session:
        found = queries.deposit(session, deposit_id)
        booked = queries.booked_as(session, deposit_id)
        name = queries.name_of(session, queries.member(session, booked.member_id)) if booked else ""
        near = [] if booked else _near(session, found)
        page = render_template(
            "fund/dues/deposit.html", deposit=found, booked=booked, name=name, near=near,
            form=form, outcomes=OUTCOMES, why=why(found), waits=found.state in WAITING,
        )  # fmt: skip
    return page, form.status


def _near(session: Session, deposit: Any) -> list[Any]:
    """Return what may fit: the same sum, or a name that stands there."""
    text = f"{deposit.depositor} {deposit.memo}"
    return [
        claim for claim in queries.claims(session)
        if not claim.done and claim.due
        and (claim.due == deposit.amount or (claim.name and claim.name in text))
    ][:8]  # fmt: skip


@blueprint.post("/fund/deposits/<int:deposit_id>/give")
@permitted(KEEP)
def give_deposit(deposit_id: int) -> Any:
    """Give a deposit to a member for dues, or for shares."""
    form = Form(GiveForm())

    def act(session: Session) -> None:
        claim = queries.claim_of(session, form.data["receiver"])
        actions.give(
            this_node(), session, deposit_id, member_id=claim.member_id,
            purchase_id=claim.purchase_id, actor_id=this_member().id,
        )  # fmt: skip

    if not form.submitted():
        return _one(deposit_id, form)
    return _done(deposit_id, form, act, "The deposit is booked, and the member is told.")


@blueprint.post("/fund/deposits/<int:deposit_id>/<any(leave, undo):how>")
@permitted(KEEP)
def decide_deposit(deposit_id: int, how: str) -> Any:
    """Note that a deposit is nobody's here, or undo what was decided on it."""
    do = actions.leave_aside if how == "leave" else actions.take_back_deposit

    def act(session: Session) -> None:
        do(this_node(), session, deposit_id, actor_id=this_member().id)

    return _done(deposit_id, Form(GiveForm()), act, "Done.")


def _done(deposit_id: int, form: Form, act: Callable[[Session], None], words: str) -> Any:
    try:
        with this_node().db.write() as session:
            act(session)
    except NotFound:
        raise
    except WizzleError as error:
        form.failed(error)
        return _one(deposit_id, form)
    told(words)
    return redirect(url_for("fund.deposits"))
