"""The queue of claims, for the treasurer; the auditor sees it and moves nothing."""

from __future__ import annotations

from flask import render_template, request, url_for

from .....core.values import Message
from .....core.web import asked_number, can, paged, permitted, say, this_node
from ...access import AUDIT, KEEP
from ...pages import blueprint
from .. import queries
from ..rules import (
    APPROVED,
    ASKED,
    CHECKED,
    HANDED_IN,
    IN_RUN,
    PAID,
    REFUSED,
    REVERSED,
    STATES,
    WITHDRAWN,
)

FACES = {
    "first": (Message("First look", {}), (HANDED_IN,)),
    "second": (Message("Second look", {}), (CHECKED,)),
    "asked": (Message("Asked back", {}), (ASKED,)),
    "pay": (Message("To be paid", {}), (APPROVED, IN_RUN)),
    "done": (Message("Settled", {}), (PAID, REVERSED, REFUSED, WITHDRAWN)),
}


@blueprint.get("/fund/claims/desk")
@permitted(AUDIT)
def claims_desk() -> str:
    """List the claims that wait, by what they wait for."""
    node, face = this_node(), request.args.get("face", "first")
    face = face if face in FACES else "first"
    with node.db.read() as session:
        rows = queries.queue(session, FACES[face][1], after=asked_number())
        counts = queries.counts(session)
        number, total = queries.approved(session)
    last = rows[: queries.SIZE][-1].id if rows else None
    tabs = [
        {"label": say(label.text), "current": name == face,
         "url": url_for("fund.claims_desk", face=name),
         "count": sum(counts[state] for state in states) if name != "done" else None}
        for name, (label, states) in FACES.items()
    ]  # fmt: skip
    return render_template(
        "fund/claims/desk.html", page=paged(rows, queries.SIZE, str(last)), tabs=tabs,
        states=STATES, face=face, number=number, total=total, keeps=can(KEEP),
        key=node.random.token(12),
    )  # fmt: skip
