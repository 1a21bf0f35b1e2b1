"""Loading the example through the same actions that the pages call, at the times it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ....core import members, notices
from ....core.answers import ExampleStep
from ....core.models import Job, Person, Space
from ....core.node import Node
from ....core.values import STEWARD
from ...market import Item, Product, place_order
from ..cycles import actions as cycles
from ..cycles import queries
from ..cycles.actions import Choice, Hours, Opening, Plan
from ..cycles.rules import State, occasion
from ..settlement.actions import settle
from .rules import (
    WEEKDAYS,
    Days,
    accounts,
    at_hour,
    check_private,
    days_of,
    example,
    hour,
    spread,
    terms_of,
)


def example_steps(node: Node) -> Sequence[ExampleStep]:
    """Return the steps that come after the market's producers and goods."""
    return (
        ExampleStep(30, accounts(example(node.settings.node.county)), load_people),
        ExampleStep(40, "a hub and the operating centre", load_hubs),
        ExampleStep(50, "a settled round and one that takes orders", load_cycles),
    )


def load_people(node: Node, session: Session) -> None:
    """Make the accounts with their roles; whoever has one already keeps it as it is."""
    data = example(node.settings.node.county)
    check_private(node.settings.node.address)
    password_hash = node.ports.passwords.hash(data["accounts"]["password"])
    for each in data["people"]:
        person = members.find_person(session, each["email"])
        if person is None:
            person = members.sign_up(
                session, email=each["email"], name=each["name"], password_hash=password_hash,
                at=node.clock.now(), checked=True,
            )  # fmt: skip
            _give_roles(node, session, person, each)


def _give_roles(node: Node, session: Session, person: Person, said: Mapping[str, Any]) -> None:
    now = node.clock.now()
    if said["role"] == "steward":
        members.grant(session, person.id, STEWARD, at=now)
    for name in said.get("runs", ()):
        members.grant(session, person.id, "owner", _space(session, "producer", name).id, at=now)


def load_hubs(node: Node, session: Session) -> None:
    """Make the operating centre and the hubs with their hosts."""
    data, now = example(node.settings.node.county), node.clock.now()
    check_private(node.settings.node.address)
    here = {"province": node.settings.node.province, "county": node.settings.node.county}
    centre = data["centre"]
    if _find(session, "organisation", centre["name"]) is None:
        members.make_space(
            session, kind="organisation", name=centre["name"], at=now,
            intro=centre["introduction"], **here,
        )  # fmt: skip
    for each in data["hubs"]:
        if _find(session, "hub", each["name"]) is not None:
            continue
        hub = cycles.make_hub(
            node, session, each["name"], _hours(each), actor_id=None,
            address=each["address"], phone=each["phone"], intro=each["introduction"], **here,
        )  # fmt: skip
        cycles.make_host(node, session, hub.id, _email(data, each["host"]), actor_id=None)


def _hours(said: Mapping[str, Any]) -> Hours:
    return Hours(
        weekday=WEEKDAYS.index(said["weekday"]),
        collect_from=hour(said["from"]),
        collect_until=hour(said["until"]),
        how_to_come=said["how_to_come"],
    )


def load_cycles(node: Node, session: Session) -> None:
    """Play the rounds; not at a hub that has had rounds of its own."""
    data = example(node.settings.node.county)
    check_private(node.settings.node.address)
    zone = ZoneInfo(node.settings.node.time_zone)
    before = session.scalar(select(func.max(Job.id))) or 0
    for said in data["hubs"]:
        hub = _space(session, "hub", said["name"])
        if queries.last_round(session, hub.id) is not None:
            continue
        host, last = members.find_person(session, _email(data, said["host"])), None
        for cycle in data["cycles"]:
            if cycle["hub"] == said["key"] and host is not None:
                days = days_of(cycle, said, node.clock.now(), zone)
                _Play(node, session, data, hub, host.id, days).play(cycle)
                last = days
        if "every" in said and host is not None and last is not None:
            _make_regular(node, session, hub, said, last, host.id)
    # Nobody waits for the letters of a past that never was.
    session.execute(delete(Job).where(Job.id > before, Job.created_at < node.clock.now()))
    notices.let_lie(session, before=node.clock.now())


def _make_regular(
    node: Node, session: Session, hub: Space, said: Mapping[str, Any], last: Days, host_id: int
) -> None:
    """Let the hub's rounds go on by themselves after the last one that was played."""
    zone = ZoneInfo(node.settings.node.time_zone)
    day = last.collect_from.astimezone(zone).date()
    choice = Choice(
        every=said["every"], next_on=day + timedelta(weeks=said["every"]),
        collect_from=hour(said["from"]), collect_until=hour(said["until"]),
        opens_days=said["opens_days_before"], opens_at=hour(said["opens_at"]),
        cut_off_days=said["closes_days_before"], cut_off_at=hour(said["closes_at"]),
    )  # fmt: skip
    cycles.set_schedule(node, session, hub.id, choice, version=0, actor_id=host_id)


