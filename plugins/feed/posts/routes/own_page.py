"""Opening, changing and closing one's public page."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import Invalid, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...circles import actions as circles
from ...circles import queries as pages
from ...pages import blueprint
from .. import actions
from ..access import MEET, my_id
from ..actions.pictures import DESCRIBE
from ..schemas import PageForm
from .pictures import brought_picture


@blueprint.route("/me/page", methods=["GET", "POST"])
@permitted(MEET)
def my_page() -> Any:
    """Open one's public page, or change it."""
    with this_node().db.read() as session:
        page = pages.profile_of(session, my_id())
        portrait = pages.portrait_of(session, page)
        initial = {
            "handle": page.handle if page else "",
            "name": page.name if page else this_member().name,
            "words": page.words if page else "",
            "caption": portrait.caption if portrait else "",
        }
        form = Form(PageForm(), initial)
        if form.submitted():
            try:
                return _saved(form, opened=page is not None)
            except WizzleError as error:
                form.failed(error)
        drawn = render_template("feed/posts/my_page.html", form=form, page=page, portrait=portrait)
    return drawn, form.status


def _saved(form: Form, *, opened: bool) -> Response:
    node, data = this_node(), form.data
    if not opened and not data["agree"]:
        raise Invalid({"agree": [Message("Please tick it: without it there is no page.", {})]})
    portrait = brought_picture()
    if portrait is not None and not data["caption"].strip():
        raise Invalid({"caption": [DESCRIBE]})
    with node.db.write() as session:
        page = circles.open_page(
            node, session, my_id(), handle=data["handle"], name=data["name"], words=data["words"],
            language=this_member().language,
        )  # fmt: skip
        if portrait is not None:
            actions.put_up(node, session, page, portrait, data["caption"])
    if opened:
        told("Saved.")
    else:
        told("Your page is open.")
    return redirect(url_for("feed.person", handle=page.handle))


@blueprint.post("/me/page/close")
@permitted(MEET)
def close_my_page() -> Response:
    """Close one's public page."""
    node = this_node()
    with node.db.write() as session:
        actions.close(node, session, my_id())
    told("Your page is closed. What you wrote for everyone is for members from now on.")
    return redirect(url_for("feed.my_page"))
