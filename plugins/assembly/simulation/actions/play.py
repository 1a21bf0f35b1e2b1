"""One whole round, from the first order to the fund."""

from __future__ import annotations

from .....core.node import Node
from .....core.testing import FixedClock
from ..queries import outcome
from ..rules import Outcome
from .handing import bring_boxes, carry_over, give_back, hand_out, settle_twice
from .ordering import order_until_cut_off
from .serving import prepare
from .stage import set_stage


def play(node: Node, clock: FixedClock, *, residents: int, seed: int) -> Outcome:
    """Play a round on an empty node whose clock is ``clock``; the same seed plays the same."""
    stage = set_stage(node, clock, residents, seed)
    order_until_cut_off(stage)
    prepare(stage)
    hand_out(stage)
    bring_boxes(stage)
    give_back(stage)
    settle_twice(stage)
    carry_over(stage)
    with node.db.read() as session:
        return outcome(
            session, cycle_id=stage.cycle_id, hub_ids=stage.hub_ids, stock=stage.stock,
            counts=stage.counts,
        )  # fmt: skip
