"""How much of what is due can be had at an occasion, and what stands in the way of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.node import Node
from .....core.values import Message
from ...catalog.rules import piece_price
from ...orders.actions.agree import open_terms, problem_of
from ...orders.rules import MONEY_BACK, Good, left_of
from ..queries import Due
from ..rules import Opening, fitting, is_too_dear


@dataclass(frozen=True, slots=True)
class Problems:
    """What is known to stand in the way: of some products, or of everything."""

    goods: Mapping[int, Message] = field(default_factory=dict)
    whole: Message | None = None

    def with_goods(self, more: Mapping[int, Message]) -> Problems:
        return replace(self, goods={**self.goods, **more})

    def of(self, product_id: int) -> Message | None:
        return self.whole or self.goods.get(product_id)


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of what is due can be had, and why not all of it."""

    due: Due
    quantity: int
    problem: Message | None


def fits_of(
    node: Node,
    session: Session,
    opening: Opening,
    due: Sequence[Due],
    found: Mapping[int, Good],
    problems: Problems,
) -> list[Fit]:
    """Say of each how much can be had; of the same product one after the other.

    Refused with the reason if the occasion takes no orders any more.
    """
    if problems.whole is not None:
        return [Fit(each, 0, problems.whole) for each in due]
    asked = frozenset(each.product_id for each in due)
    terms = open_terms(node, session, opening.occasion, asked, node.clock.now())
    taken: dict[int, int] = {}
    fits = []
    for each in due:
        known = problems.of(each.product_id)
        good, before = found.get(each.product_id), taken.get(each.product_id, 0)
        fit = Fit(each, 0, known) if known else _fit(node, terms, good, each, before)
        taken[each.product_id] = before + fit.quantity
        fits.append(fit)
    return fits


def _fit(node: Node, terms: SaleTerms, good: Good | None, due: Due, taken: int) -> Fit:
    """Return how much of a product can be had when so much of it is taken already.

    With ``MONEY_BACK`` it is all or nothing; else as much as there is.
    """
    if good is None or not good.sold:
        return Fit(due, 0, problem_of(node, terms, due.product_id, good, due.quantity))
    if (changed := _changed(good, due)) is not None:
        return Fit(due, 0, changed)
    quantity, short = due.quantity, None
    if good.stock is not None and good.stock - taken < quantity:
        left = max(0, good.stock - taken)
        part = fitting(quantity, left, good.minimum, good.step)
        quantity = 0 if due.if_short.wish == MONEY_BACK else part
        short = left_of(good.name, left)
    problem = problem_of(node, terms, due.product_id, good, quantity) if quantity else short
    return Fit(due, 0 if problem else quantity, problem or short)


def _changed(good: Good, due: Due) -> Message | None:
    """Return what is not as it was agreed, so that nobody is sent what they did not ask for."""
    if good.unit_label != due.unit_label:
        return Message(
            "%(name)s is sold as %(now)s now, no longer as %(agreed)s. Please say whether you"
            " still want it.",
            {"name": good.name, "now": good.unit_label, "agreed": due.unit_label},
        )
    if is_too_dear(due.price, piece_price(good)):
        return Message(
            "%(name)s costs %(now)s won now instead of %(agreed)s won. Please say whether you"
            " still want it.",
            {"name": good.name, "now": f"{piece_price(good):,}", "agreed": f"{due.price:,}"},
        )
    return None
