"""Following a thing, ending it, and the list of what one follows."""

from __future__ import annotations

import re
from typing import Any

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from ... import follows, moderation
from ...answers import Thing
from ...errors import NotFound
from ..page import permitted, this_member, this_node, told
from ..paging import asked_place, paged
from .base import blueprint

SIZE = 40
_TAG = re.compile(r"tag:\w{1,40}")


def thing_to_follow(session: Session, subject: str) -> Thing:
    """Return what the subject names, if it is there and people can follow it."""
    found = _named(session, subject)
    if found is None or not found.can_follow:
        raise NotFound("There is no such thing here any more.")
    return found


def _named(session: Session, subject: str) -> Thing | None:
    node = this_node()
    if _TAG.fullmatch(subject):
        found: Thing | None = node.hooks.thing(node=node, session=session, subject=subject)
        return found
    return moderation.thing_of(node, session, subject)


@blueprint.get("/follow")
@permitted("core.me")
def ask_follow() -> Any:
    """Ask somebody who has just logged in whether to follow what they came for."""
    with this_node().db.read() as session:
        thing = thing_to_follow(session, request.args.get("subject", "")[:60])
        held = follows.following(session, this_member().id, [thing.subject])
    return render_template("core/follow.html", thing=thing, held=bool(held))


@blueprint.post("/follow")
@permitted("core.me")
def follow() -> Any:
    """Follow a thing from now on."""
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        thing = thing_to_follow(session, request.form.get("subject", "")[:60])
        follows.follow(session, viewer.id, thing.subject, at=node.clock.now())
    told("You follow %(title)s now. What is new of it reaches you.", title=thing.title)
    return redirect(thing.url)


@blueprint.post("/unfollow")
@permitted("core.me")
def unfollow() -> Any:
    """End it, also for what is not there any more."""
    node, viewer = this_node(), this_member()
    subject = request.form.get("subject", "")[:60]
    with node.db.write() as session:
        follows.unfollow(session, viewer.id, subject)
        thing = _named(session, subject)
    told("You do not follow this any more.")
    return redirect(thing.url if thing and request.form.get("back") != "list" else "/me/follows")


@blueprint.get("/me/follows")
@permitted("core.me")
def my_follows() -> Any:
    """List what the viewer follows."""
    with this_node().db.read() as session:
        subjects = follows.subjects_of(
            session, this_member().id, after=asked_place() or "", limit=SIZE + 1
        )
        page = paged(subjects, SIZE, subjects[:SIZE][-1] if subjects else None)
        things = [(subject, _named(session, subject)) for subject in page.rows]
    return render_template("core/my_follows.html", page=page, things=things)
