"""All the pieces that pages are made of, on one page; only where a node is being worked on."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy import select

from ...errors import NotFound
from ...models import Picture
from ...values import Message
from ..page import permitted, this_node
from ..sections import Signpost
from .base import blueprint


@blueprint.get("/styleguide")
@permitted("core.see")
def styleguide() -> Any:
    """Show every macro of the folder with things that are made up."""
    node = this_node()
    if not node.settings.server.development:
        raise NotFound("There is no such page here, or it was closed.")
    with node.db.read() as session:
        photo = session.scalars(select(Picture).order_by(Picture.id.desc()).limit(1)).first()
        return render_template(
            "core/styleguide.html", now=node.clock.now(), goods=GOODS, photo=photo, ways=WAYS
        )


WAYS = (Signpost("core.search_page", "search", Message("Search", {}), Message("Search", {})),)

GOODS = (
    "cabbage", "leaves", "radish", "carrot", "potato", "sweet-potato", "green-onion", "onion",
    "garlic", "pepper", "squash", "cucumber", "root", "mushroom", "sprout", "tomato", "apple",
    "pear", "persimmon", "strawberry", "grape", "melon", "peach", "citrus", "chestnut", "jujube",
    "rice", "wheat", "beans", "corn", "egg", "tofu", "fish", "shell", "seaweed", "meat", "milk",
    "jang", "kimchi", "honey", "bottle", "tea", "bread", "rice-cake", "dumpling", "noodles",
    "basket",
)  # fmt: skip
"""The drawings of ``goods.svg``."""
