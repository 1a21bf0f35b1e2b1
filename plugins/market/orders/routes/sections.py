"""The orders' parts of other pages: what is collected next, and a shop's way to its desk."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, SpaceFace, Viewer
from .....core.web import can
from ...accounts import queries as accounts
from .. import queries
from ..access import DESK
from ..rules import shop_occasion


def on_home(node: Node, session: Session, viewer: Viewer | None) -> list[Section]:
    """Return what this person collects next."""
    if viewer is None:
        return []
    orders = queries.next_collections(session, viewer.id, node.clock.now(), limit=1)
    title = Message("What I collect next", {})
    found = Section("market/orders/next.html", {"orders": orders}, order=5, title=title)
    return [found] if orders else []


def on_my_page(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Return what waits to be collected, and what waits in the shops that this person runs."""
    orders = queries.next_collections(session, viewer.id, node.clock.now())
    shops = queries.shops_of(session, viewer.spaces("owner"))
    waiting = queries.waiting(session, [shop_occasion(shop.id) for shop in shops])
    desks = [(shop, waiting.get(shop_occasion(shop.id), 0)) for shop in shops]
    account = accounts.account_of(session, viewer.id)
    return [
        Section("market/orders/mine.html", {"orders": orders, "desks": desks}, order=5),
        Section("market/orders/my_balance.html", {"account": account}, order=6),
    ]


def on_space(session: Session, space: SpaceFace) -> list[Section]:
    """Return a shop's way to its desk, for those who run it."""
    if space.kind != queries.SHOP or not can(DESK, space.id):
        return []
    waiting = queries.waiting(session, [shop_occasion(space.id)])
    context = {"space": space, "waiting": waiting.get(shop_occasion(space.id), 0)}
    return [Section("market/orders/shop.html", context, order=10)]
