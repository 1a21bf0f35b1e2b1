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
from .pages import blueprint

plugin = Plugin(name="board", titles=Text("위즐품", "Board"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return (
        *campaign_pages.RULES,
        *giving_pages.RULES,
        *goods_pages.RULES,
    )


@hookimpl
def menu() -> Sequence[MenuItem]:
    return (
        *campaign_pages.MENU,
    )  # fmt: skip


@hookimpl
def home_sections(session: Session) -> Sequence[Section]:
    return (
        *campaign_pages.home_sections(session),
    )  # fmt: skip


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return (
        *campaign_pages.space_sections(session, space),
        *goods_pages.space_sections(session, space),
    )


@hookimpl
def product_sections(session: Session, product_id: int) -> Sequence[Section]:
    return goods_pages.product_sections(session, product_id)


@hookimpl
def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    return (
        *campaign_pages.my_sections(session, viewer),
        *giving_pages.my_sections(session, viewer),
    )


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return (
        *CAMPAIGN_KINDS,
    )  # fmt: skip


@hookimpl
def jobs() -> Sequence[JobKind]:
    work = {
        **campaign_actions.WORK,
        **giving_actions.WORK,
    }
    return [JobKind(kind, do) for kind, do in work.items()]


@hookimpl
def searchables() -> Sequence[Searchable | Own]:
    return (
        campaigns.FOUND,
    )  # fmt: skip


@hookimpl
def feeds() -> Sequence[Feed]:
    return (
        campaigns.NEWS,
    )  # fmt: skip


@hookimpl
def subject_urls(subjects: frozenset[str]) -> Sequence[tuple[str, str]]:
    return campaign_actions.subject_urls(subjects)


@hookimpl
def numbers(session: Session, periods: Periods) -> Sequence[Series]:
    return (
        campaigns.signed(session, periods),
        giving.donated(session, periods),
    )


@hookimpl
def consents() -> Sequence[ConsentText]:
    return (
        campaign_actions.HANDING_ON,
    )  # fmt: skip


@hookimpl
def retention() -> Sequence[Keeping]:
    return (
        *campaign_actions.KEEPINGS,
        *giving_actions.KEEPINGS,
    )


@hookimpl
def personal_data(session: Session, person_id: int) -> Sequence[PersonalData]:
    rooms = (campaigns, giving)
    return [each for room in rooms for each in room.personal(session, person_id)]


@hookimpl
def person_left(session: Session, fact: PersonLeft) -> None:
    campaign_actions.forget_person(session, fact.id)
    giving_actions.forget_person(session, fact.id)


@hookimpl
def thing(session: Session, subject: str) -> Thing | None:
    return campaign_actions.thing(session, subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    campaign_actions.listen(node, session, fact)


@hookimpl
def space_changed(node: Node, session: Session, fact: SpaceChanged) -> None:
    campaign_actions.space_changed(node, session, fact.space_id)


@hookimpl
def example_steps() -> Sequence[ExampleStep]:
    return (
        ExampleStep(74, "campaigns", goods_actions.load),
    )  # fmt: skip


@hookimpl
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    goods_actions.settled(node, session, fact)


@hookimpl
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    goods_actions.reversed_(node, session, fact)


@hookimpl
def passed_on(session: Session, occasion: str, seller_id: int) -> Sequence[PassedOn]:
    return goods.passed_on(session, occasion, seller_id)
