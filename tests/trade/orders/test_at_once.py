"""Two orders for the last goods at the same moment, on a server with real threads."""

from __future__ import annotations

import copy
import json
from threading import Thread

import pytest
from sqlalchemy import select
from support.post import Sent
from support.trading import Pair

from wizzle.plugins.trade.orders.models import TradeLine


@pytest.mark.parametrize("pair", ["sqlite", "postgres"], indirect=True)
def test_the_last_goods_are_promised_once(pair: Pair):
    """Wanju stands on the other kind of database than the parameter says."""
    pair.grow("대파", price=990, stock=10)
    pair.ordered({"alice": {"대파": 6}})
    (offer,) = pair.post.waiting
    pair.post.waiting.clear()
    offers = [renamed(offer, number) for number in range(4)]
    threads = [Thread(target=pair.post.hand, args=(each,)) for each in offers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert pair.post.refused == []
    with pair.wanju.db.read() as session:
        promised = sorted(session.scalars(select(TradeLine.agreed)))
    assert promised == [0, 0, 4, 6]
    assert pair.stock("대파") == 0


def renamed(offer: Sent, number: int) -> Sent:
    document = copy.deepcopy(offer.document)
    document["id"] += f"-{number}"
    document["object"]["orderRef"] = f"reference-{number}"
    body = json.dumps(document).encode()
    return Sent(offer.sender, offer.host, offer.letter, document, body)
