"""Telling that an order is ready: code, place, what was weighed, and what is to be paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import when, won
from .....core.models import Person
from .....core.node import Node
from .....core.notices import tell
from ....market import Order, OrderLine, dues
from ...kinds import COLLECT
from ..models import Cycle
from ..queries import AnyRow
from .about import about


def tell_ready(node: Node, session: Session, cycle: Cycle) -> None:
    """Tell everyone with an order that waits where and when it can be collected, once."""
    waiting = session.execute(
        select(Order, Person.language)
        .join(Person, Person.id == Order.person_id)
        .where(Order.occasion == cycle.occasion, Order.state == "placed")
        .order_by(Order.id)
    ).all()
    asked = dues(session, [row.Order.id for row in waiting])
    weighed = _weighed(session, cycle)
    for row in waiting:
        order: Order = row.Order
        say = partial(node.catalogues.tongue(row.language).pgettext, "round")
        text = [
            say("What you ordered in the round %(title)s is ready.", title=cycle.title),
            "",
            say("Collection code: %(code)s", code=order.code),
            say("Time: %(time)s", time=_time(node, order, row.language)),
            say("Place: %(place)s", place=_place(order)),
            say("To pay: %(amount)s", amount=won(asked[order.id].cash, row.language)),
            *_weights(say, weighed.get(order.id, ()), row.language),
        ]
        title = say("Ready to collect: your code is %(code)s", code=order.code)
        key, url = f"assembly:ready:{cycle.id}:{order.id}", f"/orders/{order.uid}"
        notice = about(cycle, COLLECT, title, text, key=key, url=url, until=order.collect_until)
        tell(node, session, order.person_id, notice)


def _weighed(session: Session, cycle: Cycle) -> dict[int, list[AnyRow]]:
    """Return the lines that were weighed, by order."""
    line, found = OrderLine, dict[int, list[AnyRow]]()
    rows = session.execute(
        select(
            line.order_id, line.product_name, line.delivered, line.expected_g, line.weighed_g,
            line.most_g, line.amount,
        )
        .where(line.occasion == cycle.occasion, line.weighed_g.is_not(None), line.delivered > 0)
        .order_by(line.id)
    )  # fmt: skip
    for row in rows:
        found.setdefault(row.order_id, []).append(row)
    return found


def _weights(say: Callable[..., str], lines: Sequence[AnyRow], language: str) -> list[str]:
    """Say of each line that was weighed what was expected, what it is, and what it costs."""
    text = [""] if lines else []
    for line in lines:
        text.append(
            say(
                "Weighed: %(name)s, %(real)s kg instead of about %(expected)s kg: %(amount)s",
                name=line.product_name,
                real=_kg(line.weighed_g),
                expected=_kg((line.expected_g or 0) * line.delivered),
                amount=won(line.amount, language),
            )
        )
        most = None if line.most_g is None else line.most_g * line.delivered
        if most is not None and line.weighed_g > most:
            text.append(
                say(
                    "%(name)s is heavier than agreed: you pay for %(most)s kg only.",
                    name=line.product_name,
                    most=_kg(most),
                )
            )
    return text


def _kg(grams: int) -> str:
    whole, rest = divmod(grams, 1_000)
    return f"{whole:,}.{rest:03}".rstrip("0").rstrip(".")


def _time(node: Node, order: Order, language: str) -> str:
    zone = ZoneInfo(node.settings.node.time_zone)
    times = (order.collect_from, order.collect_until)
    return " – ".join(when(at, zone, language) for at in times if at is not None)


def _place(order: Order) -> str:
    return f"{order.place} ({order.address})" if order.address else order.place
