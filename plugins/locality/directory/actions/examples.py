"""Example content: places on the map, residents who want to be found, and who confirmed them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person, Space
from .....core.node import Node
from ...neighbours import actions as neighbours
from ...neighbours.models import Neighbour, Quarter, Vouching
from ...neighbours.rules import ACTIVIST, expiry
from ..models import Area, Listing
from ..rules.boundary import read
from ..rules.drawing import micro
from .areas import set_area
from .listing import Said, list_person, say_of_space, set_place

DATA = Path(__file__).parents[2] / "data"


@cache
def example() -> Mapping[str, Any]:
    """Return the example as its file says it."""
    return tomllib.loads((DATA / "example.toml").read_text(encoding="utf-8"))


def load_directory(node: Node, session: Session) -> None:
    """Load places and residents where the example is at home; what is here already stays."""
    data = example()
    if node.settings.node.county != data["county"]:
        return
    if session.get(Area, 1) is None:
        shapes = read((DATA / "gangbuk.geojson").read_bytes())
        set_area(node, session, shapes, remark=data["remark"], actor_id=None)
    for said in data["places"]:
        _load_place(node, session, said)
    _load_quarters(session, data["quarters"])
    for said in data["residents"]:
        _load_resident(node, session, said)


def _load_place(node: Node, session: Session, said: Mapping[str, Any]) -> None:
    space = session.scalars(
        select(Space).where(Space.name == said["name"]).order_by(Space.id).limit(1)
    ).one_or_none()
    if space is None and said["kind"] == "producer":
        return  # of another plugin's example, which is not here
    if space is None:
        space = members.make_space(
            session, kind=said["kind"], name=said["name"], at=node.clock.now(),
            intro=said.get("intro", ""), address=said.get("address", ""),
            province=node.settings.node.province, county=node.settings.node.county,
        )  # fmt: skip
    if session.scalar(select(Listing.id).where(Listing.space_id == space.id)) is not None:
        return
    if "at" in said:
        lat, lon = (micro(degrees) for degrees in said["at"])
        set_place(node, session, space.id, (lat, lon), actor_id=None)
    needs = Said(said["words"], needs={"offer": said["offer"], "seek": said["seek"]})
    say_of_space(node, session, space.id, needs, said.get("layer", ""), actor_id=None)


def _load_quarters(session: Session, names: list[str]) -> None:
    if session.scalar(select(Quarter.id).limit(1)) is None:
        session.add_all(Quarter(name=name, place=place) for place, name in enumerate(names))
        session.flush()


def _load_resident(node: Node, session: Session, said: Mapping[str, Any]) -> None:
    person = members.find_person(session, said["email"])
    quarter = session.scalar(select(Quarter.id).where(Quarter.name == said["quarter"]))
    if person is None or session.get(Neighbour, person.id) is not None or quarter is None:
        return
    neighbours.choose(node, session, person.id, quarter)
    if said["confirmed"]:
        _confirm(node, session, person)
    words = Said(said["words"], said["street"], {"offer": said["offer"], "seek": said["seek"]})
    list_person(node, session, person.id, person.name, words)


def _confirm(node: Node, session: Session, person: Person) -> None:
    """Confirm somebody without a letter: nobody waits for one of a past that never was."""
    own, now = session.get_one(Neighbour, person.id), node.clock.now()
    own.confirmed_at, own.expires_at, own.way = now, expiry(now), ACTIVIST
    session.add(Vouching(person_id=person.id, by_id=None, way=ACTIVIST, at=now))
