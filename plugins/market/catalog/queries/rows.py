"""What every reading of goods starts from: their tables, and the columns of a tile.

Tables and not mapped classes: the catalogue is the hottest page, and its rows are only read.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from .....core.models import Picture, Space
from ..models import Product

AnyRow = Row[*tuple[Any, ...]]
"""A row of a query, by the names of its columns."""

PRODUCT, SPACE, PICTURE = (each.__table__ for each in (Product, Space, Picture))

SOURCE = PRODUCT.join(SPACE, SPACE.c.id == PRODUCT.c.seller_id).outerjoin(
    PICTURE, PICTURE.c.id == PRODUCT.c.picture_id
)
TILE = (
    PRODUCT.c.id,
    PRODUCT.c.version,
    PRODUCT.c.name,
    PRODUCT.c.variant,
    PRODUCT.c.price,
    PRODUCT.c.unit_label,
    PRODUCT.c.sold_by,
    PRODUCT.c.expected_g,
    PRODUCT.c.stock,
    PRODUCT.c.minimum,
    PRODUCT.c.seller_id,
    SPACE.c.name.label("seller"),
    SPACE.c.slug.label("seller_slug"),
    SPACE.c.home,
    PICTURE.c.digest.label("picture"),
)
