"""The one notice on what came short of an order: told when whoever serves it has come to an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import Tongue, won
from .....core.node import Node
from .....core.notices import Notice, tell
from ...kinds import CHANGED
from ..models import Order, OrderEvent, OrderLine
from ..queries import due_of
from ..rules import PLACED

JOB = "market.shortfall"
PATIENCE = timedelta(minutes=10)
"""How long nothing more may be shared, replaced or put right before the mail goes: so there is one
mail with everything in it, not one for each thing."""

_KINDS = ("shortened", "substituted")


def tell_later(session: Session, order: Order, at: datetime) -> None:
    """Ask for the mail on an order of which something came short at ``at``."""
    payload = {"order_id": order.id, "at": at.isoformat()}
    key = f"{JOB}:{order.uid}:{at.isoformat()}"
    outbox.enqueue(session, JOB, payload, key=key, at=at + PATIENCE)


def tell_shortfall(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell a resident all that is not as they ordered it, unless more has happened since: then a
    later job tells. An order that is handed over or cancelled by now needs no such mail."""
    at = datetime.fromisoformat(str(payload["at"]))
    with node.db.write() as session:
        order = session.get(Order, int(payload["order_id"]))
        if order is None or order.state != PLACED:
            return
        events = session.scalars(
            select(OrderEvent)
            .where(OrderEvent.order_id == order.id, OrderEvent.kind.in_(_KINDS))
            .order_by(OrderEvent.id)
        ).all()
        if events and events[-1].at <= at:
            _tell(node, session, order, events)


def _tell(node: Node, session: Session, order: Order, events: Sequence[OrderEvent]) -> None:
    lines = session.scalars(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    ).all()
    reasons = {event.details["line"]: str(event.details["reason"]) for event in events}
    asked = _asked(session, order)

    def title(say: Tongue) -> str:
        if any(line.delivered < line.quantity for line in lines):
            return say.gettext("Something of your order %(number)s came short", number=order.number)
        return say.gettext("All of your order %(number)s is here after all", number=order.number)

    def text(say: Tongue) -> str:
        head = say.gettext(
            "Your order %(number)s of %(title)s:", number=order.number, title=order.title
        )
        due = say.gettext("To pay now: %(amount)s", amount=won(asked, say.language))
        return "\n".join([head, "", *_told(say, lines, reasons), "", due])

    notice = Notice(
        kind=CHANGED.name, title=title, text=text, url=f"/orders/{order.uid}",
        subject=order.occasion, heading=order.title,
        key=f"order:{order.uid}:shortfall:{events[-1].id}",
    )  # fmt: skip
    tell(node, session, order.person_id, notice)


def _asked(session: Session, order: Order) -> int:
    due = due_of(session, order.id)
    return 0 if due is None else due.cash


def _told(say: Tongue, lines: Sequence[OrderLine], reasons: Mapping[int, str]) -> list[str]:
    """Say of each line that was touched what came of it, why, and what stands in for it."""
    text = []
    for line in lines:
        if line.id not in reasons:
            continue
        text.append(_fate(say, line))
        stand_ins = [each for each in lines if each.substitute_for_id == line.id and each.delivered]
        text += [f"  {_instead(say, each)}" for each in stand_ins]
        if line.delivered < line.quantity:
            text.append("  " + say.gettext("Reason: %(reason)s", reason=reasons[line.id]))
    return text


def _fate(say: Tongue, line: OrderLine) -> str:
    name = f"{line.product_name} {line.unit_label}"
    if line.delivered == line.quantity:
        return "- " + say.gettext("%(name)s: all %(ordered)s are here", name=name,
                                  ordered=line.quantity)  # fmt: skip
    if not line.delivered:
        return "- " + say.gettext("%(name)s: none of %(ordered)s came, you pay nothing for it",
                                  name=name, ordered=line.quantity)  # fmt: skip
    return "- " + say.gettext(
        "%(name)s: %(delivered)s of %(ordered)s, you pay %(amount)s for it",
        name=name,
        delivered=line.delivered,
        ordered=line.quantity,
        amount=won(line.amount, say.language),
    )


def _instead(say: Tongue, line: OrderLine) -> str:
    return say.gettext(
        "Instead, as you wished: %(name)s × %(quantity)s for %(amount)s (%(seller)s)",
        name=f"{line.product_name} {line.unit_label}",
        quantity=line.delivered,
        amount=won(line.amount, say.language),
        seller=line.seller_name,
    )
