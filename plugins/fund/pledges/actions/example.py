"""Example content (later filled)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.node import Node


def load_example(node: Node, session: Session) -> None:
    """Make the example's drives; those that stand already stay as they are."""
