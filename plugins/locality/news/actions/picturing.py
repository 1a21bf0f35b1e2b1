"""Pictures of news, each described for those who do not see it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.pictures import Prepared
from .....core.values import Message
from ..models import NewsPicture
from ..rules import MOST_PICTURES
from .held import locked, noted
from .telling import NEWS


def add_picture(
    node: Node, session: Session, news_id: int, prepared: Prepared, caption: str, *, actor_id: int
) -> None:
    """Put a picture behind the others."""
    news = locked(session, news_id)
    if not caption.strip():
        raise Invalid({"caption": [Message("Please say what is seen on it.", {})]})
    shown = session.execute(
        select(func.count(), func.max(NewsPicture.place)).where(NewsPicture.news_id == news_id)
    ).one()
    if shown[0] >= MOST_PICTURES:
        raise Refused("At most %(most)s pictures.", most=MOST_PICTURES)
    kept = pictures.keep(
        session, node, prepared, caption=caption, owner_id=actor_id, at=node.clock.now()
    )
    session.add(NewsPicture(news_id=news_id, picture_id=kept.id, place=(shown[1] or 0) + 1))
    noted(node, session, "picture_added", news, actor_id)
    NEWS.tell_public(node, session, news)


def remove_picture(
    node: Node, session: Session, news_id: int, picture_id: int, *, actor_id: int
) -> None:
    """Take a picture away; those behind it move up, so that there is always a first one."""
    news = locked(session, news_id)
    rows = session.scalars(
        select(NewsPicture).where(NewsPicture.news_id == news_id).order_by(NewsPicture.place)
    ).all()
    if picture_id not in {row.id for row in rows}:
        raise NotFound("There is no such picture.")
    for row in rows:
        if row.id == picture_id:
            session.delete(row)
    session.flush()
    for place, row in enumerate((row for row in rows if row.id != picture_id), start=1):
        row.place = place
        session.flush()  # one by one: no two may stand in one place even for a moment
    noted(node, session, "picture_removed", news, actor_id)
    NEWS.tell_public(node, session, news)
