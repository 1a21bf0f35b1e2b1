"""Campaigns as those who run an organisation make and change them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from .....core import members, pictures
from .....core.errors import NotFound, WizzleError
from .....core.models import Space
from .....core.values import Message
from .....core.web import Form, allow, permitted, this_member, this_node, told
from .....core.web.schemas import PictureDetails
from ...pages import blueprint
from .. import actions
from ..access import RUN
from ..queries import AnyRow
from ..rules import KINDS, PETITION, Plan
from ..schemas import CampaignForm, UpdateForm
from .shown import own, tell, to_desk, to_page

_KEPT = ("kind", "title", "summary", "story", "receiver", "goal", "bring", "version")


@blueprint.route("/spaces/<slug>/campaigns/new", methods=["GET", "POST"])
@permitted(RUN)
def new_campaign(slug: str) -> Any:
    """Write a new campaign; it stays a draft until it is opened."""
    node = this_node()
    with node.db.read() as session:
        space = members.find_space(session, slug)
        if space is None or space.kind != "organisation" or space.closed_at is not None:
            raise NotFound("There is no such page here, or it was closed.")
        allow(RUN, space.id)
        session.expunge(space)
    asked = request.args.get("kind", "")
    initial = {
        "kind": asked if asked in KINDS else PETITION, "idempotency_key": node.random.token(12)
    }  # fmt: skip
    form = Form(CampaignForm(), initial)
    if form.submitted():
        try:
            with node.db.write() as session:
                key = form.data["idempotency_key"] or node.random.token(12)
                made = actions.make(
                    node, session, space.id, _plan(form), key=key, actor_id=this_member().id
                )
                campaign_id = made.id
            told("The draft is kept. Only you see it until you open it.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return _page(space, None, form)


def _plan(form: Form) -> Plan:
    left_out = ("version", "idempotency_key")
    return Plan(**{name: value for name, value in form.data.items() if name not in left_out})


@blueprint.route("/campaigns/<int:campaign_id>/edit", methods=["GET", "POST"])
@permitted(RUN)
def edit_campaign(campaign_id: int) -> Any:
    """Change what a campaign says."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id)
        space = session.get_one(Space, row.space_id)
        session.expunge(space)
    initial = {name: getattr(row, name) for name in _KEPT}
    form = Form(CampaignForm(), {**initial, "ends_on": row.ends_on or ""})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.change(
                    node, session, campaign_id, _plan(form), version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return _page(space, row, form)


def _page(space: Space, row: AnyRow | None, form: Form) -> Any:
    page = render_template(
        "board/campaigns/form.html", space=space, campaign=row, form=form, kinds=KINDS
    )
    return page, form.status


@blueprint.route("/campaigns/<int:campaign_id>/picture", methods=["GET", "POST"])
@permitted(RUN)
def campaign_picture(campaign_id: int) -> Any:
    """Bring a picture, with words for those who do not see it."""
    with this_node().db.read() as session:
        row = own(session, campaign_id)
    form = Form(PictureDetails(), {"caption": row.caption or ""})
    if form.submitted():
        try:
            _take_picture(campaign_id, form.data["caption"])
            told("The picture is there.")
            return to_desk(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("board/campaigns/picture.html", campaign=row, form=form), form.status


def _take_picture(campaign_id: int, caption: str) -> None:
    node, sent = this_node(), request.files.get("picture")
    prepared = pictures.prepare(sent.stream.read(pictures.MOST_BYTES + 1) if sent else b"")
    with node.db.write() as session:
        actions.set_picture(
            node, session, campaign_id, prepared, caption=caption, actor_id=this_member().id
        )


@blueprint.post("/campaigns/<int:campaign_id>/open")
@permitted(RUN)
def open_campaign(campaign_id: int) -> Response:
    """Let people take part."""
    return run(
        campaign_id,
        actions.open_campaign,
        Message("It is open. Your neighbours can take part now.", {}),
    )


@blueprint.post("/campaigns/<int:campaign_id>/close")
@permitted(RUN)
def close_campaign(campaign_id: int) -> Response:
    """End a campaign now."""
    return run(campaign_id, actions.close, Message("The campaign has ended. Its page stays.", {}))


@blueprint.post("/campaigns/<int:campaign_id>/handed-over")
@permitted(RUN)
def handed_over(campaign_id: int) -> Response:
    """Note that the signatures were handed over."""
    return run(
        campaign_id, actions.hand_over, Message("Noted. Names of guests are erased in 30 days.", {})
    )


def run(campaign_id: int, step: Any, done: Message) -> Response:
    """Do one step of those who run the campaign and lead back to its desk; ``done`` is told."""
    node = this_node()
    with node.db.read() as session:
        own(session, campaign_id)
    try:
        with node.db.write() as session:
            step(node, session, campaign_id, actor_id=this_member().id)
        told(done.text)
    except WizzleError as error:
        tell(error)
    return to_desk(campaign_id)


@blueprint.route("/campaigns/<int:campaign_id>/news", methods=["GET", "POST"])
@permitted(RUN)
def campaign_news(campaign_id: int) -> Any:
    """Tell what is new."""
    node = this_node()
    with node.db.read() as session:
        row = own(session, campaign_id)
    form = Form(UpdateForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            key = form.data.pop("idempotency_key") or node.random.token(12)
            with node.db.write() as session:
                actions.tell_news(
                    node, session, campaign_id, key=key, actor_id=this_member().id, **form.data
                )
            told("Told. Everyone who follows this campaign hears of it.")
            return to_page(campaign_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("board/campaigns/news.html", campaign=row, form=form), form.status
