"""The catalogue and the page of one product."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from .....core.web import (
    Page,
    asked_place,
    can,
    hidden_notice,
    paged,
    permitted,
    say,
    this_node,
    this_viewer,
)
from .....core.web.sections import sections
from ...pages import ID, blueprint
from .. import queries
from ..access import MANAGE
from ..queries import AnyRow, Filter, Place
from ..rules import certificate_of, tidy
from .kept import kept, kept_page
from .notes import asked_notes, notes_of
from .sharing import shared_product
from .tiles import tile_key, tiles
from .words import today

_LONGEST = 60
"""Letters of a search that are read."""

KEPT = 200
"""Pages and lists kept in one process, about 10 kB each."""


@blueprint.get("/market")
@permitted("market.catalog.see", alike=True)
def catalogue() -> Any:
    """Show listed goods, a page at a time, by category, seller or words."""
    node = this_node()
    size = node.host.settings("market")["page_size"]
    with node.db.look() as session:
        seller = _asked_seller(session)
        wanted = Filter(
            category=tidy(request.args.get("category", "")) or None,
            seller_id=seller.id if seller else None,
            words=tidy(request.args.get("q", ""))[:_LONGEST],
        )
        cards = queries.product_cards(
            session, wanted, limit=size + 1, after=Place.read(asked_place())
        )
        categories = queries.categories(session)
        notes = notes_of(session, cards)
    place = str(Place(cards[size - 1].name, cards[size - 1].id)) if len(cards) > size else None
    key = (
        tuple(tile_key(card, notes.get(card.id, "")) for card in cards),
        tuple(categories),
        place,
        seller and tuple(seller),
    )

    def draw() -> str:
        return _drawn(
            cards[:size], categories, wanted, seller, paged(cards, size, place), key, notes
        )

    return kept_page(key, draw, most=KEPT)


def _drawn(
    cards: Sequence[AnyRow],
    categories: Sequence[str],
    wanted: Filter,
    seller: AnyRow | None,
    page: Page[AnyRow],
    key: Hashable,
    notes: Mapping[int, str],
) -> str:
    """Draw the page; its list is the same for everybody, the frame around it is not."""

    def listing() -> Markup:
        return Markup(  # noqa: S704 a template escapes
            render_template(
                "market/catalog/listing.html",
                page=page,
                tiles=tiles(cards, notes),
                categories=[_tab(each, wanted, seller) for each in (None, *categories)],
                wanted=wanted,
                seller=seller,
                kept=_narrowed(wanted.category, seller),
            )
        )

    return render_template(
        "market/catalog/catalogue.html",
        listing=kept("listings", (request.full_path, key), listing, most=KEPT),
    )


def _asked_seller(session: Session) -> AnyRow | None:
    slug = request.args.get("seller")
    return queries.seller_by_slug(session, slug) if slug else None


def _narrowed(category: str | None, seller: AnyRow | None) -> dict[str, Any]:
    kept = {"category": category, "seller": seller.slug if seller else None}
    return {name: value for name, value in kept.items() if value}


def _tab(category: str | None, wanted: Filter, seller: AnyRow | None) -> dict[str, Any]:
    asked: dict[str, Any] = {"q": wanted.words} if wanted.words else {}
    return {
        "label": category or say("All goods"),
        "url": url_for("market.catalogue", **asked, **_narrowed(category, seller)),
        "current": category == wanted.category,
    }


@blueprint.get(f"/market/<{ID}:product_id>")
@permitted("market.catalog.see", alike=True)
def product(product_id: int) -> Any:
    """Show one product, its seller, and where it can be ordered with who gets what."""
    node = this_node()
    with node.db.look() as session:
        row = queries.product_page(session, product_id)
        if (hidden := _hidden(row)) is not None:
            return hidden_notice(session, hidden)
        offers = queries.offers_of(node, session, row) if row.listed else []
        sizes = queries.family_of(session, row.family_id)
        notes = asked_notes(session, frozenset({row.id})) if row.seller_home else {}
        more = sections(
            "product_sections", session=session, viewer=this_viewer(), product_id=row.id
        )
    return render_template(
        "market/catalog/product.html",
        product=row,
        state=queries.stock_state(row.stock, row.minimum),
        stock_state=queries.stock_state,
        certificate=certificate_of(row, today()),
        sizes=sizes if any(size.id != row.id for size in sizes) else [],
        offers=offers,
        note=notes.get(row.id, ""),
        sections=more,
        viewer=this_viewer(),
        shared=shared_product(row, bool(offers)) if row.listed else None,
    )


def _hidden(product: AnyRow) -> str | None:
    """Return what stewards hide from this viewer: the product, or its seller's page."""
    if can(MANAGE, product.seller_id):
        return None
    if product.seller_hidden_at is not None:
        return f"space:{product.seller_id}"
    return f"product:{product.id}" if product.listed_before is not None else None
