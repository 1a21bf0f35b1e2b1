"""Activities as those who run an organisation write them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import Invalid, Refused, WizzleError
from .....core.values import Message
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...organisations.access import RUN, own_organisation, refuse_closed, zone
from ...organisations.routes.brought import brought_picture, tell
from ...organisations.schemas import chosen, typed_moment
from ...pages import blueprint
from .. import actions, queries
from ..access import own_activity
from ..rules import Story
from ..schemas import CaptionForm, StoryForm

SIZE = 20
_STORY = ("title", "text", "starts_at", "ends_at", "place", "together")


@blueprint.get("/board/organisations/<organisation>/activities/desk")
@permitted(RUN)
def own_activities(organisation: str) -> str:
    """Show those who run it all activities of an organisation, and what is asked."""
    with this_node().db.read() as session:
        space = own_organisation(session, organisation)
        rows = queries.drafts_of(session, space.id, before=asked_number(), limit=SIZE + 1)
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None)
        waiting = queries.waiting_questions(session, space.id)
        return render_template(
            "board/activities/desk.html", space=space, page=page, waiting=waiting
        )


@blueprint.route("/board/organisations/<organisation>/activities/new", methods=["GET", "POST"])
@permitted(RUN)
def new_activity(organisation: str) -> Any:
    """Write a draft; pictures are brought on its page."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        refuse_closed(space)
        space_id, slug, name = space.id, space.slug, space.name
    form = Form(StoryForm(zone()), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            with node.db.write() as session:
                made = actions.draft(
                    node, session, space_id, _story(form), key=form.data["idempotency_key"],
                    actor_id=this_member().id,
                )  # fmt: skip
                made_id = made.id
            told("This is a draft. Add pictures, look at it, and publish it.")
            return redirect(url_for("board.activity", activity_id=made_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("board/activities/form.html", slug=slug, name=name, form=form, row=None)
    return page, form.status


def _story(form: Form) -> Story:
    return Story(**{name: form.data[name] for name in _STORY})


@blueprint.route("/board/activities/<int:activity_id>/edit", methods=["GET", "POST"])
@permitted(RUN)
def edit_activity(activity_id: int) -> Any:
    """Change what an activity says."""
    node = this_node()
    with node.db.read() as session:
        row = own_activity(session, activity_id)
    initial = chosen(StoryForm(zone()), (*_STORY, "version"), row)
    times = {name: typed_moment(getattr(row, name), zone()) for name in ("starts_at", "ends_at")}
    form = Form(StoryForm(zone()), {**initial, **times, "idempotency_key": row.key[:40]})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.revise(
                    node, session, activity_id, _story(form), version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("board.activity", activity_id=activity_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/activities/form.html", slug=row.slug, name=row.organisation, form=form, row=row
    )
    return page, form.status


@blueprint.post("/board/activities/<int:activity_id>/publish")
@permitted(RUN)
def publish_activity(activity_id: int) -> Response:
    """Let everyone see an activity."""
    return _step(actions.publish, activity_id, Message("Everyone can see it now.", {}))


@blueprint.post("/board/activities/<int:activity_id>/withdraw")
@permitted(RUN)
def withdraw_activity(activity_id: int) -> Response:
    """Take an activity back."""
    done = Message("Only those who run this page see it now.", {})
    return _step(actions.withdraw, activity_id, done)


def _step(step: Any, activity_id: int, done: Message) -> Response:
    node = this_node()
    try:
        with node.db.write() as session:
            own_activity(session, activity_id)
            step(node, session, activity_id, actor_id=this_member().id)
        told(done.text)
    except Refused as error:
        tell(error)
    return redirect(url_for("board.activity", activity_id=activity_id))


@blueprint.post("/board/activities/<int:activity_id>/discard")
@permitted(RUN)
def discard_activity(activity_id: int) -> Response:
    """Throw a draft away."""
    node = this_node()
    with node.db.write() as session:
        slug = own_activity(session, activity_id).slug
        actions.discard(node, session, activity_id, actor_id=this_member().id)
    told("The draft is gone.")
    return redirect(url_for("board.own_activities", organisation=slug))


@blueprint.route("/board/activities/<int:activity_id>/pictures", methods=["GET", "POST"])
@permitted(RUN)
def activity_pictures(activity_id: int) -> Any:
    """Bring pictures, each with words for those who do not see it."""
    node, form = this_node(), Form(CaptionForm())
    with node.db.read() as session:
        row = own_activity(session, activity_id)
    if form.submitted():
        try:
            prepared = brought_picture(form)
            if prepared is None:
                raise Invalid({"picture": [Message("Please choose a picture first.", {})]})
            with node.db.write() as session:
                actions.add_picture(
                    node, session, activity_id, prepared, caption=form.data["caption"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("The picture is there.")
            return redirect(url_for("board.activity_pictures", activity_id=activity_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        shown = queries.pictures_of(session, activity_id)
    page = render_template("board/activities/pictures.html", row=row, form=form, pictures=shown)
    return page, form.status


@blueprint.post("/board/activities/<int:activity_id>/pictures/<int:picture_id>/remove")
@permitted(RUN)
def remove_activity_picture(activity_id: int, picture_id: int) -> Response:
    """Take a picture away."""
    node = this_node()
    with node.db.write() as session:
        own_activity(session, activity_id)
        actions.drop_picture(node, session, activity_id, picture_id, actor_id=this_member().id)
    told("The picture is gone.")
    return redirect(url_for("board.activity_pictures", activity_id=activity_id))
