"""Posts: what neighbours write, with pictures, tags and the things that it is about.

What other rooms may rely on: ``public_post`` and ``public_posts_of`` read what everyone may,
``shown`` draws it, ``fact_of`` is what is told of a post (``ThingPublished``). ``readable`` and
``seen_by`` are the one place that says who may read what.
"""

from .actions import Named, fact_of, named, stream, suggestions, unstream
from .queries import (
    Place,
    Shown,
    place_of,
    public_post,
    public_posts,
    public_posts_of,
    readable,
    seen_by,
    shown,
    the_post,
)

__all__ = [
    "Named",
    "Place",
    "Shown",
    "fact_of",
    "named",
    "place_of",
    "public_post",
    "public_posts",
    "public_posts_of",
    "readable",
    "seen_by",
    "shown",
    "stream",
    "suggestions",
    "the_post",
    "unstream",
]