@dataclass
class _Clock:
    """A clock that stands at a time of the example."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass
class _Play:
    """One example round, played at its own times up to the state that it is to have."""

    real: Node
    session: Session
    data: Mapping[str, Any]
    hub: Space
    host_id: int
    days: Days

    def __post_init__(self) -> None:
        self.clock = _Clock(self.days.opens_at)
        self.node = replace(self.real, ports=replace(self.real.ports, clock=self.clock))

    def play(self, said: Mapping[str, Any]) -> None:
        """Open the round, place its orders, and settle it if it is a past one."""
        days = self.days
        plan = Plan(
            title=days.title, opens_at=days.opens_at, cut_off=days.cut_off,
            collect_from=days.collect_from, collect_until=days.collect_until,
        )  # fmt: skip
        cycle = cycles.draft_cycle(
            self.node, self.session, self.hub.id, plan, actor_id=self.host_id
        )
        sellers = [_space(self.session, "producer", name).id for name in said["producers"]]
        cycles.choose_producers(self.node, self.session, cycle.id, sellers, actor_id=self.host_id)
        self._prepare(cycle.id, said)
        self._step(cycle.id, State.OPEN, days.opens_at)
        orders = self._order(cycle.id, said["orders"])
        if said["state"] == State.SETTLED:
            self._finish(cycle.id, orders)

    def _prepare(self, cycle_id: int, said: Mapping[str, Any]) -> None:
        """Set the producers' own terms and the further hubs."""
        for part in said.get("parts", ()):
            seller = _space(self.session, "producer", part["producer"]).id
            cycles.set_terms(
                self.node, self.session, cycle_id, seller, terms_of(part, self.days),
                actor_id=self.host_id,
            )  # fmt: skip
        openings = {
            self._hub_id(each["hub"]): Opening(
                at_hour(self.days, each["from"]), at_hour(self.days, each["until"])
            )
            for each in said.get("hubs", ())
        }
        if openings:
            cycles.choose_points(self.node, self.session, cycle_id, openings, actor_id=self.host_id)

    def _hub_id(self, key: str) -> int:
        said = next(hub for hub in self.data["hubs"] if hub["key"] == key)
        return _space(self.session, "hub", said["name"]).id

    def _step(self, cycle_id: int, state: State, at: datetime) -> None:
        self.clock.at = at
        cycles.advance(self.node, self.session, cycle_id, state, actor_id=self.host_id)

    def _order(self, cycle_id: int, said: Sequence[Mapping[str, Any]]) -> list[int]:
        last = min(self.days.cut_off, self.real.clock.now())
        made = []
        for each, at in zip(said, spread(len(said), self.days.opens_at, last), strict=True):
            self.clock.at = at
            person = members.find_person(self.session, _email(self.data, each["resident"]))
            if person is None:
                continue
            order = place_order(
                self.node, self.session, person, occasion=occasion(cycle_id),
                items=[_item(self.session, line) for line in each["lines"]],
                key=f"example:{cycle_id}",
                host_id=self._hub_id(each["hub"]) if "hub" in each else None,
            )  # fmt: skip
            made.append(order.id)
        return made

    def _finish(self, cycle_id: int, orders: Sequence[int]) -> None:
        days = self.days
        self._step(cycle_id, State.CLOSED, days.cut_off)
        self._step(cycle_id, State.SENT, days.cut_off)
        self._step(cycle_id, State.RECEIVED, days.received)
        self._step(cycle_id, State.PACKED, days.packed)
        self._step(cycle_id, State.DISTRIBUTING, days.collect_from)
        came = spread(len(orders), days.collect_from, days.collect_until)
        for order_id, at in zip(orders, came, strict=True):
            self.clock.at = at
            cycles.hand_over(self.node, self.session, cycle_id, order_id, actor_id=self.host_id)
        self.clock.at = days.settled
        settle(self.node, self.session, cycle_id, actor_id=self.host_id)


def _email(data: Mapping[str, Any], key: str) -> str:
    return next(str(person["email"]) for person in data["people"] if person["key"] == key)


def _find(session: Session, kind: str, name: str) -> Space | None:
    return session.scalars(
        select(Space).where(Space.kind == kind, Space.name == name).order_by(Space.id).limit(1)
    ).one_or_none()


def _space(session: Session, kind: str, name: str) -> Space:
    space = _find(session, kind, name)
    if space is None:
        raise LookupError(f"the example needs the {kind} {name}, which is not here")
    return space


def _item(session: Session, line: Mapping[str, Any]) -> Item:
    product_id = session.scalar(
        select(Product.id)
        .join(Space, Space.id == Product.seller_id)
        .where(Space.name == line["producer"], Product.name == line["product"])
        .order_by(Product.id)
        .limit(1)
    )
    if product_id is None:
        raise LookupError(f"the example orders {line['product']}, which is not in the catalogue")
    return Item(product_id, line["quantity"])
