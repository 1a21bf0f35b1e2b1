"""A call of the garden with shifts, and what people do with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from wizzle.core.node import Node
from wizzle.plugins.board.volunteering import actions
from wizzle.plugins.board.volunteering.rules import Plan, Wanted


@dataclass
class Shifts:
    """Plans shifts and does things with them."""

    node: Node
    cast: Any
    made: int = 0

    def plan(self, *, days=3, hours=2.0, places=2, whose="garden", after=0.0, **more):
        """Plan a published shift of an organisation so many days ahead; return its id."""
        owner = {"garden": "dana", "table": "frank"}[whose]
        actor, space = self.cast.person(owner).id, self.cast.space(whose).id
        begins = self.node.clock.now() + timedelta(days=days, hours=after)
        plan = Plan(begins, begins + timedelta(hours=hours), places, more.get("note", "장갑"))
        self.made += 1
        with self.node.db.write() as session:
            wanted = Wanted(f"텃밭 일 {self.made}", "마른 잎을 덮어요.", "마을텃밭")
            call = actions.draft(
                self.node, session, space, wanted, key=str(self.made), actor_id=actor
            )
            slot = actions.add_slot(self.node, session, call.id, plan, key="1", actor_id=actor)
            actions.publish(self.node, session, call.id, actor_id=actor)
            return slot.id

    def join(self, slot, name, *, wait=False):
        with self.node.db.write() as session:
            return actions.sign_up(self.node, session, slot, self.cast.person(name).id, wait=wait)

    def leave(self, slot, name):
        with self.node.db.write() as session:
            actions.leave(self.node, session, slot, self.cast.person(name).id)

    def confirm(self, slot, name, minutes=120, by="dana"):
        with self.node.db.write() as session:
            return actions.confirm(
                self.node, session, slot, self.cast.person(name).id, minutes=minutes,
                actor_id=self.cast.person(by).id,
            ).id  # fmt: skip


@pytest.fixture
def shifts(node, cast, garden) -> Shifts:
    return Shifts(node, cast)
