"""One entry of a phone in one transaction: claimed by its name, done, and judged."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound, WizzleError
from .....core.node import Node
from .....core.values import Message
from ....market import Order
from ...cycles.actions import locked
from ...receiving.actions import check_order
from ..models import Sent
from ..rules import Operation, Outcome, Verdict
from .doing import do

_USED = Message("The number of this entry stands for another one already.", {})
_UNREADABLE = Message("This entry cannot be read. Please make it again.", {})


def apply(
    node: Node,
    session: Session,
    cycle_id: int,
    operation: Operation,
    *,
    hubs: frozenset[int] | None,
    actor_id: int,
) -> Verdict:
    """Do what an entry asks for, unless it was done before, and say what became of it.

    The entry's name is claimed first, in the same transaction: of two who send it at once the
    second waits and finds what the first has done. What the house does not allow changes nothing
    and stands as a conflict, so that sending it again is answered the same; a person decides.
    """
    try:
        check_order(session, cycle_id, operation.order_id, hubs)
    except NotFound as error:
        return Verdict(operation.uid, Outcome.CONFLICT, error.status, error.message)
    row = Sent(
        uid=operation.uid, cycle_id=cycle_id, order_id=operation.order_id, actor_id=actor_id,
        kind=operation.kind.value, digest=operation.digest, seen=operation.seen,
        device_at=operation.device_at, at=node.clock.now(), outcome="applied", status=200,
    )  # fmt: skip
    if not _claimed(session, row):
        return _again(session, cycle_id, operation, actor_id)
    try:
        with session.begin_nested():
            _hold(session, cycle_id, operation.order_id)
            do(node, session, cycle_id, operation, hubs=hubs, actor_id=actor_id)
    except WizzleError as error:
        why = _sentence(error)
        row.outcome, row.status, row.problem = "conflict", error.status, _kept(why)
        session.flush()
        return Verdict(operation.uid, Outcome.CONFLICT, error.status, why)
    return Verdict(operation.uid, Outcome.APPLIED)


def unreadable(uid: str) -> Verdict:
    """Return what becomes of an entry that cannot be read: a person makes it anew."""
    return Verdict(uid, Outcome.CONFLICT, 422, _UNREADABLE)


def _claimed(session: Session, row: Sent) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True


def _hold(session: Session, cycle_id: int, order_id: int) -> None:
    """Hold round and order, in this order as everywhere, so that what is compared with what was
    shown stays so until it is done."""
    locked(session, cycle_id, shared=True)
    session.execute(select(Order.id).where(Order.id == order_id).with_for_update())


def _again(session: Session, cycle_id: int, operation: Operation, actor_id: int) -> Verdict:
    row = session.get_one(Sent, operation.uid)
    same = (cycle_id, operation.order_id, actor_id, operation.digest)
    if (row.cycle_id, row.order_id, row.actor_id, row.digest) != same:
        return Verdict(operation.uid, Outcome.CONFLICT, 409, _USED)
    if row.problem is None:
        return Verdict(operation.uid, Outcome.ALREADY)
    text, values = row.problem
    return Verdict(operation.uid, Outcome.CONFLICT, row.status, Message(text, values))


def _sentence(error: WizzleError) -> Message:
    """Return what an error says; of one about fields the first of its sentences."""
    if isinstance(error, Invalid):
        return next((each for found in error.fields.values() for each in found), error.message)
    return error.message


def _kept(why: Message) -> list[object]:
    """Return a sentence as it can be kept and said again, in any language."""
    values = why.values.items()
    return [why.text, {name: v if isinstance(v, (str, int)) else str(v) for name, v in values}]
