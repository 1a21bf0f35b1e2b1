"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    NoticeKind,
    Rule,
    Scope,
    Section,
    Thing,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import SpaceFace, Text
from .events import models as _events  # noqa: F401 its tables
from .news import access as news_access
from .news import actions as news_actions
from .news import api as news_api
from .news import queries as news
from .news import routes as news_routes
from .news import rules as news_rules
from .pages import blueprint

plugin = Plugin(name="locality", titles=Text("지역위즐", "Locality"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *news_access.RULES,
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        news_rules.FOLLOWED,
    ]


@hookimpl
def home_sections(session: Session) -> Sequence[Section]:
    return [
        *news_routes.home_sections(session),
    ]


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *news_routes.space_sections(session, space),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        news.NEWS,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        news.FEED,
    ]


@hookimpl
def scopes() -> Sequence[Scope]:
    return [
        *news_api.SCOPES,
    ]


@hookimpl
def webhook_kinds() -> Sequence[WebhookKind]:
    return [
        *news_api.KINDS,
    ]


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return news_actions.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    news_actions.listen(node, session, fact)
