"""The goods of a round as shelves: a category, in it each producer, in it each product's line.

A round of a thousand offers stands on one page, so each line is drawn once for each state of its
product and kept; the key holds all that a line shows, so nothing has to be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import current_app, render_template, url_for
from markupsafe import Markup

from .....core.web import this_node, this_tongue
from ..queries import AnyRow

KEPT = 8000
"""Lines kept in one process, about 400 bytes each; the oldest goes first."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category; ``lines`` are what stands on it, the producers' names between their goods."""

    name: str
    number: int
    lines: list[str] = field(default_factory=list)

    @property
    def drawn(self) -> Markup:
        # Joined as plain text: ``Markup.join`` would look at each of a thousand lines again.
        return Markup("\n".join(self.lines))  # noqa: S704 the templates escape


def shelves(
    goods: Iterable[AnyRow], parts: Mapping[int, AnyRow], *, open_: bool
) -> Sequence[Shelf]:
    """Return goods that come by category and producer as shelves.

    ``parts`` are the terms of those producers that have any of their own.
    """
    kept: dict[Key, str] = current_app.extensions.setdefault("assembly_lines", {})
    language, now = this_tongue().language, this_node().clock.now()
    late = {part.seller_id for part in parts.values() if part.cut_off and part.cut_off <= now}
    found: list[Shelf] = []
    category: str | None = None
    seller_id: int | None = None
    lines: list[str] = []
    draw, can_order = _open_line, open_
    for good in goods:
        if good.category != category:
            category, seller_id = good.category, None
            found.append(Shelf(good.category, len(found) + 1))
            lines = found[-1].lines
        if good.seller_id != seller_id:
            seller_id = good.seller_id
            lines.append(_stall(kept, good, parts.get(seller_id), language, seller_id in late))
            can_order = open_ and seller_id not in late
            draw = _open_line if can_order else _closed_line
        key: Key = (good.id, good.version, good.stock, language, can_order)
        lines.append(kept.get(key) or _draw(kept, key, draw, good))
    return found


def _draw(
    kept: dict[Key, str],
    key: Key,
    draw: Callable[[AnyRow], str],
    good: AnyRow,
) -> str:
    line = draw(good).strip()
    while len(kept) >= KEPT:
        kept.pop(next(iter(kept)), None)
    kept[key] = line
    return line


def _stall(
    kept: dict[Key, str], good: AnyRow, part: AnyRow | None, language: str, late: bool
) -> str:
    """Return the head of a producer's goods, with the own terms if there are any."""
    key: Key = (good.seller_id, good.seller, good.seller_slug)
    if part is not None:
        key += (language, late, part.cut_off, part.minimum_won, part.minimum_units, part.below)
    return kept.get(key) or _draw(kept, key, partial(_head, part, late), good)


def _head(part: AnyRow | None, late: bool, good: AnyRow) -> str:
    url = url_for("core.space", slug=good.seller_slug)
    return render_template(
        "assembly/cycles/stall.html", name=good.seller, url=url, part=part, late=late
    )


def _open_line(good: AnyRow) -> str:
    return _line(good, open_=True)


def _closed_line(good: AnyRow) -> str:
    return _line(good, open_=False)


def _line(good: AnyRow, *, open_: bool) -> str:
    return render_template(
        "assembly/cycles/line.html",
        good=good,
        url=url_for("market.product", product_id=good.id),
        sold_out=good.stock is not None and good.stock < good.minimum,
        # A field counts its steps from 0, which fits only if the smallest order is one of them.
        step=good.step if good.minimum % good.step == 0 else 1,
        open=open_,
    )
