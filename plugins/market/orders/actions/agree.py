"""What is agreed when something is ordered: the terms of the occasion and the goods themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.node import Node
from .....core.values import Message
from ..queries import goods, terms_of, why_late
from ..rules import Good, IfShort, Place, refusal, why_closed, why_not
from .letters import Foreword
from .stock import Short


@dataclass(frozen=True, slots=True)
class Wish:
    """An order to be placed: quantities by product, asked for under ``key``.

    ``if_short`` says for some products what to do if too little comes, ``place`` where it is
    collected; None is the occasion's own place. ``foreword`` begins the letter that confirms it.
    """

    occasion: str
    wanted: Mapping[int, int]
    key: str
    if_short: Mapping[int, IfShort] = field(default_factory=dict)
    place: Place | None = None
    foreword: Foreword | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A wish that can be fulfilled now, at these terms and prices."""

    wish: Wish
    terms: SaleTerms
    goods: Mapping[int, Good]


def open_terms(
    node: Node, session: Session, occasion: str, product_ids: frozenset[int], at: datetime
) -> SaleTerms:
    """Return the terms of an occasion that still takes orders; Refused with the reason if not."""
    terms = terms_of(node, session, occasion, product_ids)
    closed = why_closed(terms, at)
    if closed is not None:
        raise refusal(closed)
    return cast(SaleTerms, terms)


def agree(node: Node, session: Session, wish: Wish, at: datetime) -> Agreed:
    """Check a whole wish; ``Short`` names everything in it that cannot be had.

    The terms come first: whoever answers holds the occasion open until the transaction ends, and
    everyone takes what they hold in the same order (occasion, order, products, ledger).
    """
    terms = open_terms(node, session, wish.occasion, frozenset(wish.wanted), at)
    found = goods(session, wish.wanted)
    problems = {
        product_id: why
        for product_id, quantity in wish.wanted.items()
        if (why := problem_of(node, terms, product_id, found.get(product_id), quantity)) is not None
    }
    if problems:
        raise Short(problems)
    return Agreed(wish, terms, found)


def problem_of(
    node: Node, terms: SaleTerms, product_id: int, good: Good | None, quantity: int
) -> Message | None:
    """Return why this quantity cannot be ordered at these terms, None if it can."""
    late = None if good is None else why_late(node, terms, product_id, good.seller_name)
    return late or why_not(good, terms, quantity)
