"""Which parts of town can be chosen, and choosing one's own."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Neighbour, Quarter
from ..rules import MOST_QUARTERS
from .forgetting import CONSENT, CONSENT_VERSION
from .held import held


def offer(node: Node, session: Session, names: list[str], *, actor_id: int) -> None:
    """Offer these parts of town in this order; who chose another one keeps it."""
    if len(names) > MOST_QUARTERS:
        raise Refused("No more than %(most)s parts of town, please.", most=MOST_QUARTERS)
    known = {each.name: each for each in session.scalars(select(Quarter))}
    for each in known.values():
        each.place = None
    for place, name in enumerate(names):
        if name in known:
            known[name].place = place
        else:
            session.add(Quarter(name=name, place=place))
    audit.record(
        session, "locality.quarters.offered", at=node.clock.now(), person_id=actor_id,
        subject=("quarters", None), names=names,
    )  # fmt: skip


def choose(node: Node, session: Session, person_id: int, quarter_id: int) -> None:
    """Say in which part of town one lives; a confirmation of another part does not go along."""
    found = session.get(Quarter, quarter_id)
    if found is None or found.place is None:
        raise NotFound("There is no such part of town. Please choose one of the list.")
    now = node.clock.now()
    held(session, person_id)
    own = session.get(Neighbour, person_id)
    if own is None:
        session.add(Neighbour(person_id=person_id, quarter_id=quarter_id, chosen_at=now))
        members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=now)
    elif own.quarter_id != quarter_id:
        own.quarter_id, own.chosen_at = quarter_id, now
        own.confirmed_at = own.expires_at = own.asking = own.asking_until = None
        own.way = ""
    session.flush()


def take_back(node: Node, session: Session, person_id: int) -> None:
    """Forget where somebody lives, and that it was confirmed."""
    session.execute(delete(Neighbour).where(Neighbour.person_id == person_id))
    members.withdraw_consent(session, person_id, CONSENT, at=node.clock.now())
