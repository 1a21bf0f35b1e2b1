"""News held for a change, and what is written down of what was done with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, search
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import News
from ..rules import KIND


def locked(session: Session, news_id: int) -> News:
    """Return news, locked until the transaction ends."""
    found = session.scalars(
        select(News)
        .where(News.id == news_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There are no such news.")
    return found


def check_version(news: News, version: int) -> None:
    """Refuse to write over what somebody else has written meanwhile."""
    if news.version != version:
        raise Refused("This was changed in another window. Please look at it again.")


def noted(node: Node, session: Session, what: str, news: News, actor_id: int | None,
          **details: Any) -> None:  # fmt: skip
    """Write in the audit log what was done, and let it be found as it is now."""
    session.flush()
    search.changed(session, KIND, news.id)
    audit.record(
        session, f"locality.news.{what}", at=node.clock.now(), person_id=actor_id,
        subject=(KIND, news.id), **details,
    )  # fmt: skip
