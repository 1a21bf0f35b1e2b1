"""The terms of producers in a round, and what was written to whom about them."""

from __future__ import annotations

from sqlalchemy import select

from wizzle.core import outbox
from wizzle.core.models import Job
from wizzle.core.work import works
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.models import Part
from wizzle.plugins.assembly.cycles.rules import Terms
from wizzle.plugins.market import OrderLine, Product

from .rounds import Round


def part(round_: Round, farm: str = "farm") -> Part | None:
    with round_.node.db.read() as session:
        found = session.get(Part, (round_.id, round_.cast.space(farm).id))
        session.expunge_all()
        return found


def terms(round_: Round, farm: str = "farm", **more: object) -> None:
    with round_.node.db.write() as session:
        actions.set_terms(
            round_.node, session, round_.id, round_.cast.space(farm).id,
            Terms(**more), actor_id=round_.cast.person("dana").id,  # type: ignore[arg-type]
        )  # fmt: skip


def mails(round_: Round, to: str) -> list[str]:
    with round_.node.db.read() as session:
        found = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [
            f"{job.payload['subject']}\n{job.payload['text']}"
            for job in found
            if job.payload.get("to") == f"{to}@example.com"
        ]


def lines(round_: Round) -> dict[str, OrderLine]:
    with round_.node.db.read() as session:
        found = {line.product_name: line for line in session.scalars(select(OrderLine))}
        session.expunge_all()
        return found


def stock(round_: Round, product: int) -> int | None:
    with round_.node.db.read() as session:
        return session.get_one(Product, product).stock


def work(round_: Round) -> None:
    """Do all jobs that are due by the clock, mail left as it is."""
    node = round_.node
    own = {kind: each for kind, each in works(node).items() if kind.startswith("assembly.")}
    while outbox.run_due(node.db, node.clock, own):
        pass
