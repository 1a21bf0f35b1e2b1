"""The only door of the federation: a plugin in all but its folder."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from sqlalchemy.orm import Session

from ..core.answers import JobKind, Receipt, Received, Rule
from ..core.facts import OccasionOpened, PeerChanged
from ..core.hookspecs import hookimpl
from ..core.host import Plugin
from ..core.node import Node
from ..core.values import Text
from .exchange import actions as exchange
from .exchange import routes as exchange_pages
from .pages import blueprint

plugin = Plugin(name="federation", titles=Text("연결된 위즐", "Connected nodes"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [*exchange_pages.RULES]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        JobKind(exchange.PULL, exchange.work_pull),
        JobKind(exchange.FRESHEN, exchange.work_freshen),
    ]


@hookimpl
def receive_document(node: Node, session: Session, received: Received) -> Receipt | None:
    return exchange.take(node, session, received)


@hookimpl
def follow(
    node: Node, session: Session, actor: str, publication: str, space_id: int | None
) -> bool | None:
    return exchange.follow(node, session, actor, publication, space_id)


@hookimpl
def unfollow(node: Node, session: Session, actor: str, publication: str) -> bool | None:
    return exchange.unfollow(node, session, actor, publication)


@hookimpl
def occasion_opened(node: Node, session: Session, fact: OccasionOpened) -> None:
    exchange.compare_all(node, session)


@hookimpl
def peer_changed(node: Node, session: Session, fact: PeerChanged) -> None:
    if fact.state in {"ended", "blocked"}:
        exchange.end_ties(node, session, fact.host)
