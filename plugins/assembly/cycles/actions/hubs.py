"""Hubs: the steward makes them and says who hosts them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import time
from typing import Any

from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.errors import Invalid, NotFound, Refused
from .....core.models import Person, Space
from .....core.node import Node
from .....core.values import Message
from ..models import Hub
from ..rules import ACTIVIST

_UNPROVEN = Message(
    "Nobody here has shown that this address is theirs. The host needs an account with a checked "
    "e-mail address first.",
    {},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When a hub is usually open for collection (Monday is weekday 0), and how to come there."""

    weekday: int
    collect_from: time
    collect_until: time
    how_to_come: str = ""

    def check(self) -> None:
        """Raise ``Invalid`` if collection would end before it begins."""
        if self.collect_from >= self.collect_until:
            late = Message("Collection must end after it begins.", {})
            raise Invalid({"collect_until": [late]})


def make_hub(
    node: Node, session: Session, name: str, hours: Hours, *, actor_id: int | None, **details: Any
) -> Space:
    """Make a hub with its page; ``details`` are further columns of its ``Space``."""
    hours.check()
    space = members.make_space(session, kind="hub", name=name, at=node.clock.now(), **details)
    session.add(Hub(space_id=space.id, **asdict(hours)))
    session.flush()
    _record(node, session, "made", space.id, actor_id, name=space.name)
    return space


def change_hours(
    node: Node, session: Session, hub_id: int, hours: Hours, *, actor_id: int | None
) -> None:
    """Change when a hub is usually open; rounds that were made keep their times."""
    hours.check()
    space = session.get(Space, hub_id)
    if space is None or space.kind != "hub":
        raise NotFound("There is no such hub.")
    session.merge(Hub(space_id=hub_id, **asdict(hours)))
    _record(node, session, "hours", hub_id, actor_id)


def make_host(
    node: Node, session: Session, hub_id: int, email: str, *, actor_id: int | None
) -> Person:
    """Make the person with this address a host (activist) of the hub."""
    person = members.find_proven(session, email)
    if person is None:
        raise Invalid({"host": [_UNPROVEN]})
    if members.grant(session, person.id, ACTIVIST, hub_id, at=node.clock.now()):
        _record(node, session, "host_made", hub_id, actor_id, host_id=person.id)
    return person


def dismiss_host(
    node: Node, session: Session, hub_id: int, person_id: int, *, actor_id: int | None
) -> None:
    """Take the host's part away from somebody; what they did stays written down."""
    if not members.revoke(session, person_id, ACTIVIST, hub_id):
        raise Refused("This person is not a host of the hub.")
    _record(node, session, "host_dismissed", hub_id, actor_id, host_id=person_id)


def _record(
    node: Node, session: Session, what: str, hub_id: int, actor_id: int | None, **details: Any
) -> None:
    audit.record(
        session,
        f"assembly.hub.{what}",
        at=node.clock.now(),
        person_id=actor_id,
        subject=("hub", hub_id),
        **details,
    )
