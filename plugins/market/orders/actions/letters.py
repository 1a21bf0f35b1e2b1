"""What a resident is told of an order, in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core.answers import NoticeKind
from .....core.banks import bank_in
from .....core.language import Tongue, when, won
from .....core.node import Node
from .....core.notices import Notice, tell
from ...accounts.models import Refund
from ...accounts.rules import TRANSFER, bank_account, transfer_text
from ...catalog.rules import WEIGHT
from ...kinds import BY_ITSELF, CHANGED, ORDER
from ..models import Order, OrderLine
from ..rules import AT_COLLECTION, Orderer

CutOffs = Mapping[int, datetime]
"""The own cut-offs of products by their ids."""

Foreword = Callable[[Tongue], Sequence[str]]
"""Lines in their reader's language."""

Title = Callable[[Tongue], str]


def placed_letter(
    node: Node, session: Session, person: Orderer, order: Order,
    lines: Sequence[Mapping[str, Any]], own: CutOffs, foreword: Foreword | None = None,
) -> None:  # fmt: skip
    """Confirm a new order: code, place, time, goods, total, and how to change one's mind.

    With a ``foreword`` it was made by itself, so that nobody waits for the answer.
    """
    say = node.catalogues.tongue(person.language)
    title = say.gettext("Your order is placed: collection code %(code)s", code=order.code)
    text = [*([*foreword(say), ""] if foreword else []),
            *_head(node, say, order), "", *_goods(say, lines), "",
            *_own_cut_offs(node, say, lines, own), *_rights(node, say, order)]  # fmt: skip
    kind = BY_ITSELF if foreword else ORDER
    _tell(node, session, kind, order, title, text, key=f"order:{order.uid}:placed")


def changed_letter(
    node: Node, session: Session, person: Orderer, order: Order,
    lines: Sequence[Mapping[str, Any]], own: CutOffs,
) -> None:  # fmt: skip
    """Confirm a changed order as it stands now; ``order`` carries its new version."""
    say = node.catalogues.tongue(person.language)
    title = say.gettext("Your order %(number)s was changed", number=order.number)
    text = [*_head(node, say, order), "", *_goods(say, lines), "",
            *_own_cut_offs(node, say, lines, own), *_rights(node, say, order)]  # fmt: skip
    key = f"order:{order.uid}:changed:{order.version}"
    _tell(node, session, ORDER, order, title, text, key=key)


_NOT_OVER = "What was to go over into the next round is not ordered then either."


def withdrawn_letter(
    node: Node, session: Session, person: Orderer, order: Order, *, over: bool = False
) -> None:
    """Confirm that an order was withdrawn and nothing is to be paid; ``over``: something of it was
    to go over into the next sale."""
    say = node.catalogues.tongue(person.language)
    title = say.gettext("Your order %(number)s is withdrawn", number=order.number)
    text = [
        say.gettext("You withdrew your order of %(title)s.", title=order.title),
        say.gettext("There is nothing to pay and nothing to collect."),
        *([say.gettext(_NOT_OVER)] if over else ()),
        *_transferred(say, order),
    ]
    _tell(node, session, ORDER, order, title, text, key=f"order:{order.uid}:withdrawn")


def cancelled_letter(node: Node, session: Session, order: Order, reason: str) -> None:
    """Tell a resident that their order was cancelled by those who hand it over, and why."""

    def title(say: Tongue) -> str:
        return say.gettext("Your order %(number)s was cancelled", number=order.number)

    def text(say: Tongue) -> list[str]:
        return [
            say.gettext("%(place)s cancelled your order of %(title)s.",
                        place=order.place, title=order.title),
            say.gettext("Reason: %(reason)s", reason=reason),
            say.gettext("There is nothing to pay and nothing to collect."),
            *_transferred(say, order),
        ]  # fmt: skip

    _tell(node, session, CHANGED, order, title, text, key=f"order:{order.uid}:withdrawn")


def refunded_letter(node: Node, session: Session, order: Order, made: Refund, product: str) -> None:
    """Tell a resident what they get back, for what, why, and which way the money goes
    (E-Commerce Act article 18)."""

    def title(say: Tongue) -> str:
        return say.gettext("You get %(amount)s back", amount=won(made.amount, say.language))

    def text(say: Tongue) -> list[str]:
        return [
            say.gettext("You get %(amount)s back for %(product)s from your order %(number)s.",
                        amount=won(made.amount, say.language), product=product,
                        number=order.number),
            say.gettext("Reason: %(reason)s", reason=made.reason),
            *_way_back(say, order, made),
        ]  # fmt: skip

    _tell(node, session, CHANGED, order, title, text, key=made.key)


def _transferred(say: Tongue, order: Order) -> list[str]:
    """What becomes of money that was transferred for an order which is not any more."""
    if not order.transferred:
        return []
    money = won(order.transferred, say.language)
    return [
        say.gettext(
            "The %(amount)s that you transferred are on your balance now: your next order uses"
            " them by itself, or you have them paid out under “My balance”.",
            amount=money,
        )
    ]


