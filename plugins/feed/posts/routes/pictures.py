"""Pictures of posts: brought with a form, and handed out to those who may read the post."""

from __future__ import annotations

from typing import Any

from flask import request, send_file

from .....core import pictures
from .....core.errors import Invalid, NotFound, Refused
from .....core.pictures import Prepared
from .....core.web import permitted, this_node
from ...pages import blueprint
from .. import queries
from ..access import SEE, post_picture_url, viewer_id


def brought_picture(name: str = "picture") -> Prepared | None:
    """Return the picture of this request, drawn anew; Invalid says at its field why it cannot be.

    Slow, and so done before the transaction.
    """
    brought = request.files.get(name)
    if brought is None or not brought.filename:
        return None
    try:
        return pictures.prepare(brought.read())
    except Refused as error:
        raise Invalid({name: [error.message]}) from error


@blueprint.get("/posts/pictures/<int:picture_id>/<size>.webp")
@permitted(SEE)
def post_picture(picture_id: int, size: str) -> Any:
    """Send a picture of a post that is for few, to those for whom it is: asked each time."""
    node = this_node()
    if size not in pictures.SIZES:
        raise NotFound("There is no such picture.")
    with node.db.look() as session:
        digest = queries.picture_seen(session, picture_id, viewer_id())
    if digest is None:
        raise NotFound("There is no such picture.")
    places = (pictures.file(node, digest, size, closed=closed) for closed in (True, False))
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise NotFound("There is no such picture.")
    response = send_file(found, mimetype="image/webp", conditional=True, etag=digest + size)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


blueprint.add_app_template_global(post_picture_url, "post_picture_url")
