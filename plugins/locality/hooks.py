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
    Section,
    Service,
    Thing,
)
from ...core.documents import Feed
from ...core.facts import PersonLeft
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import Text
from .network import models as _network  # noqa: F401 its tables
from .network import routes as network_routes
from .network.actions import applying, counting
from .network.actions import example as network_example
from .network.actions.letters import APPLIED
from .network.queries import calls as call_queries
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
        *network_routes.RULES,
        *paper_routes.RULES,
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        *network_routes.MENU,
        *paper_routes.MENU,
    ]


@hookimpl
def home_sections(node: Node, session: Session) -> Sequence[Section]:
    return [
        *network_routes.home_sections(node, session),
        *paper_routes.home_sections(session),
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *paper_actions.JOBS,
    ]


@hookimpl
def services() -> Sequence[Service]:
    return [counting.SERVICE]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        APPLIED,
        *paper_actions.KINDS,
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        *applying.CONSENTS,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        applying.APPLICATIONS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *call_queries.personal(session, person_id),
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    applying.forget_person(node, session, fact.id)


@hookimpl
def feeds() -> Sequence[Feed]:
    return [papers.ISSUES]


@hookimpl
def thing(node: Node, subject: str) -> Thing | None:
    return papers.thing(node, subject)


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        network_example.STEP,
        paper_example.STEP,
    ]
