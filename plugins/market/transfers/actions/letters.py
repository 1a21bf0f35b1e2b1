"""Mail on transfers: that one arrived, or that one was noted by mistake."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import won
from .....core.models import Person
from .....core.node import Node
from ...orders.models import Order
from ..models import Deposit


def arrived_letter(
    node: Node, session: Session, deposit: Deposit, person_id: int, order: Order | None
) -> None:
    """Tell a resident that their money has come, and for what it is used."""
    person = session.get_one(Person, person_id)
    say = node.catalogues.tongue(person.language)
    money = won(deposit.amount, say.language)
    if order is None:
        text = say.gettext("It is on your balance, and your next order uses it by itself.")
    else:
        text = say.gettext("It is noted with your order %(number)s.", number=order.number)
    subject = say.gettext("Your transfer of %(amount)s has arrived", amount=money)
    _send(node, session, person, subject, [text], deposit, "arrived")


def mistaken_letter(node: Node, session: Session, deposit: Deposit, person_id: int) -> None:
    """Tell a resident that a transfer was noted with them by mistake."""
    person = session.get_one(Person, person_id)
    say = node.catalogues.tongue(person.language)
    money = won(deposit.amount, say.language)
    subject = say.gettext("A transfer of %(amount)s was not yours", amount=money)
    text = [
        say.gettext("It was noted with you by mistake, and that is put right on your balance now."),
        say.gettext("If you did send it, please answer this letter."),
    ]
    _send(node, session, person, subject, text, deposit, "mistaken")


def _send(
    node: Node, session: Session, person: Person, subject: str, text: list[str],
    deposit: Deposit, what: str,
) -> None:  # fmt: skip
    url = f"{node.settings.node.address}/me/balance"
    say = node.catalogues.tongue(person.language)
    words = [*text, "", say.gettext("Your balance: %(url)s", url=url), node.settings.node.name]
    mail = {"to": person.email, "subject": subject, "text": "\n".join(words)}
    key = f"transfer:{deposit.mark}:{deposit.version}:{what}"
    outbox.enqueue(session, "mail", mail, key=key, at=node.clock.now())
