"""What a simulated round brings about: counts of what happened, and money that must add up."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ....core.values import Won
from ...market import LESS, MONEY_BACK, SUBSTITUTE, IfShort, Item

PRICES = (990, 990, 1_490, 2_300, 3_330, 4_750, 6_900, 9_990, 12_000, 27_500)


@dataclass
class Counts:
    """How often something happened; ``refused`` counts what was refused and then tried smaller."""

    orders: int = 0
    changes: int = 0
    withdrawals: int = 0
    cancelled: int = 0
    refused: int = 0
    repeated: int = 0
    standing_orders: int = 0
    below_minimum: int = 0
    carried: int = 0
    shortages: int = 0
    substitutions: int = 0
    weighed: int = 0
    transfers: int = 0
    collected: int = 0
    not_collected: int = 0
    odd_cash: int = 0
    deposits: int = 0
    boxes_back: int = 0
    refunds: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The money of a round that was played, and whether everything holds."""

    paid: Won
    refunded: Won
    producers: Won
    activist: Won
    centre: Won
    fund: Won
    in_deposits: Won
    on_accounts: Won
    lines: int
    oversold: int
    ledger_ok: bool
    counts: Counts

    @property
    def difference(self) -> int:
        """Won that were paid and not given back, and that nobody got; 0 when all is right."""
        return self.paid - self.refunded - self.producers - self.activist - self.centre

    @property
    def holds(self) -> bool:
        return self.difference == 0 and self.oversold == 0 and self.ledger_ok

    def as_dict(self) -> dict[str, Any]:
        """Return everything by name, for scripts."""
        found = asdict(self)
        counts = found.pop("counts")
        return {**found, "difference": self.difference, **counts}


@dataclass(frozen=True, slots=True)
class Good:
    """A product as a resident sees it; ``stock`` is None if it is made on demand, ``price`` what
    one piece costs, about."""

    id: int
    minimum: int
    step: int
    stock: int | None
    price: int = 1_000

    def fitting(self, quantity: int) -> int:
        """Return the largest quantity up to this one that can be ordered now, 0 if none can."""
        most = quantity if self.stock is None else min(quantity, self.stock)
        if most < self.minimum:
            return 0
        return self.minimum + (most - self.minimum) // self.step * self.step


class Chance:
    """Everything that is left to chance, repeatable by its seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 repeatable on purpose

    def happens(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def between(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def pick(self, choices: Any) -> Any:
        return self._random.choice(choices)

    def cart(self, goods: Mapping[int, Good]) -> dict[int, int]:
        """Return a wish of one to six products, without a look at what is left of them."""
        chosen = self._random.sample(sorted(goods), min(len(goods), self.between(1, 6)))
        return {id_: self.quantity(goods[id_]) for id_ in chosen}

    def quantity(self, good: Good) -> int:
        return good.minimum + good.step * self.between(0, 4)

    def wish(self, good: Good) -> IfShort:
        """Return what somebody wants if too little comes of a product."""
        wish = self.pick((LESS, LESS, SUBSTITUTE, SUBSTITUTE, MONEY_BACK))
        return IfShort(wish, 2 * good.price if wish == SUBSTITUTE else None)


def smaller(cart: Mapping[int, int], goods: Mapping[int, Good]) -> dict[int, int]:
    """Return what of a cart can be had, at most as much of each."""
    fitting = {id_: goods[id_].fitting(quantity) for id_, quantity in cart.items()}
    return {id_: quantity for id_, quantity in fitting.items() if quantity}


def items(cart: Mapping[int, int]) -> list[Item]:
    return [Item(product_id, quantity) for product_id, quantity in cart.items()]
