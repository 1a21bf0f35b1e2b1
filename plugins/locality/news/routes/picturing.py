"""Pictures of news, brought and taken away by those who write them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core import pictures
from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import WRITE, own_news
from ..schemas import PictureForm


@blueprint.route("/news/<int:news_id>/pictures", methods=["GET", "POST"])
@permitted(WRITE)
def news_pictures(news_id: int) -> Any:
    """Show the pictures of news and take another one."""
    node, form = this_node(), Form(PictureForm())
    with node.db.read() as session:
        row = own_news(session, news_id)
        shown = queries.pictures(session, news_id)
    if form.submitted():
        try:
            _take(news_id, form.data["caption"])
            told("The picture is there.")
            return redirect(url_for("locality.news_pictures", news_id=news_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("locality/news/pictures.html", news=row, pictures=shown, form=form)
    return page, form.status


def _take(news_id: int, caption: str) -> None:
    node, sent = this_node(), request.files.get("picture")
    prepared = pictures.prepare(sent.stream.read(pictures.MOST_BYTES + 1) if sent else b"")
    with node.db.write() as session:
        own_news(session, news_id)  # a picture takes its time: they may run it no more
        actions.add_picture(node, session, news_id, prepared, caption, actor_id=this_member().id)


@blueprint.post("/news/<int:news_id>/pictures/<int:picture_id>/remove")
@permitted(WRITE)
def remove_news_picture(news_id: int, picture_id: int) -> Response:
    """Take a picture away."""
    node = this_node()
    with node.db.write() as session:
        own_news(session, news_id)
        actions.remove_picture(node, session, news_id, picture_id, actor_id=this_member().id)
    told("The picture is gone.")
    return redirect(url_for("locality.news_pictures", news_id=news_id))
