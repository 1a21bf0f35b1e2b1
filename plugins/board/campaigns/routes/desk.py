"""The page on which a campaign is run: its questions and answers, what comes, and the hand-over."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from .....core import audit, follows
from .....core.errors import WizzleError
from .....core.tables import Column, Table
from .....core.values import Message
from .....core.web import Form, download, permitted, say, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import RUN, today
from ..rules import ASK, PETITION, STANCES, THINGS, ask_state
from ..schemas import AnswerForm, AskForm, NeedForm
from .making import run
from .shown import own, tell, to_desk


@blueprint.get("/campaigns/<int:campaign_id>/desk")
@permitted(RUN)
def campaign_desk(campaign_id: int) -> str:
    """Show what is to be done with a campaign."""
    with this_node().db.read() as session:
        row = own(session, campaign_id)
        return render_template(
            "board/campaigns/desk.html",
            campaign=row,
            asks=queries.asks(session, row.id),
            needs=queries.needs(session, row.id),
            pledges=queries.pledges(session, row.id),
            named=len(queries.hand_over_list(session, row.id)) if row.kind == "petition" else 0,
            followers=follows.count(session, actions.subject_of(row.id)),
            ask_state=ask_state,
            today=today(),
        )


@blueprint.get(
    '/campaigns/<int:campaign_id>/signatures.<ending("pdf", "csv", "xlsx", "ods"):ending>'
)
@permitted(RUN)
def signatures_file(campaign_id: int, ending: str) -> Response:
    """Hand out the names of those who agreed that the receiver gets them; written down."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id, PETITION)
        found = queries.hand_over_list(session, row.id)
    with node.db.write() as session:
        audit.record(
            session, "board.campaign.exported", at=node.clock.now(), person_id=this_member().id,
            subject=("campaign", row.id), names=len(found),
        )  # fmt: skip
    columns = (Column(say("Number"), "whole"), Column(say("Name")), Column(say("Signed on"), "day"))
    rows = [(number, each.name, each.counted_at) for number, each in enumerate(found, 1)]
    rest = say(
        "%(count)s signatures, %(others)s of them without a name",
        count=row.signed, others=row.signed - len(found),
    )  # fmt: skip
    name = f"{row.title} · {row.receiver} · {rest}"
    return download(Table(name, columns, rows), ending)


@blueprint.route("/campaigns/<int:campaign_id>/asks/new", methods=["GET", "POST"])
@permitted(RUN)
def new_ask(campaign_id: int) -> Any:
    """Note a question that was sent to an official."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id, ASK)
    form = Form(AskForm(), {"sent_on": today()})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.ask(node, session, campaign_id, actor_id=this_member().id, **form.data)
            told("Noted. The page says from now on how long there has been no answer.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("board/campaigns/ask.html", campaign=row, form=form), form.status


@blueprint.post("/campaigns/<int:campaign_id>/asks/<int:ask_id>/read")
@permitted(RUN)
def ask_read(campaign_id: int, ask_id: int) -> Response:
    """Note that it was read."""

    def step(node: Any, session: Any, campaign_id: int, *, actor_id: int) -> None:
        actions.mark_read(node, session, campaign_id, ask_id, actor_id=actor_id)

    return run(campaign_id, step, Message("Noted.", {}))


@blueprint.route("/campaigns/<int:campaign_id>/asks/<int:ask_id>/answer", methods=["GET", "POST"])
@permitted(RUN)
def ask_answer(campaign_id: int, ask_id: int) -> Any:
    """Write down what the official has answered."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id, ASK)
        asked = next((each for each in queries.asks(session, row.id) if each.id == ask_id), None)
    initial = {"answered_on": today(), "stance": "", "answer": ""}
    if asked is not None and asked.answered_on is not None:
        initial = {name: getattr(asked, name) for name in initial}
    form = Form(AnswerForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.note_answer(
                    node, session, campaign_id, ask_id, actor_id=this_member().id, **form.data
                )
            told("The answer stands on the page, and everyone who follows it is told.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/campaigns/answer.html", campaign=row, asked=asked, form=form, stances=STANCES
    )
    return page, form.status


@blueprint.route("/campaigns/<int:campaign_id>/needs/new", methods=["GET", "POST"])
@permitted(RUN)
def new_need(campaign_id: int) -> Any:
    """Say what is collected."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id, THINGS)
    form = Form(NeedForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.add_need(node, session, campaign_id, actor_id=this_member().id, **form.data)
            told("Saved.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("board/campaigns/need.html", campaign=row, form=form), form.status


@blueprint.post("/campaigns/<int:campaign_id>/pledges/<int:pledge_id>/<any(came, not_yet):how>")
@permitted(RUN)
def tick_pledge(campaign_id: int, pledge_id: int, how: str) -> Response:
    """Note that what was promised has come, or that this was a mistake."""
    node = this_node()
    with node.db.read() as session:
        own(session, campaign_id)
    try:
        with node.db.write() as session:
            actions.tick(
                node, session, campaign_id, pledge_id, received=how == "came",
                actor_id=this_member().id,
            )  # fmt: skip
    except WizzleError as error:
        tell(error)
    return to_desk(campaign_id)
