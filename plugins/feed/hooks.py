"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ConsentText,
    ExampleStep,
    JobKind,
    Joined,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Scope,
    Section,
    Thing,
    Way,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import (
    PeerChanged,
    PersonLeft,
    ProfileChanged,
    ThingHidden,
    ThingPublished,
    ThingWithdrawn,
)
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.talk import Profile, Receipt, Received
from ...core.values import SpaceFace, Text, Viewer
from . import kinds
from .circles import access as circle_access
from .circles import actions as circle_actions
from .circles import queries as circles
from .circles import routes as circle_pages
from .collections import access as collection_access
from .collections import actions as collection_actions
from .collections import api as _collection_api  # noqa: F401 its views
from .collections import models as _collections  # noqa: F401 its tables
from .collections import queries as collections
from .collections import routes as collection_pages
from .collections.actions.examples import load_collections
from .comments import actions as comment_actions
from .comments import queries as comments
from .comments import routes as comment_pages
from .life import routes as life_pages
from .pages import blueprint
from .posts import access as post_access
from .posts import actions as post_actions
from .posts import api as post_api
from .posts import queries as posts
from .posts import routes as post_pages
from .posts.actions.keeping import WRITTEN
from .timeline import actions as timeline_actions
from .timeline import routes as timeline_pages
from .timeline.routes import home, pages
from .wire import actions as wire_actions
from .wire import queries as wire
from .wire import routes as wire_routes

plugin = Plugin(name="feed", titles=Text("위즐아이", "Feed"), version="0.1.0")

ROOMS = (circle_pages, post_pages, comment_pages, timeline_pages)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *circle_access.RULES,
        *post_access.RULES,
        *comment_pages.RULES,
        *collection_access.RULES,
        *life_pages.RULES,
        *wire_routes.RULES,
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        home.MENU,
    ]


@hookimpl
def home_sections(session: Session, viewer: Viewer | None) -> Sequence[Section]:
    return [
        *(home.on_home(session, viewer) or post_pages.home_news(session, viewer)),
        *collection_pages.home_sections(session),
    ]


@hookimpl
def space_sections(
    node: Node, session: Session, viewer: Viewer | None, space: SpaceFace
) -> Sequence[Section]:
    return [
        *pages.on_space(node, session, viewer, space),
        *collection_pages.space_sections(session, space),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *home.on_my_page(session, viewer),
        *life_pages.my_sections(session, viewer),
        *collection_pages.my_sections(session, viewer),
        *wire_routes.my_sections(node, session, viewer),
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    rooms = (circles, posts, comments)
    return [
        *[each for room in rooms for each in room.personal(session, person_id)],
        *collections.personal(session, person_id),
        *wire.personal(session, person_id),
    ]


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return [
        *circles.joined(session, person_id, since, until),
    ]


@hookimpl
def example_steps(node: Node) -> Sequence[ExampleStep]:
    return [
        *timeline_actions.EXAMPLES,
        ExampleStep(84, "collections", load_collections),
        *wire_actions.example_steps(node),
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        WRITTEN,
        collection_actions.KEPT,
        wire_actions.PRESENCE,
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        circle_actions.PAGE,
        wire_actions.KNOWN,
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *kinds.POSTS,
        *collection_actions.KINDS,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        JobKind(post_actions.SWEEP, post_actions.sweep),
        *(JobKind(kind, work) for kind, work in wire_actions.WORK.items()),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        posts.POSTS,
        posts.PEOPLE,
        collections.COLLECTIONS,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        posts.NEWS,
        collections.NEWS,
    ]


@hookimpl
def scopes() -> Sequence[Scope]:
    return [
        *post_access.SCOPES,
    ]


@hookimpl
def webhook_kinds() -> Sequence[WebhookKind]:
    return [
        *post_api.HOOKS,
    ]


@hookimpl
def thing(node: Node, session: Session, subject: str) -> Thing | None:
    return (
        timeline_actions.thing(session, subject)
        or collections.thing(node, session, subject)
        or wire.thing(session, subject)
    )


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    circle_actions.hide_page(node, session, fact)
    post_actions.listen(node, session, fact)
    comment_actions.listen(node, session, fact)
    timeline_actions.hide(session, fact)
    collection_actions.listen(node, session, fact)
    wire_actions.hide_copy(node, session, fact.subject, hidden=fact.hidden)


@hookimpl
def thing_published(session: Session, fact: ThingPublished) -> None:
    timeline_actions.hear(session, fact)


@hookimpl
def thing_withdrawn(session: Session, fact: ThingWithdrawn) -> None:
    timeline_actions.forget(session, fact)


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    timeline_actions.let_go(node, session, fact.id)
    collection_actions.let_go(node, session, fact.id)
    wire_actions.forget(node, session, fact.id)


@hookimpl
def ways(node: Node, subject: str) -> Sequence[Way]:
    return [
        *collection_pages.ways(node, subject),
    ]


@hookimpl
def profile(session: Session, name: str) -> Profile | None:
    return wire.profile(session, name) or collections.profile(session, name)


@hookimpl
def receive_public(node: Node, session: Session, received: Received) -> Receipt | None:
    return wire_actions.take(node, session, received)


@hookimpl
def profile_changed(node: Node, session: Session, fact: ProfileChanged) -> None:
    wire_actions.follow_page(node, session, fact)


@hookimpl
def peer_changed(node: Node, session: Session, fact: PeerChanged) -> None:
    wire_actions.follow_tie(node, session, fact)
