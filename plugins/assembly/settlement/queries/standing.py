"""One settlement, the statements in it, and what a statement says of each product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Space
from ...cycles.models import Cycle
from ..models import HubStatement, SettledLine, Settlement, Statement
from ..rules import NO_SUMS, HubSums, SellerSums, Sums, by_seller, sums_of
from .corrected import corrections_on
from .splitting import settled_parts, summed

_NO_SETTLEMENT = "This round is not settled yet."


@dataclass(frozen=True, slots=True)
class SettlementPage:
    """A settlement with what its round agreed on; rates in basis points."""

    cycle_id: int
    title: str
    place: str
    hub_id: int
    hub_name: str
    activist_bp: int
    centre_bp: int
    collected_on: datetime
    settled_at: datetime
    settled_by: str | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One seller's statement of a round, with the corrections made since the one before."""

    settlement: SettlementPage
    seller: SellerSums
    products: Sequence[Row[Any]]
    corrections: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class SharePage:
    """What a hub's activist, or the centre if ``hub`` is None, got of each producer's sales."""

    settlement: SettlementPage
    hub: HubSums | None
    sellers: list[SellerSums]
    corrections: Sequence[Row[Any]]

    @property
    def sums(self) -> Sums:
        return self.settlement.sums if self.hub is None else self.hub.sums


def _settled(cycle_id: int) -> Select[Any]:
    columns = (Cycle.title, Cycle.place, Cycle.activist_bp, Cycle.centre_bp, Cycle.collect_from)
    return (
        select(*Settlement.__table__.c, *columns, Person.name.label("settled_by"))
        .join(Cycle, Cycle.id == Settlement.cycle_id)
        .outerjoin(Person, Person.id == Settlement.actor_id)
        .where(Settlement.cycle_id == cycle_id)
    )


def settlement_page(session: Session, cycle_id: int) -> SettlementPage:
    """Return the settlement of a round; NotFound as long as there is none."""
    row = session.execute(_settled(cycle_id)).one_or_none()
    if row is None:
        raise NotFound(_NO_SETTLEMENT)
    return SettlementPage(
        cycle_id=row.cycle_id,
        title=row.title,
        place=row.place,
        hub_id=row.hub_id,
        hub_name=row.hub_name,
        activist_bp=row.activist_bp,
        centre_bp=row.centre_bp,
        collected_on=row.collect_from,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        sums=sums_of(row),
    )


def seller_statements(session: Session, cycle_id: int) -> list[SellerSums]:
    """Return the sums of each seller in a settled round, by name."""
    rows = session.execute(
        select(*Statement.__table__.c)
        .where(Statement.cycle_id == cycle_id)
        .order_by(Statement.seller_name, Statement.seller_id)
    )
    return [SellerSums(row.seller_id, row.seller_name, sums_of(row)) for row in rows]


def statement_page(session: Session, cycle_id: int, seller_id: int) -> StatementPage:
    """Return a seller's statement of a round; NotFound if nothing of theirs was settled in it."""
    row = session.execute(
        select(*Statement.__table__.c).where(
            Statement.cycle_id == cycle_id, Statement.seller_id == seller_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such statement.")
    return StatementPage(
        settlement_page(session, cycle_id),
        SellerSums(row.seller_id, row.seller_name, sums_of(row)),
        product_sums(session, cycle_id, seller_id),
        corrections_on(session, cycle_id, seller_id=seller_id),
    )


def hubs_of(session: Session, cycle_id: int) -> list[HubSums]:
    """Return what was collected at each hub of a settled round, by name."""
    rows = session.execute(
        select(*HubStatement.__table__.c)
        .where(HubStatement.cycle_id == cycle_id)
        .order_by(HubStatement.hub_name, HubStatement.hub_id)
    )
    return [HubSums(row.hub_id, row.hub_name, sums_of(row)) for row in rows]


def named_hubs(session: Session, sums: Mapping[int, Sums]) -> list[HubSums]:
    """Return what is collected at each of these hubs with its name, by name."""
    rows = session.execute(
        select(Space.id, Space.name).where(Space.id.in_(sums)).order_by(Space.name, Space.id)
    )
    return [HubSums(row.id, row.name, sums[row.id]) for row in rows]


def hub_page(session: Session, cycle_id: int, hub_id: int) -> SharePage:
    """Return a hub's statement of a round; NotFound if nothing was collected and paid there."""
    settlement = settlement_page(session, cycle_id)
    hub = next((each for each in hubs_of(session, cycle_id) if each.hub_id == hub_id), None)
    if hub is None and hub_id == settlement.hub_id:
        hub = HubSums(hub_id, settlement.hub_name, NO_SUMS)
    if hub is None:
        raise NotFound("There is no such statement.")
    parts = [part for part in settled_parts(session, cycle_id) if part.hub_id == hub_id]
    corrections = corrections_on(session, cycle_id, hub_id=hub_id)
    return SharePage(settlement, hub, by_seller(parts), corrections)


def centre_page(session: Session, cycle_id: int) -> SharePage:
    """Return the centre's statement of a round."""
    return SharePage(
        settlement_page(session, cycle_id),
        None,
        seller_statements(session, cycle_id),
        corrections_on(session, cycle_id),
    )


def product_sums(session: Session, cycle_id: int, seller_id: int) -> Sequence[Row[Any]]:
    """Return what was sold of each of a seller's products: name, unit, tax class, quantity, paid
    and the three shares; exempt goods first."""
    line = SettledLine
    amounts = (line.quantity, line.paid, line.producer, line.activist, line.centre)
    columns: list[Any] = [line.product_name, line.unit_label, line.tax_class]
    columns += [summed(column).label(column.key) for column in amounts]
    query = (
        select(*columns)
        .where(line.cycle_id == cycle_id, line.seller_id == seller_id)
        .group_by(line.product_name, line.unit_label, line.tax_class)
        .order_by(line.tax_class, line.product_name, line.unit_label)
    )
    return session.execute(query).all()