def _way_back(say: Tongue, order: Order, made: Refund) -> list[str]:
    text, credit = [], made.balance + made.transfer
    if made.cash:
        cash = won(made.cash, say.language)
        text.append(say.gettext("You get %(amount)s in cash at %(place)s, where you paid.",
                                amount=cash, place=order.place))  # fmt: skip
    if credit:
        kept = won(credit, say.language)
        text.append(
            say.gettext(
                "%(amount)s are on your account here: your next order uses them by itself, or you"
                " have them paid out under “My balance”.",
                amount=kept,
            )
        )
    return text


def as_read(line: OrderLine) -> dict[str, Any]:
    """Return what a letter says of a line."""
    names = (
        "product_id", "product_name", "unit_label", "quantity", "amount", "seller_name",
        "sold_by", "weighed_g",
    )  # fmt: skip
    return {name: getattr(line, name) for name in names}


def _head(node: Node, say: Tongue, order: Order) -> list[str]:
    place = f"{order.place} ({order.address})" if order.address else order.place
    text = [
        order.title,
        say.gettext("Collection code: %(code)s", code=order.code),
        say.gettext("Place: %(place)s", place=place),
    ]
    if order.collect_from is not None:
        time = _span(node, say, order.collect_from, order.collect_until)
        text.append(say.gettext("Time: %(time)s", time=time))
    text.append(say.gettext("Order number: %(number)s", number=order.number))
    return text


def _span(node: Node, say: Tongue, start: datetime, end: datetime | None) -> str:
    zone = ZoneInfo(node.settings.node.time_zone)
    first = when(start, zone, say.language)
    return first if end is None else f"{first} – {when(end, zone, say.language)}"


def _goods(say: Tongue, lines: Iterable[Mapping[str, Any]]) -> list[str]:
    text, total, about = [], 0, False
    for line in lines:
        total += line["amount"]
        cost = won(line["amount"], say.language)
        if line["sold_by"] == WEIGHT and line.get("weighed_g") is None:
            about, cost = True, say.gettext("about %(amount)s", amount=cost)
        text.append(
            f"- {line['product_name']} {line['unit_label']} × {line['quantity']}: "
            f"{cost} ({line['seller_name']})"
        )
    sum_ = won(total, say.language)
    if not about:
        return [*text, say.gettext("Total: %(total)s", total=sum_)]
    return [
        *text,
        say.gettext("Total: about %(total)s", total=sum_),
        say.gettext("Goods sold by weight are weighed when they are packed: you pay for their real"
                    " weight, never for more than a fifth over what is expected."),
    ]  # fmt: skip


def _rights(node: Node, say: Tongue, order: Order) -> list[str]:
    """How to pay and withdraw, and who sells (E-Commerce Act articles 13, 17 and 20)."""
    text = []
    if order.payment_provider == AT_COLLECTION:
        text.append(say.gettext("You pay when you collect."))
    if order.payment_provider == TRANSFER:
        text += _bank(node, say, order)
    if order.cut_off is None:
        text.append(say.gettext("You can change or withdraw the order until you collect it."))
    else:
        time = when(order.cut_off, ZoneInfo(node.settings.node.time_zone), say.language)
        text.append(say.gettext("You can change or withdraw the order until %(time)s.", time=time))
    text.append(
        say.gettext(
            "%(name)s passes orders on and is not a party to the sale, unless it is the seller.",
            name=node.settings.node.name,
        )
    )
    return text


def _own_cut_offs(
    node: Node, say: Tongue, lines: Sequence[Mapping[str, Any]], own: CutOffs
) -> list[str]:
    """Say which sellers close before the sale as a whole does."""
    ends = {line["seller_name"]: own[line["product_id"]] for line in lines
            if line["product_id"] in own}  # fmt: skip
    zone = ZoneInfo(node.settings.node.time_zone)
    return [
        say.gettext("What comes from %(seller)s can be changed only until %(time)s.",
                    seller=seller, time=when(end, zone, say.language))
        for seller, end in ends.items()
    ]  # fmt: skip


def _bank(node: Node, say: Tongue, order: Order) -> list[str]:
    account = bank_account(node.host.settings("market"))
    if account is None:
        return []
    where = f"{bank_in(say.language, account.bank)} {account.number} ({account.holder})"
    words = transfer_text(order.person_name, order.number)
    return [
        say.gettext("Please transfer the money to: %(account)s", account=where),
        say.gettext("Write with it: %(words)s", words=words),
        say.gettext("The page of your order says how much it is, less what is on your balance."),
    ]


def _tell(
    node: Node, session: Session, kind: NoticeKind, order: Order, title: str | Title,
    text: list[str] | Foreword, *, key: str,
) -> None:  # fmt: skip
    """Tell the resident whose order it is; what stands of one occasion stands together."""
    notice = Notice(
        kind=kind.name,
        title=title,
        text="\n".join(text) if isinstance(text, list) else lambda say: "\n".join(text(say)),
        url=f"/orders/{order.uid}",
        subject=order.occasion,
        heading=order.title,
        key=key,
    )
    tell(node, session, order.person_id, notice)
