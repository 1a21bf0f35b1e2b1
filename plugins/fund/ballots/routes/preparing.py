"""A treasurer's pages: preparing a vote, its roll, fixing it, counting, putting it into effect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for

from .....core.errors import WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from .....core.web.moments import typed_moment
from ...access import KEEP
from ...pages import blueprint
from ...programmes import queries as programmes
from .. import actions, queries
from ..models import Vote
from ..rules import NONE, SHARES, Terms, names_of, paragraphs
from ..schemas import CodesForm, NamesForm, TermsForm
from .papers import slips
from .parts import is_draft, tell, zone

_DAYS = 7


@blueprint.route("/fund/programmes/<int:programme_id>/vote/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_vote(programme_id: int) -> Any:
    """Prepare a vote of a programme."""
    node, now = this_node(), this_node().clock.now()
    with node.db.read() as session:
        programme = programmes.the_programme(session, programme_id)
        title = programme.title
    form = Form(
        TermsForm(zone()),
        {"title": title, "form": "approval", "rule": SHARES, "step": 100, "electorate": "members",
         "quorum_kind": NONE, "opens_at": typed_moment(now, zone()),
         "closes_at": typed_moment(now + timedelta(days=_DAYS), zone()),
         "idempotency_key": node.random.token(12)},
    )  # fmt: skip
    if form.submitted():
        try:
            key = form.data.pop("idempotency_key") or node.random.token(12)
            with node.db.write() as session:
                made = actions.prepare(
                    node, session, programme_id, Terms(**form.data), key=key,
                    actor_id=this_member().id,
                )  # fmt: skip
            return redirect(url_for("fund.prepare_vote", vote_id=made.id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/ballots/terms.html", form=form, title=title, vouched=_vouched(),
        back=url_for("fund.programme", programme_id=programme_id),
    )  # fmt: skip
    return page, form.status


def _vouched() -> bool:
    node = this_node()
    with node.db.read() as session:
        return actions.neighbours_known(node, session, this_member().id)


@blueprint.route("/fund/votes/<int:vote_id>/terms", methods=["GET", "POST"])
@permitted(KEEP)
def vote_terms(vote_id: int) -> Any:
    """Change the terms of a vote that is not fixed."""
    node = this_node()
    with node.db.read() as session:
        found = queries.vote_of(session, vote_id)
        if not is_draft(found):
            return redirect(url_for("fund.vote", vote_id=vote_id))
        form = Form(TermsForm(zone()), _said(found))
        title = found.title
    if form.submitted():
        try:
            form.data.pop("idempotency_key")
            with node.db.write() as session:
                actions.change(
                    node, session, vote_id, Terms(**form.data), actor_id=this_member().id
                )
            told("Saved.")
            return redirect(url_for("fund.prepare_vote", vote_id=vote_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "fund/ballots/terms.html", form=form, title=title, vouched=_vouched(),
        back=url_for("fund.prepare_vote", vote_id=vote_id),
    )  # fmt: skip
    return page, form.status


def _said(found: Vote) -> dict[str, Any]:
    names = [name for name in TermsForm(zone()).fields if name != "idempotency_key"]
    said = {name: getattr(found, name) for name in names}
    for name in ("opens_at", "closes_at"):
        said[name] = typed_moment(said[name], zone())
    return {name: "" if value in (None, 0) else value for name, value in said.items()}


@blueprint.route("/fund/votes/<int:vote_id>/prepare", methods=["GET", "POST"])
@permitted(KEEP)
def prepare_vote(vote_id: int) -> Any:
    """Show what a vote would be, and put people on its roll."""
    node, form = this_node(), Form(NamesForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                more = actions.add_names(
                    node, session, vote_id, names_of(form.data["names"]),
                    actor_id=this_member().id,
                )  # fmt: skip
            told("%(number)s more are on the roll.", number=more)
            return redirect(url_for("fund.prepare_vote", vote_id=vote_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.vote_of(session, vote_id)
        if not is_draft(found):
            return redirect(url_for("fund.vote", vote_id=vote_id))
        programme = programmes.the_programme(session, found.programme_id)
        said = paragraphs(actions.terms_of(found), int(programme.money))
        page = render_template(
            "fund/ballots/prepare.html", vote=found, form=form, programme=programme, said=said,
            projects=programmes.on_ballot(session, found.programme_id),
            parts=queries.roll_parts(session, vote_id),
        )  # fmt: skip
    return page, form.status


@blueprint.post("/fund/votes/<int:vote_id>/codes")
@permitted(KEEP)
def vote_codes(vote_id: int) -> Any:
    """Make codes and hand them out as a paper to be cut; they are shown this once."""
    node, form = this_node(), Form(CodesForm())
    if not form.submitted():
        told("Please write how many codes are to be printed, at most 2,000.", "problem")
        return _back(vote_id)
    try:
        with node.db.write() as session:
            found = queries.vote_of(session, vote_id)
            made = actions.make_codes(
                node, session, vote_id, form.data["number"], actor_id=this_member().id
            )
            return slips(found, made)
    except WizzleError as error:
        tell(error)
        return _back(vote_id)


def _back(vote_id: int) -> Any:
    return redirect(url_for("fund.prepare_vote", vote_id=vote_id))


_DONE = {
    "freeze": Message("The vote is fixed. Whoever is on the roll is told when it opens.", {}),
    "empty": Message("The roll is empty. Codes that were printed work no more.", {}),
    "drop": Message("The vote was given up.", {}),
    "bind": Message("Each chosen project has its money set apart.", {}),
}
_STEPS: dict[str, Any] = {
    "freeze": actions.freeze, "empty": actions.empty_roll, "drop": actions.drop,
    "bind": actions.bind,
}  # fmt: skip


@blueprint.post("/fund/votes/<int:vote_id>/<any(freeze, empty, drop, bind):step>")
@permitted(KEEP)
def vote_step(vote_id: int, step: str) -> Any:
    """Do one step with a vote."""
    node = this_node()
    try:
        with node.db.write() as session:
            _STEPS[step](node, session, vote_id, actor_id=this_member().id)
        told(_DONE[step].text)
        if step == "drop":
            return redirect(url_for("fund.votes"))
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.vote", vote_id=vote_id))


@blueprint.post("/fund/votes/<int:vote_id>/<any(count, count_without):step>")
@permitted(KEEP)
def count_vote(vote_id: int, step: str) -> Any:
    """Count a vote that is over; without the papers that nobody has brought back."""
    try:
        actions.close(
            this_node(), vote_id, actor_id=this_member().id, without_missing=step == "count_without"
        )
        told("The vote is counted.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("fund.vote", vote_id=vote_id))
