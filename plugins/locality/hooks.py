"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ConsentText,
    ExampleStep,
    Happening,
    JobKind,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Scope,
    Section,
    Series,
    Thing,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import PersonLeft, SpaceChanged, ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import SpaceFace, Text, Viewer
from .events import access as event_access
from .events import actions as event_actions
from .events import api as event_api
from .events import queries as events
from .events import routes as event_routes
from .events import rules as event_rules
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
        *event_access.RULES,
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        news_rules.FOLLOWED,
        event_rules.FOLLOWED,
        event_rules.MINE,
    ]


@hookimpl
def home_sections(node: Node, session: Session) -> Sequence[Section]:
    return [
        *event_routes.home_sections(node, session),
        *news_routes.home_sections(session),
    ]


@hookimpl
def space_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *event_routes.space_sections(node, session, space),
        *news_routes.space_sections(session, space),
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        MenuItem("Calendar", "locality.calendar", icon="calendar", order=50),
        MenuItem("Local news", "locality.news", icon="news", order=55),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *event_routes.my_sections(node, session, viewer),
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *(JobKind(kind, work) for kind, work in news_actions.WORK.items()),
        *(JobKind(kind, work) for kind, work in event_actions.WORK.items()),
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        event_actions.COMING,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        *event_actions.KEEPINGS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *events.personal(session, person_id),
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    event_actions.forget_person(node, session, fact.id)


@hookimpl
def space_changed(node: Node, session: Session, fact: SpaceChanged) -> None:
    news_actions.NEWS.space_changed(node, session, fact.space_id)
    event_actions.EVENTS.space_changed(node, session, fact.space_id)


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return [
        *news.numbers(session, periods),
        *events.numbers(session, periods),
    ]


@hookimpl
def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    return [
        *events.happenings(session, since, until),
    ]


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        ExampleStep(64, "news of the neighbourhood", news_actions.load_news),
        ExampleStep(65, "events with neighbours who come", event_actions.load_events),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        news.NEWS,
        events.EVENTS,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        news.FEED,
        events.FEED,
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
        *event_api.KINDS,
    ]


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    rooms = (news_actions.NEWS, event_actions.EVENTS)
    return next(filter(None, (room.thing(session, subject) for room in rooms)), None)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    news_actions.NEWS.listen(node, session, fact)
    event_actions.EVENTS.listen(node, session, fact)
