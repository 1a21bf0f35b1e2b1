"""The containers that carry a deposit, and who has which of them at home."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, true
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import Person
from .....core.values import Won
from ..models import Container, ContainerMove
from ..rules import Lot, still_out

AnyRow = Row[*tuple[Any, ...]]


def containers(session: Session) -> Sequence[AnyRow]:
    """Return the containers that goods can be sold in, by name: id, name, deposit in won."""
    return session.execute(
        select(Container.id, Container.name, Container.deposit)
        .where(Container.retired_at.is_(None))
        .order_by(Container.name)
    ).all()


def all_containers(session: Session) -> Sequence[AnyRow]:
    """Return every container with how many of it are out, those in use first."""
    out = func.coalesce(func.sum(ContainerMove.number), 0).label("out")
    return session.execute(
        select(Container.id, Container.name, Container.deposit, Container.retired_at, out)
        .outerjoin(ContainerMove, ContainerMove.container_id == Container.id)
        .group_by(Container.id)
        .order_by(Container.retired_at.is_not(None), Container.name)
    ).all()


@dataclass(frozen=True, slots=True)
class Held:
    """Containers of one kind that a person has at home, the oldest first."""

    container_id: int
    name: str
    lots: tuple[Lot, ...]

    @property
    def number(self) -> int:
        return sum(lot.number for lot in self.lots)

    @property
    def amount(self) -> Won:
        return Won(sum(lot.amount for lot in self.lots))


def held_by(session: Session, person_id: int) -> list[Held]:
    """Return what a person has at home, by the containers' names."""
    return held_by_each(session, [person_id]).get(person_id, [])


def held_by_each(session: Session, person_ids: Collection[int]) -> dict[int, list[Held]]:
    """Return what each of these people has at home; who has nothing is left out."""
    rows = session.execute(
        select(
            ContainerMove.person_id,
            ContainerMove.container_id,
            Container.name,
            ContainerMove.number,
            ContainerMove.deposit,
        )
        .join(Container, Container.id == ContainerMove.container_id)
        .where(ContainerMove.person_id.in_(person_ids))
        .order_by(ContainerMove.person_id, Container.name, Container.id, ContainerMove.id)
    )
    found: dict[int, list[Held]] = {}
    for (person_id, container_id, name), moves in groupby(rows, key=lambda row: row[:3]):
        lots = still_out((move.number, move.deposit) for move in moves)
        if lots:
            found.setdefault(person_id, []).append(Held(container_id, name, tuple(lots)))
    return found


def deposits_held(session: Session) -> Won:
    """Return what all containers together that are out were charged with and not given back."""
    total = func.coalesce(func.sum(ContainerMove.number * ContainerMove.deposit), 0)
    return Won(int(session.execute(select(total)).scalar_one()))


def people_with_containers(
    session: Session, *, search: str = "", host_ids: Collection[int] | None = None,
    after: int | None = None, limit: int = 30,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return people who have containers at home, by rising id: id, name, and how many;
    ``host_ids``: only those who took some at one of these hubs."""
    number = func.sum(ContainerMove.number).label("number")
    query = (
        select(Person.id, Person.name, number)
        .join(ContainerMove, ContainerMove.person_id == Person.id)
        .group_by(Person.id)
        .having(func.sum(ContainerMove.number) > 0)
        .order_by(Person.id)
        .limit(limit)
    )
    if search:
        query = query.where(Person.name.icontains(search, autoescape=True))
    if after is not None:
        query = query.where(Person.id > after)
    if host_ids is not None:
        query = query.where(_took_at(host_ids))
    return session.execute(query).all()


def _took_at(host_ids: Collection[int]) -> ColumnElement[bool]:
    move = aliased(ContainerMove)
    there = (move.person_id == Person.id, move.number > 0, move.host_id.in_(host_ids))
    return select(move.id).where(*there).exists()


def containers_out(
    session: Session, *, host_ids: Collection[int] | None = None, limit: int
) -> Sequence[AnyRow]:
    """Return what every person has at home, by name: person_name, name of the container, number
    and the won that go back for them; ``host_ids``: of those who took some at one of these hubs."""
    number = func.sum(ContainerMove.number)
    amount = func.sum(ContainerMove.number * ContainerMove.deposit)
    return session.execute(
        select(
            Person.name.label("person_name"),
            Container.name,
            number.label("number"),
            amount.label("amount"),
        )
        .join(ContainerMove, ContainerMove.person_id == Person.id)
        .join(Container, Container.id == ContainerMove.container_id)
        .where(true() if host_ids is None else _took_at(host_ids))
        .group_by(Person.id, Container.id)
        .having(number > 0)
        .order_by(Person.name, Person.id, Container.name)
        .limit(limit)
    ).all()


def person_with_containers(session: Session, person_id: int) -> AnyRow:
    """Return who has, or had, containers at home; NotFound for everybody else, so that nobody can
    be looked up by their number."""
    found = session.execute(
        select(Person.id, Person.name)
        .where(Person.id == person_id)
        .where(select(ContainerMove.id).where(ContainerMove.person_id == Person.id).exists())
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such person.")
    return found
