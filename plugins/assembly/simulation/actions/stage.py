"""The stage of a simulated round: people, producers with their goods, a hub, an open cycle."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person
from .....core.node import Node
from .....core.testing import FixedClock
from ....market import Product
from ...cycles import actions as cycles
from ...cycles.rules import State
from ..rules import PRICES, Chance, Counts

PRODUCERS = 12
PRODUCTS_EACH = 4


@dataclass
class Stage:
    """A round that is played: who plays, where, and what has happened so far."""

    node: Node
    clock: FixedClock
    chance: Chance
    residents: list[Person]
    activist: Person
    hub_id: int
    cycle_id: int
    occasion: str
    opens_at: datetime
    cut_off: datetime
    collect_from: datetime
    stock: dict[int, int | None]
    counts: Counts = field(default_factory=Counts)


def set_stage(node: Node, clock: FixedClock, residents: int, seed: int) -> Stage:
    """Make everyone and everything, and open the round."""
    chance = Chance(seed)
    with node.db.write() as session:
        people = [_person(node, session, f"resident{n}") for n in range(1, residents + 1)]
        activist = _person(node, session, "activist")
        sellers = [_producer(node, session, n) for n in range(1, PRODUCERS + 1)]
        products = _goods(node, session, chance, sellers, residents)
        hub_id = _hub(node, session, activist)
        cycle = cycles.draft_cycle(node, session, hub_id, _plan(node), actor_id=activist.id)
        cycles.choose_producers(node, session, cycle.id, sellers, actor_id=activist.id)
        cycles.advance(node, session, cycle.id, State.OPEN, actor_id=activist.id)
    return Stage(
        node=node,
        clock=clock,
        chance=chance,
        residents=people,
        activist=activist,
        hub_id=hub_id,
        cycle_id=cycle.id,
        occasion=cycle.occasion,
        opens_at=cycle.opens_at,
        cut_off=cycle.cut_off,
        collect_from=cycle.collect_from,
        stock={product.id: product.stock for product in products},
    )


def _person(node: Node, session: Session, name: str) -> Person:
    return members.sign_up(
        session,
        email=f"{name}@example.com",
        name=name,
        password_hash="-",  # noqa: S106 nobody logs in
        at=node.clock.now(),
        checked=True,
    )


def _producer(node: Node, session: Session, number: int) -> int:
    now = node.clock.now()
    space = members.make_space(session, kind="producer", name=f"Farm {number}", at=now)
    owner = _person(node, session, f"producer{number}")
    members.grant(session, owner.id, "owner", space.id, at=now)
    return space.id


def _goods(
    node: Node, session: Session, chance: Chance, sellers: list[int], residents: int
) -> list[Product]:
    now = node.clock.now()
    products = []
    for number in range(len(sellers) * PRODUCTS_EACH):
        least = chance.pick((1, 1, 1, 2))
        products.append(
            Product(
                seller_id=sellers[number // PRODUCTS_EACH],
                name=f"Product {number + 1}",
                unit_label="1 kg",
                unit_code="mass/1000g",
                price=chance.pick(PRICES),
                tax_class=chance.pick(("exempt", "exempt", "taxed")),
                stock=_stock(number, residents),
                minimum=least,
                step=least,
                created_at=now,
                updated_at=now,
            )
        )
    session.add_all(products)
    session.flush()
    return products


def _stock(number: int, residents: int) -> int | None:
    """Return scarce stock for some products, plenty for others, None for those on demand."""
    return (4 + residents // 12, None, 4 * residents, None)[number % 4]


def _hub(node: Node, session: Session, activist: Person) -> int:
    hours = cycles.Hours(weekday=4, collect_from=time(16), collect_until=time(19))
    hub = cycles.make_hub(node, session, "Hub", hours, actor_id=None, address="Main Street 1")
    cycles.make_host(node, session, hub.id, activist.email, actor_id=None)
    return hub.id


def _plan(node: Node) -> cycles.Plan:
    """Return a week: orders from now for two days and a half, collection on the fifth day."""
    now = node.clock.now()
    return cycles.Plan(
        title="Simulated round",
        opens_at=now,
        cut_off=now + timedelta(days=2, hours=11),
        collect_from=now + timedelta(days=4, hours=7),
        collect_until=now + timedelta(days=4, hours=10),
    )
