"""What an order is made of, and the rules that need neither a database nor a request."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from .....core.answers import PaymentProvider, SaleTerms
from .....core.errors import Refused
from .....core.values import Message, Text, Won
from ...catalog.rules import WEIGHT, check_quantity, line_amount
from .wishes import IfShort

PLACED, WITHDRAWN, COLLECTED, NOT_COLLECTED = "placed", "withdrawn", "collected", "not_collected"

AT_COLLECTION = "at_collection"
PAY_AT_COLLECTION = PaymentProvider(AT_COLLECTION, Text("찾아갈 때 내기", "Pay at collection"))
"""The market's own way to pay: when the goods are collected."""

_SHOP = re.compile("shop:([1-9][0-9]{0,8})")
"""One way to write each: an order under another name of its occasion would be seen by nobody."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: no 0 and O, no 1, I and L, which are read for one another."""

MOST_LINES = 100

_PRICED = ("price", "unit_label", "sold_by", "expected_g")
"""What has to be as it was agreed for more to be had on the same line."""


class Orderer(Protocol):
    """Who orders: a person of the core or the viewer of a request."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Item:
    """So many units of a product; ``if_short`` is what to do if too little comes, None leaves a
    line that stands as it is."""

    product_id: int
    quantity: int
    if_short: IfShort | None = None


def shop_occasion(space_id: int) -> str:
    """Return the name of the occasion that goods are sold and collected at this shop."""
    return f"shop:{space_id}"


def shop_of(occasion: str) -> int | None:
    """Return the id of the shop that an occasion is at, None if it is not at a shop."""
    found = _SHOP.fullmatch(occasion)
    return int(found[1]) if found else None


def gathered(items: Iterable[Item]) -> dict[int, int]:
    """Return the quantity of each product in rising order of its id; none may be named twice."""
    wanted: dict[int, int] = {}
    for item in items:
        if item.product_id in wanted:
            raise Refused("The same product is named twice. Please order it once.")
        wanted[item.product_id] = item.quantity
    if len(wanted) > MOST_LINES:
        raise Refused("One order takes at most %(most)s different products.", most=MOST_LINES)
    return dict(sorted(wanted.items()))


def wishes_of(items: Iterable[Item]) -> dict[int, IfShort]:
    """Return what is to be done if too little comes, of the products of which it is said."""
    return {item.product_id: item.if_short for item in items if item.if_short is not None}


def refusal(why: Message) -> Refused:
    """Return the error that says ``why``."""
    return Refused(why.text, **why.values)


def why_closed(terms: SaleTerms | None, now: datetime) -> Message | None:
    """Return why nothing can be ordered, changed or withdrawn any more, None while it can."""
    if terms is None:
        return Message("This sale does not take orders any more.", {})
    if terms.closed is not None:
        return terms.closed
    if terms.cut_off is not None and terms.cut_off <= now:
        return Message("The time for ordering and changing has ended.", {})
    return None


def amount(price: int, quantity: int) -> Won:
    """Return the won of one line."""
    return line_amount(price, quantity)


def cost(
    price: int,
    delivered: int,
    *,
    sold_by: str = "piece",
    expected_g: int | None = None,
    weighed_g: int | None = None,
    most_g: int | None = None,
) -> Won:
    """Return the won of a line as it stands: rounded once, half a won up.

    By weight, ``price`` is for a kilogram and the pieces weigh ``weighed_g`` together, or about
    ``expected_g`` each as long as nobody has weighed them; of each at most ``most_g`` is charged.

    >>> cost(12_900, 2, sold_by="weight", expected_g=1_200, weighed_g=2_345)
    30251
    """
    if sold_by != WEIGHT:
        return amount(price, delivered)
    grams = (expected_g or 0) * delivered if weighed_g is None else weighed_g
    if most_g is not None:
        grams = min(grams, most_g * delivered)
    return Won((amount(price, grams) + 500) // 1_000)


def cost_of(line: Any) -> Won:
    """Return what a line of an order costs with what is delivered of it now."""
    return cost(
        line.price,
        line.delivered,
        sold_by=line.sold_by,
        expected_g=line.expected_g,
        weighed_g=line.weighed_g,
        most_g=line.most_g,
    )


def differences(before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """Return by how much each product's quantity rises or falls, in rising order of its id."""
    changed = {
        product: after.get(product, 0) - before.get(product, 0)
        for product in sorted({*before, *after})
    }
    return {product: difference for product, difference in changed.items() if difference}


