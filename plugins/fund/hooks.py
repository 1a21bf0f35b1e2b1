"""The only door of the fund: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

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
from .ballots import actions as ballot_actions
from .ballots import models as _ballots  # noqa: F401 its tables
from .ballots import queries as ballots
from .ballots import rules as ballot_rules
from .books import actions, queries
from .books import models as _books  # noqa: F401 its tables
from .books.api import programs
from .carrying import actions as carrying_actions
from .carrying import models as _carrying  # noqa: F401 its tables
from .carrying import queries as carrying
from .carrying import routes as carrying_pages
from .carrying import rules as carrying_rules
from .claims import actions as claim_actions
from .claims import models as _claims  # noqa: F401 its tables
from .claims import queries as claims
from .claims import routes as claim_pages
from .claims import rules as claim_rules
from .dues import actions as dues_actions
from .dues import queries as dues
from .dues import routes as dues_pages
from .dues import rules as dues_rules
from .earmarks import models as _earmarks  # noqa: F401 its tables
from .examples import STEPS
from .front import routes as _front  # noqa: F401 its pages, and those of all rooms
from .kinds import KINDS
from .loans import actions as loan_actions
from .loans import queries as loans
from .loans import routes as loan_pages
from .loans import rules as loan_rules
from .pages import blueprint
from .pledges import actions as drive_actions
from .pledges import queries as drives
from .pledges import routes as drive_pages
from .pledges import rules as drive_rules
from .programmes import actions as programme_actions
from .programmes import queries as programmes
from .programmes import routes as programme_routes
from .programmes import rules as programme_rules
from .reports import actions as reports
from .reports import models as _reports  # noqa: F401 its tables
from .reports import queries as report_queries
from .reports.rules import OFFICE

plugin = Plugin(name="fund", titles=Text("마을기금", "Local fund"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint, programs]


@hookimpl
def commands() -> Sequence[click.Command]:
    # Asked for by the command line alone: a website does not need it.
    from .counting.commands import count
    from .proof.commands import verify
    from .reports.commands import recount

    fund = click.Group("fund", help="The local fund.")
    fund.add_command(count)
    fund.add_command(recount)
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
        *programme_routes.home_sections(node, session),
        *drive_pages.home_sections(node, session),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *carrying_pages.my_sections(node, session, viewer),
        *claim_pages.my_sections(node, session, viewer),
        *programme_routes.my_sections(node, session, viewer),
        *dues_pages.my_sections(node, session, viewer),
        *loan_pages.my_sections(node, session, viewer),
        *drive_pages.my_sections(session, viewer),
    ]


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return []


@hookimpl
def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    return [*programmes.happenings(session, since, until)]


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return [queries.inflow(session, periods), drives.pledged_in(session, periods)]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [queries.NEWS, programmes.NEWS]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [*programmes.FOUND]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *KINDS,
        *carrying_rules.KINDS,
        *claim_rules.KINDS,
        *programme_rules.KINDS,
        *ballot_rules.KINDS,
        OFFICE,
        *dues_rules.KINDS,
        *loan_rules.KINDS,
        *drive_rules.KINDS,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [
        *[JobKind(kind, do) for kind, do in carrying_actions.WORK.items()],
        *[JobKind(kind, do) for kind, do in claim_actions.WORK.items()],
        *[JobKind(kind, do) for kind, do in programme_actions.WORK.items()],
        *[JobKind(kind, work) for kind, work in ballot_actions.WORK.items()],
        *reports.JOBS,
        *(JobKind(kind, work) for kind, work in dues_actions.WORK.items()),
        *(JobKind(kind, work) for kind, work in loan_actions.WORK.items()),
        *[JobKind(kind, work) for kind, work in drive_actions.WORK.items()],
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [loan_actions.TO_LENDER]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        *carrying_actions.KEEPINGS,
        *claim_actions.KEEPINGS,
        *programme_actions.KEEPINGS,
        *ballot_actions.KEEPINGS,
        report_queries.OPINIONS,
        *dues_actions.KEEPINGS,
        *loan_actions.KEEPINGS,
        *drive_actions.KEEPINGS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    return [
        *carrying.personal(session, person_id),
        *claims.personal(session, person_id),
        *programmes.personal(session, person_id),
        *ballots.personal(session, person_id),
        *report_queries.personal_data(session, person_id),
        *dues.personal(session, person_id),
        *loans.personal(session, person_id),
        *drives.personal(session, person_id),
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    claim_actions.forget_person(node, session, fact.id)
    programme_actions.forget_person(session, fact.id)
    ballot_actions.forget_person(session, fact.id)
    dues_actions.forget_person(node, session, fact)
    loan_actions.forget_person(session, fact.id, node.clock.now())
    drive_actions.forget_person(node, session, fact.id)


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return programme_actions.thing(session, subject) or drive_actions.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    programme_actions.listen(node, session, fact)
    drive_actions.listen(node, session, fact)


@hookimpl
def subject_urls(subjects: frozenset[str]) -> Sequence[tuple[str, str]]:
    return [
        *carrying.subject_urls(subjects),
        *claims.subject_urls(subjects),
        *programme_actions.subject_urls(subjects),
        *drive_actions.subject_urls(subjects),
    ]


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return STEPS


@hookimpl
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    actions.receive(node, session, fact)


@hookimpl
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    actions.give_back(node, session, fact)


@hookimpl
def solicited(session: Session, space_id: int | None, since: date) -> int | None:
    return drives.solicited(session, space_id, since)
