"""The talk of stewards, carried by the letters of this node and not by a test's hands."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core.node import Node
from wizzle.federation.delivery.models import Sent
from wizzle.federation.trust.actions import ties
from wizzle.federation.trust.models import Peer


@pytest.mark.parametrize(
    ("state", "step", "kind"),
    [
        ("noted", "ask", "Follow"), ("ended", "ask", "Follow"), ("asked_by_us", "withdraw", "Undo"),
        ("asked_by_them", "accept", "Accept"), ("asked_by_them", "refuse", "Reject"),
        ("joined", "end", "Reject"), ("joined", "end", "Undo"),
    ],
)  # fmt: skip
def test_each_step_writes_the_letter_that_tells_it(
    here: Node, state: str, step: str, kind: str
) -> None:
    with here.db.write() as session:
        peer = Peer(host="wanju.example", state=state, actor="https://wanju.example/actor",
                    made_at=here.clock.now(), fingerprint="0123 4567",
                    asked_id="https://wanju.example/1",
                    asking_id="https://pumpkin.example/2")  # fmt: skip
        session.add(peer)
        session.flush()
        ties.step(here, session, peer.id, step, person_id=None)
    with here.db.read() as session:
        assert kind in session.scalars(select(Sent.kind).where(Sent.state == "waiting")).all()
