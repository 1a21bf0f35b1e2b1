"""A person's own orders as they are found: by their goods, sellers, place and number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from .....core.documents import Document, Own
from .....core.search import of_person
from .....core.values import Text
from .mine import lines_of_orders, my_orders

LOOKED_AT = 100
"""So many of the last orders are looked through."""


def _read(session: Session, person_id: int) -> Sequence[Document]:
    orders = my_orders(session, person_id, limit=LOOKED_AT)
    goods = lines_of_orders(session, [order.id for order in orders])
    return [_document(order, goods.get(order.id, [])) for order in orders]


def _document(order: Row[Any], lines: Sequence[Row[Any]]) -> Document:
    goods = [line.product_name for line in lines]
    sellers = dict.fromkeys(line.seller_name for line in lines)
    return Document(
        id=order.id,
        title=order.title,
        path=f"/orders/{order.uid}",
        readers=frozenset({of_person(order.person_id)}),
        text="\n".join((order.number, order.place, *goods, *sellers)),
        about=(", ".join(goods[:4]) + ("…" if len(goods) > 4 else ""),),
        changed_at=order.changed_at,
        more={"order": order},
    )


MY_ORDERS = Own("order", Text("내 주문", "My orders"), _read, template="market/orders/hit.html")
