"""One whole round, from the first order to the fund."""

from __future__ import annotations

from .....core.node import Node
from .....core.testing import FixedClock
from ..queries import outcome
from ..rules import Outcome
from .ordering import order_until_cut_off
from .serving import give_back, hand_out, prepare, settle_twice
from .stage import set_stage


def play(node: Node, clock: FixedClock, *, residents: int, seed: int) -> Outcome:
    """Play a round on an empty node whose clock is ``clock``; the same seed plays the same."""
    stage = set_stage(node, clock, residents, seed)
    order_until_cut_off(stage)
    prepare(stage)
    hand_out(stage)
    give_back(stage)
    settle_twice(stage)
    with node.db.read() as session:
        return outcome(
            session, cycle_id=stage.cycle_id, hub_id=stage.hub_id, stock=stage.stock,
            counts=stage.counts,
        )  # fmt: skip
