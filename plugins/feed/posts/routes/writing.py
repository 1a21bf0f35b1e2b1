"""Writing: a new post, a draft gone on with, pictures, passing on, deleting."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Invalid, WizzleError
from .....core.pictures import Prepared
from .....core.web import Form, permitted, this_node, this_tongue, told
from ...circles.queries import circles_of, profile_of
from ...pages import blueprint
from .. import actions, queries
from ..access import WRITE, my_id
from ..actions.pictures import DESCRIBE
from ..models import Post
from ..rules import Wording
from ..schemas import PostForm, audience_of, wording_of
from .pictures import brought_picture


@blueprint.route("/posts/new", methods=["GET", "POST"])
@permitted(WRITE)
def new_post() -> Any:
    """Write something new, or with ``share`` about a post that is passed on."""
    node, shares = this_node(), _number(request.values.get("share", ""))
    key = request.form.get("idempotency_key", "")[:80] or node.random.token()[:40]
    circle = _number(request.args.get("circle", ""))
    form = Form(PostForm(), {"audience": f"circle:{circle}" if circle else "members"})
    if form.submitted():
        try:
            picture = _picture(form)
            with node.db.write() as session:
                known = queries.begun(session, my_id(), key)
                post = known or actions.begin(
                    node, session, my_id(), _wording(form), key=key, shares=shares or None
                )
                if known is None:
                    _put_in(session, post, picture, form)
                return _gone_on(session, post)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        original = queries.the_post(session, shares, my_id()) if shares else None
        return _page(session, form, None, key=key, original=original), form.status


@blueprint.route("/posts/<int:post_id>/edit", methods=["GET", "POST"])
@permitted(WRITE)
def edit_post(post_id: int) -> Any:
    """Go on with a draft, or change what is published."""
    node = this_node()
    with node.db.read() as session:
        post = queries.own_post(session, post_id, my_id())
        initial = {
            "text": post.text, "place": post.place, "version": post.version,
            "audience": audience_of(post.audience, post.circle_id),
            "subjects": list(queries.subjects_of(session, post_id)),
        }  # fmt: skip
    form = Form(PostForm(), initial)
    if form.submitted():
        try:
            picture = _picture(form)
            with node.db.write() as session:
                return _changed(session, post_id, form, picture)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        post = queries.own_post(session, post_id, my_id())
        original = _original(session, post)
        return _page(session, form, post, original=original), form.status


def _original(session: Session, post: Post) -> Post | None:
    """Return what a post passes on, as long as its author may read that."""
    if post.shared_id is None:
        return None
    return queries.posts_with_ids(session, [post.shared_id], my_id()).get(post.shared_id)


def _changed(session: Session, post_id: int, form: Form, picture: Prepared | None) -> Response:
    node = this_node()
    captions = {
        int(name[8:]): text
        for name, text in request.form.items()
        if name.startswith("caption-") and name[8:].isdecimal() and len(name) < 18
    }
    actions.describe_pictures(session, post_id, captions)
    dropped = [number for each in request.form.getlist("drop")[:8] if (number := _number(each))]
    if dropped:
        queries.own_post(session, post_id, my_id(), lock=True)
        actions.drop_pictures(node, session, post_id, dropped)
    version = form.data["version"]
    post = actions.change(node, session, post_id, my_id(), _wording(form), version=version)
    _put_in(session, post, picture, form)
    return _gone_on(session, post)


def _wording(form: Form) -> Wording:
    data = form.data
    return wording_of(data["text"], data["audience"], data["place"], data["subjects"])


def _picture(form: Form) -> Prepared | None:
    picture = brought_picture()
    if picture is not None and not form.data["caption"].strip():
        raise Invalid({"caption": [DESCRIBE]})
    return picture


def _put_in(session: Session, post: Post, picture: Prepared | None, form: Form) -> None:
    if picture is not None:
        caption = form.data["caption"]
        actions.add_picture(this_node(), session, post.id, my_id(), picture, caption)
        if post.published_at is not None:
            actions.spread(this_node(), session, post)


def _gone_on(session: Session, post: Post) -> Response:
    """Do what the pressed button says, and lead to where that is seen."""
    step = request.form.get("step", "publish")
    if post.published_at is not None:
        told("Saved.")
    elif step == "publish":
        post = actions.publish(this_node(), session, post.id, my_id())
        told("Published. Thank you for writing.")
    else:
        told("Kept as a draft. Nobody else sees it.")
    if step == "publish":
        return redirect(url_for("feed.post", post_id=post.id))
    words = request.form.get("q", "")[:60] if step == "look" else ""
    return redirect(url_for("feed.edit_post", post_id=post.id, q=words or None))


def _page(
    session: Session, form: Form, post: Post | None, *, key: str = "",
    original: Post | None = None,
) -> str:  # fmt: skip
    node, me = this_node(), my_id()
    chosen = form.values.get("subjects") or []
    subjects = [chosen] if isinstance(chosen, str) else list(chosen)
    words = request.args.get("q", "")[:60]
    pictures = queries.pictures_of(session, [post.id]).get(post.id, ()) if post else ()
    shared = queries.shown(session, [original], me, with_shared=False)[0] if original else None
    circles = [row for row in circles_of(session, me) if row.accepted_at]
    return render_template(
        "feed/posts/form.html",
        form=form, post=post, key=key, pictures=pictures, original=shared, asked=words,
        has_page=profile_of(session, me) is not None, circles=circles,
        named=actions.named(node, session, subjects),
        found=actions.suggestions(node, session, words, me) if words else None,
    )  # fmt: skip


@blueprint.get("/me/posts")
@permitted(WRITE)
def drafts() -> Any:
    """List one's drafts."""
    with this_node().db.read() as session:
        rows = queries.drafts_of(session, my_id())
    return render_template("feed/posts/drafts.html", drafts=rows)


@blueprint.post("/posts/<int:post_id>/delete")
@permitted(WRITE)
def delete_post(post_id: int) -> Response:
    """Delete a post of one's own for good."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.erase(node, session, post_id, my_id())
        told("Deleted. Nothing of it is left here.")
    except WizzleError as error:
        told(this_tongue().say(error.message), "problem")
    return redirect(url_for("feed.timeline"))


def _number(text: str) -> int:
    """Return a typed number; one that cannot be read is nobody's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
