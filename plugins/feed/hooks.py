"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ExampleStep,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Section,
    Thing,
    Way,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import PersonLeft, ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import SpaceFace, Text, Viewer
from .collections import access as collection_access
from .collections import actions as collection_actions
from .collections import api as _collection_api  # noqa: F401 its views
from .collections import models as _collections  # noqa: F401 its tables
from .collections import queries as collections
from .collections import routes as collection_pages
from .collections.actions.examples import load_collections
from .life import routes as life_pages
from .pages import blueprint

plugin = Plugin(name="feed", titles=Text("위즐아이", "Feed"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *collection_access.RULES,
        *life_pages.RULES,
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        MenuItem("Collections", "feed.collections", icon="heart", order=45),
    ]


@hookimpl
def home_sections(session: Session) -> Sequence[Section]:
    return [
        *collection_pages.home_sections(session),
    ]


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *collection_pages.space_sections(session, space),
    ]


@hookimpl
def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *life_pages.my_sections(session, viewer),
        *collection_pages.my_sections(session, viewer),
    ]


@hookimpl
def ways(subject: str) -> Sequence[Way]:
    return [
        *collection_pages.ways(subject),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        collections.COLLECTIONS,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        collections.NEWS,
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *collection_actions.KINDS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *collections.personal(session, person_id),
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        collection_actions.KEPT,
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    collection_actions.let_go(node, session, fact.id)


@hookimpl
def thing(node: Node, session: Session, subject: str) -> Thing | None:
    return collections.thing(node, session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    collection_actions.listen(node, session, fact)


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        ExampleStep(84, "collections", load_collections),
    ]
