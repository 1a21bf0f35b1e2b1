"""The day of collection and what follows: money, boxes, refunds, settlement, the next round."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ....market import Held, bring_back, containers_held, due_of, order_lines
from ...cycles import actions as cycles
from ...cycles.models import Carried
from ...cycles.rules import State
from ...receiving import actions as receiving
from ...settlement.actions import settle
from .serving import do, look, waiting
from .stage import Stage, plan


def hand_out(stage: Stage) -> None:
    """Hand the orders over, some twice by mistake; some are never collected, some late."""
    stage.clock.set(stage.collect_from)
    for order in waiting(stage):
        collected = stage.chance.happens(94)
        if not collected or stage.chance.happens(3):
            do(stage, cycles.mark_not_collected, order.id, reason="did not come")
            stage.counts.not_collected += not collected
        if not collected:
            continue
        do(stage, receiving.let_wait, order.id)
        cash = _cash(stage, order.id)
        for _ in range(2 if stage.chance.happens(5) else 1):
            do(stage, cycles.hand_over, order.id, cash=cash)
        stage.counts.collected += 1


def _cash(stage: Stage, order_id: int) -> int:
    """Return what a resident gives: mostly what is asked, now and then some more or less."""
    due = look(stage, lambda s: due_of(s, order_id))
    stage.counts.deposits += due.deposits > 0
    asked: int = due.cash
    if not stage.chance.happens(10):
        return asked
    stage.counts.odd_cash += 1
    odd: int = stage.chance.pick((-1_000, -450, 500, 2_000))
    return max(0, asked + odd)


def bring_boxes(stage: Stage) -> None:
    """Let some bring back a box, some requests arriving twice."""
    for person in stage.residents:
        held = look(stage, partial(_boxes_of, person.id))
        if not held or not stage.chance.happens(40):
            continue
        way = stage.chance.pick(("cash", "balance"))
        for _ in range(2 if stage.chance.happens(20) else 1):
            with stage.node.db.write() as session:
                bring_back(
                    stage.node, session, person.id, stage.box_id, 1, host_id=stage.hub_ids[0],
                    actor_id=stage.activist.id, key=f"box-back-{person.id}",
                    way=way,
                )  # fmt: skip
        stage.counts.boxes_back += 1


def _boxes_of(person_id: int, session: Session) -> list[Held]:
    return containers_held(session, person_id)


def give_back(stage: Stage) -> None:
    """Refund some lines whole and some in part, some requests arriving twice."""
    for line in look(stage, lambda s: order_lines(s, stage.occasion, states=("collected",))):
        if not line.paid or not stage.chance.happens(5):
            continue
        amount = line.paid if stage.chance.happens(50) else stage.chance.between(1, line.paid)
        for _ in range(2 if stage.chance.happens(20) else 1):
            do(stage, cycles.refund, line.line_id, amount, reason="was spoilt", key="1")
        stage.counts.refunds += 1


def settle_twice(stage: Stage) -> None:
    """Settle the round, and once more: the second time changes nothing."""
    for _ in range(2):
        do(stage, settle)


def carry_over(stage: Stage) -> None:
    """Open the hub's next round, into which goes what was carried over."""
    stage.clock.set(stage.collect_from + timedelta(days=1))
    with stage.node.db.write() as session:
        following = cycles.draft_cycle(
            stage.node, session, stage.hub_ids[0], plan(stage.node), actor_id=stage.activist.id
        )
        cycles.copy_last(stage.node, session, following, actor_id=stage.activist.id)
        cycles.advance(stage.node, session, following.id, State.OPEN, actor_id=stage.activist.id)
    for _ in range(2):  # the work of a job may be done twice
        cycles.WORK["assembly.carry"](stage.node, {"cycle_id": following.id})
    with stage.node.db.read() as session:
        stage.counts.carried += session.scalars(
            select(func.count()).where(Carried.state == "placed")
        ).one()
