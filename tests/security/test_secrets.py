"""What errors tell to the log, and with it to whoever reads it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from wizzle.core.models import Job
from wizzle.core.node import Node


def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(node: Node) -> None:
    now = node.clock.now()
    letter = {"text": "https://example.org/new-password/one-time-link"}
    with pytest.raises(IntegrityError) as raised, node.db.write() as session:
        session.add_all(
            Job(kind="mail", key="twice", payload=letter, due_at=now, created_at=now)
            for _ in range(2)
        )
    assert "one-time-link" not in str(raised.value)
