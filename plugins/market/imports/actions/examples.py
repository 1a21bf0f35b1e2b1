"""The example content: the producers of the first food rounds, and goods as they might offer."""

from __future__ import annotations

import tomllib
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
from ..tables import read_table
from .producers import import_producers
from .products import import_products

DATA = Path(__file__).parent.parent.parent / "data"


def load_producers(node: Node, session: Session) -> None:
    """Make the example producers with what they say about themselves; once only."""
    file = DATA / "producers.tsv"
    if _loaded(session, file.name):
        return
    import_producers(session, read_table(file), file_name=file.name, hand=_hand(node))
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
    sellers = known_sellers(session)
    import_products(
        session, read_table(file), sellers=sellers, file_name=file.name, hand=_hand(node)
    )


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
