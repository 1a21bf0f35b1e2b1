"""Voting, as a member or by a code on paper: fill in, look at it once more, put it in.

A code is typed or comes with the part of an address after "#", which no browser sends: so it stands
in no log. From page to page it goes inside the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.auth import attempts
from .....core.errors import Invalid, Refused, TooMany, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node
from .....core.web.identity import this_device
from ...access import READ, TAKE_PART
from ...pages import blueprint
from .. import actions, queries
from ..models import Option, Vote, Voter
from ..rules import KNAPSACK, LIMITED, check_ballot, codes
from ..schemas import BallotForm

WRONG = attempts.Limit("vote code from", most=40, minutes=15)
"""Only wrong codes are counted: at an assembly a hundred people vote from one place."""

REVIEW, CAST, AGAIN = "review", "cast", "again"
_UNSEEN = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@blueprint.route("/fund/votes/<int:vote_id>/ballot", methods=["GET", "POST"])
@permitted(TAKE_PART)
def fill_ballot(vote_id: int) -> Any:
    """Vote as a member who stands on the roll."""
    node, viewer = this_node(), this_member()
    form = Form(BallotForm(), {"choices": []})
    with node.db.read() as session:
        found = queries.vote_of(session, vote_id, drafts=False)
        actions.check_running(node, found)
        mine = queries.member_on_roll(session, vote_id, viewer.id)
        if mine is None:
            return render_template("fund/ballots/not_on_roll.html", vote=found), 403
        _refuse_voted(mine)
    if form.submitted() and form.data["step"] == CAST:
        try:
            with node.db.write() as session:
                actions.cast_as_member(node, session, vote_id, viewer.id, form.data["choices"])
            return redirect(url_for("fund.vote_thanks", vote_id=vote_id))
        except WizzleError as error:
            form.failed(error)
    return _page(vote_id, form, f"p{viewer.id}")


@blueprint.route("/fund/vote", methods=["GET", "POST"])
@permitted(READ)
def enter_code() -> Any:
    """Vote by the code on a paper, without an account."""
    node = this_node()
    form = Form(BallotForm(), {"choices": [], "code": ""})
    if not form.submitted() or not form.data["code"]:
        if request.method == "POST" and not form.errors:
            form.failed(Invalid({"code": [Message("Please type the code on your paper.", {})]}))
        return render_template("fund/ballots/code.html", form=form), form.status, _UNSEEN
    try:
        vote_id, order = _vote_by(form.data["code"])
    except WizzleError as error:
        form.failed(Invalid({"code": [error.message]}) if error.status != 429 else error)
        return render_template("fund/ballots/code.html", form=form), form.status, _UNSEEN
    if form.data["step"] == CAST:
        try:
            with node.db.write() as session:
                actions.cast_by_code(node, session, form.data["code"], form.data["choices"])
            return redirect(url_for("fund.vote_thanks", vote_id=vote_id))
        except WizzleError as error:
            form.failed(error)
    return _page(vote_id, form, order)


def _vote_by(code: str) -> tuple[int, str]:
    """Return the vote that a code is for, and by what its reader's order is drawn."""
    node = this_node()
    with node.db.read() as session:
        voter = queries.voter_by_code(session, node.settings.secret, code)
        if voter is not None:
            found = queries.vote_of(session, voter.vote_id, drafts=False)
            actions.check_running(node, found)
            _refuse_voted(voter)
            return voter.vote_id, str(voter.code_hash)
    with node.db.write() as session:
        place = attempts.network(this_device().address)
        within = attempts.count(session, WRONG, place, at=node.clock.now())
    if not within:
        raise TooMany("That was tried too often. Please wait a quarter of an hour.")
    raise Refused("No such code. Please look at the paper again.")


def _refuse_voted(voter: Voter) -> None:
    if voter.voted:
        raise Refused("This vote was cast already. Everybody has one.")


def _page(vote_id: int, form: Form, reader: str) -> Any:
    """Draw the ballot, or the look at it before it goes in."""
    with this_node().db.read() as session:
        found = queries.vote_of(session, vote_id)
        options = queries.options(session, vote_id)
        chosen = form.data.get("choices") or []
        review = _checked(session, found, options, form)
        template = "review" if review else "ballot"
        shown = {each.number: each for each in options}
        page = render_template(
            f"fund/ballots/{template}.html", vote=found, options=in_order(options, vote_id, reader),
            form=form, chosen=chosen, picked=[shown[each] for each in chosen if each in shown],
            cost=sum(shown[each].cost for each in chosen if each in shown),
            code=codes.shown_code(codes.read_code(str(form.data.get("code") or ""))),
            ranks=range(1, min(found.most, len(options)) + 1), money=found.form == KNAPSACK,
            most=found.most if found.form == LIMITED else 0,
        )  # fmt: skip
    return page, form.status, _UNSEEN


def _checked(session: Session, found: Vote, options: Sequence[Option], form: Form) -> bool:
    """Say whether a usable ballot is to be looked at once more; say what is wrong with another."""
    if request.method != "POST" or form.errors or form.data["step"] != REVIEW:
        return False
    costs = {each.number: each.cost for each in options}
    try:
        check_ballot(
            found.form, form.data["choices"], costs, least=found.least, most=found.most,
            budget=found.budget,
        )  # fmt: skip
    except Invalid as error:
        form.failed(error)
    return not form.errors


def in_order(options: Sequence[Option], vote_id: int, reader: str) -> list[Option]:
    """Return the projects in an order of the reader's own, the same each time: none gains by its
    place on the list."""
    return sorted(
        options,
        key=lambda each: sha256(f"{vote_id}|{reader}|{each.number}".encode()).digest(),
    )


@blueprint.get("/fund/votes/<int:vote_id>/thanks")
@permitted(READ)
def vote_thanks(vote_id: int) -> str:
    """Say thanks; nothing here tells who has voted or how."""
    with this_node().db.read() as session:
        found = queries.vote_of(session, vote_id, drafts=False)
        return render_template(
            "fund/ballots/thanks.html", vote=found, turnout=queries.turnout(session, vote_id)
        )
