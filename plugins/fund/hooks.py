"""The only door of the fund: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click
from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import (
    ConsentText,
    ExampleStep,
    Happening,
    JobKind,
    Joined,
    Keeping,
    MenuItem,
    NoticeKind,
    PersonalData,
    Rule,
    Section,
    Series,
    Thing,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import PersonLeft, SharesReversed, SharesSettled, ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import Message, Text, Viewer
from .access import READ, RULES
from .books import actions, queries
from .books import models as _books  # noqa: F401 its tables
from .books.api import programs
from .earmarks import models as _earmarks  # noqa: F401 its tables
from .front import routes as _front  # noqa: F401 its pages, and those of all rooms
from .kinds import KINDS
from .loans import actions as loan_actions
from .loans import queries as loans
from .loans import routes as loan_pages
from .loans import rules as loan_rules
from .pages import blueprint

plugin = Plugin(name="fund", titles=Text("마을기금", "Local fund"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint, programs]


@hookimpl
def commands() -> Sequence[click.Command]:
    # Asked for by the command line alone: a website does not need it.
    from .counting.commands import count
    from .proof.commands import verify

    fund = click.Group("fund", help="The local fund.")
    fund.add_command(count)
    fund.add_command(verify)
    return [fund]


@hookimpl
def rules() -> Sequence[Rule]:
    return RULES


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [MenuItem("Local fund", "fund.page", icon="fund", order=40, action=READ)]


@hookimpl
def home_sections(node: Node, session: Session) -> Sequence[Section]:
    context = {"fund": queries.glance(node, session)}
    return [
        Section("fund/books/home.html", context, order=60, title=Message("Local fund", {})),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *loan_pages.my_sections(node, session, viewer),
    ]


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return []


@hookimpl
def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    return []


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return [
        queries.inflow(session, periods),
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        queries.NEWS,
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return []


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *KINDS,
        *loan_rules.KINDS,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *(JobKind(kind, work) for kind, work in loan_actions.WORK.items()),
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        loan_actions.TO_LENDER,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        *loan_actions.KEEPINGS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *loans.personal(session, person_id),
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    loan_actions.forget_person(session, fact.id, node.clock.now())


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return None


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    pass


@hookimpl
def subject_urls(subjects: frozenset[str]) -> Sequence[tuple[str, str]]:
    return []


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        ExampleStep(86, "a lender and its loans", loan_actions.load_example),
    ]


@hookimpl
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    actions.receive(node, session, fact)


@hookimpl
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    actions.give_back(node, session, fact)
