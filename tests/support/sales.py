"""Sales that were settled, told to the fund as whoever settles them tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizzle.core import ledger
from wizzle.core.facts import SellerShare, SharesSettled
from wizzle.core.node import Node
from wizzle.core.values import Split, Won

from .cast import Cast


@dataclass
class Sales:
    """Settles made-up sales: all that the fund knows of them is the fact."""

    node: Node
    cast: Cast
    facts: list[SharesSettled] = field(default_factory=list)

    def settle(self, number: int, centre: dict[str, int], title: str = "회차") -> SharesSettled:
        """Settle the round ``number``: each farm's sales gave the centre so many won."""
        sellers = tuple(
            SellerShare(
                self.cast.space(farm).id, self.cast.space(farm).name,
                Split(Won(amount * 9), Won(amount), Won(amount)),
                f"settled:{number}:{self.cast.space(farm).id}",
            )
            for farm, amount in centre.items()
        )  # fmt: skip
        hub = self.cast.space("hub")
        fact = SharesSettled(
            f"cycle:{number}", f"{title} {number}", hub.id, hub.name, sellers,
            self.node.clock.now(),
        )  # fmt: skip
        self._post(fact)
        self.tell(fact)
        self.facts.append(fact)
        return fact

    def _post(self, fact: SharesSettled) -> None:
        drafts = [
            ledger.Draft(
                each.posting, fact.occasion, fact.title,
                (("held", each.split.centre), ("centre", -each.split.centre)),
            )
            for each in fact.sellers
            if each.split.centre
        ]  # fmt: skip
        with self.node.db.write() as session:
            ledger.post(session, drafts, fact.settled_at)

    def tell(self, fact: SharesSettled) -> None:
        with self.node.db.write() as session:
            self.node.hooks.shares_settled(node=self.node, session=session, fact=fact)

    def balance(self, code: str = "fund") -> int:
        with self.node.db.read() as session:
            return ledger.balance(session, code)
