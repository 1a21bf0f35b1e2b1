"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ConsentText,
    ExampleStep,
    FirstStep,
    Happening,
    JobKind,
    Joined,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Scope,
    Section,
    Series,
    Service,
    Thing,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import PersonLeft, SpaceChanged, ThingHidden, ThingPublished, ThingWithdrawn
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import SpaceFace, Text, Viewer
from . import things
from .directory import actions as directory
from .directory import queries as entries
from .directory import routes as directory_pages
from .events import access as event_access
from .events import actions as event_actions
from .events import api as event_api
from .events import queries as events
from .events import routes as event_routes
from .events import rules as event_rules
from .front import routes as front
from .introduction import actions as alliance
from .introduction import queries as introduction
from .introduction import routes as alliance_pages
from .kinds import KINDS
from .layers import actions as layers
from .layers import routes as layer_pages
from .neighbours import actions as neighbours
from .neighbours import queries as confirmations
from .neighbours import routes as neighbour_pages
from .network import models as _network  # noqa: F401 its tables
from .network import routes as network_routes
from .network.actions import agreeing, counting, forgetting
from .network.actions import example as network_example
from .network.actions.letters import APPLIED
from .network.queries import calls as call_queries
from .news import access as news_access
from .news import actions as news_actions
from .news import api as news_api
from .news import queries as news
from .news import routes as news_routes
from .news import rules as news_rules
from .pages import blueprint
from .paper import actions as paper_actions
from .paper import models as _paper  # noqa: F401 its tables
from .paper import queries as papers
from .paper import routes as paper_routes
from .paper.actions import example as paper_example

plugin = Plugin(name="locality", titles=Text("지역위즐", "Locality"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *neighbour_pages.RULES,
        *directory_pages.RULES,
        *alliance_pages.RULES,
        *layer_pages.RULES,
        *news_access.RULES,
        *event_access.RULES,
        *network_routes.RULES,
        *front.RULES,
        *paper_routes.RULES,
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        *front.MENU,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *(JobKind(kind, work) for kind, work in neighbours.WORK.items()),
        *(JobKind(kind, work) for kind, work in alliance.WORK.items()),
        *(JobKind(kind, work) for kind, work in news_actions.WORK.items()),
        *(JobKind(kind, work) for kind, work in event_actions.WORK.items()),
        *paper_actions.JOBS,
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *KINDS,
        news_rules.FOLLOWED,
        event_rules.FOLLOWED,
        event_rules.MINE,
        APPLIED,
        *paper_actions.KINDS,
    ]


@hookimpl
def home_sections(node: Node, session: Session) -> Sequence[Section]:
    return [
        *event_routes.home_sections(node, session),
        *news_routes.home_sections(session),
        *front.home_sections(node, session),
    ]


@hookimpl
def space_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *directory_pages.space_sections(session, space),
        *event_routes.space_sections(node, session, space),
        *news_routes.space_sections(session, space),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *alliance_pages.my_sections(node, session, viewer),
        *neighbour_pages.my_sections(node, session, viewer),
        *directory_pages.my_sections(session, viewer),
        *event_routes.my_sections(node, session, viewer),
    ]


@hookimpl
def first_steps(session: Session) -> Sequence[FirstStep]:
    return [
        *alliance_pages.first_steps(session),
    ]


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return [
        confirmations.over_time(session, periods),
        *news.numbers(session, periods),
        *events.numbers(session, periods),
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        introduction.NEWS,
        news.FEED,
        events.FEED,
        papers.ISSUES,
    ]


@hookimpl
def vouched(node: Node, session: Session, person_id: int) -> bool | None:
    return confirmations.vouched(session, person_id, node.clock.now())


@hookimpl
def thing_published(session: Session, fact: ThingPublished) -> None:
    layers.hear(session, fact)


@hookimpl
def thing_withdrawn(session: Session, fact: ThingWithdrawn) -> None:
    layers.hear_gone(session, fact)


@hookimpl
def thing(node: Node, session: Session, subject: str) -> Thing | None:
    return (
        directory.thing(session, subject)
        or news_actions.NEWS.thing(session, subject)
        or event_actions.EVENTS.thing(session, subject)
        or papers.thing(node, subject)
        or things.town(node, subject)
    )


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    directory.hear_hidden(node, session, fact)
    news_actions.NEWS.listen(node, session, fact)
    event_actions.EVENTS.listen(node, session, fact)


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        neighbours.LIVING_HERE,
        directory.CONSENT_TEXT,
        event_actions.COMING,
        *agreeing.CONSENTS,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        neighbours.CONFIRMED,
        directory.KEPT,
        alliance.AGREED,
        alliance.OFFICES,
        *event_actions.KEEPINGS,
        forgetting.APPLICATIONS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *confirmations.personal(session, person_id),
        *entries.personal(session, person_id),
        *introduction.personal(session, person_id),
        *events.personal(session, person_id),
        *call_queries.personal(session, person_id),
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    neighbours.forget_person(session, fact.id)
    directory.forget_person(session, fact.id)
    alliance.forget_person(session, fact.id)
    event_actions.forget_person(node, session, fact.id)
    forgetting.forget_person(node, session, fact.id)


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        ExampleStep(60, "who is here, and a map of the neighbourhood", directory.load_directory),
        ExampleStep(62, "the alliance introduces itself", alliance.load_alliance),
        ExampleStep(64, "news of the neighbourhood", news_actions.load_news),
        ExampleStep(65, "events with neighbours who come", event_actions.load_events),
        network_example.STEP,
        paper_example.STEP,
    ]


@hookimpl
def space_changed(node: Node, session: Session, fact: SpaceChanged) -> None:
    news_actions.NEWS.space_changed(node, session, fact.space_id)
    event_actions.EVENTS.space_changed(node, session, fact.space_id)


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return events.joined(session, person_id, since, until)


@hookimpl
def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    return [
        *events.happenings(session, since, until),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        introduction.CHARTERS,
        news.NEWS,
        events.EVENTS,
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
def services() -> Sequence[Service]:
    return [counting.SERVICE]
