"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ConsentText,
    ExampleStep,
    FirstStep,
    JobKind,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Section,
    Series,
    Thing,
)
from ...core.documents import Feed, Searchable
from ...core.facts import PersonLeft, ThingHidden, ThingPublished, ThingWithdrawn
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import SpaceFace, Text, Viewer
from .directory import actions as directory
from .directory import queries as entries
from .directory import routes as directory_pages
from .introduction import actions as alliance
from .introduction import queries as introduction
from .introduction import routes as alliance_pages
from .kinds import KINDS
from .layers import actions as layers
from .layers import routes as layer_pages
from .neighbours import actions as neighbours
from .neighbours import queries as confirmations
from .neighbours import routes as neighbour_pages
from .pages import blueprint

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
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        MenuItem("Who is here", "locality.directory", icon="pin", order=45),
        MenuItem("Our alliance", "locality.alliance", icon="people", order=46),
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *(JobKind(kind, work) for kind, work in neighbours.WORK.items()),
        *(JobKind(kind, work) for kind, work in alliance.WORK.items()),
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return KINDS


@hookimpl
def home_sections(node: Node, session: Session) -> Sequence[Section]:
    return [
        *alliance_pages.home_sections(node, session),
    ]


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *directory_pages.space_sections(session, space),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *alliance_pages.my_sections(node, session, viewer),
        *neighbour_pages.my_sections(node, session, viewer),
        *directory_pages.my_sections(session, viewer),
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
    ]


@hookimpl
def searchables() -> Sequence[Searchable]:
    return [
        introduction.CHARTERS,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        introduction.NEWS,
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
def thing(session: Session, subject: str) -> Thing | None:
    return directory.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    directory.hear_hidden(node, session, fact)


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        neighbours.LIVING_HERE,
        directory.CONSENT_TEXT,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        neighbours.CONFIRMED,
        directory.KEPT,
        alliance.AGREED,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *confirmations.personal(session, person_id),
        *entries.personal(session, person_id),
        *introduction.personal(session, person_id),
    ]


@hookimpl
def person_left(session: Session, fact: PersonLeft) -> None:
    neighbours.forget_person(session, fact.id)
    directory.forget_person(session, fact.id)
    alliance.forget_person(session, fact.id)


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        ExampleStep(60, "who is here, and a map of the neighbourhood", directory.load_directory),
        ExampleStep(62, "the alliance introduces itself", alliance.load_alliance),
    ]
