"""The desk: ticking people off the roll, and entering ballots that were filled in on paper."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import KEEP
from ...pages import blueprint
from .. import actions, queries
from ..rules import KNAPSACK, LIMITED, RANKING
from ..schemas import BallotForm
from .parts import stands, tell

MOST_FOUND = 20


@blueprint.route("/fund/votes/<int:vote_id>/desk", methods=["GET", "POST"])
@permitted(KEEP)
def vote_desk(vote_id: int) -> Any:
    """Look people up on the roll, and put paper ballots into the urn."""
    node, form = this_node(), Form(BallotForm(), {"choices": []})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.enter_paper(
                    node, session, vote_id, form.data["choices"], code=form.data["code"],
                    officer_id=this_member().id,
                )  # fmt: skip
            told("The paper ballot is in the urn.")
            return redirect(url_for("fund.vote_desk", vote_id=vote_id, _anchor="paper"))
        except WizzleError as error:
            form.failed(error)
    words = request.args.get("q", "").strip()[:60]
    with node.db.read() as session:
        found = queries.vote_of(session, vote_id, drafts=False)
        options = queries.options(session, vote_id)
        people = queries.on_roll(session, vote_id, words) if words else ()
        page = render_template(
            "fund/ballots/desk.html", vote=found, stands=stands(node, found), form=form,
            options=options, chosen=form.data.get("choices") or [], words=words,
            people=people[:MOST_FOUND], more=len(people) > MOST_FOUND,
            turnout=queries.turnout(session, vote_id), desk=queries.desk_log(session, vote_id),
            ranks=range(1, min(found.most, len(options)) + 1) if found.form == RANKING else (),
            money=found.form == KNAPSACK, most=found.most if found.form == LIMITED else 0,
        )  # fmt: skip
    return page, form.status


@blueprint.post("/fund/votes/<int:vote_id>/roll/<int:voter_id>/tick")
@permitted(KEEP)
def tick_voter(vote_id: int, voter_id: int) -> Any:
    """Tick somebody off who is given a paper ballot."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.tick_off(node, session, vote_id, voter_id, officer_id=this_member().id)
        told("Ticked off. Please hand out one paper ballot.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.vote_desk", vote_id=vote_id))
