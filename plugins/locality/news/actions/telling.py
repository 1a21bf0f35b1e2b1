"""What others are told of news: plugins, followers, programs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.facts import ThingPublished
from .....core.node import Node
from .....core.values import Message
from .....core.web.prose import plain
from ...things import Things, author_of, voice_of
from .. import queries
from ..models import News
from ..rules import FOLLOWED, KIND, path_of, subject_of

_IN_A_NOTICE = 300
_IN_A_FACT = 5_000


def _fact_of(_node: Node, session: Session, news: News) -> ThingPublished | None:
    if news.published_at is None:
        return None
    shown = queries.pictures(session, news.id)
    return ThingPublished(
        subject=subject_of(news.id),
        kind=KIND,
        author=author_of(news.space_id),
        title=news.title,
        path=path_of(news.id),
        at=news.published_at,
        text=plain(news.text, _IN_A_FACT),
        picture=shown[0].digest if shown else "",
        caption=shown[0].caption if shown else "",
        voice=voice_of(news.space_id),
    )


NEWS = Things(KIND, Message("News item", {}), News, _fact_of, FOLLOWED)


def tell_new(node: Node, session: Session, news: News, *, actor_id: int) -> None:
    """Tell of news that are public for the first time."""
    text = plain(news.text, _IN_A_NOTICE)
    NEWS.tell_new(node, session, news, text, actor_id=actor_id, published_at=news.published_at)
