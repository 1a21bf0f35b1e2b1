"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import click
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
    SaleTerms,
    Scope,
    Section,
    SoldLine,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import OrderWithdrawn, PersonLeft
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import SpaceFace, Text, Viewer
from .corrections import routes as correction_routes
from .cycles import actions as cycle_actions
from .cycles import api as cycle_api
from .cycles import models as cycle_models  # noqa: F401
from .cycles import queries as cycles
from .cycles import routes as cycle_routes
from .examples import example_steps as assembly_examples
from .hubday import actions as hubday_actions
from .hubday import models as _hubday  # noqa: F401 its tables
from .hubday import queries as hubday
from .hubday import routes as _hubday_routes  # noqa: F401 its pages
from .kinds import KINDS
from .pages import blueprint
from .payouts import models as _payouts  # noqa: F401 its tables
from .payouts import routes as payout_routes
from .receiving import models as _receiving  # noqa: F401 its tables
from .receiving import routes as receiving_routes
from .reports import routes as report_routes
from .settlement import queries as settlement
from .settlement import routes as settlement_routes
from .settlement import rules as settlement_rules
from .shifts import actions as shift_actions
from .shifts import queries as shifts
from .shifts import routes as shift_routes
from .tasks import routes as task_routes

plugin = Plugin(
    name="assembly",
    titles=Text("푸드 어셈블리", "Food Assembly"),
    version="0.1.0",
    requires=("market",),
)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def commands() -> Sequence[click.Command]:
    # Asked for by the command line alone: a website needs neither.
    from .settlement import commands as settlement
    from .simulation import commands as simulation

    return [settlement.shares, simulation.round_group]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *cycle_routes.RULES,
        *settlement_routes.RULES,
        *correction_routes.RULES,
        *payout_routes.RULES,
        *shift_routes.RULES,
        *report_routes.RULES,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *(JobKind(kind, work) for kind, work in cycle_actions.WORK.items()),
        *(JobKind(kind, work) for kind, work in shift_actions.WORK.items()),
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return KINDS


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [MenuItem("This round", "assembly.rounds", icon="round", order=20)]


@hookimpl
def home_sections(node: Node, session: Session, viewer: Viewer | None) -> Sequence[Section]:
    return cycle_routes.home_sections(node, session, viewer)


@hookimpl
def first_steps(session: Session) -> Sequence[FirstStep]:
    return cycle_routes.first_steps(session)


@hookimpl
def space_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *cycle_routes.space_sections(node, session, space),
        *shift_routes.space_sections(node, session, space),
    ]


@hookimpl
def today_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *cycle_routes.today_sections(node, session, space),
        *task_routes.today_sections(node, session, space),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *cycle_routes.my_sections(session, viewer),
        *receiving_routes.my_sections(session, viewer),
        *shift_routes.my_sections(node, session, viewer),
        *settlement_routes.my_sections(session, viewer),
        *payout_routes.my_sections(session, viewer),
    ]


@hookimpl
def subject_urls(subjects: frozenset[str]) -> Sequence[tuple[str, str]]:
    return settlement_rules.pages_of(subjects)


@hookimpl
def sold_lines(session: Session, occasion: str, seller_id: int, most: int) -> Sequence[SoldLine]:
    return settlement.sold_lines(session, occasion, seller_id, most)


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [shift_actions.HELPING]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [shift_actions.PLACES, cycle_actions.CARRIED, hubday_actions.SENT]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *cycles.personal(session, person_id),
        *hubday.personal(session, person_id),
        *shifts.personal(session, person_id),
    ]


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return shifts.joined(session, person_id, since, until)


@hookimpl
def scopes() -> Sequence[Scope]:
    return cycle_api.SCOPES


@hookimpl
def webhook_kinds() -> Sequence[WebhookKind]:
    return cycle_api.KINDS


@hookimpl
def sale_occasions(
    node: Node, session: Session, product_ids: frozenset[int]
) -> Sequence[SaleTerms]:
    return cycles.sale_occasions(node, session, product_ids)


@hookimpl
def sale_terms(
    node: Node, session: Session, occasion: str, product_ids: frozenset[int]
) -> SaleTerms | None:
    return cycles.sale_terms(node, session, occasion, product_ids)


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [cycles.ROUNDS]


@hookimpl
def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    return cycles.happenings(session, since, until)


@hookimpl
def feeds(node: Node) -> Sequence[Feed]:
    return [cycles.opened_rounds(ZoneInfo(node.settings.node.time_zone))]


@hookimpl
def order_withdrawn(session: Session, fact: OrderWithdrawn) -> None:
    cycle_actions.forget_order(session, fact.order_id)


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    cycle_actions.forget_carried(session, fact.id)
    shift_actions.forget_helper(node, session, fact.id)


@hookimpl
def example_steps(node: Node) -> Sequence[ExampleStep]:
    return assembly_examples(node)
