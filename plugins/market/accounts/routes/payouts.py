"""Paying credit out, and what all residents' accounts come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core.errors import Forbidden, NotFound, Refused, WizzleError
from .....core.web import (
    Form,
    allow,
    asked_number,
    paged,
    permitted,
    this_member,
    this_node,
    told,
)
from ...pages import ID, blueprint
from .. import actions, queries
from ..rules import MOST_OUTSTANDING
from ..schemas import DeclineForm

PAY, ACCOUNTS = "market.payouts", "market.accounts"
SIZE = 30


@blueprint.get("/market/payouts")
@permitted(PAY)
def payouts() -> Any:
    """List who asked for their credit: a steward sees all, an activist those of their hub."""
    return _page(Form(DeclineForm()))


@blueprint.post(f"/market/payouts/<{ID}:payout_id>/paid")
@permitted(PAY)
def pay_out(payout_id: int) -> Any:
    """Write that the money was given."""

    def act(session: Session) -> None:
        actions.pay_out(this_node(), session, payout_id, actor_id=this_member().id)

    try:
        _decide(payout_id, act)
    except (Forbidden, NotFound):
        raise
    except Refused as refused:
        told(refused.message.text, "problem", **refused.message.values)
    else:
        told("It is written down that the money was given.")
    return redirect(url_for("market.payouts"))


@blueprint.post(f"/market/payouts/<{ID}:payout_id>/cancel")
@permitted(PAY)
def decline_payout(payout_id: int) -> Any:
    """Turn a wish down, with the reason."""
    form = Form(DeclineForm())

    def act(session: Session) -> None:
        actions.cancel_payout(
            this_node(), session, payout_id,
            actor_id=this_member().id, reason=form.data["reason"],
        )  # fmt: skip

    if form.submitted():
        try:
            _decide(payout_id, act)
            told("It is cancelled. The credit stays where it is.")
            return redirect(url_for("market.payouts"))
        except (Forbidden, NotFound):
            raise
        except WizzleError as error:
            form.failed(error)
    return _page(form, payout_id)


def _decide(payout_id: int, act: Callable[[Session], None]) -> None:
    with this_node().db.write() as session:
        asked = queries.payout(session, payout_id)
        # What goes out by bank is the steward's: no hub has a hand in it.
        allow(PAY if asked.host_id else ACCOUNTS, asked.host_id)
        act(session)


def _page(form: Form, formed: int | None = None) -> Any:
    viewer = this_member()
    hubs = None if viewer.is_steward else viewer.spaces("activist")
    with this_node().db.read() as session:
        rows = queries.payouts(session, host_ids=hubs, before=asked_number(), limit=SIZE + 1)
        total = queries.outstanding(session) if viewer.is_steward else None
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    page = render_template(
        "market/accounts/payouts.html",
        page=paged(rows, SIZE, place), total=total, most=MOST_OUTSTANDING, form=form,
        formed=formed,
    )  # fmt: skip
    return page, form.status


@blueprint.get("/market/accounts")
@permitted(ACCOUNTS)
def accounts() -> Any:
    """List whose account does not stand at nothing."""
    with this_node().db.read() as session:
        rows = queries.owing(session, after=asked_number(), limit=SIZE + 1)
        total = queries.outstanding(session)
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template(
        "market/accounts/accounts.html",
        page=paged(rows, SIZE, place), total=total, most=MOST_OUTSTANDING,
    )  # fmt: skip
