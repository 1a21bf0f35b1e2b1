"""The catalogue, open to everyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from .....core.node import Node
from .....core.web import this_node
from .....core.web.api import Listing, api, listed, mark
from ...pages import ID, blueprint
from .. import queries
from ..access import SEE
from ..queries import AnyRow, Filter, Offer, Place
from ..rules import certificate_of, tidy
from .shapes import ProductsAsked, ProductSchema, ProductTile

_IDENTITY = (
    "slug", "kind", "name", "representative", "address", "phone", "email", "business_number",
    "mail_order_number", "home",
)  # fmt: skip


@blueprint.get("/api/v1/products")
@api(
    SEE, mark("Listed goods by name"), "catalogue",
    asks=ProductsAsked(), gives=ProductTile(), pages=True,
)  # fmt: skip
def api_products(asked: Mapping[str, Any]) -> Listing:
    """List goods, a page at a time."""
    limit, cursor = asked["limit"], asked["cursor"]
    with this_node().db.look() as session:
        slug = asked["seller"]
        seller = queries.seller_by_slug(session, slug) if slug else None
        wanted = Filter(
            category=tidy(asked["category"] or "") or None,
            seller_id=seller.id if seller else None,
            words=tidy(asked["q"]),
        )
        after = Place(*cursor) if cursor else None
        cards = queries.product_cards(session, wanted, limit=limit + 1, after=after)
    return listed(cards, limit, lambda card: (card.name, card.id))


@blueprint.get(f"/api/v1/products/<{ID}:product_id>")
@api(
    SEE, mark("One product, and where it can be ordered now"), "catalogue", gives=ProductSchema()
)  # fmt: skip
def api_product(product_id: int) -> Mapping[str, Any]:
    """Tell what the page of a product tells."""
    node = this_node()
    with node.db.look() as session:
        row = queries.product_page(session, product_id)
        offers = queries.offers_of(node, session, row) if row.listed else []
    return _told(node, row, offers)


def _told(node: Node, row: AnyRow, offers: Any) -> Mapping[str, Any]:
    day = node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    return {
        **row._asdict(),
        "stock": row.stock,
        "allergens": [code for code in row.allergens.split(",") if code],
        "certificate": certificate_of(row, day),
        "seller": {name: getattr(row, f"seller_{name}") for name in _IDENTITY},
        "offers": [_offered(offer) for offer in offers],
    }


def _offered(offer: Offer) -> Mapping[str, Any]:
    return {
        "terms": offer.terms,
        "producer": offer.producer,
        "activist": offer.activist,
        "centre": offer.centre,
        "pick_ups": [offer.terms, *offer.terms.pick_ups],  # the occasion's own place comes first
    }
