"""The desk of an organisation, what it says of itself, and the stewards' look at it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, can, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import RUN, VERIFY, own_organisation, the_organisation
from ..rules import FORMS
from ..schemas import AboutForm, SeenForm, chosen
from .brought import tell


@blueprint.get("/board/organisations/<organisation>/desk")
@permitted(RUN)
def desk(organisation: str) -> str:
    """Show those who run an organisation what they can do here."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        about = queries.about_of(session, space.id)
        badge = queries.badge_of(session, space.id, node.clock.now())
        return render_template(
            "board/organisations/desk.html", space=space, about=about, badge=badge, forms=FORMS
        )


@blueprint.route("/board/organisations/<organisation>/about", methods=["GET", "POST"])
@permitted(RUN)
def edit_about(organisation: str) -> Any:
    """Say what kind of organisation it is, and whether its books are open."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        about = queries.about_of(session, space.id)
        slug, name, space_id = space.slug, space.name, space.id
    form = Form(AboutForm(), chosen(AboutForm(), tuple(AboutForm().fields), about))
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.describe(node, session, space_id, **form.data, actor_id=this_member().id)
            told("Saved.")
            return redirect(url_for("board.desk", organisation=slug))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/organisations/about.html", slug=slug, name=name, form=form, forms=FORMS
    )
    return page, form.status


@blueprint.route("/board/organisations/<organisation>/verify", methods=["GET", "POST"])
@permitted(VERIFY)
def verify(organisation: str) -> Any:
    """Note as a steward what one has seen of an organisation."""
    node = this_node()
    with node.db.read() as session:
        space = the_organisation(session, organisation)
        about = queries.about_of(session, space.id)
        badge = queries.badge_of(session, space.id, node.clock.now())
        slug, name, space_id = space.slug, space.name, space.id
    form = Form(SeenForm(), {"version": about.version})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.verify(node, session, space_id, **form.data, actor_id=this_member().id)
            told("The page shows the badge for a year.")
            return redirect(url_for("core.space", slug=slug))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/organisations/verify.html", slug=slug, name=name, form=form, about=about,
        badge=badge, forms=FORMS,
    )  # fmt: skip
    return page, form.status


@blueprint.post("/board/organisations/<organisation>/unverify")
@permitted(VERIFY)
def unverify(organisation: str) -> Response:
    """Take the badge back."""
    node = this_node()
    try:
        with node.db.write() as session:
            space = the_organisation(session, organisation)
            actions.unverify(node, session, space.id, actor_id=this_member().id)
        told("The badge is gone.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("core.space", slug=organisation))


@blueprint.app_template_global("board_runs")
def board_runs(space_id: int) -> bool:
    """Say whether the viewer runs an organisation."""
    return can(RUN, space_id)
