"""Making a space, and what those who run it change on its page."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ... import members, pictures
from ...auth import stewardship
from ...errors import Forbidden, NotFound, WizzleError
from ...models import Picture, Space
from ..forms import Form
from ..page import allow, permitted, this_member, this_node, told
from ..schemas import NewSpace, PictureDetails, SpaceDetails
from .base import blueprint


def the_space(session: Session, slug: str, action: str) -> Space:
    """Return the space if the viewer may do ``action`` in it."""
    space = members.find_space(session, slug)
    if space is None:
        raise NotFound("There is no such page here, or it was closed.")
    allow(action, space.id)
    if space.home:
        raise Forbidden(members.RUN_ELSEWHERE)
    return space


@blueprint.route("/spaces/new", methods=["GET", "POST"])
@permitted("core.space.make")
def make_space() -> Any:
    """Make a space; who runs it is said on the next page."""
    form = Form(NewSpace(), {"kind": request.args.get("kind", "")})
    if form.submitted():
        node = this_node()
        with node.db.write() as session:
            made = stewardship.make_space(session, node, this_member(), **form.data)
            slug = made.slug
        told("%(name)s has a page now. Who will run it?", name=form.data["name"])
        return redirect(url_for("core.space_people", slug=slug))
    return render_template("core/make_space.html", form=form), form.status


@blueprint.route("/spaces/<slug>/edit", methods=["GET", "POST"])
@permitted("core.space.edit")
def edit_space(slug: str) -> Any:
    """Change what the page says."""
    node = this_node()
    with node.db.read() as session:
        space = the_space(session, slug, "core.space.edit")
        names = SpaceDetails().fields
        form = Form(SpaceDetails(), {name: getattr(space, name) for name in names})
        name = space.name
    if form.submitted():
        with node.db.write() as session:
            space = the_space(session, slug, "core.space.edit")
            stewardship.edit_space(session, node, this_member(), space, form.data)
        told("Saved.")
        return redirect(url_for("core.space", slug=slug))
    return render_template("core/edit_space.html", form=form, slug=slug, name=name), form.status


@blueprint.route("/spaces/<slug>/picture", methods=["GET", "POST"])
@permitted("core.space.edit")
def space_picture(slug: str) -> Any:
    """Bring a picture for the page, with words for those who do not see it."""
    with this_node().db.read() as session:
        space = the_space(session, slug, "core.space.edit")
        name, picture = space.name, session.get(Picture, space.picture_id or 0)
        form = Form(PictureDetails(), {"caption": picture.caption if picture else ""})
        shown = picture and (picture.digest, picture.caption)
    if form.submitted():
        try:
            _take_picture(slug, form.data["caption"])
            told("The picture is there.")
            return redirect(url_for("core.space", slug=slug))
        except WizzleError as error:
            form.failed(error)
    context = {"form": form, "slug": slug, "name": name, "shown": shown}
    return render_template("core/space_picture.html", **context), form.status


def _take_picture(slug: str, caption: str) -> None:
    node, viewer = this_node(), this_member()
    sent = request.files.get("picture")
    prepared = pictures.prepare(sent.stream.read(pictures.MOST_BYTES + 1) if sent else b"")
    with node.db.write() as session:
        space = the_space(session, slug, "core.space.edit")
        picture = pictures.keep(
            session, node, prepared, caption=caption, owner_id=viewer.id, at=node.clock.now()
        )
        stewardship.set_picture(session, node, viewer, space, picture.id)


@blueprint.post("/spaces/<slug>/picture/remove")
@permitted("core.space.edit")
def remove_space_picture(slug: str) -> Any:
    """Show the page without a picture again."""
    node = this_node()
    with node.db.write() as session:
        space = the_space(session, slug, "core.space.edit")
        stewardship.set_picture(session, node, this_member(), space, None)
    told("The picture is gone.")
    return redirect(url_for("core.space", slug=slug))


@blueprint.post("/spaces/<slug>/close")
@permitted("core.space.close")
def close_space(slug: str) -> Any:
    """Take the page off the lists, or put it back."""
    node = this_node()
    closed = request.form.get("open") != "yes"
    with node.db.write() as session:
        space = the_space(session, slug, "core.space.close")
        stewardship.close_space(session, node, this_member(), space, closed=closed)
        name = space.name
    if closed:
        told("%(name)s is closed.", name=name)
    else:
        told("%(name)s is open again.", name=name)
    return redirect(url_for("core.space", slug=slug))
