"""Telling what was made public: to whoever listens here, to the search, and to followers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.facts import ThingPublished, ThingWithdrawn
from .....core.node import Node


def tell_published(node: Node, session: Session, fact: ThingPublished) -> None:
    """Tell that something can be read by everyone, or says something else now."""
    node.hooks.thing_published(node=node, session=session, fact=fact)


def tell_withdrawn(node: Node, session: Session, subject: str, space_id: int) -> None:
    """Tell that something can be read by everyone no longer."""
    fact = ThingWithdrawn(subject, f"space:{space_id}", node.clock.now())
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)
