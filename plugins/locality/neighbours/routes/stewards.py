"""What stewards do: name the parts of town, and print codes on paper."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from .....core import members
from .....core.errors import Refused, WizzleError
from .....core.paper import Label, Labels
from .....core.web import (
    Form,
    download,
    outside_url,
    permitted,
    say,
    this_member,
    this_node,
    told,
)
from ...pages import blueprint
from .. import actions, queries
from ..rules import MOST_PAPERS, PAPER_DAYS, quarter_names, shown_code
from ..schemas import PapersForm, QuartersForm, UndoForm
from .own import RUN


@blueprint.route("/neighbours/run", methods=["GET", "POST"])
@permitted(RUN)
def run_neighbours() -> Any:
    """Name the parts of town that people choose from."""
    node = this_node()
    with node.db.read() as session:
        names = "\n".join(row.name for row in queries.quarters(session))
        counts = queries.counts(session, node.clock.now())
        papers = queries.papers(session, node.clock.now())
    form = Form(QuartersForm(), {"names": names})
    if form.submitted():
        try:
            with node.db.write() as session:
                wanted = quarter_names(form.data["names"])
                actions.offer(node, session, wanted, actor_id=this_member().id)
            told("Saved.")
            return redirect(url_for("locality.run_neighbours"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/neighbours/run.html", form=form, counts=counts, papers=papers, days=PAPER_DAYS
    )
    return page, form.status


@blueprint.post("/neighbours/papers")
@permitted(RUN)
def print_papers() -> Any:
    """Print new codes: they stand on this paper and nowhere else."""
    node, form = this_node(), Form(PapersForm())
    if not form.submitted():
        told("Please print between 1 and %(most)s codes at once.", "problem", most=MOST_PAPERS)
        return redirect(url_for("locality.run_neighbours"))
    with node.db.write() as session:
        codes = actions.print_codes(node, session, form.data["number"], actor_id=this_member().id)
    address = outside_url("locality.paper_code")
    lines = (
        say("Log in, open this page and type the code:"), address,
        say("It works once, within %(days)s days.", days=PAPER_DAYS),
    )  # fmt: skip
    labels = tuple(
        Label(shown_code(code), "", lines, note=node.settings.node.name, qr=address)
        for code in codes
    )
    return download(Labels(say("Codes for neighbours"), labels))


@blueprint.post("/neighbours/papers/void")
@permitted(RUN)
def void_papers() -> Any:
    """Let no code on paper that was not used work any more."""
    node = this_node()
    with node.db.write() as session:
        number = actions.void_codes(node, session, actor_id=this_member().id)
    told("Codes that work no more: %(num)s", num=number)
    return redirect(url_for("locality.run_neighbours"))


@blueprint.post("/neighbours/undo")
@permitted(RUN)
def undo_neighbour() -> Any:
    """Take a confirmation back that should not have been given."""
    node, form = this_node(), Form(UndoForm())
    try:
        if not form.submitted():
            raise Refused("Please write the e-mail address of the person.")
        with node.db.write() as session:
            person = members.find_person(session, form.data["email"])
            actions.undo(node, session, person.id if person else 0, actor_id=this_member().id)
        told("The confirmation is taken back.")
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("locality.run_neighbours"))
