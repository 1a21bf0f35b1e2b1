"""The hub's part: steps, shortages, handing over, refunds, and the settlement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from ....market import order_lines, orders_of
from ...cycles import actions as cycles
from ...cycles.rules import State
from ...settlement.actions import settle
from .stage import Stage


def prepare(stage: Stage) -> None:
    """Close the round, cancel an order here and there, and note what came short."""
    step(stage, State.CLOSED)
    for order in _orders(stage):
        if stage.chance.happens(2):
            _cancel(stage, order.id)
    for state in (State.SENT, State.RECEIVED):
        step(stage, state)
    with stage.node.db.read() as session:
        lines = order_lines(session, stage.occasion, states=("placed",))
    for line in lines:
        if stage.chance.happens(6):
            _shorten(stage, line.line_id, stage.chance.between(0, line.quantity - 1))
    for state in (State.PACKED, State.DISTRIBUTING):
        step(stage, state)


def step(stage: Stage, to: State) -> None:
    with stage.node.db.write() as session:
        cycles.advance(stage.node, session, stage.cycle_id, to, actor_id=stage.activist.id)


def _orders(stage: Stage) -> list[Row[Any]]:
    with stage.node.db.read() as session:
        return list(orders_of(session, stage.occasion, states=("placed",)))


def _cancel(stage: Stage, order_id: int) -> None:
    with stage.node.db.write() as session:
        cycles.cancel(
            stage.node, session, stage.cycle_id, order_id,
            reason="asked by telephone", actor_id=stage.activist.id,
        )  # fmt: skip
    stage.counts.cancelled += 1


def _shorten(stage: Stage, line_id: int, delivered: int) -> None:
    with stage.node.db.write() as session:
        cycles.deliver_less(
            stage.node, session, stage.cycle_id, line_id, delivered,
            reason="less was harvested", actor_id=stage.activist.id,
        )  # fmt: skip
    stage.counts.short += 1


def hand_out(stage: Stage) -> None:
    """Hand the orders over, some twice by mistake; some are never collected."""
    stage.clock.set(stage.collect_from)
    for order in _orders(stage):
        collected = stage.chance.happens(94)
        for _ in range(2 if stage.chance.happens(5) else 1):
            _finish(stage, order.id, collected)
        stage.counts.collected += collected
        stage.counts.not_collected += not collected


def _finish(stage: Stage, order_id: int, collected: bool) -> None:
    who = {"actor_id": stage.activist.id}
    with stage.node.db.write() as session:
        if collected:
            cycles.hand_over(stage.node, session, stage.cycle_id, order_id, **who)
        else:
            cycles.mark_not_collected(
                stage.node, session, stage.cycle_id, order_id, reason="did not come", **who
            )


def give_back(stage: Stage) -> None:
    """Refund some lines whole and some in part, some requests arriving twice."""
    with stage.node.db.read() as session:
        lines = order_lines(session, stage.occasion, states=("collected",))
    for line in lines:
        if not line.paid or not stage.chance.happens(5):
            continue
        amount = line.paid if stage.chance.happens(50) else stage.chance.between(1, line.paid)
        for _ in range(2 if stage.chance.happens(20) else 1):
            _refund(stage, line.line_id, amount)
        stage.counts.refunds += 1


def _refund(stage: Stage, line_id: int, amount: int) -> None:
    with stage.node.db.write() as session:
        cycles.refund(
            stage.node, session, stage.cycle_id, line_id, amount,
            reason="was spoilt", key="1", actor_id=stage.activist.id,
        )  # fmt: skip


def settle_twice(stage: Stage) -> None:
    """Settle the round, and once more: the second time changes nothing."""
    for _ in range(2):
        with stage.node.db.write() as session:
            settle(stage.node, session, stage.cycle_id, actor_id=stage.activist.id)
