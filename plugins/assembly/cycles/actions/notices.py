"""What a round's steps tell, each in its reader's language, once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import when
from .....core.node import Node
from .....core.notices import tell as tell_people
from ....market import Order, OrderLine
from ...kinds import PRODUCER
from ..models import Cycle
from ..queries import holders, still_coming
from ..rules import State
from .about import about
from .collecting import remind_later
from .ready import tell_ready


def tell(node: Node, session: Session, cycle: Cycle) -> None:
    """Tell those whom the state that the round has just entered concerns."""
    told = _TOLD.get(State(cycle.state))
    if told is not None:
        told(node, session, cycle)


def tell_producers(
    node: Node, session: Session, cycle: Cycle, sellers: Collection[int] | None = None
) -> None:
    """Send the order sheets to the producers with orders, all or some of them, each once."""
    ordered = (
        select(OrderLine.seller_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.occasion == cycle.occasion, Order.state != "withdrawn", still_coming(cycle.id)
        )
    )
    if sellers is not None:
        ordered = ordered.where(OrderLine.seller_id.in_(sellers))
    for owner in holders(session, "owner", ordered):
        say = partial(node.catalogues.tongue(owner.language).pgettext, "round")
        path = f"/rounds/{cycle.id}/sheets/{owner.space_id}"
        url = f"{node.settings.node.address}{path}"
        text = [
            say("%(name)s has orders in the round %(title)s.", name=owner.name, title=cycle.title),
            say("Collection: %(time)s", time=_time(node, cycle, owner.language)),
            say("Place: %(place)s", place=_place(cycle)),
            "",
            say("To print: %(url)s", url=f"{url}.pdf"),
            say("For a spreadsheet: %(url)s", url=f"{url}.csv"),
        ]
        subject = say("Your order sheet is here: %(title)s", title=cycle.title)
        key = f"assembly:sent:{cycle.id}:{owner.space_id}"
        notice = about(cycle, PRODUCER, subject, text, key=key, url=path)
        tell_people(node, session, owner.id, notice)


def _tell_residents(node: Node, session: Session, cycle: Cycle) -> None:
    tell_ready(node, session, cycle)
    remind_later(node, session, cycle)


def _time(node: Node, cycle: Cycle, language: str) -> str:
    zone = ZoneInfo(node.settings.node.time_zone)
    first, last = (when(at, zone, language) for at in (cycle.collect_from, cycle.collect_until))
    return f"{first} – {last}"


def _place(cycle: Cycle) -> str:
    return f"{cycle.place} ({cycle.address})" if cycle.address else cycle.place


_TOLD: dict[State, Callable[[Node, Session, Cycle], None]] = {
    State.SENT: tell_producers,
    State.DISTRIBUTING: _tell_residents,
}
