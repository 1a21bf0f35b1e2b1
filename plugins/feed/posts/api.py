"""Posts for programs: what everyone may read, and one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from ....core.answers import WebhookKind
from ....core.errors import NotFound
from ....core.web import this_node
from ....core.web.api import Asked, Listing, Moment, api, described, listed, mark
from ..circles.queries import profile_page
from ..pages import blueprint
from . import actions, queries
from .access import SEE, WRITE, my_id, post_picture_url
from .models import Post
from .queries import Place, Shown
from .rules import AUDIENCES, LONGEST, MEMBERS, Wording, tag_form, tags_of

HOOKS = (
    WebhookKind(
        actions.HOOK,
        mark("A public post names this page"),
        frozenset({"shop", "producer", "hub", "organisation"}),
        {"post_id": 12, "url": "/posts/12", "published_at": "2026-11-30T09:00:00+00:00"},
    ),
)


class PictureSchema(Schema):
    """A picture of a post."""

    url = fields.String()
    width = fields.Integer()
    height = fields.Integer()
    caption = fields.String(metadata=described(mark("What is seen on it.")))


class PostSchema(Schema):
    """A post."""

    id = fields.Integer()
    url = fields.String(metadata=described(mark("The path of its page.")))
    author = fields.String(metadata=described(mark("What its author is called.")))
    handle = fields.String(metadata=described(mark("The author's public page, or empty.")))
    text = fields.String()
    place = fields.String()
    audience = fields.String(metadata=described(mark("everyone, members, circle or me.")))
    circle_id = fields.Integer(allow_none=True)
    shared_id = fields.Integer(
        allow_none=True, metadata=described(mark("The post that it passes on, or null."))
    )
    tags = fields.List(fields.String())
    pictures = fields.List(fields.Nested(PictureSchema))
    published_at = Moment(allow_none=True, metadata=described(mark("Null for a draft.")))
    edited_at = Moment(allow_none=True)


class PostsAsked(Asked):
    """Posts that everyone may read."""

    author = fields.String(
        load_default="",
        validate=validate.Length(max=31),
        metadata=described(mark("Only those of this handle.")),
    )
    tag = fields.String(
        load_default="",
        validate=validate.Length(max=41),
        metadata=described(mark("Only those with this tag.")),
    )
    cursor = Asked.cursor_of(str)


class OwnAsked(Asked):
    """One's own posts."""

    cursor = Asked.cursor_of(str)


class NewPost(Schema):
    """A post to be published."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST))
    place = fields.String(load_default="", validate=validate.Length(max=80))
    audience = fields.String(
        load_default=MEMBERS,
        validate=validate.OneOf(AUDIENCES),
        metadata=described(mark("everyone, members, circle or me.")),
    )
    circle_id = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 2**31 - 1)
    )
    subjects = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list,
        validate=validate.Length(max=10),
        metadata=described(mark("Things that it is about, such as space:7.")),
    )
    draft = fields.Boolean(
        load_default=False, metadata=described(mark("Keep it as a draft that nobody else sees."))
    )


@blueprint.get("/api/v1/posts")
@api(SEE, mark("Posts that everyone may read, the newest first"), "posts",
     asks=PostsAsked(), gives=PostSchema(), pages=True)  # fmt: skip
def api_posts(asked: Mapping[str, Any]) -> Listing:
    """List public posts, a page at a time."""
    limit, after = asked["limit"], _after(asked)
    with this_node().db.read() as session:
        if asked["tag"]:
            name = tag_form(asked["tag"])
            rows = queries.posts_tagged(session, name, None, after=after, limit=limit + 1)
        elif asked["author"]:
            page = profile_page(session, asked["author"].lstrip("@").lower(), None)[0]
            rows = queries.public_posts_of(session, page.person_id, after=after, limit=limit + 1)
        else:
            rows = queries.public_posts(session, after=after, limit=limit + 1)
        return _listed(session, rows, limit, None)


@blueprint.get("/api/v1/posts/<int:post_id>")
@api(SEE, mark("One post that everyone may read"), "posts", gives=PostSchema())
def api_post(post_id: int) -> Mapping[str, Any]:
    """Tell one public post."""
    with this_node().db.read() as session:
        post = queries.public_post(session, post_id)
        if post is None:
            raise NotFound("There is no such post, or it is not for you.")
        return _told(queries.shown(session, [post], None)[0])


@blueprint.get("/api/v1/me/posts")
@api(WRITE, mark("My own posts, whomever they are for, the newest first"), "posts",
     scope="posts:read", asks=OwnAsked(), gives=PostSchema(), pages=True)  # fmt: skip
def api_my_posts(asked: Mapping[str, Any]) -> Listing:
    """List one's own published posts."""
    limit, after = asked["limit"], _after(asked)
    with this_node().db.read() as session:
        rows = queries.posts_by(session, my_id(), my_id(), after=after, limit=limit + 1)
        return _listed(session, rows, limit, my_id())


@blueprint.post("/api/v1/posts")
@api(WRITE, mark("Publish a post"), "posts", scope="posts:write", takes=NewPost(),
     gives=PostSchema(), creates=True, example={"text": "#감자 좋아요", "audience": "members"},
     about=mark("Without an audience it is for members of this node."))  # fmt: skip
def api_new_post(body: Mapping[str, Any], session: Session) -> Mapping[str, Any]:
    """Publish a post, or keep a draft."""
    node, me = this_node(), my_id()
    wording = Wording(
        body["text"], body["audience"], body["circle_id"], body["place"], tuple(body["subjects"])
    )
    # The request's own key answers what is sent twice; a post made by it needs another.
    post = actions.begin(node, session, me, wording, key=f"api-{node.random.token()}"[:80])
    if not body["draft"]:
        post = actions.publish(node, session, post.id, me)
    return _told(queries.shown(session, [post], me)[0])


@blueprint.delete("/api/v1/posts/<int:post_id>")
@api(WRITE, mark("Delete a post of my own for good"), "posts", scope="posts:write")
def api_delete_post(post_id: int) -> None:
    """Delete a post with all that belongs to it."""
    node = this_node()
    with node.db.write() as session:
        actions.erase(node, session, post_id, my_id())


def _after(asked: Mapping[str, Any]) -> Place | None:
    cursor = asked["cursor"]
    return Place.read(cursor[0]) if cursor else None


def _listed(session: Session, rows: Sequence[Post], limit: int, me: int | None) -> Listing:
    page = listed(rows, limit, lambda post: (str(queries.place_of(post)),))
    return Listing([_told(each) for each in queries.shown(session, page.rows, me)], page.place)


def _told(drawn: Shown) -> dict[str, Any]:
    post = drawn.post
    shared = drawn.shared.post.id if drawn.shared else None
    return {
        "id": post.id, "url": f"/posts/{post.id}", "author": drawn.author.name,
        "handle": drawn.author.handle, "text": post.text, "place": post.place,
        "audience": post.audience, "circle_id": post.circle_id, "shared_id": shared,
        "tags": tags_of(post.text), "published_at": post.published_at,
        "edited_at": post.edited_at,
        "pictures": [
            {
                "url": post_picture_url(post, picture), "width": picture.width,
                "height": picture.height, "caption": picture.caption,
            }
            for picture in drawn.pictures
        ],
    }  # fmt: skip
