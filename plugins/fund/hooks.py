"""The only door of the fund: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

import click
from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import MenuItem, Rule, Section, Series
from ...core.documents import Feed
from ...core.facts import SharesReversed, SharesSettled
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import Message, Text
from .books import actions, queries
from .books import models as _books  # noqa: F401 its tables
from .books import routes as _pages  # noqa: F401 its pages
from .books.api import programs
from .earmarks import models as _earmarks  # noqa: F401 its tables
from .pages import blueprint
from .proof import routes as _proof  # noqa: F401 its pages

plugin = Plugin(name="fund", titles=Text("마을기금", "Local fund"), version="0.1.0")


@hookimpl
def blueprints() -> list[Blueprint]:
    return [blueprint, programs]


@hookimpl
def commands() -> list[click.Command]:
    # Asked for by the command line alone: a website does not need it.
    from .counting.commands import count
    from .proof.commands import verify

    fund = click.Group("fund", help="The local fund.")
    fund.add_command(count)
    fund.add_command(verify)
    return [fund]


@hookimpl
def rules() -> list[Rule]:
    return [Rule("fund.read", everyone=True)]


@hookimpl
def menu() -> list[MenuItem]:
    return [MenuItem("Local fund", "fund.page", icon="fund", order=40, action="fund.read")]


@hookimpl
def home_sections(node: Node, session: Session) -> list[Section]:
    context = {"fund": queries.glance(node, session)}
    return [Section("fund/books/home.html", context, order=60, title=Message("Local fund", {}))]


@hookimpl
def numbers(session: Session, periods: Periods) -> list[Series]:
    return [queries.inflow(session, periods)]


@hookimpl
def feeds() -> list[Feed]:
    return [queries.NEWS]


@hookimpl
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    actions.receive(node, session, fact)


@hookimpl
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    actions.give_back(node, session, fact)
