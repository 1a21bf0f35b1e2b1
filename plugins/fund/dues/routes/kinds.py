"""What the treasurer chooses: kinds of membership, the account, the days."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import KEEP
from ...pages import blueprint
from .. import actions, queries
from ..actions import Choice, KindSaid
from ..schemas import ChoiceForm, KindForm

_SAID = ("name", "meaning", "every", "amount", "unit", "least", "active")
_CHOSEN = ("bank", "number", "holder", "due_day", "year_ends", "repay_months")


@blueprint.get("/fund/membership-kinds")
@permitted(KEEP)
def membership_kinds() -> str:
    """List the kinds of membership."""
    with this_node().db.read() as session:
        return render_template(
            "fund/dues/kinds.html", kinds=queries.kinds(session, active=False),
            account=queries.settings(session),
        )  # fmt: skip


@blueprint.route("/fund/membership-kinds/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_membership_kind() -> Any:
    """Make a kind of membership."""
    node = this_node()
    initial = {"every": "month", "active": True, "idempotency_key": node.random.token(12)}
    form = Form(KindForm(), initial)
    if form.submitted():
        try:
            said = KindSaid(**{name: form.data[name] for name in _SAID})
            key = f"form:{form.data['idempotency_key'] or node.random.token(12)}"
            with node.db.write() as session:
                actions.make_kind(node, session, said, key=key, actor_id=this_member().id)
            told("Saved.")
            return redirect(url_for("fund.membership_kinds"))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/dues/kind.html", kind=None, form=form), form.status


@blueprint.route("/fund/membership-kinds/<int:kind_id>", methods=["GET", "POST"])
@permitted(KEEP)
def membership_kind(kind_id: int) -> Any:
    """Change a kind of membership, or close it."""
    node = this_node()
    with node.db.read() as session:
        kind = queries.kind(session, kind_id)
        session.expunge(kind)
    form = Form(KindForm(), {name: getattr(kind, name) for name in _SAID})
    if form.submitted():
        try:
            said = KindSaid(**{name: form.data[name] for name in _SAID})
            with node.db.write() as session:
                actions.change_kind(node, session, kind_id, said, actor_id=this_member().id)
            told("Saved.")
            return redirect(url_for("fund.membership_kinds"))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/dues/kind.html", kind=kind, form=form), form.status


@blueprint.route("/fund/membership-settings", methods=["GET", "POST"])
@permitted(KEEP)
def membership_settings() -> Any:
    """Choose the account for transfers, and the days."""
    node = this_node()
    with node.db.read() as session:
        chosen = queries.settings(session)
        initial = {name: getattr(chosen, name) for name in _CHOSEN}
    form = Form(ChoiceForm(), initial)
    if form.submitted():
        try:
            choice = Choice(**{name: form.data[name] for name in _CHOSEN})
            with node.db.write() as session:
                actions.choose(node, session, choice, actor_id=this_member().id)
            told("Saved.")
            return redirect(url_for("fund.membership_kinds"))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/dues/settings.html", form=form), form.status
