"""The price and the stock of one product set together, as a seller does from day to day."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from .....core.again import in_transaction
from .....core.db import Database
from .goods import Draft, Hand, PriceIsSellers, change_product, note_refused_price, set_stock


@dataclass(frozen=True, slots=True)
class Day:
    """A price and a stock (None: on demand), with the stock and the version that were seen."""

    price: int
    stock: int | None
    was: int | None
    version: int


def set_day(database: Database, product: Any, day: Day, hand: Hand) -> bool:
    """Set both or neither, and say whether anything differed; in transactions of its own.

    That somebody else than the seller tried another price stays written, for the seller to see.
    """
    draft = replace(draft_of(product), price=day.price)

    def work(session: Any) -> bool:
        changed = change_product(session, product.id, draft, version=day.version, hand=hand)
        if day.stock != day.was:
            set_stock(session, product.id, day.stock, was=day.was, hand=hand)
        return changed or day.stock != day.was

    try:
        return in_transaction(database, work)
    except PriceIsSellers:
        with database.write() as session:
            note_refused_price(session, product.id, day.price, hand)
        raise


def draft_of(product: Any) -> Draft:
    """Return a product, as it stands, as its seller would describe it."""
    return Draft(**{each.name: getattr(product, each.name) for each in fields(Draft)})
