"""What the page of a product tells those who link to it, and programs: a product with its offer."""

from __future__ import annotations

from flask import url_for

from .....core.language import won
from .....core.web import Shared, picture_url, place, shared, thing, this_tongue, whole_url
from ..queries import AnyRow, stock_state
from ..rules import piece_price, titled

_IN_STOCK, _SOLD_OUT = "https://schema.org/InStock", "https://schema.org/OutOfStock"
_DISCONTINUED = "https://schema.org/Discontinued"


def shared_product(product: AnyRow, offered: bool) -> Shared:
    """Return the head of a product's page; ``offered``: it can be ordered somewhere now."""
    name = titled(product.name, product.variant)
    price = won(piece_price(product), this_tongue().language)
    text = f"{price} / {product.unit_label} · {product.seller_name}"
    return shared(
        "market.product", name, text, card=("product", product.id), kind="product",
        data=_data(product, name, offered), product_id=product.id,
    )  # fmt: skip


def _data(product: AnyRow, name: str, offered: bool) -> dict[str, object]:
    url = whole_url(url_for("market.product", product_id=product.id))
    seller = place(
        product.seller_name,
        url=whole_url(url_for("core.space", slug=product.seller_slug)),
        kind=product.seller_kind,
        province=product.seller_province,
        county=product.seller_county,
    )
    offer = thing(
        "Offer",
        price=piece_price(product),
        priceCurrency="KRW",
        availability=_availability(product, offered),
        url=url,
        seller=seller,
    )
    return thing(
        "Product",
        name=name,
        url=url,
        description=product.description[:500],
        category=product.category,
        image=whole_url(picture_url(product.picture)) if product.picture else "",
        offers=offer,
    )


def _availability(product: AnyRow, offered: bool) -> str:
    if not product.listed:
        return _DISCONTINUED
    sold_out = stock_state(product.stock, product.minimum) == "out"
    return _SOLD_OUT if sold_out or not offered else _IN_STOCK
