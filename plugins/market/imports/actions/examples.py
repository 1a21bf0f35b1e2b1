"""The example content: the producers of the first food rounds, and goods as they might offer."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.node import Node
from ...accounts.models import Container
from ...accounts.queries import containers
from ...catalog.actions import Hand
from ..models import Import
from ..queries import known_sellers
from ..tables import Table, read_table
from .producers import import_producers
from .products import import_products

DATA = Path(__file__).parent.parent.parent / "data"


def load_producers(node: Node, session: Session) -> None:
    """Make the example producers with what they say about themselves; once only.

    A node in a county where some of them live is theirs, and has these alone.
    """
    file = DATA / "producers.tsv"
    if _loaded(session, file.name):
        return
    table = _of_here(node, read_table(file))
    import_producers(session, table, file_name=file.name, hand=_hand(node))
    said = tomllib.loads((DATA / "producers_extra.toml").read_text(encoding="utf-8"))
    for name, words in said.items():
        session.execute(
            update(Space)
            .where(Space.kind == "producer", Space.name == name, Space.intro == "")
            .values(intro=_intro(words), phone=words["phone"], email=words["email"])
        )


def load_products(node: Node, session: Session) -> None:
    """Offer the example goods; once only, so that what people changed since stays."""
    file = DATA / "catalogue.csv"
    if _loaded(session, file.name):
        return
    _add_containers(session)
    sellers, table = known_sellers(session), read_table(file)
    names = set(session.scalars(select(Space.name).where(Space.kind == "producer")))
    rows = tuple(row for row in table.rows if row.cells[table.columns[0]] in names)
    import_products(
        session, replace(table, rows=rows), sellers=sellers, file_name=file.name, hand=_hand(node)
    )


def _of_here(node: Node, table: Table) -> Table:
    county = node.settings.node.county
    own = tuple(
        row
        for row in table.rows
        if row.cells["county"] and county.removesuffix("군") == row.cells["county"]
    )
    return replace(table, rows=own) if own else table


def _add_containers(session: Session) -> None:
    """Make the boxes and bottles in which some of the goods come."""
    standing = {row.name for row in containers(session)}
    for name, deposit in tomllib.loads((DATA / "containers.toml").read_text("utf-8")).items():
        if name not in standing:
            session.add(Container(name=name, deposit=deposit))
    session.flush()


def _loaded(session: Session, name: str) -> bool:
    return session.scalar(select(Import.id).where(Import.file_name == name).limit(1)) is not None


def _hand(node: Node) -> Hand:
    return Hand(node.clock.now(), None, sets_price=True)


def _intro(words: dict[str, Any]) -> str:
    return f"{words['introduction']}\n\n{' · '.join(words['grows'])}"
