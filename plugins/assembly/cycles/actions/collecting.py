"""Telling about collecting: a reminder before the hub closes, and a word after nobody came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import when, won
from .....core.models import Person, Space
from .....core.node import Node
from .....core.notices import Notice, tell
from ....market import Order, orders_of
from ...kinds import COLLECT
from ..models import Cycle
from ..queries import AnyRow
from ..rules import State, occasion

REMINDER = "assembly.collection_reminder"
NOT_COLLECTED = "assembly.not_collected"
SECOND_THOUGHTS = timedelta(minutes=30)
"""How long it can be taken back that nobody came before a mail says so."""

LAST_HOUR = timedelta(hours=1)
"""How long before a hub closes those are reminded who have not come."""


def remind_later(node: Node, session: Session, cycle: Cycle) -> None:
    """Ask for the reminders of a round that is handed out from now on, a job for each hub."""
    at = node.clock.now()
    hubs = session.execute(
        select(Order.host_id, Order.collect_until)
        .where(Order.occasion == cycle.occasion, Order.state == "placed")
        .distinct()
    )
    for hub in hubs:
        due = at if hub.collect_until is None else max(at, hub.collect_until - LAST_HOUR)
        payload = {"cycle_id": cycle.id, "host_id": hub.host_id}
        key = f"{REMINDER}:{cycle.id}:{hub.host_id}"
        outbox.enqueue(session, REMINDER, payload, key=key, at=due)


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind those whose orders still wait at a hub: {"cycle_id", "host_id"}."""
    cycle_id, host_id = int(payload["cycle_id"]), int(payload["host_id"])
    with node.db.write() as session:
        cycle = session.get(Cycle, cycle_id)
        if cycle is None or cycle.state != State.DISTRIBUTING:
            return
        for order in orders_of(session, occasion(cycle_id), states=("placed",)):
            _remind(node, session, cycle, order, host_id)


def _remind(node: Node, session: Session, cycle: Cycle, row: AnyRow, host_id: int) -> None:
    order = session.get_one(Order, row.id)
    until = order.collect_until
    if order.host_id != host_id or until is None or until <= node.clock.now():
        return
    person = session.get_one(Person, order.person_id)
    say = partial(node.catalogues.tongue(person.language).pgettext, "round")
    zone = ZoneInfo(node.settings.node.time_zone)
    text = [
        say("What you ordered in the round %(title)s is still here.", title=cycle.title),
        "",
        say("Please come until %(time)s.", time=when(until, zone, person.language)),
        say("Place: %(place)s", place=_place(order)),
        say("Collection code: %(code)s", code=order.code),
        say("To pay: %(amount)s", amount=won(row.amount, person.language)),
    ]
    subject = say("Still to collect today: your code is %(code)s", code=order.code)
    key = f"assembly:reminder:{cycle.id}:{order.id}"
    _send(node, session, order, subject, text, key=key, until=until)


def tell_not_collected_later(node: Node, session: Session, order_id: int) -> None:
    """Ask for the mail that nobody came for an order, unless that is taken back soon."""
    at = node.clock.now()
    payload = {"order_id": order_id, "at": at.isoformat()}
    key = f"{NOT_COLLECTED}:{order_id}:{at.isoformat()}"
    outbox.enqueue(session, NOT_COLLECTED, payload, key=key, at=at + SECOND_THOUGHTS)


def tell_not_collected(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell somebody that their order was not collected, if that still stands."""
    at = datetime.fromisoformat(str(payload["at"]))
    with node.db.write() as session:
        order = session.get(Order, int(payload["order_id"]))
        if order is None or order.state != "not_collected" or order.changed_at > at:
            return
        person = session.get_one(Person, order.person_id)
        say = partial(node.catalogues.tongue(person.language).pgettext, "round")
        phone = session.get_one(Space, order.host_id).phone
        text = [
            say("Nobody came for your order of the round %(title)s.", title=order.title),
            say("You have paid nothing for it."),
            say("If something has come up, please tell %(place)s.", place=order.place),
            *([say("Telephone: %(phone)s", phone=phone)] if phone else []),
        ]
        subject = say("Your order %(number)s was not collected", number=order.number)
        key = f"assembly:not-collected:{order.id}:{at.isoformat()}"
        _send(node, session, order, subject, text, key=key)


def _place(order: Order) -> str:
    return f"{order.place} ({order.address})" if order.address else order.place


def _send(
    node: Node, session: Session, order: Order, subject: str, text: list[str], *, key: str,
    until: datetime | None = None,
) -> None:  # fmt: skip
    notice = Notice(
        kind=COLLECT.name, title=subject, text="\n".join(text), url=f"/orders/{order.uid}",
        subject=order.occasion, heading=order.title, key=key, until=until,
    )  # fmt: skip
    tell(node, session, order.person_id, notice)
