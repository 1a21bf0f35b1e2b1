"""What is kept of one person about standing orders, for them to take along."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.models import Space
from ...catalog.models import Product
from ..models import Holiday, StandingOrder, StandingRun


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return a person's standing orders, what became of them, and when they are away."""
    order, run = StandingOrder, StandingRun
    kept = {
        "standing-orders": select(
            Product.name.label("product"), Space.name.label("hub"), order.quantity, order.every,
            order.begins_on, order.price, order.unit_label, order.wish, order.substitute_up_to,
            order.payment, order.state, order.created_at,
        )
        .join(Product, Product.id == order.product_id)
        .join(Space, Space.id == order.host_id)
        .where(order.person_id == person_id)
        .order_by(order.id),
        "standing-runs": select(
            run.title, run.collect_on, Product.name.label("product"), run.wanted, run.quantity,
            run.state,
        )
        .join(order, order.id == run.standing_id)
        .join(Product, Product.id == run.product_id)
        .where(order.person_id == person_id)
        .order_by(run.id),
        "holidays": select(Holiday.from_on, Holiday.until_on).where(
            Holiday.person_id == person_id
        ),
    }  # fmt: skip
    return PersonalData.read(session, kept)
