"""Nothing of a resident leaves the node: every byte of every document is read."""

from __future__ import annotations

from sqlalchemy import select
from support.trading import WANJU, Pair

from wizzle.core.models import Person
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.market import Order
from wizzle.plugins.trade.books.actions import make_statement


def secrets_of(pair: Pair) -> set[str]:
    """Names, addresses, telephones and every name of an order of those who live in Gangbuk."""
    with pair.gangbuk.db.read() as session:
        people = session.scalars(select(Person)).all()
        orders = session.scalars(select(Order)).all()
        told = {text for p in people for text in (p.name, p.email, p.phone)}
        return told | {text for o in orders for text in (o.uid, o.number, o.code)}


def test_no_document_says_anything_of_a_resident(pair: Pair):
    pair.grow("대파", price=990, stock=40)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 2}}).settle_down()
    pair.ship()
    pair.settle_down()
    pair.sold.to("distributing").hand_over()
    pair.sold.settle()
    pair.settle_down()
    line = pair.sold.settled_lines()[0]
    pair.do(pair.gangbuk, correct, line.line_id, 100, reason="앨리스가 무름", key="1",
            actor_id=pair.sold.dana)  # fmt: skip
    pair.settle_down()
    pair.sold.clock.advance(days=10)
    pair.do(pair.gangbuk, make_statement, WANJU, "2026-11")
    pair.settle_down()
    kinds = {sent.document["type"] for sent in pair.post.every}
    assert kinds >= {"Offer", "Accept", "Create"}
    secrets = secrets_of(pair)
    assert len(secrets) > 10
    for sent in pair.post.every:
        written = sent.body.decode()
        assert [each for each in secrets if each and each in written] == []