def left_of(name: str, left: int | None) -> Message:
    """Return the sentence on a product of which too little is left; None: not sold any more."""
    if left is None:
        return Message("%(name)s is not sold any more.", {"name": name})
    if left == 0:
        return Message("%(name)s is sold out.", {"name": name})
    return Message("Only %(left)s left of %(name)s.", {"left": left, "name": name})


class Agreement(Protocol):
    """What a line of an order has frozen."""

    price: Any
    unit_label: Any
    quantity: Any
    sold_by: Any
    expected_g: Any


class Good(Protocol):
    """A product as an order needs it; ``sold`` is false when it is off the list or its seller
    has closed."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def unit_label(self) -> str: ...
    @property
    def price(self) -> int: ...
    @property
    def stock(self) -> int | None: ...
    @property
    def minimum(self) -> int: ...
    @property
    def step(self) -> int: ...
    @property
    def tax_class(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def storage(self) -> str: ...
    @property
    def seller_id(self) -> int: ...
    @property
    def seller_name(self) -> str: ...
    @property
    def sold(self) -> bool: ...
    @property
    def sold_by(self) -> str: ...
    @property
    def expected_g(self) -> int | None: ...
    @property
    def allergens(self) -> str: ...
    @property
    def certification(self) -> str: ...
    @property
    def certificate_number(self) -> str: ...
    @property
    def certificate_until(self) -> date | None: ...
    @property
    def container_id(self) -> int | None: ...


def why_not(good: Good | None, terms: SaleTerms, quantity: int) -> Message | None:
    """Return why this quantity of a product cannot be ordered at these terms, None if it can."""
    if good is None:
        return Message("This product is not sold any more.", {})
    if not good.sold:
        return left_of(good.name, None)
    if good.id not in terms.offered:
        return Message("%(name)s is not offered here any more.", {"name": good.name})
    if good.stock is not None and good.stock < max(quantity, good.minimum):
        return left_of(good.name, good.stock)
    return off_step(good, quantity)


def off_step(good: Good, quantity: int) -> Message | None:
    """Return why a quantity does not fit the product's minimum and step, None if it does."""
    try:
        check_quantity(quantity, good.minimum, good.step)
    except Refused as refused:
        return Message("%(name)s: %(problem)s", {"name": good.name, "problem": refused.message})
    return None


def why_no_more(state: str) -> Message:
    """Return why an order in this state cannot be changed any more."""
    reasons = {
        WITHDRAWN: Message(
            "This order was withdrawn. You can order anew while the sale is open.", {}
        ),
        COLLECTED: Message("This order was handed over already.", {}),
        NOT_COLLECTED: Message("This order was noted as not collected.", {}),
    }
    return reasons[state]


def why_not_more(
    line: Agreement, good: Good | None, terms: SaleTerms, quantity: int
) -> Message | None:
    """Return why an ordered line cannot rise to ``quantity``, None if it can.

    More is had at the price that was agreed, so only while that is still the price.
    """
    if good is None or not good.sold or good.id not in terms.offered:
        return why_not(good, terms, quantity)
    if any(getattr(good, name) != getattr(line, name) for name in _PRICED):
        return Message(
            "The price of %(name)s has changed since. Please order what you want more of anew.",
            {"name": good.name},
        )
    if good.stock is not None and good.stock < quantity - line.quantity:
        return left_of(good.name, good.stock)
    return off_step(good, quantity)


def given_reason(reason: str) -> str:
    """Return a reason in one trimmed line; Refused if there is none."""
    text = " ".join(reason.split())
    if not text:
        raise Refused("Please say why, so that everyone can understand it later.")
    return text[:300]


def fingerprint(lines: Iterable[Sequence[object]], places: Iterable[object] = ()) -> str:
    """Return a short name of what somebody was shown: each line with its occasion, product and all
    that is agreed of it, and the places to choose from. It changes with any of them."""
    content = json.dumps([sorted(map(json.dumps, lines)), list(places)]).encode()
    return hashlib.sha256(content).hexdigest()[:24]


def check_bounds(quantity: int) -> None:
    """Refuse a quantity that no product takes."""
    check_quantity(quantity)
