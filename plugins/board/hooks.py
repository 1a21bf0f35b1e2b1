"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

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
    PassedOn,
    PersonalData,
    Rule,
    Section,
    Series,
    Thing,
)
from ...core.documents import Feed, Own, Searchable
from ...core.facts import PersonLeft, SharesReversed, SharesSettled, SpaceChanged, ThingHidden
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.periods import Periods
from ...core.values import SpaceFace, Text, Viewer
from .activities import actions as activity_actions
from .activities import queries as activities
from .activities import routes as activity_routes
from .activities import rules as activity_rules
from .campaigns import actions as campaign_actions
from .campaigns import queries as campaigns
from .campaigns import routes as campaign_pages
from .giving import actions as giving_actions
from .giving import queries as giving
from .giving import routes as giving_pages
from .goods import actions as goods_actions
from .goods import queries as goods
from .goods import routes as goods_pages
from .kinds import CAMPAIGN_KINDS
from .organisations import actions as organisation_actions
from .organisations import queries as organisations
from .organisations import routes as organisation_routes
from .organisations import rules as organisation_rules
from .pages import blueprint
from .volunteering import actions as volunteer_actions
from .volunteering import queries as volunteering
from .volunteering import routes as volunteer_routes
from .volunteering import rules as volunteer_rules

plugin = Plugin(name="board", titles=Text("위즐품", "Board"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *organisation_routes.RULES,
        *campaign_pages.RULES,
        *giving_pages.RULES,
        *goods_pages.RULES,
    ]


@hookimpl
def menu() -> Sequence[MenuItem]:
    return [
        MenuItem("Board", "board.board", icon="heart", order=28, also=("/campaigns", "/check")),
    ]


@hookimpl
def home_sections(node: Node, session: Session) -> Sequence[Section]:
    return [
        *activity_routes.home_sections(session),
        *volunteer_routes.home_sections(node, session),
        *campaign_pages.home_sections(session),
    ]


@hookimpl
def space_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *organisation_routes.space_sections(node, session, space),
        *activity_routes.space_sections(session, space),
        *volunteer_routes.space_sections(node, session, space),
        *campaign_pages.space_sections(session, space),
        *goods_pages.space_sections(session, space),
    ]


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *organisation_routes.my_sections(node, session, viewer),
        *volunteer_routes.my_sections(node, session, viewer),
        *campaign_pages.my_sections(session, viewer),
        *giving_pages.my_sections(session, viewer),
    ]


@hookimpl
def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    return [
        *volunteering.joined(session, person_id, since, until),
        *campaigns.took_part(session, person_id, since, until),
    ]


@hookimpl
def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    return [
        *volunteer_routes.happenings(session, since, until),
    ]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return [
        activities.ACTIVITIES,
        volunteering.CALLS,
        campaigns.FOUND,
    ]


@hookimpl
def feeds() -> Sequence[Feed]:
    return [
        activities.FEED,
        volunteering.FEED,
        campaigns.NEWS,
    ]


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return [
        activities.told_of(session, periods),
        volunteering.given(session, periods),
        campaigns.signed(session, periods),
        giving.donated(session, periods),
    ]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return [
        *organisation_rules.KINDS,
        *activity_rules.KINDS,
        *volunteer_rules.KINDS,
        *CAMPAIGN_KINDS,
    ]


@hookimpl
def jobs() -> Sequence[JobKind]:
    work = {
        **campaign_actions.WORK,
        **giving_actions.WORK,
    }
    return [
        *(JobKind(kind, work) for kind, work in organisation_actions.WORK.items()),
        *(JobKind(kind, work) for kind, work in volunteer_actions.WORK.items()),
        *[JobKind(kind, do) for kind, do in work.items()],
    ]


@hookimpl
def consents() -> Sequence[ConsentText]:
    return [
        *volunteer_actions.CONSENTS,
        campaign_actions.HANDING_ON,
    ]


@hookimpl
def retention() -> Sequence[Keeping]:
    return [
        *organisation_actions.KEEPINGS,
        *activity_actions.KEEPINGS,
        *volunteer_actions.KEEPINGS,
        *campaign_actions.KEEPINGS,
        *giving_actions.KEEPINGS,
    ]


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    rooms = (campaigns, giving)
    return [
        *organisations.personal(session, person_id),
        *activities.personal(session, person_id),
        *volunteering.personal(session, person_id),
        *[each for room in rooms for each in room.personal(session, person_id)],
    ]


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    organisation_actions.forget(session, fact.id)
    activity_actions.forget_questions(session, fact.id)
    volunteer_actions.forget_volunteer(node, session, fact.id)
    campaign_actions.forget_person(session, fact.id)
    giving_actions.forget_person(session, fact.id)


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return (
        activity_actions.thing(session, subject)
        or volunteer_actions.thing(session, subject)
        or campaign_actions.thing(session, subject)
    )


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    activity_actions.listen(node, session, fact)
    volunteer_actions.listen(node, session, fact)
    campaign_actions.listen(node, session, fact)


@hookimpl
def space_changed(node: Node, session: Session, fact: SpaceChanged) -> None:
    activity_actions.space_changed(session, fact.space_id)
    volunteer_actions.space_changed(session, fact.space_id)
    campaign_actions.space_changed(node, session, fact.space_id)


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return [
        ExampleStep(
            70, "organisations with activities and volunteers", volunteer_actions.load_example
        ),
        ExampleStep(74, "campaigns", goods_actions.load),
    ]


@hookimpl
def solicited(session: Session, space_id: int | None, since: date) -> int | None:
    return giving.unregistered(session, space_id, since)


@hookimpl
def product_sections(session: Session, product_id: int) -> Sequence[Section]:
    return goods_pages.product_sections(session, product_id)


@hookimpl
def subject_urls(subjects: frozenset[str]) -> Sequence[tuple[str, str]]:
    return campaign_actions.subject_urls(subjects)


@hookimpl
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    goods_actions.settled(node, session, fact)


@hookimpl
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    goods_actions.reversed_(node, session, fact)


@hookimpl
def passed_on(session: Session, occasion: str, seller_id: int) -> Sequence[PassedOn]:
    return goods.passed_on(session, occasion, seller_id)
