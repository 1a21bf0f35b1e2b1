"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

import click
from flask import Blueprint
from sqlalchemy.orm import Session

from ...core.answers import JobKind, NoticeKind, Rule, Section
from ...core.facts import (
    GoodsCounted,
    LetterEnded,
    PeerChanged,
    SellerClosed,
    SharesReversed,
    SharesSettled,
)
from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.node import Node
from ...core.talk import Announced, Following, Matter, Publication, Receipt, Received
from ...core.values import Message, SpaceFace, Text, Viewer
from .books import actions as books
from .books import models as _books  # noqa: F401 its tables
from .books import queries as book_queries
from .books import routes as book_routes
from .copies import actions as copies
from .copies import queries as copy_queries
from .copies import routes as copy_pages
from .dfc import routes as dfc_pages
from .goods import actions as goods_actions
from .goods import queries as goods
from .goods import routes as goods_pages
from .kinds import KINDS
from .orders import actions as orders
from .orders import queries as order_queries
from .orders import routes as order_routes
from .orders.schemas import SettingsSchema
from .pages import blueprint

plugin = Plugin(
    name="trade",
    titles=Text("산지 직거래", "Trade between nodes"),
    version="0.1.0",
    requires=("market", "assembly"),
    settings=SettingsSchema,
)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]


@hookimpl
def commands() -> Sequence[click.Command]:
    # Asked for by the command line alone: a website does not need it.
    from .books.commands import trade_group
    from .demo.commands import demo

    return [trade_group, demo]


@hookimpl
def rules() -> Sequence[Rule]:
    return [
        *goods_pages.RULES,
        *copy_pages.RULES,
        *dfc_pages.RULES,
        *order_routes.RULES,
        *book_routes.RULES,
    ]


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
    work = {
        copies.AGE_JOB: copies.work_age,
        copies.PICTURE_JOB: copies.work_picture,
        **orders.WORK,
        **books.WORK,
    }
    return [JobKind(kind, each) for kind, each in work.items()]


@hookimpl
def notice_kinds() -> Sequence[NoticeKind]:
    return KINDS


@hookimpl
def today_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    return [
        *order_routes.today_sections(node, session, space),
        *goods_pages.on_today(node, session, space),
    ]


@hookimpl
def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    return [
        *copy_pages.on_my_page(viewer),
        *order_routes.my_sections(session, viewer),
        *book_routes.my_sections(session, viewer),
    ]


@hookimpl
def matters(session: Session, host: str) -> Sequence[Matter]:
    return [*order_routes.matters(session, host), *book_routes.matters(session, host)]


@hookimpl
def announced(session: Session, occasion: str) -> Sequence[Announced]:
    return order_queries.announced(session, occasion)


@hookimpl
def partner_of(node: Node, session: Session, uri: str) -> str | None:
    of_order = order_queries.partner_of(session, uri)
    return of_order if of_order is not None else book_queries.partner_of(node, session, uri)


@hookimpl
def seller_closed(node: Node, session: Session, fact: SellerClosed) -> None:
    orders.order_all(node, session, fact)


@hookimpl
def goods_counted(node: Node, session: Session, fact: GoodsCounted) -> None:
    orders.goods_counted(node, session, fact.occasion)


@hookimpl
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    books.settled(node, session, fact)


@hookimpl
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    books.reversed_(node, session, fact)


@hookimpl
def letter_ended(node: Node, session: Session, fact: LetterEnded) -> None:
    orders.letter_ended(node, session, fact)
    books.letter_ended(session, fact)


@hookimpl
def peer_changed(session: Session, fact: PeerChanged) -> None:
    orders.peer_changed(session, fact)


@hookimpl
def receive_document(node: Node, session: Session, received: Received) -> Receipt | None:
    taken = orders.receive(node, session, received)
    return taken if taken is not None else books.receive(node, session, received)


@hookimpl
def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    return copy_pages.on_space(session, space)
