"""What the examples of this plugin share: a node at an earlier time, whose spaces they are, and who
speaks for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...core.models import Grant, Space
from ...core.node import Node
from ...core.values import STEWARD

DATA = Path(__file__).parent / "data"
COUNTY = "강북구"
"""Of which neighbourhood the example tells."""


@dataclass(frozen=True, slots=True)
class _Clock:
    at: datetime

    def now(self) -> datetime:
        return self.at


@cache
def read(name: str) -> Sequence[Mapping[str, Any]]:
    """Return what a file of the example holds."""
    found: Sequence[Mapping[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[
        name
    ]
    return found


def at(node: Node, instant: datetime) -> Node:
    """Return the node as it stood at an instant of the example."""
    return replace(node, ports=replace(node.ports, clock=_Clock(instant)))


def space_named(session: Session, name: str) -> Space | None:
    """Return the space of the example that is called so, None if there is none."""
    return session.scalars(select(Space).where(Space.name == name).limit(1)).first()


def speaker(session: Session, space: Space | None) -> int | None:
    """Return who speaks for a space, or for the node: whoever runs it first."""
    runs = Grant.space_id == space.id if space else Grant.role == STEWARD
    found = select(Grant.person_id).where(runs).order_by(Grant.id).limit(1)
    return session.scalar(found)
