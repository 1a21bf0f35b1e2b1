"""Writing news, for those who run a space and for stewards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, WizzleError
from .....core.node import Node
from .....core.web import Form, permitted, this_member, this_node, told
from ...desks import Desk
from ...pages import blueprint
from .. import actions
from ..access import WRITE, WRITE_NODE, WRITING, own_news
from ..rules import Words
from ..schemas import NewsForm

Step = Callable[..., None]


@blueprint.route("/news/new", methods=["GET", "POST"])
@permitted(WRITE_NODE)
def new_node_news() -> Any:
    """Write news of the node itself."""
    return _new(None)


@blueprint.route("/spaces/<slug>/news/new", methods=["GET", "POST"])
@permitted(WRITE)
def new_news(slug: str) -> Any:
    """Write news of a space."""
    return _new(slug)


def _new(slug: str | None) -> Any:
    node = this_node()
    with node.db.read() as session:
        desk = WRITING.desk(session, slug)
    form = Form(NewsForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        try:
            with node.db.write() as session:
                news_id = _written(node, session, desk, form)
            return _told(news_id, public=form.data["publish"])
        except WizzleError as error:
            form.failed(error)
    return _page(desk, form, None)


def _written(node: Node, session: Session, desk: Desk, form: Form) -> int:
    person, data = this_member(), form.data
    made = actions.draft(
        node, session, desk.id, Words(data["title"], data["text"]),
        actor_id=person.id, key=data["idempotency_key"],
    )  # fmt: skip
    if data["publish"]:
        actions.publish(node, session, made.id, actor_id=person.id)
    return made.id


@blueprint.route("/news/<int:news_id>/edit", methods=["GET", "POST"])
@permitted(WRITE)
def edit_news(news_id: int) -> Any:
    """Change news."""
    node = this_node()
    with node.db.read() as session:
        row = own_news(session, news_id)
    desk = Desk(row.space_id, row.space_slug or "", row.space_name or "")
    form = Form(NewsForm(), {name: getattr(row, name) for name in ("title", "text", "version")})
    if form.submitted():
        try:
            with node.db.write() as session:
                _change(node, session, news_id, form)
            return _told(news_id, public=form.data["publish"])
        except WizzleError as error:
            form.failed(error)
    return _page(desk, form, row)


def _change(node: Node, session: Session, news_id: int, form: Form) -> None:
    person, data = this_member(), form.data
    actions.change(
        node, session, news_id, Words(data["title"], data["text"]),
        version=data["version"], actor_id=person.id,
    )  # fmt: skip
    if data["publish"]:
        actions.publish(node, session, news_id, actor_id=person.id)


def _page(desk: Desk, form: Form, row: Any) -> Any:
    page = render_template("locality/news/form.html", desk=desk, form=form, news=row)
    return page, form.status


def _told(news_id: int, *, public: bool) -> Response:
    if public:
        told("It is public now.")
    else:
        told("Saved.")
    return redirect(url_for("locality.news_item", news_id=news_id))


@blueprint.post("/news/<int:news_id>/publish")
@permitted(WRITE)
def publish_news(news_id: int) -> Response:
    """Let everyone read it."""
    return _step(actions.publish, news_id, "It is public now.")


@blueprint.post("/news/<int:news_id>/withdraw")
@permitted(WRITE)
def withdraw_news(news_id: int) -> Response:
    """Let nobody else read it any more."""
    return _step(actions.withdraw, news_id, "Nobody else can read it now.")


@blueprint.post("/news/<int:news_id>/pin")
@permitted(WRITE)
def pin_news(news_id: int) -> Response:
    """Let it stand above the others."""
    return _step(actions.pin, news_id, "It stands above the others now.")


@blueprint.post("/news/<int:news_id>/unpin")
@permitted(WRITE)
def unpin_news(news_id: int) -> Response:
    """Let it stand among the others again."""
    return _step(actions.unpin, news_id, "It stands among the others again.")


@blueprint.post("/news/<int:news_id>/discard")
@permitted(WRITE)
def discard_news(news_id: int) -> Response:
    """Delete it for good."""
    node = this_node()
    with node.db.read() as session:
        row = own_news(session, news_id)
    try:
        with node.db.write() as session:
            actions.discard(node, session, news_id, actor_id=this_member().id)
    except WizzleError as error:
        return _back(error, news_id)
    told("It is deleted.")
    if row.space_slug is None:
        return redirect(url_for("locality.news"))
    return redirect(url_for("locality.space_news", slug=row.space_slug))


def _step(step: Step, news_id: int, words: str) -> Response:
    node = this_node()
    with node.db.read() as session:
        own_news(session, news_id)
    try:
        with node.db.write() as session:
            step(node, session, news_id, actor_id=this_member().id)
        told(words)
    except WizzleError as error:
        return _back(error, news_id)
    return redirect(url_for("locality.news_item", news_id=news_id))


def _back(error: WizzleError, news_id: int) -> Response:
    if isinstance(error, Forbidden):
        raise error
    told(error.message.text, "problem", **error.message.values)
    return redirect(url_for("locality.news_item", news_id=news_id))
