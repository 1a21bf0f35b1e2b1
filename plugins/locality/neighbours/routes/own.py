"""One's own part of town, and how one is confirmed."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core.answers import Rule, Section
from .....core.auth import attempts
from .....core.auth.attempts import Limit
from .....core.errors import Invalid, TooMany, WizzleError
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..rules import ASKING_MINUTES, can_renew, holds, shown_code
from ..schemas import ChooseQuarter, TypedCode

OWN = "locality.neighbour"
VOUCH = "locality.neighbour.confirm"
RUN = "locality.neighbour.run"
RULES = (
    Rule(OWN, members=True),
    Rule(VOUCH, members=True),
    Rule(RUN, roles=frozenset({"steward"})),
)
TRIES = Limit("locality.code", 20, 60)
"""Codes that one person may type within an hour."""

ASKED = Limit("locality.asking", 20, 60)
_AGREE = Message("Please tick it if this may be kept; without it nothing is.", {})


def within(node: Node, limit: Limit, person_id: int) -> None:
    """Count one more try, in a transaction of its own; TooMany beyond the limit."""
    with node.db.write() as session:
        held = attempts.count(session, limit, str(person_id), at=node.clock.now())
    if not held:
        raise TooMany("Too many tries. Please wait an hour.")


@blueprint.route("/neighbours", methods=["GET", "POST"])
@permitted(OWN)
def neighbour() -> Any:
    """Show where one lives and how that stands; choose one's part of town."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        own = queries.neighbour(session, viewer.id)
        form = Form(ChooseQuarter(), {"quarter": own.quarter_id if own else ""})
    if form.submitted():
        try:
            if own is None and not form.data["agree"]:
                raise Invalid({"agree": [_AGREE]})
            with node.db.write() as session:
                actions.choose(node, session, viewer.id, form.data["quarter"])
            told("Saved.")
            return redirect(url_for("locality.neighbour"))
        except WizzleError as error:
            form.failed(error)
    return _page(form), form.status


def _page(form: Form, **more: Any) -> str:
    node, viewer = this_node(), this_member()
    now = node.clock.now()
    with node.db.read() as session:
        own = queries.neighbour(session, viewer.id)
        context = {
            "own": own,
            "quarters": [(row.id, row.name) for row in queries.quarters(session)],
            "confirmed": own is not None and holds(own.expires_at, now),
            "renewable": own is not None and can_renew(own.expires_at, now),
            "confirms": queries.may_confirm(session, viewer.id, now) is not None,
        }
    return render_template("locality/neighbours/own.html", form=form, **context, **more)


@blueprint.post("/neighbours/ask")
@permitted(OWN)
def ask_neighbour() -> Any:
    """Make the code that one shows to a neighbour; it stands on this one page and nowhere else."""
    node, viewer = this_node(), this_member()
    within(node, ASKED, viewer.id)
    with node.db.write() as session:
        code = actions.ask(node, session, viewer.id)
    return _page(Form(ChooseQuarter()), code=shown_code(code), minutes=ASKING_MINUTES)


@blueprint.route("/neighbours/paper", methods=["GET", "POST"])
@permitted(OWN)
def paper_code() -> Any:
    """Confirm oneself by a code on paper."""
    node, viewer = this_node(), this_member()
    form = Form(TypedCode())
    if form.submitted():
        try:
            within(node, TRIES, viewer.id)
            with node.db.write() as session:
                actions.use_paper(node, session, form.data["code"], viewer.id)
            told("You are confirmed as a neighbour.")
            return redirect(url_for("locality.neighbour"))
        except WizzleError as error:
            form.failed(error)
    return render_template("locality/neighbours/paper.html", form=form), form.status


@blueprint.post("/neighbours/remove")
@permitted(OWN)
def remove_neighbour() -> Any:
    """Forget where one lives."""
    node = this_node()
    with node.db.write() as session:
        actions.take_back(node, session, this_member().id)
    told("Your part of town is forgotten.")
    return redirect(url_for("locality.neighbour"))


def my_sections(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Return how one stands as a neighbour, once parts of town can be chosen."""
    if not queries.quarters(session):
        return []
    own = queries.neighbour(session, viewer.id)
    now = node.clock.now()
    context = {
        "own": own,
        "confirmed": own is not None and holds(own.expires_at, now),
        "renewable": own is not None and can_renew(own.expires_at, now),
    }
    return [Section("locality/neighbours/my_section.html", context, order=68)]
