"""A seller's own goods: the list with its stock, and what changes from day to day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .....core.errors import Invalid
from .....core.values import Message
from .....core.web import this_node
from .....core.web.api import Listing, api, listed, mark
from ...pages import ID, blueprint
from .. import actions, queries
from ..access import MANAGE, own_product, own_seller, this_hand
from ..actions import Day
from ..queries import Place
from .shapes import DaySchema, OwnAsked, OwnProduct


@blueprint.get("/api/v1/spaces/<slug>/products")
@api(
    MANAGE, mark("A seller's own goods by name, those off the list too"), "goods",
    scope="goods:read", asks=OwnAsked(), gives=OwnProduct(), pages=True,
)  # fmt: skip
def api_own_products(slug: str, asked: Mapping[str, Any]) -> Listing:
    """List the goods of a seller whom the person runs."""
    limit, cursor = asked["limit"], asked["cursor"]
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        after = Place(*cursor) if cursor else None
        rows = queries.goods_of(session, seller.id, limit=limit + 1, after=after)
    return listed(rows, limit, lambda row: (row.name, row.id))


@blueprint.patch(f"/api/v1/spaces/<slug>/products/<{ID}:product_id>")
@api(
    MANAGE, mark("Set the price or the stock of a product"), "goods",
    scope="goods:write", takes=DaySchema(), gives=OwnProduct(),
    example={"version": 3, "price": 3500, "stock": 40, "was": 12},
    about=mark("Only the seller's own people set prices, a steward does not."),
)  # fmt: skip
def api_set_day(slug: str, product_id: int, body: Mapping[str, Any]) -> Any:
    """Set both or neither, as the page of the day does."""
    node = this_node()
    if ("stock" in body) != ("was" in body):
        raise Invalid({"/was": [Message("Please send `stock` and `was` together.", {})]})
    with node.db.read() as session:
        seller = own_seller(session, slug)
        product = own_product(session, seller, product_id)
    stands = product.stock
    day = Day(
        price=body.get("price", product.price),
        stock=body.get("stock", stands),
        was=body.get("was", stands),
        version=body["version"],
    )
    actions.set_day(node.db, product, day, this_hand(seller.id))
    with node.db.read() as session:
        return queries.product_page(session, product_id)
