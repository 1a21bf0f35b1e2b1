"""News that stewards keep from being seen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.models import Grant
from .....core.node import Node
from .....core.values import Message
from ..models import News
from ..rules import KIND, State, path_of
from .telling import tell_gone, tell_public


def thing(session: Session, subject: str) -> Thing | None:
    """Return the news that a subject names, with who runs the page of their space."""
    news = _news_of(session, subject)
    if news is None or news.state != State.PUBLIC:
        return None
    people = session.scalars(select(Grant.person_id).where(Grant.space_id == news.space_id))
    return Thing(subject, Message("News item", {}), news.title, path_of(news.id), frozenset(people))


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Hide news, or show them again; whoever was told of them is told so."""
    news = _news_of(session, fact.subject, hold=True)
    if news is None or fact.hidden is (news.hidden_at is not None):
        return
    news.hidden_at = node.clock.now() if fact.hidden else None
    session.flush()
    search.changed(session, KIND, news.id)
    if fact.hidden and news.state == State.PUBLIC:
        tell_gone(node, session, news)
    else:
        tell_public(node, session, news)


def _news_of(session: Session, subject: str, *, hold: bool = False) -> News | None:
    kind, _, number = subject.partition(":")
    if kind != KIND or not number.isdecimal() or len(number) > 9:
        return None
    return session.get(News, int(number), with_for_update=hold or None, populate_existing=hold)
