"""What is kept of one person about containers and payouts, for them to take along."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from ..models import Container, ContainerMove, CreditPayout


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return the containers that a person took and brought back, and the payouts they asked for."""
    move, asked = ContainerMove, CreditPayout
    kept = {
        "containers": select(Container.name, move.number, move.deposit, move.at)
        .join(Container, Container.id == move.container_id)
        .where(move.person_id == person_id)
        .order_by(move.id),
        "payouts": select(asked.amount, asked.way, asked.bank_account, asked.state, asked.asked_at)
        .where(asked.person_id == person_id)
        .order_by(asked.id),
    }
    return PersonalData.read(session, kept)
