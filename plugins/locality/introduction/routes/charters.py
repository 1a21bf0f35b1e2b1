"""The charter: read by everyone, agreed to by members, written by stewards."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.errors import WizzleError
from .....core.node import Node
from .....core.values import Viewer
from .....core.web import Form, permitted, this_member, this_node, this_tongue, this_viewer, told
from .....core.web.numbers import read_number
from ...pages import blueprint
from .. import actions, queries
from ..schemas import CharterForm
from .reading import AGREE, EDIT, SEE


@blueprint.get("/alliance/charter")
@permitted(SEE, alike=True)
def charter() -> Any:
    """Show the version in force."""
    node = this_node()
    with node.db.read() as session:
        current = queries.charter_in_force(session, queries.today(node))
    return _page(current.id if current else None)


@blueprint.get("/alliance/charter/<int:number>")
@permitted(SEE, alike=True)
def charter_version(number: int) -> Any:
    """Show one version, also one that is not in force any more, or not yet."""
    return _page(number)


def _page(number: int | None) -> Any:
    node, viewer = this_node(), this_viewer()
    day = queries.today(node)
    with node.db.read() as session:
        versions = queries.charters(session)
        shown = queries.charter(session, number) if number is not None else None
        current = queries.charter_in_force(session, day)
        counted = queries.number_agreed(session, shown.id) if shown else 0
        agreed = before = None
        if shown is not None and viewer is not None:
            agreed = queries.agreed(session, viewer.id, shown.id)
            before = queries.agreed_before(session, viewer.id, shown.id)
    return render_template(
        "locality/introduction/charter.html", shown=shown, versions=versions, today=day,
        current=current.id if current else None, counted=counted, agreed=agreed, before=before,
    )  # fmt: skip


@blueprint.post("/alliance/charter/agree")
@permitted(AGREE)
def agree_charter() -> Any:
    """Agree to the version that was shown, or take back that one agreed."""
    node, viewer = this_node(), this_member()
    ends = request.form.get("end") == "yes"
    number = read_number(request.form.get("number", "")) or 0
    try:
        with node.db.write() as session:
            if ends:
                actions.disagree(node, session, viewer.id)
            else:
                actions.agree(node, session, viewer.id, number, this_tongue().language)
        if ends:
            told("You do not agree to the charter any more.")
        else:
            told("Thank you. It is written down that you agree to this version.")
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("locality.charter"))


@blueprint.route("/alliance/charter/new", methods=["GET", "POST"])
@permitted(EDIT)
def new_charter() -> Any:
    """Write a new version; it begins with the words of the last one."""
    node = this_node()
    with node.db.read() as session:
        versions = queries.charters(session)
        last = queries.charter(session, versions[0].id) if versions else None
        initial = {"in_force_on": queries.today(node).isoformat()}
        if last is not None:
            initial |= {"title": last.title, "text": last.text}
    form = Form(CharterForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                made = actions.propose(node, session, **form.data, actor_id=this_member().id)
                number = made.id
            told("The version is written. It is in force from its day on.")
            return redirect(url_for("locality.charter_version", number=number))
        except WizzleError as error:
            form.failed(error)
    page = render_template("locality/introduction/new_charter.html", form=form, first=not versions)
    return page, form.status


@blueprint.post("/alliance/charter/<int:number>/withdraw")
@permitted(EDIT)
def withdraw_charter(number: int) -> Any:
    """Take back a version that is not in force yet."""
    node = this_node()
    with node.db.write() as session:
        actions.withdraw(node, session, number, actor_id=this_member().id)
    told("This version is taken back.")
    return redirect(url_for("locality.charter"))


def my_sections(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Ask whoever agreed to an earlier version about the one that is in force now."""
    current = queries.charter_in_force(session, queries.today(node))
    if current is None or queries.agreed(session, viewer.id, current.id) is not None:
        return []
    if not queries.agreed_before(session, viewer.id, current.id):
        return []
    return [Section("locality/introduction/my_section.html", {"charter": current}, order=5)]
