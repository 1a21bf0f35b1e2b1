"""Who may touch which goods, on a page and for a program alike."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.web import allow, this_node, this_viewer
from . import actions, queries
from .actions import Hand
from .queries import AnyRow

SEE = "market.catalog.see"
MANAGE = "market.goods.manage"


def own_seller(session: Session, slug: str) -> AnyRow:
    """Return the seller of this address; refused unless the viewer looks after the goods there."""
    seller = queries.seller_by_slug(session, slug)
    allow(MANAGE, seller.id)
    if seller.home:
        raise actions.RunElsewhere()
    return seller


def own_product(session: Session, seller: AnyRow, product_id: int) -> AnyRow:
    """Return a product of this very seller; NotFound if it is another's."""
    product = queries.product_page(session, product_id)
    if product.seller_id != seller.id:
        raise NotFound("There is no such product. It may have been taken off the list.")
    return product


def this_hand(seller_id: int) -> Hand:
    """Return whose hand this request is: only an owner's sets prices, not a steward's."""
    viewer = this_viewer()
    owns = viewer is not None and (seller_id, "owner") in viewer.roles
    return Hand(this_node().clock.now(), viewer.id if viewer else None, sets_price=owns)
