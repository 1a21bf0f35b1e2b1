"""A transaction of its own for one action, done again if the database had to break it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from .db import Database

TRIES = 4
BROKEN_OFF = frozenset({"40001", "40P01"})
"""PostgreSQL's states for a serialization failure and for a deadlock."""

Result = TypeVar("Result")


def in_transaction(database: Database, work: Callable[[Session], Result]) -> Result:
    """Do ``work`` in a transaction and return what it returns.

    Orders never wait for each other in a circle, but a seller's file that changes many products at
    once can stand in their way, and whoever leaves holds a little of everything. PostgreSQL then
    breaks one of them off, with nothing written: that one is simply done again.
    """
    for _ in range(TRIES - 1):
        try:
            with database.write() as session:
                return work(session)
        except OperationalError as error:
            if not is_broken_off(error):
                raise
    with database.write() as session:
        return work(session)


def is_broken_off(error: DBAPIError) -> bool:
    """Say whether the database only broke off one of two that stood in each other's way: nothing
    is written, and done again it may well succeed."""
    return getattr(error.orig, "sqlstate", None) in BROKEN_OFF
