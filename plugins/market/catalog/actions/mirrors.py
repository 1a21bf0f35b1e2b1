"""Goods of sellers of other nodes, as copies: written as those nodes tell them, by nobody here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, bindparam, case, insert, or_, select, update
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.search import changed
from .....core.statements import Statement
from ..models import Product
from .goods import Draft

_product: Table = Product.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A product that stands for a copy: what its seller said last, and what is left of it."""

    product_id: int
    draft: Draft
    stock: int | None
    listed: bool = True


def add_mirrored(
    session: Session, seller_id: int, drafts: Sequence[tuple[Draft, int | None]], *, at: datetime
) -> list[int]:
    """Put copies, each with its stock, among the goods here and return their ids in order."""
    _check_home(session, seller_id)
    if not drafts:
        return []
    made = insert(_product).returning(_product.c.id, sort_by_parameter_order=True)
    rows = [
        {
            **asdict(draft),
            "seller_id": seller_id,
            "stock": stock,
            "listed": True,
            "created_at": at,
            "updated_at": at,
            "version": 1,
        }
        for draft, stock in drafts
    ]
    product_ids = list(session.scalars(made, rows))
    changed(session, "product", *product_ids)
    return product_ids


def change_mirrored(
    session: Session, seller_id: int, changes: Sequence[Mirrored], *, at: datetime
) -> None:
    """Let products be what their copies have become; what was ordered stands in its lines."""
    _check_home(session, seller_id)
    if changes:
        _CHANGE.write(session, *(_values(seller_id, each, at) for each in changes))
        changed(session, "product", *(each.product_id for each in changes))


def list_mirrored(
    session: Session, seller_id: int, product_ids: Collection[int], *, listed: bool, at: datetime
) -> None:
    """Take copies off the list, or put them back; what was ordered stays ordered."""
    _check_home(session, seller_id)
    session.execute(
        update(Product)
        .where(
            Product.seller_id == seller_id,
            Product.id.in_(product_ids),
            Product.listed.is_not(listed),
            Product.listed_before.is_(None),
        )
        .values(listed=listed, updated_at=at, version=Product.version + 1)
        .execution_options(synchronize_session=False)
    )
    changed(session, "product", *product_ids)


def picture_mirrored(
    session: Session, seller_id: int, product_id: int, picture_id: int | None, *, at: datetime
) -> None:
    """Let a copy be shown with this picture of this node, or with none."""
    _check_home(session, seller_id)
    session.execute(
        update(Product)
        .where(
            Product.seller_id == seller_id,
            Product.id == product_id,
            Product.picture_id.is_distinct_from(picture_id),
        )
        .values(picture_id=picture_id, updated_at=at, version=Product.version + 1)
        .execution_options(synchronize_session=False)
    )


def _check_home(session: Session, seller_id: int) -> None:
    """A mistake in the program: what is sold here is changed by its seller and by nobody else."""
    if not session.scalar(select(Space.home).where(Space.id == seller_id)):
        raise ValueError(f"seller {seller_id} is run on this node")


_DRAFTED = tuple(Draft.__dataclass_fields__)


def _new(name: str) -> Any:
    return bindparam(f"new_{name}", type_=_product.c[name].type)


def _changing() -> Any:
    told: dict[str, Any] = {name: _new(name) for name in _DRAFTED}
    told["listed"] = and_(_new("listed"), _product.c.listed_before.is_(None))
    differs = or_(*(_product.c[name].is_distinct_from(value) for name, value in told.items()))
    return (
        update(_product)
        .where(_product.c.id == bindparam("of_id"), _product.c.seller_id == bindparam("of_seller"))
        .values(
            **told,
            stock=_new("stock"),
            updated_at=_new("updated_at"),
            # As with other goods, what is sold does not make a new version.
            version=case((differs, _product.c.version + 1), else_=_product.c.version),
        )
    )


_CHANGE = Statement(_changing())


def _values(seller_id: int, each: Mirrored, at: datetime) -> dict[str, Any]:
    new = {**asdict(each.draft), "listed": each.listed, "stock": each.stock, "updated_at": at}
    named = {f"new_{name}": value for name, value in new.items()}
    return {"of_id": each.product_id, "of_seller": seller_id, **named}
