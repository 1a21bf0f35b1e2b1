"""Entries of the directory: of residents who want one, and what spaces say of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.answers import ConsentText, Keeping, Thing
from .....core.facts import ThingHidden
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from ...neighbours.actions import held
from ..models import Listing, Need
from ..rules.drawing import Position
from ..rules.needs import WAYS

CONSENT = "directory"
CONSENT_VERSION = "1"

CONSENT_TEXT = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "optional",
    Message("My entry in the directory", {}),
    Message("Members of this node may find me in the directory", {}),
    Message("so that neighbours find who helps with what", {}),
    Message(
        "the name, words, street and needs that you write yourself; your part of town if you"
        " chose one",
        {},
    ),
    Message("until you take yourself off the list or close your account", {}),
    Message("Everything else stays open to you.", {}),
    ends=Message("You take it back on the page “My entry”.", {}),
)
KEPT = Keeping(
    "directory",
    Message("Your entry in the directory", {}),
    Message("name, words, street, what you help with and look for", {}),
    Message("until you take yourself off the list or close your account", {}),
    Message("your consent (article 15 (1) 1)", {}),
    by_consent=True,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry says: own words, a street, and needs by way ("offer", "seek")."""

    words: str
    street: str = ""
    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)


def list_person(node: Node, session: Session, person_id: int, name: str, said: Said) -> None:
    """List a person who agreed to it, or change their entry."""
    held(session, person_id)
    own = session.scalars(select(Listing).where(Listing.person_id == person_id)).one_or_none()
    now = node.clock.now()
    if own is None:
        own = Listing(person_id=person_id, listed_at=now)
        session.add(own)
        members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=now)
    own.name, own.words, own.street = name, said.words, said.street
    session.flush()
    _set_needs(session, own.id, said)


def unlist_person(node: Node, session: Session, person_id: int) -> None:
    """Take a person off the list, with all that they wrote there."""
    forget_person(session, person_id)
    members.withdraw_consent(session, person_id, CONSENT, at=node.clock.now())


def forget_person(session: Session, person_id: int) -> None:
    """Destroy the entry of somebody."""
    mine = select(Listing.id).where(Listing.person_id == person_id)
    session.execute(delete(Need).where(Need.listing_id.in_(mine)))
    session.execute(delete(Listing).where(Listing.person_id == person_id))


def say_of_space(
    node: Node, session: Session, space_id: int, said: Said, layer: str, *, actor_id: int | None
) -> None:
    """Keep what a space helps with and looks for, and in which layer it sees itself."""
    found = _of_space(node, session, space_id)
    found.words, found.layer = said.words, layer
    _set_needs(session, found.id, said)
    _record(node, session, "said", space_id, actor_id)


def set_place(
    node: Node, session: Session, space_id: int, place: Position | None, *, actor_id: int | None
) -> None:
    """Put a space on the map, or take it off."""
    found = _of_space(node, session, space_id)
    found.lat, found.lon = place or (None, None)
    session.flush()
    _record(node, session, "placed", space_id, actor_id)


def _of_space(node: Node, session: Session, space_id: int) -> Listing:
    # The space is held, so that two who write first at the same time make one entry.
    session.execute(select(Space.id).where(Space.id == space_id).with_for_update(key_share=True))
    found = session.scalars(select(Listing).where(Listing.space_id == space_id)).one_or_none()
    if found is None:
        found = Listing(space_id=space_id, listed_at=node.clock.now())
        session.add(found)
        session.flush()
    return found


def _set_needs(session: Session, listing_id: int, said: Said) -> None:
    session.execute(delete(Need).where(Need.listing_id == listing_id))
    for way in WAYS:
        for need in said.needs.get(way, ()):
            session.add(Need(listing_id=listing_id, way=way, need=need))
    session.flush()


def _record(node: Node, session: Session, what: str, space_id: int, actor_id: int | None) -> None:
    audit.record(
        session, f"locality.listing.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("space", space_id),
    )  # fmt: skip


def thing(session: Session, subject: str) -> Thing | None:
    """Return the entry of a resident that a subject ("listing:12") names."""
    kind, _, number = subject.partition(":")
    if kind != "listing" or not number.isdecimal():
        return None
    found = session.get(Listing, int(number))
    if found is None or found.person_id is None:
        return None
    url = f"/directory/people/{found.id}"
    return Thing(subject, Message("Entry", {}), found.name, url, frozenset({found.person_id}))


def hear_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    """Take an entry off the list that stewards hide, or show it again."""
    if thing(session, fact.subject) is not None:
        found = session.get_one(Listing, int(fact.subject.partition(":")[2]))
        found.hidden_at = node.clock.now() if fact.hidden else None
