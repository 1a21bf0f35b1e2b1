"""The stage: two nodes with their people, tied to each other, before anything happens."""

from __future__ import annotations

import shutil

from wizzle.core.migration import migrate
from wizzle.core.node import Node
from wizzle.core.ports import Ports
from wizzle.core.testing import MONDAY, FixedClock, NoNetwork
from wizzle.plugins.market import Product
from wizzle.plugins.trade.goods.models import Catalogue

from ..cast import Cast
from ..federated import join
from .farm import GOODS
from .people import RESIDENTS
from .process import Place


def opened(place: Place) -> Node:
    """Open a node from outside its process, to look at it; it reaches nobody."""
    return place.open(Ports(clock=FixedClock(MONDAY), http=NoNetwork(), resolver=NoNetwork()))


def make(gangbuk: Place, wanju: Place) -> tuple[Node, Node]:
    """Make both nodes: a hub with residents here, a farm with its catalogue there."""
    _migrate(gangbuk)
    if wanju.url is None and gangbuk.url is None:
        shutil.copyfile(f"{gangbuk.home}/wizzle.db", f"{wanju.home}/wizzle.db")
    else:
        _migrate(wanju)
    here, there = opened(gangbuk), opened(wanju)
    join(here, there)
    cast = Cast(here)
    cast.space("hub")
    for name in ("dana", *RESIDENTS):
        cast.person(name)
    _grow(there)
    return here, there


def _migrate(place: Place) -> None:
    node = opened(place)
    migrate(node.db, node.host)
    node.close()


def _grow(node: Node) -> None:
    cast, now = Cast(node), node.clock.now()
    farm = cast.space("farm")
    cast.person("erin")
    with node.db.write() as session:
        session.add(Catalogue(space_id=farm.id, published=True))
        for name, good in GOODS.items():
            session.add(
                Product(
                    seller_id=farm.id, name=name, price=good.price, stock=good.stock,
                    sold_by="piece" if good.grams is None else "weight", expected_g=good.grams,
                    unit_label="한 봉",
                    origin="전북 완주", created_at=now, updated_at=now,
                )
            )  # fmt: skip
