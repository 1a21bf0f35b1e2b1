"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

import click
from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import ExampleStep, MenuItem, PaymentProvider, Rule, SaleTerms, Section
from ...core.facts import PersonLeft
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import SpaceFace, Text, Viewer
from .accounts import models as _accounts  # noqa: F401 its tables
from .catalog import routes as catalog
from .catalog.schemas import SettingsSchema
from .imports import routes as imports
from .imports.actions import examples
from .imports.commands import import_group
from .orders import actions as order_actions
from .orders import queries as orders
from .orders import routes as order_pages
from .orders import rules as order_rules
from .pages import blueprint
from .standing import models as _standing  # noqa: F401 its tables
from .transfers import models as _transfers  # noqa: F401 its tables

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
    return (import_group,)


@hookimpl
def rules() -> Sequence[Rule]:
    return (*catalog.RULES, *imports.RULES, *order_pages.RULES)


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
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return (
        *catalog.on_my_page(session, viewer),
        *order_pages.on_my_page(node, session, viewer),
        *imports.on_my_page(viewer),
    )


@hookimpl
def example_steps(node: Node) -> Sequence[ExampleStep]:
    return (
        ExampleStep(10, "producers", examples.load_producers),
        ExampleStep(20, "products", examples.load_products),
    )


@hookimpl
def payment_providers(node: Node) -> Sequence[PaymentProvider]:
    return (order_rules.PAY_AT_COLLECTION,)


@hookimpl
def sale_occasions(session: Session, product_ids: frozenset[int]) -> Sequence[SaleTerms]:
    return orders.shop_occasions(session, product_ids)


@hookimpl
def sale_terms(session: Session, occasion: str, product_ids: frozenset[int]) -> SaleTerms | None:
    return orders.shop_terms(session, occasion, product_ids)


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    order_actions.let_go(node, session, fact)
