"""Containers: named and retired by the steward, taken at hand-over, brought back by residents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.answers import Keeping
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message, Won
from ..models import Container, ContainerMove
from ..queries import Held, held_by
from ..rules import CASH, Lot, oldest, resident
from .held import hold_account

CONTAINERS = Keeping(
    "containers",
    Message("Containers with a deposit", {}),
    Message("the number of your account, which containers you took and brought back", {}),
    Message("10 years, with the books", {}),
    Message("Commercial Act, article 33", {}),
)

_TAKEN = Message("There is already a container of this name.", {})


def add_container(
    node: Node, session: Session, *, name: str, deposit: int, actor_id: int
) -> Container:
    """Make a kind of box or bottle that goods may be sold in; Invalid if its name is taken."""
    made = Container(name=name.strip(), deposit=deposit)
    _write(session, made)
    _audit(node, session, "added", made, actor_id)
    return made


def change_container(
    node: Node, session: Session, container_id: int, *, name: str, deposit: int, actor_id: int
) -> None:
    """Rename a container, or ask another deposit for it from now on; those that are out go back
    at the won at which they were taken."""
    found = _container(session, container_id)
    found.name, found.deposit = name.strip(), deposit
    _write(session, found)
    _audit(node, session, "changed", found, actor_id)


def retire_container(node: Node, session: Session, container_id: int, *, actor_id: int) -> None:
    """Let none of these go out any more; those that are out can still be brought back."""
    found = _container(session, container_id)
    if found.retired_at is None:
        found.retired_at = node.clock.now()
        _audit(node, session, "retired", found, actor_id)


def take_along(
    session: Session, taken: Iterable[tuple[int, int, int]], *,
    person_id: int, host_id: int, order_id: int, key: str, at: datetime, actor_id: int,
) -> None:  # fmt: skip
    """Write that a person took containers with an order, each as (container, number, won of one);
    the deposit is posted by whoever takes the money for the order."""
    session.add_all(
        ContainerMove(
            key=f"{key}:{container_id}", person_id=person_id, container_id=container_id,
            host_id=host_id, order_id=order_id, number=number, deposit=deposit, at=at,
            actor_id=actor_id,
        )
        for container_id, number, deposit in taken
    )  # fmt: skip
    session.flush()


def bring_back(
    node: Node, session: Session, person_id: int, container_id: int, number: int, *,
    host_id: int, actor_id: int, key: str, way: str = "balance",
) -> Won:  # fmt: skip
    """Take containers back, the oldest first, and give back what was paid for these; return it.

    ``way``: onto the resident's account ("balance") or in cash. Once per ``key``; Refused for more
    than the person has.
    """
    hold_account(session, person_id)
    key = _own_key(key, person_id, container_id)
    standing = _standing(session, key)
    if standing is not None:
        return standing
    has = _at_home(session, person_id, container_id, number)
    lots, at = oldest(has.lots, number), node.clock.now()
    who = {"person_id": person_id, "host_id": host_id, "at": at, "actor_id": actor_id}
    session.add_all(_back(key, container_id, lots, who))
    session.flush()
    total = sum(lot.amount for lot in lots)
    giver = ledger.account("cash", host_id) if way == CASH else resident(person_id)
    draft = ledger.Draft(
        key=f"back:{key}",
        subject=f"person:{person_id}",
        memo=f"{number} × {has.name}"[:300],
        entries=(("deposit", total), (giver, -total)),
        actor_id=actor_id,
    )
    ledger.post(session, [draft], at)
    told = {"container": has.name, "number": number, "way": way}
    audit.record(session, "market.container.back", at=at, person_id=actor_id,
                 subject=("person", person_id), **told)  # fmt: skip
    return Won(total)


def _back(
    key: str, container_id: int, lots: Iterable[Lot], who: dict[str, Any]
) -> list[ContainerMove]:
    return [
        ContainerMove(
            key=f"back:{key}:{place}", container_id=container_id, number=-lot.number,
            deposit=lot.deposit, **who,
        )
        for place, lot in enumerate(lots)
    ]  # fmt: skip


def _at_home(session: Session, person_id: int, container_id: int, number: int) -> Held:
    """Return what of these a person has; Refused if that is less than ``number``."""
    for held in held_by(session, person_id):
        if held.container_id == container_id and 0 < number <= held.number:
            return held
        if held.container_id == container_id:
            raise Refused(
                "At most %(most)s of these can be brought back: so many were taken home.",
                most=held.number,
            )
    raise Refused("None of these are at this person's home.")


def _own_key(key: str, person_id: int, container_id: int) -> str:
    """Return a key that stands for nobody else's containers, and for none of another kind."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,64}", key):
        raise ValueError(f"no key: {key!r}")
    return f"{person_id}:{container_id}:{key}"


def _standing(session: Session, key: str) -> Won | None:
    """Return what was given back under this key already."""
    moves = session.execute(
        select(ContainerMove.number, ContainerMove.deposit).where(
            ContainerMove.key.startswith(f"back:{key}:", autoescape=True)
        )
    ).all()
    return Won(-sum(move.number * move.deposit for move in moves)) if moves else None


def _container(session: Session, container_id: int) -> Container:
    found = session.get(Container, container_id, with_for_update=True)
    if found is None:
        raise NotFound("There is no such container.")
    return found


def _write(session: Session, container: Container) -> None:
    try:
        with session.begin_nested():
            session.add(container)
            session.flush()
    except IntegrityError as error:
        raise Invalid({"name": [_TAKEN]}) from error


def _audit(node: Node, session: Session, what: str, container: Container, actor_id: int) -> None:
    details: dict[str, Any] = {"name": container.name, "deposit": container.deposit}
    audit.record(session, f"market.container.{what}", at=node.clock.now(), person_id=actor_id,
                 subject=("container", container.id), **details)  # fmt: skip
