"""The market's parts of other pages: home, a seller's page, one's own page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from .....core.answers import FirstStep, Section
from .....core.values import Message, SpaceFace, Viewer
from .....core.web import can
from .. import queries
from ..queries import SELLERS, Filter
from .notes import notes_of
from .tiles import tiles

SHOWN = 8


def on_home(session: Session) -> list[Section]:
    """Return the goods that came last, and who answers for them."""
    cards = queries.newest_cards(session, SHOWN)
    if not cards:
        return []
    return [
        Section(
            "market/catalog/home.html",
            {"tiles": tiles(cards, notes_of(session, cards))},
            order=30,
            title=Message("New goods", {}),
        ),
        Section("market/catalog/notice_home.html", order=95),
    ]


def first_steps(session: Session) -> list[FirstStep]:
    """Return what a market needs: somebody who sells, and something to buy."""
    sellers, goods = queries.any_sellers(session), queries.any_goods(session)
    return [
        FirstStep(
            Message("The first producer or shop", {}),
            Message("Make a page for them, and say who runs it.", {}),
            url_for("core.make_space", kind="producer"), sellers, order=60,
        ),
        FirstStep(
            Message("The first goods", {}),
            Message("Those who run the page add them, or read in a list that is there.", {}),
            url_for("market.imports"), goods, order=61,
        ),
    ]  # fmt: skip


def on_space(session: Session, space: SpaceFace) -> list[Section]:
    """Return the goods of a producer or shop, with the way in for those who run it."""
    if space.kind not in SELLERS:
        return []
    cards = queries.product_cards(session, Filter(seller_id=space.id), limit=SHOWN + 1)
    runs = can("market.goods.manage", space.id)
    if not (cards or runs):
        return []
    context = {
        "space": space,
        "tiles": tiles(cards[:SHOWN], notes_of(session, cards[:SHOWN])),
        "more": len(cards) > SHOWN,
        "runs": runs,
    }
    return [Section("market/catalog/space.html", context, order=30)]


def on_my_page(session: Session, viewer: Viewer) -> list[Section]:
    """Return the sellers whose goods this person looks after."""
    sellers = queries.sellers_run_by(session, viewer.spaces("owner"))
    if not sellers:
        return []
    return [Section("market/catalog/mine.html", {"sellers": sellers}, order=20)]
