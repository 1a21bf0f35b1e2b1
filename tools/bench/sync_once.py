"""Following a catalogue in a process of its own: `python -m bench.sync_once <home> <pages>`.

Prints what each reading cost: the first, one in which nothing had changed, one with changes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.talk import Received
from wizzle.federation.exchange.actions import take, work_pull
from wizzle.federation.exchange.models import Followed
from wizzle.federation.signatures.bodies import read_body
from wizzle.plugins.trade.copies.models import Copy

from . import node as nodes
from .settle_once import timed
from .sync import BASE, BATCHES, DEARER, SELLER

ACTOR = f"{BASE}/orgs/{SELLER}"


class Files:
    """The other node: its pages lie in a folder, one after the other."""

    def __init__(self, pages: Path) -> None:
        self.pages, self.folder, self.next = pages, "first", 0

    @hookimpl
    def fetch_document(self, url: str) -> Mapping[str, Any]:
        name = "head"
        if re.search(r"[?&](cursor|since)=", url):
            name, self.next = str(self.next), self.next + 1
        return read_body((self.pages / self.folder / name).read_bytes())


def _begin(node: Node) -> int:
    now = node.clock.now()
    with node.db.write() as session:
        followed = Followed(
            actor=ACTOR, name="catalog", host="wanju.example", request=f"{ACTOR}#asked",
            state="accepted", asked_at=now,
        )  # fmt: skip
        session.add(followed)
        session.flush()
        return followed.id


def _pull(node: Node, followed_id: int) -> dict[str, Any]:
    work_pull(node, {"id": followed_id, "whole": False})
    with node.db.read() as session:
        found = session.scalars(select(Followed)).one()
        dearer = select(func.count()).select_from(Copy).where(Copy.price == DEARER)
        return {"count": found.count, "dearer": session.scalar(dearer)}


def _hear(node: Node, pages: Path) -> dict[str, Any]:
    """Take letters that tell of changes, each in a transaction of its own; return how many changes
    were taken in."""
    for number in range(BATCHES):
        document = read_body((pages / "news" / f"{number}").read_bytes())
        received = Received(
            id=str(document["id"]), kind="Update", object_kind="OrderedCollectionPage",
            actor=ACTOR, host="wanju.example", space_id=None, document=document, sealed=False,
            received_at=node.clock.now(),
        )  # fmt: skip
        with node.db.write() as session:
            take(node, session, received)
    with node.db.read() as session:
        low = Copy.price.between(1, BATCHES)
        return {"taken": session.scalar(select(func.count()).select_from(Copy).where(low))}


def main(home: Path, pages: Path) -> None:
    """Follow what lies in ``pages`` and print what it cost."""
    _, node = nodes.make(home)
    files = Files(pages)
    node.host._manager.register(files)
    followed_id = _begin(node)
    told = {"first": timed(lambda: _pull(node, followed_id))}
    told["unchanged"] = timed(lambda: _pull(node, followed_id))
    files.folder, files.next = "changed", 0
    told["changed"] = timed(lambda: _pull(node, followed_id))
    told["news"] = timed(lambda: _hear(node, pages))
    print(json.dumps(told))
    node.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
