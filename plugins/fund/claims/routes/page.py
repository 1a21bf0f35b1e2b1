"""The page of a claim: all of it for those who decide and who claimed, little for everyone."""

from __future__ import annotations

from typing import Any

from flask import render_template, send_file
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.banks import masked
from .....core.errors import NotFound
from .....core.values import Viewer
from .....core.web import permitted, this_member, this_node, this_viewer
from ...access import READ, TAKE_PART
from ...carrying import queries as carrying
from ...pages import blueprint
from .. import actions, queries
from ..models import Claim
from ..rules import MOVES, STATES, TOLD, subject_of


@blueprint.get("/fund/claims/<int:claim_id>")
@permitted(READ, alike=True)
def claim(claim_id: int) -> Any:
    """Show a claim: once it is paid, to everyone; before, to those whom it concerns."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        found = queries.the_claim(session, claim_id)
        inside = viewer is not None and queries.sees_all(session, viewer.id, found)
        if not inside and found.state not in TOLD:
            raise NotFound("There is no such claim.")
        earmark = carrying.earmark_of(session, found.earmark_id)
        project = carrying.is_project(session, found.earmark_id)
        context = {"claim": found, "earmark": earmark, "states": STATES, "project": project}
        if viewer is None or not inside:
            return render_template("fund/claims/public.html", **context)
        return render_template(
            "fund/claims/claim.html", **context, **_inside(session, found, viewer)
        )


def _inside(session: Session, claim: Claim, viewer: Viewer) -> dict[str, Any]:
    keeps = queries.keeps(session, viewer.id)
    own = viewer.id == claim.claimant_id
    to = actions.account_of(this_node(), claim) if keeps or own else None
    first = claim.state in MOVES["check"] and queries.may_check(session, viewer.id, claim)
    return {
        "own": own,
        "decides": keeps and not own,
        "may_check": first,
        "may_approve": keeps and not own and viewer.id != claim.checked_by,
        "was_first": viewer.id == claim.checked_by,
        "moves": {move for move, states in MOVES.items() if claim.state in states},
        "receipts": queries.receipts(session, claim.id),
        "steps": queries.steps(session, claim.id),
        "twins": () if own else queries.twins(session, claim),
        "claimant": queries.name_of(session, claim.claimant_id),
        "account": to,
        "masked": masked,
        "sums": carrying.sums(session, [claim.earmark_id])[claim.earmark_id],
        "subject": subject_of(claim.id),
    }


@blueprint.get("/fund/claims/<int:claim_id>/receipts/<int:receipt_id>/<size>.webp")
@permitted(TAKE_PART)
def claim_receipt(claim_id: int, receipt_id: int, size: str) -> Any:
    """Send a photograph of a receipt to those whom the claim concerns: asked each time."""
    node = this_node()
    if size not in pictures.SIZES:
        raise NotFound("There is no such picture.")
    with node.db.look() as session:
        found = queries.the_claim(session, claim_id)
        if not queries.sees_all(session, this_member().id, found):
            raise NotFound("There is no such picture.")
        digest = queries.receipt_digest(session, claim_id, receipt_id)
    file = pictures.file(node, digest, size, closed=True)
    if not file.is_file():
        raise NotFound("There is no such picture.")
    response = send_file(file, mimetype="image/webp", conditional=True, etag=digest + size)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
