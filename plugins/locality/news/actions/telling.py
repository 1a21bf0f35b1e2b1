"""Telling others of news: plugins by facts, followers by a notice, programs by webhooks."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import follows, webhooks
from .....core.facts import ThingPublished, ThingWithdrawn
from .....core.models import Space
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from .....core.web.prose import plain
from .. import queries
from ..models import News
from ..rules import FOLLOWED, KIND, State, author_of, path_of, subject_of

_IN_A_NOTICE = 300
_IN_A_FACT = 5_000


def tell_public(node: Node, session: Session, news: News) -> None:
    """Tell that news are public, or that public news changed; hidden ones stay untold."""
    if news.state != State.PUBLIC or news.hidden_at is not None or news.published_at is None:
        return
    session.flush()
    shown = queries.pictures(session, news.id)
    fact = ThingPublished(
        subject=subject_of(news.id),
        kind=KIND,
        author=author_of(news.space_id),
        title=news.title,
        path=path_of(news.id),
        at=news.published_at,
        text=plain(news.text, _IN_A_FACT),
        picture=shown[0].digest if shown else "",
        caption=shown[0].caption if shown else "",
    )
    node.hooks.thing_published(node=node, session=session, fact=fact)


def tell_gone(node: Node, session: Session, news: News) -> None:
    """Tell that news can be read no more."""
    fact = ThingWithdrawn(subject_of(news.id), author_of(news.space_id), node.clock.now())
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)


def tell_new(node: Node, session: Session, news: News, *, actor_id: int) -> None:
    """Tell followers and webhooks of news that are public for the first time."""
    now = node.clock.now()
    data = {
        "news": news.id, "title": news.title, "space_id": news.space_id,
        "published_at": news.published_at,
    }  # fmt: skip
    webhooks.tell(session, "news.published", news.space_id or 0, data, at=now)
    if news.space_id is None:  # the node is no page that one could follow
        return
    name = session.get_one(Space, news.space_id).name
    notice = Notice(
        kind=FOLLOWED.name,
        title=Message("%(name)s: %(title)s", {"name": name, "title": news.title}),
        text=plain(news.text, _IN_A_NOTICE),
        url=path_of(news.id),
        subject=author_of(news.space_id),
        heading=name,
        key=subject_of(news.id),
    )
    follows.tell(node, session, author_of(news.space_id), notice, but=actor_id)
