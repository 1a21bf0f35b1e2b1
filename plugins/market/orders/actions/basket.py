"""Putting wishes into the basket, changing them and taking them out; nothing is held for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from .....core.statements import Statement
from ...catalog.rules import piece_price
from ..models import BasketLine, Order, OrderLine
from ..queries import goods
from ..rules import (
    LESS,
    MOST_LINES,
    SUBSTITUTE,
    Good,
    IfShort,
    Orderer,
    check_bounds,
    refusal,
)
from .agree import open_terms, problem_of

_LINES: Table = BasketLine.__table__  # type: ignore[assignment]


def _put_statement(insert: Any) -> Any:
    put = insert(_LINES)
    key = ["person_id", "occasion", "product_id"]
    return put.on_conflict_do_update(index_elements=key, set_={"quantity": put.excluded.quantity})


_PUT = Statement(_put_statement)
_STANDING = Statement(
    select(
        _LINES.c.occasion,
        _LINES.c.product_id,
        _LINES.c.quantity,
        _LINES.c.wish,
        _LINES.c.substitute_up_to,
        _LINES.c.added_at,
    ).where(_LINES.c.person_id == bindparam("person_id"))
)
_LAST_WISH = Statement(
    select(OrderLine.wish)
    .where(
        OrderLine.order_id
        == select(func.max(Order.id))
        .where(Order.person_id == bindparam("person_id"))
        .scalar_subquery(),
        OrderLine.substitute_for_id.is_(None),
    )
    .order_by(OrderLine.id.desc())
    .limit(1)
)


def add_to_basket(
    node: Node, session: Session, person: Orderer, *, occasion: str, product_id: int, quantity: int
) -> str:
    """Put so many more of a product into the basket and return its name; Refused if it cannot be
    ordered there, or not so many together with what lies in the basket already.

    What to do if too little of it comes is what this person chose last.
    """
    check_bounds(quantity)
    terms = open_terms(node, session, occasion, frozenset({product_id}), node.clock.now())
    rows = _STANDING.all(session, {"person_id": person.id})
    standing = {(row.occasion, row.product_id): row.quantity for row in rows}
    wanted = standing.get((occasion, product_id), 0) + quantity
    good = goods(session, [product_id]).get(product_id)
    problem = problem_of(node, terms, product_id, good, wanted)
    if problem is not None:
        raise refusal(problem)
    if len(standing) >= MOST_LINES and (occasion, product_id) not in standing:
        raise Refused("The basket is full. Please order what is in it first.")
    if good is None:
        return ""
    wish = IfShort() if (occasion, product_id) in standing else _usual(session, person, good, rows)
    _put(node, session, person.id, occasion, product_id, wanted, wish)
    return good.name


def _usual(session: Session, person: Orderer, good: Good, rows: Sequence[Any]) -> IfShort:
    """Return what this person chose last for the case that too little comes, at this price."""
    if rows:
        last = max(rows, key=lambda row: row.added_at)
    else:
        last = _LAST_WISH.one_or_none(session, {"person_id": person.id})
    wish = LESS if last is None else last.wish
    return IfShort(wish, piece_price(good) if wish == SUBSTITUTE else None)


def change_basket(
    node: Node,
    session: Session,
    person: Orderer,
    quantities: Mapping[tuple[str, int], int],
    wishes: Mapping[tuple[str, int], IfShort] | None = None,
) -> None:
    """Set quantities of lines that lie in the basket, by occasion and product; 0 takes one out.

    ``wishes`` says in the same way what to do if too little comes. Whether so many can be had is
    for the basket page and the order to say: nothing is lost here.
    """
    said = wishes or {}
    for row in _STANDING.all(session, {"person_id": person.id}):
        place = (row.occasion, row.product_id)
        quantity = quantities.get(place, row.quantity)
        here = (
            (_LINES.c.person_id == person.id)
            & (_LINES.c.occasion == row.occasion)
            & (_LINES.c.product_id == row.product_id)
        )
        if quantity == 0:
            session.execute(delete(_LINES).where(here))
        elif changes := _changes(node, row, quantity, said.get(place)):
            session.execute(_LINES.update().where(here).values(**changes))


def _changes(node: Node, row: Any, quantity: int, wish: IfShort | None) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if quantity != row.quantity:
        check_bounds(quantity)
        changes["quantity"] = quantity
    if wish is not None and (wish.wish, wish.up_to) != (row.wish, row.substitute_up_to):
        # The line now holds the last choice, with which the next one put in begins.
        changes |= {**wish.columns, "added_at": node.clock.now()}
    return changes


def _put(
    node: Node,
    session: Session,
    person_id: int,
    occasion: str,
    product_id: int,
    quantity: int,
    wish: IfShort,
) -> None:
    """Write a line whether or not there is one: two requests at once make one line."""
    values = {
        "person_id": person_id,
        "occasion": occasion,
        "product_id": product_id,
        "quantity": quantity,
        **wish.columns,
        "added_at": node.clock.now(),
    }
    _PUT.write(session, values)
