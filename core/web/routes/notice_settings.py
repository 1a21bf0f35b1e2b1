"""How a person wants to be told: each kind, the hours, and the browsers that take messages."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from ... import notices
from ...errors import Invalid, WizzleError
from ...values import Viewer
from ..forms import Form
from ..identity import this_device
from ..notice_forms import BrowserKeys, initial, kinds_for, names_of, schema_for, wished
from ..page import permitted, this_member, this_node, this_tongue, told
from .base import blueprint


@blueprint.route("/me/notices/settings", methods=["GET", "POST"])
@permitted("core.me")
def notice_settings() -> Any:
    """Choose for each kind of notice how it comes, and at which hours."""
    node, viewer = this_node(), this_member()
    kinds = kinds_for(node, viewer)
    with node.db.read() as session:
        ways = notices.choices(session, viewer.id)
        times = notices.times_of(session, viewer.id)
        browsers = [
            (each.id, each.device, each.added_at) for each in notices.browsers(session, viewer.id)
        ]
    form = Form(schema_for(kinds), initial(kinds, ways, times))
    if form.submitted():
        try:
            return _chosen(viewer, form, kinds)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "core/notice_settings.html", form=form, kinds=kinds, names_of=names_of, browsers=browsers,
        public_key=notices.public_key(node),
    )  # fmt: skip
    return page, form.status


def _chosen(viewer: Viewer, form: Form, kinds: Any) -> AnyResponse:
    node = this_node()
    ways, times = wished(kinds, form.data)
    with node.db.write() as session:
        notices.choose(node, session, viewer.id, ways, times)
    told("Saved.")
    return redirect(url_for("core.notice_settings"))


@blueprint.post("/me/notices/browsers")
@permitted("core.me")
def add_browser() -> Response:
    """Let the browser that asks take messages; its script sends this and reads only the status."""
    node, viewer = this_node(), this_member()
    form = Form(BrowserKeys())
    if not form.submitted():
        return Response(" ".join(each for found in form.errors.values() for each in found), 422)
    try:
        with node.db.write() as session:
            device = this_device().agent
            notices.add_browser(node, session, viewer.id, device=device, **form.data)
    except Invalid as error:
        said = [this_tongue().say(each) for found in error.fields.values() for each in found]
        return Response(" ".join(said), 422, mimetype="text/plain")
    return Response(status=204)


@blueprint.post("/me/notices/browsers/<int:browser_id>/remove")
@permitted("core.me")
def remove_browser(browser_id: int) -> AnyResponse:
    """Send nothing more to one of the person's own browsers."""
    viewer = this_member()
    with this_node().db.write() as session:
        notices.drop_browser(session, viewer.id, browser_id)
    told("Nothing more is sent to that browser.")
    return redirect(url_for("core.notice_settings"))
