"""A node keeps a steward, even if the last two take the role from each other at once."""

from __future__ import annotations

import threading

from sqlalchemy import select
from support.cast import Cast

from wizzle.core import members
from wizzle.core.errors import Refused
from wizzle.core.models import Grant
from wizzle.core.node import Node


def test_of_two_stewards_who_dismiss_each_other_one_stays(postgres_node: Node) -> None:
    node, cast = postgres_node, Cast(postgres_node)
    bob, gina = cast.person("bob").id, cast.person("gina").id
    with node.db.write() as session:
        members.grant(session, gina, "steward", at=node.clock.now())
    refused = threading.Event()

    def dismiss_bob() -> None:
        try:
            with node.db.write() as session:
                members.revoke(session, bob, "steward")
        except Refused:
            refused.set()

    other = threading.Thread(target=dismiss_bob)
    with node.db.write() as session:
        members.revoke(session, gina, "steward")
        other.start()
        other.join(0.5)  # it waits for this transaction, or is done before it
    other.join(10)
    with node.db.read() as session:
        assert session.scalars(select(Grant.person_id).where(Grant.role == "steward")).all()
    assert refused.is_set()
