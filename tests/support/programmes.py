"""Programmes of the fund, put in place as if people had made them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from sqlalchemy.orm import Session

from wizzle.core.node import Node
from wizzle.plugins.fund.earmarks.actions import Move, receive
from wizzle.plugins.fund.programmes.models import Programme, Proposal

_NUMBERS = count(1)


def programme(
    node: Node, session: Session, *, money: int = 1_000_000, largest: int | None = None,
    phase: str = "deliberation", decision: str = "vote", costs: Sequence[int] = (),
    author_id: int | None = None, earmark_id: int | None = None, fund: int | None = None,
) -> tuple[int, list[int]]:  # fmt: skip
    """Return the ids of a programme and of its feasible proposals, one for each of ``costs``
    (won); the free money gets ``fund`` (as much as the programme's)."""
    now, number = node.clock.now(), next(_NUMBERS)
    held = money if fund is None else fund
    if held:
        receive(node, session, Move(held, f"test:{number}", "test:1", "시험"), target=None)
    made = Programme(
        key=f"test-{number}", title=f"우리 동네 제안 {number}", summary="작은 것", story="말",
        rules="규칙", money=money, earmark_id=earmark_id, smallest=1, largest=largest or money,
        proposers="members", per_person=3, decision=decision, categories="골목\n아이들", places="",
        ideas_end=now + timedelta(days=10), review_end=now + timedelta(days=20),
        deliberation_end=now + timedelta(days=30), vote_end=now + timedelta(days=40),
        carrying_end=now + timedelta(days=200), phase=phase, made_at=now,
        published_at=None if phase == "draft" else now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    proposals = [
        Proposal(
            programme_id=made.id, key=f"p{place}", author_id=author_id, state="feasible",
            title=f"제안 {place}", summary="한 줄", why="까닭", asked=cost, cost=cost,
            category="골목", made_at=now, proposed_at=now,
        )
        for place, cost in enumerate(costs, 1)
    ]  # fmt: skip
    session.add_all(proposals)
    session.flush()
    return made.id, [each.id for each in proposals]
