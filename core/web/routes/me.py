"""One's own page: who one is here, what waits, what one runs, where one is logged in."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from ... import audit
from ...auth import accounts, sign_ins
from ...errors import Invalid, WizzleError
from ...models import Person
from ...values import Message, Viewer
from .. import letters, queries
from ..forms import Form
from ..identity import keep_language, this_device
from ..page import permitted, this_member, this_node, told
from ..schemas import ChangePassword, Profile
from ..sections import sections
from .base import blueprint


@blueprint.get("/me")
@permitted("core.me")
def me() -> Any:
    """Show what waits for the person, and the ways to their own things."""
    viewer = this_member()
    with this_node().db.read() as session:
        spaces = queries.my_spaces(session, viewer.id)
        drawn = sections("my_sections", session=session, viewer=viewer)
        return render_template("core/me.html", spaces=spaces, sections=drawn)


@blueprint.route("/me/profile", methods=["GET", "POST"])
@permitted("core.me")
def profile() -> Any:
    """Change name, phone number and language."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        person = session.get_one(Person, viewer.id)
        initial = {"name": person.name, "phone": person.phone, "language": person.language}
    form = Form(Profile(), initial)
    if form.submitted():
        try:
            return _changed(viewer, form.data)
        except WizzleError as error:
            form.failed(error)
    return render_template("core/profile.html", form=form), form.status


def _changed(viewer: Viewer, typed: dict[str, Any]) -> Response:
    node = this_node()
    if typed["language"] not in this_node().catalogues.languages:
        raise Invalid({"language": [Message("Please choose one of these.", {})]})
    with node.db.write() as session:
        person = session.get_one(Person, viewer.id)
        changed = sorted(name for name, value in typed.items() if getattr(person, name) != value)
        for name, value in typed.items():
            setattr(person, name, value)
        _audited(session, viewer, "person.changed_profile", fields=changed)
    response = redirect(url_for("core.me"))
    keep_language(response, typed["language"])
    told("Saved.")
    return response


@blueprint.route("/me/password", methods=["GET", "POST"])
@permitted("core.me")
def change_password() -> Any:
    """Change the password; whoever sits at another device must log in again."""
    form = Form(ChangePassword())
    if form.submitted():
        try:
            _change_password(this_member(), form.data)
            told("Your new password is set. Other devices were logged out.")
            return redirect(url_for("core.me"))
        except WizzleError as error:
            form.failed(error)
    return render_template("core/change_password.html", form=form), form.status


def _change_password(viewer: Viewer, typed: dict[str, Any]) -> None:
    node = this_node()
    if not accounts.is_password_of(node, viewer.id, typed["old_password"], this_device()):
        raise Invalid({"old_password": [Message("This is not your present password.", {})]})
    accounts.good_password(typed["password"], viewer.name, viewer.email)
    password_hash = accounts.hashed(node, typed["password"])
    with node.db.write() as session:
        accounts.change_password(session, node, viewer.id, password_hash, keep=viewer.session_id)
        letters.send_password_changed(session, session.get_one(Person, viewer.id))


@blueprint.get("/me/devices")
@permitted("core.me")
def devices() -> Any:
    """List where the person is logged in."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        found = sign_ins.of(session, viewer.id, at=node.clock.now())
        return render_template("core/devices.html", devices=found)


@blueprint.post("/me/devices/<int:device_id>/log-out")
@permitted("core.me")
def log_out_device(device_id: int) -> Any:
    """Log one of the person's own devices out."""
    viewer = this_member()
    with this_node().db.write() as session:
        sign_ins.end(session, viewer.id, device_id)
        _audited(session, viewer, "person.ended_sign_in")
    told("That device is logged out.")
    return redirect(url_for("core.devices"))


@blueprint.post("/me/devices/log-out-others")
@permitted("core.me")
def log_out_others() -> Any:
    """Log out everywhere but here."""
    viewer = this_member()
    with this_node().db.write() as session:
        sign_ins.end_all(session, viewer.id, but=viewer.session_id)
        _audited(session, viewer, "person.ended_sign_ins")
    told("All other devices are logged out.")
    return redirect(url_for("core.devices"))


def _audited(session: Any, viewer: Viewer, action: str, **details: Any) -> None:
    audit.record(
        session, action, at=this_node().clock.now(), person_id=viewer.id,
        subject=("person", viewer.id), **details,
    )  # fmt: skip
