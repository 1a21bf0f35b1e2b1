"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click
from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ExampleStep,
    FirstStep,
    JobKind,
    Joined,
    Keeping,
    MenuItem,
    NoticeKind,
    PaymentProvider,
    PersonalData,
    Rule,
    SaleTerms,
    Scope,
    Section,
    Series,
    Sold,
    Thing,
    WebhookKind,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import OccasionOpened, PersonLeft, SpaceChanged, ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import SpaceFace, Text, Viewer
from .accounts import actions as accounts
from .accounts import queries as account_queries
from .accounts import routes as account_pages
from .accounts.rules import PAY_BY_TRANSFER, bank_account
from .calendar import actions as calendar_actions
from .calendar import queries as calendars
from .calendar import routes as calendar_pages
from .catalog import actions as catalog_actions
from .catalog import api as catalog_api
from .catalog import queries as goods
from .catalog import routes as catalog
from .catalog.schemas import SettingsSchema
from .imports import routes as imports
from .imports.actions import examples
from .imports.commands import import_group
from .kinds import KINDS
from .orders import actions as order_actions
from .orders import api as order_api
from .orders import queries as orders
from .orders import routes as order_pages
from .orders import rules as order_rules
from .pages import blueprint
from .standing import actions as standing
from .standing import queries as standing_queries
from .standing import routes as standing_pages
from .standing.actions.examples import load_standing
from .transfers import actions as transfer_actions
from .transfers import routes as transfers
from .transfers.commands import deposits_command

plugin = Plugin(
    name="market",
    titles=Text("위즐프렌즈", "Wizzle Friends"),
    version="0.1.0",
    settings=SettingsSchema,
)


@hookimpl
def blueprints(node: Node) -> Sequence[Blueprint]:
    return (blueprint,)


@hookimpl
def commands() -> Sequence[click.Command]:
    return (import_group, deposits_command)


@hookimpl
def rules() -> Sequence[Rule]:
    return (
        *account_pages.RULES,
        *calendar_pages.RULES,
        *catalog.RULES,
        *imports.RULES,
        *order_pages.RULES,
        *standing_pages.RULES,
        *transfers.RULES,
    )


@hookimpl
def menu(node: Node) -> Sequence[MenuItem]:
    return (*catalog.MENU, *order_pages.MENU)


@hookimpl
def home_sections(node: Node, session: Session, viewer: Viewer | None) -> Sequence[Section]:
    return (*catalog.on_home(session), *order_pages.on_home(node, session, viewer))


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return (*catalog.on_space(session, space), *order_pages.on_space(session, space))


@hookimpl
def today_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return catalog.on_today(session, space)


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return (
        *catalog.on_my_page(session, viewer),
        *order_pages.on_my_page(node, session, viewer),
        *standing_pages.on_my_page(node, session, viewer),
        *account_pages.on_my_page(session, viewer),
        *transfers.on_my_page(node, session, viewer),
        *imports.on_my_page(viewer),
    )


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    rooms = (orders, account_queries, standing_queries, calendars)
    return [each for room in rooms for each in room.personal(session, person_id)]


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return orders.joined(session, person_id, since, until)


@hookimpl
def example_steps(node: Node) -> Sequence[ExampleStep]:
    return (
        ExampleStep(10, "producers", examples.load_producers),
        ExampleStep(20, "products", examples.load_products),
        ExampleStep(60, "standing orders", load_standing),
    )


@hookimpl
def retention() -> Sequence[Keeping]:
    return (
        *order_actions.KEEPINGS, *standing.KEEPINGS, accounts.CONTAINERS, transfer_actions.DEPOSITS,
    )  # fmt: skip


@hookimpl
def jobs(node: Node) -> Sequence[JobKind]:
    return (
        JobKind(order_actions.JOB, order_actions.tell_shortfall),
        JobKind(standing.JOB, standing.make_some),
        JobKind(catalog_actions.BACK, catalog_actions.come_back),
    )


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return KINDS


@hookimpl
def payment_providers(node: Node) -> Sequence[PaymentProvider]:
    banked = bank_account(node.host.settings("market")) is not None
    return (order_rules.PAY_AT_COLLECTION, *((PAY_BY_TRANSFER,) if banked else ()))


@hookimpl
def scopes() -> Sequence[Scope]:
    return (*catalog_api.SCOPES, *order_api.SCOPES)


@hookimpl
def webhook_kinds() -> Sequence[WebhookKind]:
    return order_api.KINDS


@hookimpl
def sale_occasions(session: Session, product_ids: frozenset[int]) -> Sequence[SaleTerms]:
    return orders.shop_occasions(session, product_ids)


@hookimpl
def sale_terms(session: Session, occasion: str, product_ids: frozenset[int]) -> SaleTerms | None:
    return orders.shop_terms(session, occasion, product_ids)


@hookimpl
def buyers(session: Session, subjects: frozenset[str], seller_id: int | None) -> int:
    return orders.buyers(session, subjects, seller_id)


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return (goods.GOODS, orders.MY_ORDERS)


@hookimpl
def feeds() -> Sequence[Feed]:
    return (goods.NEW_GOODS,)


@hookimpl
def space_changed(session: Session, fact: SpaceChanged) -> None:
    catalog_actions.seller_changed(session, fact.space_id)


@hookimpl
def occasion_opened(node: Node, session: Session, fact: OccasionOpened) -> None:
    standing.listen(node, session, fact)


@hookimpl
def first_steps(session: Session) -> Sequence[FirstStep]:
    return catalog.first_steps(session)


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return orders.numbers(session, periods)


@hookimpl
def sold(session: Session, occasion: str, product_ids: frozenset[int]) -> Sequence[Sold]:
    return orders.sold(session, occasion, product_ids)


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return catalog_actions.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    catalog_actions.listen(node, session, fact)


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    standing.end_all(session, fact.id)  # before their orders go: else more are made meanwhile
    order_actions.let_go(node, session, fact)
    accounts.check_leaving(node, session, fact.id)
    calendar_actions.end(session, fact.id, at=node.clock.now())
