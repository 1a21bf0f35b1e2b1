"""Mail on what became of an order, in the receiver's language, sent after the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import Tongue, when, won
from .....core.models import Person
from .....core.node import Node
from ..models import Order, OrderLine
from ..rules import AT_COLLECTION, Orderer


def placed_letter(
    node: Node, session: Session, person: Orderer, order: Order, lines: Iterable[Mapping[str, Any]]
) -> None:
    """Confirm a new order: code, place, time, goods, total, and how to change one's mind."""
    say = node.catalogues.tongue(person.language)
    subject = say.gettext("Your order is placed: collection code %(code)s", code=order.code)
    text = [*_head(node, say, order), "", *_goods(say, lines), "", *_rights(node, say, order)]
    _send(node, session, person.email, subject, text, key=f"order:{order.uid}:placed")


def changed_letter(
    node: Node, session: Session, person: Orderer, order: Order, lines: Iterable[Mapping[str, Any]]
) -> None:
    """Confirm a changed order as it stands now; ``order`` carries its new version."""
    say = node.catalogues.tongue(person.language)
    subject = say.gettext("Your order %(number)s was changed", number=order.number)
    text = [*_head(node, say, order), "", *_goods(say, lines), "", *_rights(node, say, order)]
    key = f"order:{order.uid}:changed:{order.version}"
    _send(node, session, person.email, subject, text, key=key)


def withdrawn_letter(node: Node, session: Session, person: Orderer, order: Order) -> None:
    """Confirm that an order was withdrawn and nothing is to be paid."""
    say = node.catalogues.tongue(person.language)
    subject = say.gettext("Your order %(number)s is withdrawn", number=order.number)
    text = [
        say.gettext("You withdrew your order of %(title)s.", title=order.title),
        say.gettext("There is nothing to pay and nothing to collect."),
        *_end(node, say, order),
    ]
    _send(node, session, person.email, subject, text, key=f"order:{order.uid}:withdrawn")


def cancelled_letter(node: Node, session: Session, order: Order, reason: str) -> None:
    """Tell a resident that their order was cancelled by those who hand it over, and why."""
    person = session.get_one(Person, order.person_id)
    say = node.catalogues.tongue(person.language)
    subject = say.gettext("Your order %(number)s was cancelled", number=order.number)
    text = [
        say.gettext("%(place)s cancelled your order of %(title)s.",
                    place=order.place, title=order.title),
        say.gettext("Reason: %(reason)s", reason=reason),
        say.gettext("There is nothing to pay and nothing to collect."),
        *_end(node, say, order),
    ]  # fmt: skip
    _send(node, session, person.email, subject, text, key=f"order:{order.uid}:withdrawn")


def refunded_letter(
    node: Node, session: Session, order: Order, amount: int, product: str, reason: str, *, key: str
) -> None:
    """Tell a resident what they get back, for what and why (E-Commerce Act article 18)."""
    person = session.get_one(Person, order.person_id)
    say = node.catalogues.tongue(person.language)
    money = won(amount, say.language)
    subject = say.gettext("You get %(amount)s back", amount=money)
    text = [
        say.gettext("You get %(amount)s back for %(product)s from your order %(number)s.",
                    amount=money, product=product, number=order.number),
        say.gettext("Reason: %(reason)s", reason=reason),
        say.gettext("You paid at %(place)s and get the money there.", place=order.place),
        *_end(node, say, order),
    ]  # fmt: skip
    _send(node, session, person.email, subject, text, key=key)


def as_read(line: OrderLine) -> dict[str, Any]:
    """Return what a letter says of a line."""
    names = ("product_name", "unit_label", "quantity", "price", "seller_name")
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
    text, total = [], 0
    for line in lines:
        cost = line["price"] * line["quantity"]
        total += cost
        text.append(
            f"- {line['product_name']} {line['unit_label']} × {line['quantity']}: "
            f"{won(cost, say.language)} ({line['seller_name']})"
        )
    text.append(say.gettext("Total: %(total)s", total=won(total, say.language)))
    return text


def _rights(node: Node, say: Tongue, order: Order) -> list[str]:
    """How to pay and withdraw, and who sells (E-Commerce Act articles 13, 17 and 20)."""
    text = []
    if order.payment_provider == AT_COLLECTION:
        text.append(say.gettext("You pay when you collect."))
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
    return text + _end(node, say, order)


def _end(node: Node, say: Tongue, order: Order) -> list[str]:
    url = f"{node.settings.node.address}/orders/{order.uid}"
    return ["", say.gettext("Your order: %(url)s", url=url), node.settings.node.name]


def _send(
    node: Node, session: Session, to: str, subject: str, text: list[str], *, key: str
) -> None:
    mail = {"to": to, "subject": subject, "text": "\n".join(text)}
    outbox.enqueue(session, "mail", mail, key=key, at=node.clock.now())
