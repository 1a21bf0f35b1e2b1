"""What tests of posts share."""

from __future__ import annotations

import io

from PIL import Image

from wizzle.core.node import Node
from wizzle.plugins.feed.posts.models import Post


def photo(colour: str = "orange") -> bytes:
    """A picture as somebody brings it."""
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(kept, "PNG")
    return kept.getvalue()


def the_row(node: Node, post_id: int) -> Post:
    """A post as it stands."""
    with node.db.read() as session:
        return session.get_one(Post, post_id)
