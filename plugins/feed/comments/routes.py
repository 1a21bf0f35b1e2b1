"""The page of a post: the post, what is written under it, and the reader's own words and marks."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ....core.answers import Rule
from ....core.errors import Forbidden, WizzleError
from ....core.web import (
    Form,
    Page,
    Shared,
    asked_number,
    hidden_notice,
    paged,
    permitted,
    picture_url,
    shared,
    this_node,
    this_tongue,
    told,
    whole_url,
)
from ....core.web import thing as linked_thing
from ..circles.access import my_id, viewer_id
from ..pages import blueprint
from ..posts import queries as posts
from ..posts.access import SEE, post_to_read
from ..posts.actions import named
from ..posts.models import Post
from ..posts.queries import Shown
from ..posts.rules import title_of
from . import actions, queries
from .rules import REACTIONS
from .schemas import CommentForm

ANSWER = "feed.answer"
RULES = (Rule(ANSWER, members=True),)
SIZE = 50


@blueprint.route("/posts/<int:post_id>", methods=["GET", "POST"])
@permitted(SEE)
def post(post_id: int) -> Any:
    """Show a post with its comments; whoever is logged in can write one."""
    node = this_node()
    form = Form(CommentForm())
    key = request.form.get("idempotency_key", "")[:80] or node.random.token()[:40]
    if form.submitted():
        try:
            _check_may_answer()
            with node.db.write() as session:
                made = actions.comment(node, session, post_id, my_id(), form.data["text"], key=key)
            told("Your comment stands there.")
            return redirect(url_for("feed.post", post_id=post_id) + f"#c{made.id}")
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = post_to_read(session, post_id)
        if found.hidden_at is not None and found.author_id != viewer_id():
            return hidden_notice(session, f"post:{post_id}")
        return _page(session, found, form, key), form.status


def _check_may_answer() -> None:
    if viewer_id() is None:
        raise Forbidden("Please log in first.")


def _page(session: Session, found: Post, form: Form, key: str) -> str:
    viewer = viewer_id()
    drawn = posts.shown(session, [found], viewer)[0]
    own = viewer == found.author_id
    rows = queries.comments_of(session, found.id, viewer, after=asked_number() or 0, limit=SIZE + 1)
    page: Page[Any] = paged(
        rows, SIZE, str(rows[SIZE - 1].comment.id) if len(rows) > SIZE else None
    )
    return render_template(
        "feed/comments/post.html",
        shown=drawn, own=own, page=page, form=form, key=key, reactions=REACTIONS,
        counts=queries.reactions_to(session, found.id) if own else {},
        reaction=queries.reaction_of(session, found.id, viewer) if viewer else "",
        saved=bool(viewer and queries.saved_of(session, viewer, [found.id])),
        named=named(this_node(), session, posts.subjects_of(session, found.id)),
        shared=_shared(drawn) if found.told else None,
    )  # fmt: skip


def _shared(drawn: Shown) -> Shared:
    """Return what a public post tells those who link to it."""
    found, picture = drawn.post, next(iter(drawn.pictures), None)
    url = whole_url(url_for("feed.post", post_id=found.id))
    said = linked_thing(
        "SocialMediaPosting", url=url, articleBody=found.text[:500],
        datePublished=found.published_at, author={"@type": "Person", "name": drawn.author.name},
        image=whole_url(picture_url(picture.digest)) if picture else "",
    )  # fmt: skip
    title = title_of(found.text) or drawn.author.name
    return shared("feed.post", title, found.text, kind="article", data=said, post_id=found.id)


@blueprint.post("/comments/<int:comment_id>/delete")
@permitted(ANSWER)
def delete_comment(comment_id: int) -> Response:
    """Delete a comment of one's own, or under one's own post."""
    with this_node().db.write() as session:
        post_id = actions.erase(session, comment_id, my_id())
    told("Deleted. Nothing of it is left here.")
    return redirect(url_for("feed.post", post_id=post_id))


@blueprint.post("/posts/<int:post_id>/react")
@permitted(ANSWER)
def react(post_id: int) -> Response:
    """Say a quiet word about a post, or take it back."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.react(node, session, post_id, my_id(), request.form.get("kind", "")[:10])
    except WizzleError as error:
        told(this_tongue().say(error.message), "problem")
        if error.status == 404:
            raise
    return redirect(url_for("feed.post", post_id=post_id) + "#words")


@blueprint.post("/posts/<int:post_id>/keep")
@permitted(ANSWER)
def keep_post(post_id: int) -> Response:
    """Keep a post for later, or no longer."""
    node = this_node()
    kept = request.form.get("kept") == "yes"
    with node.db.write() as session:
        actions.keep(node, session, post_id, my_id(), kept=kept)
    if not kept:
        told("Not kept any more.")
        return redirect(url_for("feed.kept"))
    told("Kept for later. Only you see that.")
    return redirect(url_for("feed.post", post_id=post_id))


@blueprint.get("/me/kept")
@permitted(ANSWER)
def kept() -> Any:
    """List what one keeps for later."""
    with this_node().db.read() as session:
        rows = queries.saved_posts(session, my_id())
        drawn = posts.shown(session, rows, my_id())
    return render_template("feed/comments/kept.html", posts=drawn)
