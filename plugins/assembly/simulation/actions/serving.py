"""The hub's part before the day: steps, what came, sharing it, weighing, packing, moving it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ....market import Swap, orders_of
from ...cycles import actions as cycles
from ...cycles.models import Part
from ...cycles.rules import State
from ...receiving import actions as receiving
from ...receiving import queries
from .stage import Stage

AnyRow = Any


def prepare(stage: Stage) -> None:
    """Close the round and do all that has to be done until the bags stand ready."""
    step(stage, State.CLOSED)
    with stage.node.db.read() as session:
        stage.counts.below_minimum += session.scalars(
            select(func.count()).where(
                Part.cycle_id == stage.cycle_id, Part.outcome.in_(("cancelled", "carried"))
            )
        ).one()
    for order in waiting(stage):
        if stage.chance.happens(2):
            _cancel(stage, order.id)
    for state in (State.SENT, State.RECEIVED):
        step(stage, state)
    _count(stage)
    _share(stage)
    _replace(stage)
    _weigh(stage)
    _pack(stage)
    _move(stage)
    for state in (State.PACKED, State.DISTRIBUTING):
        step(stage, state)


def step(stage: Stage, to: State) -> None:
    do(stage, cycles.advance, to)


def do(stage: Stage, action: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Do something with the round as its activist, in a transaction of its own."""
    with stage.node.db.write() as session:
        return action(
            stage.node, session, stage.cycle_id, *arguments, actor_id=stage.activist.id, **named
        )


def look(stage: Stage, query: Callable[[Session], Any]) -> Any:
    """Look something up."""
    with stage.node.db.read() as session:
        return query(session)


def waiting(stage: Stage) -> list[AnyRow]:
    return list(look(stage, lambda s: orders_of(s, stage.occasion, states=("placed",))))


def _cancel(stage: Stage, order_id: int) -> None:
    do(stage, cycles.cancel, order_id, reason="asked by telephone")
    stage.counts.cancelled += 1


def _count(stage: Stage) -> None:
    """Write down what came: all of most products, too little of some."""
    counts = {}
    for delivery in look(stage, lambda s: queries.deliveries(s, stage.cycle_id)):
        for row in delivery.rows:
            short = stage.chance.happens(25)
            came = stage.chance.between(0, row.ordered - 1) if short else row.ordered
            counts[row.product_id] = receiving.Count(came, row.version)
    do(stage, receiving.count, counts)


def _share(stage: Stage) -> None:
    """Share what came short by the rule, and press the button twice."""
    found = look(stage, lambda s: queries.shortages(s, stage.cycle_id))
    if not found:
        return
    shown = {each.product.product_id: each.mark for each in found}
    do(stage, receiving.share, shown, reason="less was harvested")
    stage.counts.shortages += len(found)


def _replace(stage: Stage) -> None:
    """Put something else into the bags of those who wished it, as far as there is something."""
    for number in range(len(look(stage, lambda s: queries.lacks(s, stage.cycle_id)))):
        # Looked up each time: what stands in for one is not there for the next.
        lack = look(stage, lambda s: queries.lacks(s, stage.cycle_id))[number]
        if not lack.missing or not lack.choices:
            continue
        swap = Swap(lack.line.line_id, lack.choices[0].product.id, lack.missing)
        do(stage, receiving.replace, [swap], reason="less was harvested")
        stage.counts.substitutions += 1


def _weigh(stage: Stage) -> None:
    """Put on the scale what is sold by weight; some of it is far heavier than it should be."""
    for product in look(stage, lambda s: queries.weighed_goods(s, stage.cycle_id)):
        lines = look(stage, partial(_lines_of, stage.cycle_id, product.product_id))
        grams = {
            line.line_id: line.expected_g * line.delivered * stage.chance.between(70, 140) // 100
            for line in lines
        }
        stage.counts.weighed += do(stage, receiving.weigh, product.product_id, grams)


def _lines_of(cycle_id: int, product_id: int, session: Session) -> Any:
    return queries.weighing_lines(session, cycle_id, product_id)


def _pack(stage: Stage) -> None:
    for order in waiting(stage):
        if order.units:
            do(stage, receiving.pack, order.id, stage.chance.between(1, 3))


def _move(stage: Stage) -> None:
    """Send to the second hub what is collected there."""
    hub_id = stage.hub_ids[1]
    if not look(stage, lambda s: queries.moved_goods(s, stage.cycle_id, hub_id)):
        return
    note = do(stage, receiving.propose, hub_id)
    do(stage, receiving.send, note.id, version=note.version)
    sent = look(stage, lambda s: queries.note_by_id(s, stage.cycle_id, note.id))
    arrived = {line.product_id: line.quantity for line in sent.lines}
    do(stage, receiving.receive, note.id, arrived, remark="", version=sent.row.version)
    stage.counts.transfers += 1
