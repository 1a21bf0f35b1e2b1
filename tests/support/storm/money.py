"""What people do with money between the nodes: pay, look at the bank, correct, state a month."""

from __future__ import annotations

import random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from wizzle.core.node import Node
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.settlement.models import SettledLine
from wizzle.plugins.trade.books import actions, queries
from wizzle.plugins.trade.books.models import Booking, NettingStatement
from wizzle.plugins.trade.books.rules.statements import month_of


def pay(node: Node, host: str, chance: random.Random) -> str:
    """Pay a part of what is owed and not paid yet."""
    with node.db.write() as session:
        left = queries.balance_with(session, host).owed - queries.paid_and_waiting(session, host)
        if left <= 0:
            return "owes nothing"
        amount = chance.randint(1, left)
        key = f"{chance.randrange(2**40)}"
        actions.pay(node, session, host, amount, reference=key, key=key, actor_id=None)
    return f"has paid {amount}"


def look_at_the_bank(node: Node, chance: random.Random, *, ending: bool) -> str:
    """Say of one payment whether it has arrived; "" if none waits."""
    with node.db.read() as session:
        waiting = list(
            session.scalars(
                select(Booking.id).where(Booking.state == "waiting", Booking.made_here.is_(False))
            )
        )
    if not waiting:
        return ""
    arrived = ending or chance.random() < 0.8
    with node.db.write() as session:
        actions.confirm(node, session, chance.choice(waiting), arrived=arrived, actor_id=None)
    return "money has come" if arrived else "no money has come"


def take_back(node: Node, chance: random.Random, dana: int) -> str:
    """Give a resident some of a settled line back."""
    with node.db.read() as session:
        lines = list(session.scalars(select(SettledLine.line_id)))
    if not lines:
        return "nothing is settled"
    with node.db.write() as session:
        correct(
            node, session, chance.choice(lines), chance.randint(1, 600), reason="무름",
            key=f"{chance.randrange(2**40)}", actor_id=dana,
        )  # fmt: skip
    return "gives something back"


def state_the_month(node: Node, host: str) -> str:
    """State what has been booked so far; "nothing" once both sides agree on just that."""
    month = month_of(node.clock.now(), ZoneInfo(node.settings.node.time_zone))
    with node.db.write() as session:
        made = actions.make_statement(node, session, host, month, so_far=True)
        agreed = made.state == "accepted"
    return "nothing" if agreed else f"{month} is stated"


def stated(node: Node) -> NettingStatement | None:
    """Return the last statement that was made here."""
    with node.db.read() as session:
        found = session.scalars(
            select(NettingStatement)
            .where(NettingStatement.made_here)
            .order_by(NettingStatement.id.desc())
            .limit(1)
        ).one_or_none()
        session.expunge_all()
    return found
