"""The example content: two residents who have something again and again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Space
from .....core.node import Node
from ...catalog.models import Product
from ...orders.rules import IfShort
from ..queries import hubs_for, number_of
from ..rules import Terms
from .opening import begin_standing

FILE = Path(__file__).parent.parent.parent / "data" / "standing.toml"


def load_standing(node: Node, session: Session) -> None:
    """Begin the example's standing orders; whoever has one already keeps what they have."""
    for said in tomllib.loads(FILE.read_text(encoding="utf-8"))["standing"]:
        person = members.find_person(session, said["email"])
        if person is None or number_of(session, person.id):
            continue
        product_id = _product(session, said)
        hub = next(
            (hub for hub in hubs_for(node, session, product_id) if hub.name == said["hub"]), None
        )
        if hub is None or hub.on is None:
            continue
        begin_standing(
            node, session, person, key=f"example:{product_id}", product_id=product_id,
            host_id=hub.id, begins_on=hub.on + timedelta(days=7),
            terms=Terms(said["quantity"], said["every"], IfShort()),
        )  # fmt: skip


def _product(session: Session, said: Mapping[str, Any]) -> int:
    product_id = session.scalar(
        select(Product.id)
        .join(Space, Space.id == Product.seller_id)
        .where(Space.name == said["producer"], Product.name == said["product"])
        .order_by(Product.id)
        .limit(1)
    )
    if product_id is None:
        raise LookupError(f"the example needs {said['product']}, which is not in the catalogue")
    return product_id
