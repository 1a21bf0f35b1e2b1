"""The stage of a simulated round: people, producers with their goods, two hubs, an open cycle."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person
from .....core.node import Node
from .....core.testing import FixedClock
from ....market import Product, add_container, begin_standing, run_standing
from ....market import StandingTerms as Weekly
from ...cycles import actions as cycles
from ...cycles.rules import Below, State, Terms
from ..rules import PRICES, Chance, Counts, Good

PRODUCERS = 12
PRODUCTS_EACH = 4
TOO_MUCH = 500_000_000
"""Won that no producer of a simulated round reaches."""


@dataclass
class Stage:
    """A round that is played: who plays, where, and what has happened so far.

    ``hub_ids`` are the round's own hub and the one where it is collected besides; ``box_id`` is
    the container with a deposit.
    """

    node: Node
    clock: FixedClock
    chance: Chance
    residents: list[Person]
    activist: Person
    hub_ids: tuple[int, int]
    box_id: int
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
        box = add_container(node, session, name="Box", deposit=2_000, actor_id=activist.id)
        sellers = [_producer(node, session, n) for n in range(1, PRODUCERS + 1)]
        products = _goods(node, session, chance, sellers, residents, box.id)
        hub_ids = (_hub(node, session, activist, 1), _hub(node, session, activist, 2))
        cycle = cycles.draft_cycle(node, session, hub_ids[0], plan(node), actor_id=activist.id)
        cycles.choose_producers(node, session, cycle.id, sellers, actor_id=activist.id)
        _agree_on_terms(node, session, cycle.id, sellers, activist)
        hours = cycles.Opening(cycle.collect_from, cycle.collect_until)
        cycles.choose_points(node, session, cycle.id, {hub_ids[1]: hours}, actor_id=activist.id)
        cycles.advance(node, session, cycle.id, State.OPEN, actor_id=activist.id)
    stage = Stage(
        node=node,
        clock=clock,
        chance=chance,
        residents=people,
        activist=activist,
        hub_ids=hub_ids,
        box_id=box.id,
        cycle_id=cycle.id,
        occasion=cycle.occasion,
        opens_at=cycle.opens_at,
        cut_off=cycle.cut_off,
        collect_from=cycle.collect_from,
        stock={product.id: product.stock for product in products},
    )
    _begin_standing_orders(stage, products)
    return stage


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
    node: Node, session: Session, chance: Chance, sellers: list[int], residents: int, box_id: int
) -> list[Product]:
    now = node.clock.now()
    products = []
    for number in range(len(sellers) * PRODUCTS_EACH):
        least = chance.pick((1, 1, 1, 2))
        by_weight = number % 6 == 5
        products.append(
            Product(
                seller_id=sellers[number // PRODUCTS_EACH],
                name=f"Product {number + 1}",
                unit_label="1 piece" if by_weight else "1 kg",
                unit_code="piece" if by_weight else "mass/1000g",
                price=chance.pick(PRICES),
                sold_by="weight" if by_weight else "piece",
                expected_g=chance.between(300, 2_500) if by_weight else None,
                container_id=box_id if number % 8 == 1 else None,
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


def _hub(node: Node, session: Session, activist: Person, number: int) -> int:
    hours = cycles.Hours(weekday=4, collect_from=time(16), collect_until=time(19))
    hub = cycles.make_hub(
        node, session, f"Hub {number}", hours, actor_id=None, address=f"Main Street {number}"
    )
    cycles.make_host(node, session, hub.id, activist.email, actor_id=None)
    return hub.id


def plan(node: Node) -> cycles.Plan:
    """Return a week: orders from now for two days and a half, collection on the fifth day."""
    now = node.clock.now()
    return cycles.Plan(
        title="Simulated round",
        opens_at=now,
        cut_off=now + timedelta(days=2, hours=11),
        collect_from=now + timedelta(days=4, hours=7),
        collect_until=now + timedelta(days=4, hours=10),
    )


def _agree_on_terms(
    node: Node, session: Session, cycle_id: int, sellers: list[int], activist: Person
) -> None:
    """Let one producer close earlier, and two ask for more than anybody will order."""
    early = node.clock.now() + timedelta(days=1)
    for seller_id, terms in zip(
        sellers[-3:],
        (
            Terms(cut_off=early),
            Terms(minimum_won=TOO_MUCH, below=Below.CANCEL),
            Terms(minimum_won=TOO_MUCH, below=Below.CARRY),
        ),
        strict=True,
    ):
        cycles.set_terms(node, session, cycle_id, seller_id, terms, actor_id=activist.id)


def _begin_standing_orders(stage: Stage, products: list[Product]) -> None:
    """Let every tenth resident have something every week, and make these orders."""
    on = stage.collect_from.date()
    plenty = [each for each in products if each.stock is None]
    for number, person in enumerate(stage.residents):
        if number % 10 != 1:
            continue
        product = stage.chance.pick(plenty)
        good = Good(product.id, product.minimum, product.step, product.stock)
        weekly = Weekly(stage.chance.quantity(good), 1, stage.chance.wish(good))
        with stage.node.db.write() as session:
            begin_standing(
                stage.node, session, person, key="weekly", product_id=product.id,
                host_id=stage.hub_ids[0], begins_on=on, terms=weekly,
            )  # fmt: skip
    done = run_standing(stage.node, stage.occasion)
    stage.counts.standing_orders += done["made"] + done["part"]
    stage.counts.orders += done["made"] + done["part"]
