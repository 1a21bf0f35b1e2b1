"""Changing and withdrawing an order, as the resident may until the cut-off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.errors import NotFound, Refused
from .....core.facts import OrderWithdrawn
from .....core.node import Node
from .....core.values import Message
from ..models import Order, OrderEvent, OrderLine
from ..queries import goods, late_products, why_late
from ..rules import (
    WITHDRAWN,
    IfShort,
    Item,
    Orderer,
    Place,
    cost_of,
    differences,
    gathered,
    off_step,
    place_at,
    why_not_more,
    wishes_of,
)
from .agree import Agreed, Wish, open_terms, problem_of
from .held import check_placed, check_version, held, lines_of, touch
from .letters import as_read, changed_letter, withdrawn_letter
from .notes import note
from .place import INSERT_LINES, line_row
from .stock import Short, move_stock
from .telling import tell


def change_order(
    node: Node,
    session: Session,
    person: Orderer,
    order_id: int,
    items: Sequence[Item],
    *,
    version: int,
    host_id: int | None = None,
) -> bool:
    """Set the quantities of an order anew: 0, or not being named, removes a product.

    What stays keeps its price; if nothing is left, the order is withdrawn. With an item comes what
    to do if too little of it is there, and ``host_id`` is another place to collect at: where these
    are None, what was chosen stays. What is past the own cut-off of its seller stays as it is if
    it is not named. Refused after the cut-off or when ``version`` is not the one that stands,
    ``Short`` if there is too little. False if the order is withdrawn by that.
    """
    at, named = node.clock.now(), gathered(items)
    if not any(named.values()):
        return not withdraw_order(node, session, person, order_id, version=version)
    occasion, _ = _own(session, person, order_id)
    asked = _products_of(session, order_id) | named.keys()
    terms = open_terms(node, session, occasion, asked, at)
    order = held(session, order_id)
    check_placed(order)
    lines = lines_of(session, order_id)
    late = _late_lines(node, terms, asked, order, lines)
    wanted = {p: line.quantity for p, line in late.items()} | named
    wanted = {product: quantity for product, quantity in wanted.items() if quantity}
    steps = differences({p: line.quantity for p, line in lines.items()}, wanted)
    chosen = _Chosen(_new_wishes(lines, items), _new_place(order, terms, host_id))
    if not (steps or chosen.wishes or chosen.place):
        return True  # the same request again, or nothing to do
    check_version(order, version)
    _check_in_time(node, terms, late, {*steps, *chosen.wishes})
    _check_untouched(order, {p: line for p, line in lines.items() if p not in late})
    agreed = Agreed(Wish(occasion, wanted, "", wishes_of(items)), terms, goods(session, steps))
    _apply(node, session, person, order, _Change(node, agreed, lines, steps), chosen)
    return True


def _apply(
    node: Node,
    session: Session,
    person: Orderer,
    order: Order,
    change: _Change,
    chosen: _Chosen | None = None,
) -> None:
    at = node.clock.now()
    change.check()
    told = chosen.write(order, change.lines) if chosen else {}
    units = change.write(session, order)
    touch(session, order, at)
    note(session, order.id, "changed", at=at, actor_id=person.id, lines=change.told(), **told)
    lines_now = [as_read(line) for line in lines_of(session, order.id).values() if line.delivered]
    changed_letter(node, session, person, order, lines_now, change.agreed.terms.cut_offs)
    move_stock(session, units)
    tell(session, order, "changed", at)


def withdraw_order(
    node: Node, session: Session, person: Orderer, order_id: int, *, version: int | None = None
) -> bool:
    """Withdraw an order and give its counted goods back; a second time changes nothing.

    What is past the own cut-off of its seller stays ordered; False if that is why the order
    stands with the rest taken out.
    """
    at = node.clock.now()
    occasion, state = _own(session, person, order_id)
    if state == WITHDRAWN:
        return True
    asked = _products_of(session, order_id)
    terms = open_terms(node, session, occasion, asked, at)
    order = held(session, order_id)
    if order.state == WITHDRAWN:
        return True
    check_placed(order)
    check_version(order, version)
    lines = lines_of(session, order_id)
    late = _late_lines(node, terms, asked, order, lines)
    kept = {p: line.quantity for p, line in late.items()}
    if any(line.delivered for line in late.values()):
        gone = {p: -line.quantity for p, line in lines.items() if p not in late}
        if not gone:
            _check_in_time(node, terms, late, kept)
        agreed = Agreed(Wish(occasion, kept, ""), terms, goods(session, gone))
        _apply(node, session, person, order, _Change(node, agreed, lines, gone))
        return False
    touch(session, order, at, WITHDRAWN)
    over = _went_over(session, order_id)
    told = {"over": True} if over else {}
    note(session, order_id, "withdrawn", at=at, actor_id=person.id, **told)
    withdrawn_letter(node, session, person, order, over=over)
    fact = OrderWithdrawn(order_id, occasion, person.id)
    node.hooks.order_withdrawn(node=node, session=session, fact=fact)
    tell(session, order, "withdrawn", at)
    give_back(session, order_id)  # last, so that what is on sale is held shortest
    return True


def _went_over(session: Session, order_id: int) -> bool:
    """Say whether something of an order was to be ordered anew in the next sale."""
    event = select(OrderEvent.id).where(
        OrderEvent.order_id == order_id, OrderEvent.kind == "carried"
    )
    return session.scalar(event.limit(1)) is not None


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


def _products_of(session: Session, order_id: int) -> frozenset[int]:
    rows = session.scalars(select(OrderLine.product_id).where(OrderLine.order_id == order_id))
    return frozenset(rows)


def _late_lines(
    node: Node,
    terms: SaleTerms,
    asked: frozenset[int],
    order: Order,
    lines: Mapping[int, OrderLine],
) -> dict[int, OrderLine]:
    """Return the lines past the own cut-off of their seller, of an order that is held now."""
    if not asked >= lines.keys():
        check_version(order, 0)  # a line came in between reading and holding
    late = late_products(node, terms)
    return {product: line for product, line in lines.items() if product in late}


def _check_in_time(
    node: Node, terms: SaleTerms, late: Mapping[int, OrderLine], steps: Collection[int]
) -> None:
    problems = {
        product: why
        for product, line in late.items()
        if product in steps and (why := why_late(node, terms, product, line.seller_name))
    }
    if problems:
        raise Short(problems)


def _check_untouched(order: Order, lines: Mapping[int, OrderLine]) -> None:
    if any(line.delivered != line.quantity for line in lines.values()):
        raise Refused(
            "Part of this order is being prepared already. Please ask at %(place)s.",
            place=order.place,
        )


def _new_wishes(lines: Mapping[int, OrderLine], items: Sequence[Item]) -> dict[int, IfShort]:
    """Return what is wished otherwise than before, by the products of lines that stand."""
    return {
        product: wish
        for product, wish in wishes_of(items).items()
        if (line := lines.get(product)) is not None
        and (line.wish, line.substitute_up_to) != (wish.wish, wish.up_to)
    }


def _new_place(order: Order, terms: SaleTerms, host_id: int | None) -> Place | None:
    """Return the place that was chosen if it is another than the order's."""
    return None if host_id in {None, order.host_id} else place_at(terms, host_id)


@dataclass(frozen=True)
class _Chosen:
    """What was chosen otherwise: wishes by product, and where it is collected."""

    wishes: Mapping[int, IfShort]
    place: Place | None

    def write(self, order: Order, lines: Mapping[int, OrderLine]) -> dict[str, Any]:
        """Write it and return what the history says of it."""
        for product, wish in self.wishes.items():
            lines[product].wish, lines[product].substitute_up_to = wish.wish, wish.up_to
        if self.place is not None:
            for name, value in self.place.columns.items():
                setattr(order, name, value)
        told = [[lines[p].product_name, w.wish, w.up_to] for p, w in self.wishes.items()]
        return {"wishes": told, "place": self.place.place if self.place else ""}


@dataclass(frozen=True)
class _Change:
    """New quantities for the lines that stand; ``steps`` says by how much each product moves."""

    node: Node
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
            return problem_of(self.node, self.agreed.terms, product, good, quantity)
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
                new.append(line_row(self.node, order.id, self.agreed, product, quantity))
            elif quantity == 0:
                session.delete(line)
            else:
                line.quantity = line.delivered = quantity
                line.amount = cost_of(line)
                line.taken += units[product]
        session.flush()
        if new:
            INSERT_LINES.write(session, *new)
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
