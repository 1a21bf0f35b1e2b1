"""The example: what neighbours of a made-up neighbourhood chose, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import follows, members, search
from .....core.models import Grant, Person
from .....core.node import Node
from .....core.search import EVERYONE
from .....core.values import Viewer
from ..models import Collection, Curator
from ..rules import EDITOR, WEEKLY, subject_of
from .choosing import Chosen, add
from .curating import show_curator
from .making import Words, begin_week, feature, make, publish

FILE = Path(__file__).parents[2] / "data" / "collections.toml"


def load_collections(node: Node, session: Session) -> None:
    """Make the collections of the example; not where there are collections already."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    held = session.scalar(select(func.count()).select_from(Collection)) or 0
    if held or node.settings.node.county not in data["counties"]:
        return
    _give_parts(node, session, data)
    subjects = _subjects(node, session)
    for number, said in enumerate(data["collections"]):
        viewer = _viewer(session, said["by"])
        if viewer is not None:
            _play(node, session, viewer, said, subjects, key=f"example:{number}")


def _give_parts(node: Node, session: Session, data: Mapping[str, Any]) -> None:
    now = node.clock.now()
    for email in data["editors"]:
        if (person := members.find_person(session, email)) is not None:
            members.grant(session, person.id, EDITOR, at=now)
    for each in data["curators"]:
        if (person := members.find_person(session, each["email"])) is not None:
            show_curator(node, session, person.id, each["words"], shown=True)
            follows.follow(session, person.id, WEEKLY, at=now)


def _viewer(session: Session, email: str) -> Viewer | None:
    person = members.find_person(session, email)
    if person is None:
        return None
    grants = select(Grant.space_id, Grant.role).where(Grant.person_id == person.id)
    roles = frozenset((row.space_id, row.role) for row in session.execute(grants))
    return Viewer(person.id, person.name, person.email, person.language, roles=roles)


def _subjects(node: Node, session: Session) -> Mapping[str, str]:
    """Return what can be chosen by what it is called; pages before goods of the same name."""
    found: dict[str, str] = {}
    for kind in ("product", "space"):
        source = search.source_of(node, kind)
        ids = source.ids(session, 0, 1_000) if source else ()
        for each in source.read(session, ids) if source and ids else ():
            if EVERYONE in each.readers:
                found[each.title] = f"{kind}:{each.id}"
    return found


def _play(
    node: Node, session: Session, viewer: Viewer, said: Mapping[str, Any],
    subjects: Mapping[str, str], *, key: str,
) -> None:  # fmt: skip
    words = Words(said["title"], said["intro"])
    weekly = said.get("week", False)
    made = begin_week(node, session, viewer, words) if weekly else make(
        node, session, viewer, words, key=key
    )  # fmt: skip
    for each in said["things"]:
        chosen = _chosen(each, subjects)
        if chosen is not None:
            add(node, session, viewer, made.id, chosen)
    _share(node, session, made, said)
    if "days" in said:
        at = node.clock.now() - timedelta(days=said["days"])
        made.created_at = made.published_at = at
        publish(node, session, viewer, made.id)
        if said.get("home"):
            feature(node, session, viewer, made.id, at=at)


def _chosen(said: Mapping[str, Any], subjects: Mapping[str, str]) -> Chosen | None:
    if "place" in said:
        return Chosen(said["why"], None, said["place"], said["address"])
    subject = subjects.get(said["name"])
    return Chosen(said["why"], subject) if subject else None


def _share(node: Node, session: Session, made: Collection, said: Mapping[str, Any]) -> None:
    """Let others make a collection too, and somebody follow it."""
    now = node.clock.now()
    for email in said.get("with", ()):
        person: Person | None = members.find_person(session, email)
        if person is not None:
            session.add(
                Curator(
                    collection_id=made.id, person_id=person.id, invited_at=now, accepted_at=now
                )
            )  # fmt: skip
            follows.follow(session, person.id, subject_of(made.id), at=now)
    session.flush()
