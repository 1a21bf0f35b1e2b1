"""Changing and withdrawing an order, as the resident may until the cut-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Order, OrderLine
from ..queries import goods
from ..rules import (
    WITHDRAWN,
    Item,
    Orderer,
    differences,
    gathered,
    off_step,
    why_not,
    why_not_more,
)
from .agree import Agreed, Wish, open_terms
from .held import check_placed, check_version, held, lines_of, touch
from .letters import as_read, changed_letter, withdrawn_letter
from .notes import note
from .place import INSERT_LINES, line_row
from .stock import Short, move_stock


def change_order(
    node: Node,
    session: Session,
    person: Orderer,
    order_id: int,
    items: Sequence[Item],
    *,
    version: int,
) -> None:
    """Set the quantities of an order anew: 0, or not being named, removes a product.

    What stays keeps its price; if nothing is left, the order is withdrawn. Refused after the
    cut-off or when ``version`` is not the one that stands, ``Short`` if there is too little.
    """
    at = node.clock.now()
    wanted = {product: quantity for product, quantity in gathered(items).items() if quantity}
    if not wanted:
        withdraw_order(node, session, person, order_id, version=version)
        return
    occasion, _ = _own(session, person, order_id)
    terms = open_terms(node, session, occasion, frozenset(wanted), at)
    order = held(session, order_id)
    check_placed(order)
    lines = lines_of(session, order_id)
    steps = differences({p: line.quantity for p, line in lines.items()}, wanted)
    if not steps:
        return  # the same request again, or nothing to do
    check_version(order, version)
    _check_untouched(order, lines)
    change = _Change(Agreed(Wish(occasion, wanted, ""), terms, goods(session, steps)), lines, steps)
    change.check()
    units = change.write(session, order)
    touch(session, order, at)
    note(session, order_id, "changed", at=at, actor_id=person.id, lines=change.told())
    lines_now = [as_read(line) for line in lines_of(session, order_id).values()]
    changed_letter(node, session, person, order, lines_now)
    move_stock(session, units)


def withdraw_order(
    node: Node, session: Session, person: Orderer, order_id: int, *, version: int | None = None
) -> None:
    """Withdraw an order and give its counted goods back; a second time changes nothing."""
    at = node.clock.now()
    occasion, state = _own(session, person, order_id)
    if state == WITHDRAWN:
        return
    open_terms(node, session, occasion, frozenset(), at)
    order = held(session, order_id)
    if order.state == WITHDRAWN:
        return
    check_placed(order)
    check_version(order, version)
    touch(session, order, at, WITHDRAWN)
    note(session, order_id, "withdrawn", at=at, actor_id=person.id)
    withdrawn_letter(node, session, person, order)
    give_back(session, order_id)


def give_back(session: Session, order_id: int) -> None:
    """Give the counted goods of an order back, but for those that never came to the hub."""
    lines = lines_of(session, order_id)
    units = {p: -min(line.taken, line.delivered) for p, line in lines.items()}
    move_stock(session, {product: number for product, number in units.items() if number})


def _own(session: Session, person: Orderer, order_id: int) -> tuple[str, str]:
    """Return occasion and state of a person's own order; NotFound if it is none of theirs."""
    found = session.execute(
        select(Order.occasion, Order.state).where(
            Order.id == order_id, Order.person_id == person.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such order.")
    return found.occasion, found.state


def _check_untouched(order: Order, lines: Mapping[int, OrderLine]) -> None:
    if any(line.delivered != line.quantity for line in lines.values()):
        raise Refused(
            "Part of this order is being prepared already. Please ask at %(place)s.",
            place=order.place,
        )


@dataclass(frozen=True)
class _Change:
    """New quantities for the lines that stand; ``steps`` says by how much each product moves."""

    agreed: Agreed
    lines: Mapping[int, OrderLine]
    steps: Mapping[int, int]

    def check(self) -> None:
        """Raise ``Short`` with everything that cannot be."""
        problems = {p: why for p in self.steps if (why := self._problem(p)) is not None}
        if problems:
            raise Short(problems)

    def _problem(self, product: int) -> Message | None:
        good, line = self.agreed.goods.get(product), self.lines.get(product)
        quantity = self.agreed.wish.wanted.get(product, 0)
        if line is None:
            return why_not(good, self.agreed.terms, quantity)
        if self.steps[product] > 0:
            return why_not_more(line, good, self.agreed.terms, quantity)
        return off_step(good, quantity) if quantity and good is not None and good.sold else None

    def write(self, session: Session, order: Order) -> dict[int, int]:
        """Write the lines and return what is to be taken from the counted stock of each."""
        units = {product: self._units(product) for product in self.steps}
        new = []
        for product in self.steps:
            quantity, line = self.agreed.wish.wanted.get(product, 0), self.lines.get(product)
            if line is None:
                new.append(line_row(order.id, self.agreed, product, quantity))
            elif quantity == 0:
                session.delete(line)
            else:
                line.quantity = line.delivered = quantity
                line.taken += units[product]
        session.flush()
        if new:
            session.connection().execute(INSERT_LINES, new)
        return {product: number for product, number in units.items() if number}

    def _units(self, product: int) -> int:
        step = self.steps[product]
        if step < 0:
            return -min(-step, self.lines[product].taken)
        return 0 if self.agreed.goods[product].stock is None else step

    def told(self) -> list[list[object]]:
        """Return name, quantity before and quantity after of everything that moved."""
        wanted = self.agreed.wish.wanted
        return [
            [self._name(product), wanted.get(product, 0) - step, wanted.get(product, 0)]
            for product, step in self.steps.items()
        ]

    def _name(self, product: int) -> str:
        line = self.lines.get(product)
        return self.agreed.goods[product].name if line is None else line.product_name
