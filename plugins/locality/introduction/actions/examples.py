"""Example content: an alliance that introduces itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.models import Person, Space
from .....core.node import Node
from ...directory.actions.examples import example
from ..models import Charter, Moment, Partner, Term
from ..queries import charter_in_force, last_edition, today
from ..rules.blocks import Block, put
from .charters import agree
from .composing import change, publish
from .records import keep


def load_alliance(node: Node, session: Session) -> None:
    """Load the alliance where the example is at home, unless one has begun to write its own."""
    data = example()
    if node.settings.node.county != data["county"] or last_edition(session) is not None:
        return
    said = data["alliance"]
    for each in said["charters"]:
        # Written as it was then: by the page no version begins in the past.
        made = Charter(
            title=each["title"], text=each["text"].strip(), changed=each["changed"],
            in_force_on=_day(node, each["days"]), written_at=node.clock.now(), written_by=None,
        )  # fmt: skip
        session.add(made)
        session.flush()
        search.changed(session, "charter", made.id)
    _load_agreements(node, session, said["agree"])
    _load_lists(node, session, said)
    _load_page(node, session, said["page"])


def _day(node: Node, days: int) -> Any:
    return today(node) + timedelta(days=days)


def _load_agreements(node: Node, session: Session, emails: list[str]) -> None:
    current = charter_in_force(session, today(node))
    people = session.scalars(select(Person.id).where(Person.email.in_(emails)))
    for person_id in list(people):
        if current is not None:
            agree(node, session, person_id, current.id, "ko")


def _load_lists(node: Node, session: Session, said: Mapping[str, Any]) -> None:
    for each in said["people"]:
        ends = _day(node, each["until"]) if "until" in each else None
        row = {"name": each["name"], "role": each["role"], "text": each["text"],
               "starts_on": _day(node, each["from"]), "ends_on": ends}  # fmt: skip
        keep(node, session, Term, None, row, actor_id=None)
    for each in said["history"]:
        row = {"title": each["title"], "text": each["text"], "precise": each["precise"],
               "day": _day(node, each["days"])}  # fmt: skip
        keep(node, session, Moment, None, row, actor_id=None)
    for each in said["partners"]:
        keep(node, session, Partner, None, {"url": "", **each}, actor_id=None)


def _load_page(node: Node, session: Session, said: Mapping[str, Any]) -> None:
    ids = session.scalars(select(Space.id).where(Space.name.in_(said["spaces"])).order_by(Space.id))
    blocks: list[Block] = [
        {"kind": "text", "text": said["first"].strip()},
        {"kind": "spaces", "ids": list(ids)},
        {"kind": "numbers", "name": "fund"},
        {"kind": "text", "text": said["last"].strip()},
    ]
    version = 0
    for place, block in enumerate(blocks):
        step = partial(_put, place=place, block=block)
        version = change(node, session, version, step, actor_id=None).id
    publish(node, session, version, actor_id=None)


def _put(blocks: Any, *, place: int, block: Block) -> list[Block]:
    return put(blocks, place, block)
