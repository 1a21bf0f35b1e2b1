"""Putting wishes into the basket, changing them and taking them out; nothing is held for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import BasketLine
from ..queries import goods
from ..rules import MOST_LINES, Orderer, check_bounds, refusal, why_not
from .agree import open_terms

_LINES: Table = BasketLine.__table__  # type: ignore[assignment]


def _put_statement(dialect: Any) -> Any:
    put = dialect.insert(_LINES)
    key = ["person_id", "occasion", "product_id"]
    return put.on_conflict_do_update(index_elements=key, set_={"quantity": put.excluded.quantity})


_PUT = {"sqlite": _put_statement(sqlite), "postgresql": _put_statement(postgresql)}
_STANDING = select(_LINES.c.occasion, _LINES.c.product_id, _LINES.c.quantity).where(
    _LINES.c.person_id == bindparam("person_id")
)


def add_to_basket(
    node: Node, session: Session, person: Orderer, *, occasion: str, product_id: int, quantity: int
) -> str:
    """Put so many more of a product into the basket and return its name; Refused if it cannot be
    ordered there, or not so many together with what lies in the basket already."""
    check_bounds(quantity)
    terms = open_terms(node, session, occasion, frozenset({product_id}), node.clock.now())
    standing = _quantities(session, person.id)
    wanted = standing.get((occasion, product_id), 0) + quantity
    good = goods(session, [product_id]).get(product_id)
    problem = why_not(good, terms, wanted)
    if problem is not None:
        raise refusal(problem)
    if len(standing) >= MOST_LINES and (occasion, product_id) not in standing:
        raise Refused("The basket is full. Please order what is in it first.")
    _put(node, session, person.id, occasion, product_id, wanted)
    return "" if good is None else good.name


def change_basket(
    session: Session, person: Orderer, quantities: Mapping[tuple[str, int], int]
) -> None:
    """Set quantities of lines that lie in the basket, by occasion and product; 0 takes one out.

    Whether so many can be had is for the basket page and the order to say: nothing is lost here.
    """
    standing = _quantities(session, person.id)
    for (occasion, product_id), quantity in quantities.items():
        if (occasion, product_id) not in standing:
            continue
        here = (
            (_LINES.c.person_id == person.id)
            & (_LINES.c.occasion == occasion)
            & (_LINES.c.product_id == product_id)
        )
        if quantity == 0:
            session.execute(delete(_LINES).where(here))
        elif quantity != standing[occasion, product_id]:
            check_bounds(quantity)
            session.execute(_LINES.update().where(here).values(quantity=quantity))


def _quantities(session: Session, person_id: int) -> dict[tuple[str, int], int]:
    rows = session.connection().execute(_STANDING, {"person_id": person_id})
    return {(row.occasion, row.product_id): row.quantity for row in rows}


def _put(
    node: Node, session: Session, person_id: int, occasion: str, product_id: int, quantity: int
) -> None:
    """Write a line whether or not there is one: two requests at once make one line."""
    values = {
        "person_id": person_id,
        "occasion": occasion,
        "product_id": product_id,
        "quantity": quantity,
        "added_at": node.clock.now(),
    }
    connection = session.connection()
    connection.execute(_PUT[connection.dialect.name], values)
