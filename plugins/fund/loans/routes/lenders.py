"""Lenders: writing them down, verifying them, and the book of each."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.language import percent
from .....core.models import Space
from .....core.values import Message
from .....core.web import Form, asked_number, can, paged, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import APPOINT, AUDIT, KEEP, TAKE_PART, sees_book
from ..models import Lender
from ..queries.lenders import SIZE
from ..rules import ENTITLEMENTS, Lending
from ..schemas import LenderForm
from .shown import DAYS, MONTHS, PER_YEAR, WON, Field, form_page, run


@blueprint.get("/fund/loans/lenders")
@permitted(AUDIT)
def lenders() -> str:
    """List the lenders, also those that wait to be verified."""
    with this_node().db.read() as session:
        found = queries.lenders(session, after=asked_number())
        last = str(found[:SIZE][-1].id) if found else None
        return render_template(
            "fund/loans/lenders.html", page=paged(found, SIZE, last), entitlements=ENTITLEMENTS,
            keeps=can(KEEP),
        )  # fmt: skip


def _fields(session: Session) -> tuple[Field, ...]:
    spaces = session.execute(
        select(Space.id, Space.name)
        .where(Space.kind == "organisation", Space.closed_at.is_(None))
        .order_by(Space.name)
        .limit(200)
    ).all()
    return (
        Field("name", Message("Lender", {}), most=120),
        Field("kind", Message("What entitles it to lend", {}), "radios",
              choices=tuple(ENTITLEMENTS.items())),
        Field("number", Message("Number of the entitlement", {}), most=120,
              hint=Message("As it stands in the register: office and number.", {})),
        Field("contact", Message("Contact", {}), most=120,
              hint=Message("Whom one can talk to, also when one cannot pay.", {})),
        Field("space_id", Message("Its page here", {}), "select", required=False,
              choices=(("", Message("none", {})), *((row.id, row.name) for row in spaces))),
        Field("purposes", Message("What it lends for", {}), "area"),
        Field("most", Message("Largest loan", {}), "number", suffix=WON),
        Field("most_months", Message("Longest loan", {}), "number", suffix=MONTHS),
        Field("rate_bp", Message("Interest", {}), suffix=PER_YEAR,
              hint=Message("The law allows at most 20 % a year, with late interest and all fees.",
                           {})),
        Field("late_bp", Message("Interest on what is late, in all", {}), suffix=PER_YEAR),
        Field("letter_days", Message("Guarantors hear of it after", {}), "number", suffix=DAYS),
        Field("capital", Message("Paid-in capital", {}), "number", suffix=WON, required=False,
              hint=Message("For a social co-operative: never more than this is out at a time.",
                           {})),
    )  # fmt: skip


@blueprint.route("/fund/loans/lenders/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_lender() -> Any:
    """Write down a lender who is entitled to lend."""
    node = this_node()
    first = {"letter_days": 30, "idempotency_key": node.random.token(12)}
    return _form(first, None, url_for("fund.lenders"))


@blueprint.route("/fund/loans/lenders/<int:lender_id>/edit", methods=["GET", "POST"])
@permitted(KEEP)
def edit_lender(lender_id: int) -> Any:
    """Change a lender's terms; it is verified anew then."""
    with this_node().db.read() as session:
        lender = queries.a_lender(session, lender_id)
        names = [name for name in LenderForm().fields if name != "idempotency_key"]
        first = {name: getattr(lender, name) for name in names}
    for name in ("rate_bp", "late_bp"):
        first[name] = percent(first[name]).rstrip("%")
    return _form(first, lender_id, url_for("fund.lender", lender_id=lender_id))


def _form(first: dict[str, Any], lender_id: int | None, back: str) -> Any:
    node = this_node()
    form = Form(LenderForm(), first)
    if form.submitted():
        try:
            made = _keep(form.data, lender_id)
            told("Somebody else, a steward, has to verify it now.")
            return redirect(url_for("fund.lender", lender_id=made))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        fields = _fields(session)
    return form_page(
        form, fields, title=Message("A lender", {}), button=Message("Keep", {}), back=back,
        lead=Message("Only who is entitled by law may lend. The fund and this node never lend.",
                     {}),
    )  # fmt: skip


def _keep(said: dict[str, Any], lender_id: int | None) -> int:
    node, me = this_node(), this_member().id
    key = said.pop("idempotency_key") or node.random.token(12)
    with node.db.write() as session:
        if lender_id is None:
            return actions.add_lender(
                node, session, Lending(**said), key=f"{me}:{key}", actor_id=me
            ).id
        actions.change_lender(node, session, lender_id, Lending(**said), actor_id=me)
        return lender_id


@blueprint.get("/fund/loans/lenders/<int:lender_id>")
@permitted(TAKE_PART)
def lender(lender_id: int) -> str:
    """Show the book of a lender to who audits it and to the lender itself."""
    with this_node().db.read() as session:
        found = _seen(session, lender_id)
        return render_template(
            "fund/loans/lender.html", lender=found, entitlements=ENTITLEMENTS,
            book=queries.book(session, lender_id), keeps=can(KEEP), desk=can(AUDIT),
            verifies=can(APPOINT) and found.made_by != this_member().id,
        )  # fmt: skip


def _seen(session: Session, lender_id: int) -> Lender:
    found = queries.a_lender(session, lender_id)
    if not sees_book(found):
        raise NotFound("There is no such lender.")
    return found


@blueprint.post("/fund/loans/lenders/<int:lender_id>/verify")
@permitted(APPOINT)
def verify_lender(lender_id: int) -> Response:
    """Note that the entitlement was looked up in the register."""
    return _run(actions.verify_lender, lender_id, Message("People can apply there now.", {}))


@blueprint.post("/fund/loans/lenders/<int:lender_id>/close")
@permitted(KEEP)
def close_lender(lender_id: int) -> Response:
    """Take no more applications for a lender."""
    done = Message("Nobody can apply there any more. Its loans are paid back as agreed.", {})
    return _run(actions.close_lender, lender_id, done)


def _run(action: Any, lender_id: int, done: Message) -> Response:
    to = redirect(url_for("fund.lender", lender_id=lender_id))
    return run(to, action, lender_id, actor_id=this_member().id, done=done)
