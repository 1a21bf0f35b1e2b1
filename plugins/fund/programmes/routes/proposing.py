"""Proposals as their authors write them, hand them in and take them back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core import pictures
from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from .....core.web.schemas import PictureDetails
from ...access import TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..access import own_proposal, phase, seen_programme, tell, to_programme, to_proposal
from ..queries import AnyRow
from ..rules import DRAFT, IDEAS, Idea, listed
from ..schemas import IdeaForm

_KEPT = ("title", "summary", "why", "place", "asked", "asked_for", "category")


def _idea(form: Form) -> Idea:
    return Idea(**{name: form.data[name] for name in _KEPT})


def _page(session: Session, programme_id: int, row: AnyRow | None, form: Form) -> Any:
    found = queries.the_programme(session, programme_id)
    page = render_template(
        "fund/programmes/proposal_form.html", programme=found, proposal=row, form=form,
        categories=listed(found.categories), places=listed(found.places),
    )  # fmt: skip
    return page, form.status


@blueprint.route("/fund/programmes/<int:programme_id>/propose", methods=["GET", "POST"])
@permitted(TAKE_PART)
def propose(programme_id: int) -> Any:
    """Write a proposal: it can be kept as a draft, or handed in at once."""
    node, viewer = this_node(), this_member()
    form = Form(IdeaForm(), {"idempotency_key": node.random.token(12)})
    with node.db.read() as session:
        found = seen_programme(session, programme_id)
        if phase(found) != IDEAS and request.method == "GET":
            told("The time for new ideas is over. Thank you all the same!", "problem")
            return to_programme(programme_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                key = form.data["idempotency_key"] or node.random.token(12)
                made = actions.draft(
                    node, session, programme_id, _idea(form), key=key, viewer=viewer
                )
                proposal_id = made.id
                if "hand_in" in request.form:
                    actions.hand_in(node, session, proposal_id, viewer=viewer)
            _thank()
            return to_proposal(proposal_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        return _page(session, programme_id, None, form)


def _thank() -> None:
    if "hand_in" in request.form:
        told("Thank you! Your neighbours can read your proposal now.")
    else:
        told("The draft is kept. Only you see it until you hand it in.")


@blueprint.route("/fund/proposals/<int:proposal_id>/edit", methods=["GET", "POST"])
@permitted(TAKE_PART)
def edit_proposal(proposal_id: int) -> Any:
    """Change a proposal; everybody can see what changed."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        row = own_proposal(session, proposal_id)
    form = Form(IdeaForm(), {name: getattr(row, name) for name in (*_KEPT, "version")})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.revise(
                    node, session, proposal_id, _idea(form), version=form.data["version"],
                    person_id=viewer.id,
                )  # fmt: skip
                if "hand_in" in request.form:
                    actions.hand_in(node, session, proposal_id, viewer=viewer)
            if row.state == DRAFT:
                _thank()
            else:
                told("Saved. Everybody can see what changed.")
            return to_proposal(proposal_id)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        return _page(session, row.programme_id, row, form)


@blueprint.route("/fund/proposals/<int:proposal_id>/picture", methods=["GET", "POST"])
@permitted(TAKE_PART)
def proposal_picture(proposal_id: int) -> Any:
    """Bring a picture, with words for those who do not see it."""
    node = this_node()
    with node.db.read() as session:
        row = own_proposal(session, proposal_id)
    form = Form(PictureDetails(), {"caption": row.caption or ""})
    if form.submitted():
        try:
            sent = request.files.get("picture")
            data = sent.stream.read(pictures.MOST_BYTES + 1) if sent else b""
            prepared = pictures.prepare(data)
            with node.db.write() as session:
                actions.set_picture(
                    node, session, proposal_id, prepared, caption=form.data["caption"],
                    person_id=this_member().id,
                )  # fmt: skip
            told("The picture is there.")
            return to_proposal(proposal_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/programmes/picture.html", proposal=row, form=form), form.status


@blueprint.post("/fund/proposals/<int:proposal_id>/hand-in")
@permitted(TAKE_PART)
def hand_in_proposal(proposal_id: int) -> Response:
    """Let everyone see a draft."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.hand_in(node, session, proposal_id, viewer=this_member())
        told("Thank you! Your neighbours can read your proposal now.")
    except WizzleError as error:
        tell(error)
    return to_proposal(proposal_id)


@blueprint.post("/fund/proposals/<int:proposal_id>/withdraw")
@permitted(TAKE_PART)
def withdraw_proposal(proposal_id: int) -> Response:
    """Take one's own proposal back."""
    node = this_node()
    with node.db.read() as session:
        row = own_proposal(session, proposal_id)
    try:
        with node.db.write() as session:
            actions.withdraw(node, session, proposal_id, person_id=this_member().id)
        told("You have taken it back.")
    except WizzleError as error:
        tell(error)
        return to_proposal(proposal_id)
    return redirect(url_for("fund.programme", programme_id=row.programme_id))
