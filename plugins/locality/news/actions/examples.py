"""News of the example, published on the days of which it tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.node import Node
from ...examples_at import COUNTY, at, read, space_named, speaker
from ..models import News
from ..rules import Words
from .publishing import pin, publish
from .writing import change, draft


def load_news(node: Node, session: Session) -> None:
    """Write the news of those spaces that are there; what is there already stays as it is."""
    if node.settings.node.county != COUNTY:
        return
    for said in read("news"):
        space = space_named(session, said["space"]) if said["space"] else None
        actor = speaker(session, space)
        if actor is not None and bool(said["space"]) is (space is not None):
            _write(node, session, said, space.id if space else None, actor)


def _write(
    node: Node, session: Session, said: Mapping[str, Any], space_id: int | None, actor: int
) -> None:
    key = f"example-{said['name']}"
    if session.scalar(select(News.id).where(News.key.endswith(f":{key}"))) is not None:
        return
    then, words = at(node, _day(node, said)), Words(said["title"], said["text"])
    news = draft(then, session, space_id, words, actor_id=actor, key=key)
    publish(then, session, news.id, actor_id=actor)
    if said.get("pinned"):
        pin(then, session, news.id, actor_id=actor)
    if "changed_to" in said:
        now = Words(said["title"], said["changed_to"])
        change(node, session, news.id, now, version=news.version, actor_id=actor)


def _day(node: Node, said: Mapping[str, Any]) -> datetime:
    zone = ZoneInfo(node.settings.node.time_zone)
    day = node.clock.now().astimezone(zone).date() - timedelta(days=said["days_ago"])
    return datetime.combine(day, time(said["hour"]), zone)
