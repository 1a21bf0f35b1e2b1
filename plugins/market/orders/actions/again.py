"""A transaction of its own for one action, done again if the database had to break it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from .....core.node import Node

TRIES = 4
BROKEN_OFF = frozenset({"40001", "40P01"})
"""PostgreSQL's states for a serialization failure and for a deadlock."""

Result = TypeVar("Result")


def in_transaction(node: Node, work: Callable[[Session], Result]) -> Result:
    """Do ``work`` in a transaction and return what it returns.

    Orders never wait for each other in a circle, but a seller's file that changes many products at
    once can stand in their way. PostgreSQL then breaks one of them off, with nothing written: that
    one is simply done again.
    """
    for _ in range(TRIES - 1):
        try:
            with node.db.write() as session:
                return work(session)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in BROKEN_OFF:
                raise
    with node.db.write() as session:
        return work(session)
