"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ConsentText,
    ExampleStep,
    JobKind,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Scope,
    Section,
    Thing,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import PersonLeft, ThingHidden, ThingPublished, ThingWithdrawn
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import SpaceFace, Text, Viewer
from . import kinds
from .circles import access as circle_access
from .circles import actions as circle_actions
from .circles import queries as circles
from .circles import routes as circle_pages
from .comments import actions as comment_actions
from .comments import queries as comments
from .comments import routes as comment_pages
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

plugin = Plugin(name="feed", titles=Text("위즐아이", "Feed"), version="0.1.0")

ROOMS = (circle_pages, post_pages, comment_pages, timeline_pages)
"""The rooms whose pages stand on the blueprint once they are imported."""


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *circle_access.RULES,
        *post_access.RULES,
        *comment_pages.RULES,
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [home.MENU]


@hookimpl
def home_sections(session: Session, viewer: Viewer | None) -> Sequence[Section]:
    return home.on_home(session, viewer) or post_pages.home_news(session, viewer)


@hookimpl
def space_sections(
    node: Node, session: Session, viewer: Viewer | None, space: SpaceFace
) -> Sequence[Section]:
    return pages.on_space(node, session, viewer, space)


@hookimpl
def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    return home.on_my_page(session, viewer)


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    rooms = (circles, posts, comments)
    return [each for room in rooms for each in room.personal(session, person_id)]


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        *timeline_actions.EXAMPLES,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [WRITTEN]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [circle_actions.PAGE]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *kinds.POSTS,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        JobKind(post_actions.SWEEP, post_actions.sweep),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        posts.POSTS,
        posts.PEOPLE,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        posts.NEWS,
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
def thing(session: Session, subject: str) -> Thing | None:
    return timeline_actions.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    circle_actions.hide_page(node, session, fact)
    post_actions.listen(node, session, fact)
    comment_actions.listen(node, session, fact)
    timeline_actions.hide(session, fact)


@hookimpl
def thing_published(session: Session, fact: ThingPublished) -> None:
    timeline_actions.hear(session, fact)


@hookimpl
def thing_withdrawn(session: Session, fact: ThingWithdrawn) -> None:
    timeline_actions.forget(session, fact)


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    timeline_actions.let_go(node, session, fact.id)
