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
    PersonalData,
    Rule,
    Section,
    Thing,
)
from ...core.facts import PeerChanged, PersonLeft, ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.talk import Profile, Receipt, Received
from ...core.values import Text, Viewer
from .pages import blueprint
from .wire import actions as wire_actions
from .wire import queries as wire
from .wire import routes as wire_routes

plugin = Plugin(name="feed", titles=Text("위즐아이", "Feed"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *wire_routes.RULES,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *(JobKind(kind, work) for kind, work in wire_actions.WORK.items()),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *wire_routes.my_sections(node, session, viewer),
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        wire_actions.KNOWN,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        wire_actions.PRESENCE,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *wire.personal(session, person_id),
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    wire_actions.forget(node, session, fact.id)


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return wire.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    wire_actions.hide_copy(node, session, fact.subject, hidden=fact.hidden)


@hookimpl
def profile(session: Session, name: str) -> Profile | None:
    return wire.profile(session, name)


@hookimpl
def receive_public(node: Node, session: Session, received: Received) -> Receipt | None:
    return wire_actions.take(node, session, received)


@hookimpl
def peer_changed(node: Node, session: Session, fact: PeerChanged) -> None:
    wire_actions.follow_tie(node, session, fact)


@hookimpl
def example_steps(node: Node) -> Sequence[ExampleStep]:
    return [
        *wire_actions.example_steps(node),
    ]
