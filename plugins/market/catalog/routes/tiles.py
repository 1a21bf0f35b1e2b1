"""Tiles of products, each drawn once for each state that it can be seen in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from .....core.language import won
from .....core.web import picture_url, say, this_tongue
from ..queries import AnyRow, stock_state
from ..rules import WEIGHT, drawing_of, grams_text, piece_price, titled
from .kept import kept

KEPT = 4000
"""Tiles kept in one process, about 800 bytes each."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What the macro ``product_tile`` shows of a product."""

    name: str
    price: int
    unit_label: str
    seller: str
    url: str
    picture_url: str | None
    drawing: str
    """What is shown where there is no picture, by its name in ``goods.svg``."""
    stock_state: str
    left: int | None
    badge: str = ""
    about: str = ""
    """Said before the price of what is weighed: it is what a piece will cost about."""
    note: str = ""
    """What a plugin has to say of it."""


def tile_key(card: AnyRow, note: str = "") -> tuple[Any, ...]:
    """Return all that the tile of a product shows: what the seller wrote by its version."""
    state = stock_state(card.stock, card.minimum)
    left = card.stock if state == "few" else None
    return (card.id, card.version, state, left, card.seller, card.picture, note)


def tiles(cards: Iterable[AnyRow], notes: Mapping[int, str]) -> Markup:
    """Return the tiles of these rows; ``notes`` are by the ids of their products."""
    return Markup("\n").join([_tile(card, notes.get(card.id, "")) for card in cards])


def _tile(card: AnyRow, note: str) -> Markup:
    key = tile_key(card, note)
    return kept("tiles", key, lambda: _draw(card, key[2], key[3], note), most=KEPT)


def _draw(card: AnyRow, state: str, left: int | None, note: str) -> Markup:
    weighed = card.sold_by == WEIGHT
    tile = Tile(
        name=titled(card.name, card.variant),
        price=piece_price(card),
        unit_label=_weighed(card) if weighed else card.unit_label,
        about=say("expected") if weighed else "",
        seller=card.seller,
        url=url_for("market.product", product_id=card.id),
        picture_url=picture_url(card.picture, "small") if card.picture else None,
        drawing=drawing_of(card.name),
        stock_state=state,
        left=left,
        note=note,
    )
    return Markup(render_template("market/catalog/tile.html", product=tile))  # noqa: S704 escaped there


def _weighed(card: AnyRow) -> str:
    price = won(card.price, this_tongue().language)
    about = say(
        "about %(weight)s, %(price)s for 1 kg", weight=grams_text(card.expected_g), price=price
    )
    return f"{card.unit_label} ({about})"
