"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import Following, JobKind, Publication, Rule, Section
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.values import Message, SpaceFace, Text, Viewer
from .copies import actions as copies
from .copies import queries as copy_queries
from .copies import routes as copy_pages
from .dfc import routes as dfc_pages
from .goods import actions as goods_actions
from .goods import queries as goods
from .goods import routes as goods_pages
from .pages import blueprint

plugin = Plugin(
    name="trade",
    titles=Text("산지 직거래", "Trade between nodes"),
    version="0.1.0",
    requires=("market", "assembly"),
)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def rules() -> Sequence[Rule]:
    return [*goods_pages.RULES, *copy_pages.RULES, *dfc_pages.RULES]


@hookimpl
def product_notes(
    node: Node, session: Session, product_ids: frozenset[int]
) -> Sequence[tuple[int, Message]]:
    return copy_queries.notes(session, product_ids, node.clock.now())


@hookimpl
def publications() -> Sequence[Publication]:
    return [
        Publication(
            name=goods.NAME,
            titles=Text("물품 목록", "Catalogue"),
            freshen=goods_actions.freshen,
            state=lambda _node, session, space_id: goods.state(session, space_id),
            page=goods.page,
            item=goods.item,
            oldest=goods.oldest,
        )
    ]


@hookimpl
def followings() -> Sequence[Following]:
    return [Following(goods.NAME, take=copies.take, forget=copies.forget)]


@hookimpl
def jobs() -> Sequence[JobKind]:
    return [JobKind(copies.AGE_JOB, copies.work_age)]


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return copy_pages.on_space(session, space)


@hookimpl
def my_sections(viewer: Viewer) -> Sequence[Section]:
    return copy_pages.on_my_page(viewer)


@hookimpl
def today_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return goods_pages.on_today(session, space)
