"""Lines that were carried over: ordered anew in the hub's next round, or told why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Refused
from .....core.language import Tongue
from .....core.models import Person
from .....core.node import Node
from .....core.notices import tell
from .....core.values import Message
from ....market import ORDER_CHANGED, IfShort, Item, Order, OrderLine, Short, place_order
from ..models import Carried, Cycle, Point
from ..queries import AnyRow
from ..rules import State, kept_problem, occasion
from .about import about
from .held import locked
from .jobs import CARRY, ask_for

WAITING, PLACED, FAILED = "waiting", "placed", "failed"
Problems = Mapping[int, Message]
"""Why products cannot be ordered, by their ids."""


def ask_carrying(node: Node, session: Session, source: Cycle) -> None:
    """Ask to place what was carried over at once if the hub's next round is open already."""
    now = node.clock.now()
    following = session.scalar(
        select(Cycle.id)
        .where(
            Cycle.hub_id == source.hub_id, Cycle.state == State.OPEN, Cycle.opens_at <= now,
            Cycle.cut_off > now, Cycle.collect_from > source.collect_from,
        )
        .order_by(Cycle.collect_from, Cycle.id)
        .limit(1)
    )  # fmt: skip
    if following is not None:
        key = f"{following}:{source.id}:{now.isoformat()}"
        ask_for(session, CARRY, key, now, cycle_id=following)


def work_carry(node: Node, payload: Mapping[str, Any]) -> None:
    """Order in this round what waits at its hub, one order for each resident."""
    cycle_id = int(payload["cycle_id"])
    with node.db.read() as session:
        people = session.scalars(
            select(Carried.person_id)
            .join(Cycle, Cycle.hub_id == Carried.hub_id)
            .join(Person, Person.id == Carried.person_id)
            .where(
                Cycle.id == cycle_id,
                Carried.from_cycle_id != cycle_id,
                Carried.state == WAITING,
                Person.blocked_at.is_(None),
            )
            .distinct()
            .order_by(Carried.person_id)
        ).all()
    for person_id in people:
        _carry(node, cycle_id, person_id)


def _carry(node: Node, cycle_id: int, person_id: int) -> None:
    """Order all that can be had; each try is a transaction of its own, undone if it cannot be."""
    problems: dict[int, Message] = {}
    while True:
        try:
            with node.db.write() as session:
                _place(node, session, cycle_id, person_id, problems)
            return
        except Short as short:
            problems |= short.problems
        except Refused as refused:
            with node.db.write() as session:
                cycle, lines = _held(session, cycle_id, person_id)
                whole = {line.product_id: refused.message for line in lines}
                _fail(node, session, cycle, person_id, lines, whole)
            return


def _place(node: Node, session: Session, cycle_id: int, person_id: int, problems: Problems) -> None:
    person = members.stays(session, person_id)
    if person is None:
        return
    cycle, lines = _held(session, cycle_id, person_id)
    wanted = [line for line in lines if line.product_id not in problems]
    if wanted:
        before = _before(session, wanted)
        order = place_order(
            node, session, person, occasion=occasion(cycle_id),
            items=_items(wanted, before), payment=before[0].payment_provider,
            host_id=_host(session, cycle, before[0].host_id), foreword=_foreword(before[0].title),
            key=f"carried:{cycle_id}:{min(line.line_id for line in wanted)}",
        )  # fmt: skip
        for line in wanted:
            line.state, line.order_id = PLACED, order.id
    _fail(node, session, cycle, person_id, [e for e in lines if e.product_id in problems], problems)


def _before(session: Session, lines: Sequence[Carried]) -> Sequence[AnyRow]:
    """Return what was agreed on the lines the first time, the newest first."""
    return session.execute(
        select(
            OrderLine.product_id, OrderLine.wish, OrderLine.substitute_up_to, Order.host_id,
            Order.payment_provider, Order.title,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.id.in_([line.line_id for line in lines]))
        .order_by(OrderLine.id.desc())
    ).all()  # fmt: skip


def _items(lines: Sequence[Carried], before: Sequence[AnyRow]) -> list[Item]:
    """Return what to order anew: as much of each product, and with the same wish."""
    quantities: dict[int, int] = {}
    for line in lines:
        quantities[line.product_id] = quantities.get(line.product_id, 0) + line.quantity
    wishes = {row.product_id: IfShort(row.wish, row.substitute_up_to) for row in reversed(before)}
    return [Item(product, number, wishes[product]) for product, number in quantities.items()]


def _host(session: Session, cycle: Cycle, host_id: int) -> int | None:
    """Return the hub at which somebody collected so far if this round has it too."""
    return host_id if session.get(Point, (cycle.id, host_id)) is not None else None


def _foreword(title: str) -> Callable[[Tongue], Sequence[str]]:
    """Say in the confirming letter where the order comes from."""
    text = "This went over from the round %(title)s by itself. You can change or withdraw it."
    return lambda tongue: [tongue.pgettext("round", text, title=title)]


def _held(session: Session, cycle_id: int, person_id: int) -> tuple[Cycle, Sequence[Carried]]:
    """Return the round, held open, and what waits for this person, held too."""
    cycle = locked(session, cycle_id, shared=True)
    lines = session.scalars(
        select(Carried)
        .where(
            Carried.hub_id == cycle.hub_id,
            Carried.person_id == person_id,
            Carried.from_cycle_id != cycle_id,
            Carried.state == WAITING,
        )
        .order_by(Carried.line_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return cycle, lines


def _fail(
    node: Node, session: Session, cycle: Cycle, person_id: int, lines: Sequence[Carried],
    problems: Problems,
) -> None:  # fmt: skip
    if not lines:
        return
    for line in lines:
        line.state, line.problem = FAILED, kept_problem(problems[line.product_id])
    session.flush()
    person = session.get_one(Person, person_id)
    tongue = node.catalogues.tongue(person.language)
    say = partial(tongue.pgettext, "round")
    names = {
        row.id: row
        for row in session.execute(
            select(OrderLine.id, OrderLine.product_name, OrderLine.unit_label).where(
                OrderLine.id.in_([line.line_id for line in lines])
            )
        )
    }
    goods = [
        f"- {names[line.line_id].product_name} {names[line.line_id].unit_label} × {line.quantity}: "
        f"{tongue.say(problems[line.product_id])}"
        for line in lines
    ]
    text = [
        say("This was to go over into the round %(title)s, but it could not be ordered:",
            title=cycle.title),
        *goods,
        "",
        say("You pay nothing for it. What else there is: %(url)s",
            url=f"{node.settings.node.address}/rounds/{cycle.id}"),
    ]  # fmt: skip
    subject = say("Could not go over into %(title)s", title=cycle.title)
    key = f"assembly:carry_failed:{cycle.id}:{min(line.line_id for line in lines)}"
    notice = about(cycle, ORDER_CHANGED, subject, text, key=key, url=f"/rounds/{cycle.id}")
    tell(node, session, person_id, notice)


def forget_order(session: Session, order_id: int) -> None:
    """Let what waits of an order that was taken back be ordered no more."""
    lines = select(OrderLine.id).where(OrderLine.order_id == order_id)
    gone = delete(Carried).where(Carried.line_id.in_(lines), Carried.state == WAITING)
    session.execute(gone.execution_options(synchronize_session=False))


def forget_carried(session: Session, person_id: int) -> None:
    """Let what waits for somebody who leaves be ordered no more."""
    session.execute(delete(Carried).where(Carried.person_id == person_id, Carried.state == WAITING))
