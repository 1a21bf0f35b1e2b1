"""Mail on credit that was asked for: it was paid out, or it was not, and why."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import won
from .....core.models import Person
from .....core.node import Node
from ..models import CreditPayout


def paid_letter(node: Node, session: Session, asked: CreditPayout) -> None:
    """Tell a resident that their credit was paid out."""
    person = session.get_one(Person, asked.person_id)
    say = node.catalogues.tongue(person.language)
    money = won(asked.amount, say.language)
    subject = say.gettext("%(amount)s were paid out to you", amount=money)
    if asked.host_id is None:
        text = say.gettext("They are on their way to your bank account.")
    else:
        text = say.gettext("You were given them in cash. If that is not so, please tell us.")
    _send(node, session, asked, subject, [text])


def declined_letter(node: Node, session: Session, asked: CreditPayout) -> None:
    """Tell a resident that they do not get their credit now, and why."""
    person = session.get_one(Person, asked.person_id)
    say = node.catalogues.tongue(person.language)
    money = won(asked.amount, say.language)
    subject = say.gettext("%(amount)s were not paid out to you", amount=money)
    text = [
        say.gettext("Reason: %(reason)s", reason=asked.reason),
        say.gettext("They are still on your balance. You can ask for them again."),
    ]
    _send(node, session, asked, subject, text)


def _send(node: Node, session: Session, asked: CreditPayout, subject: str, text: list[str]) -> None:
    person = session.get_one(Person, asked.person_id)
    say = node.catalogues.tongue(person.language)
    url = f"{node.settings.node.address}/me/balance"
    words = [*text, "", say.gettext("Your balance: %(url)s", url=url), node.settings.node.name]
    mail = {"to": person.email, "subject": subject, "text": "\n".join(words)}
    key = f"payout:{asked.id}:{asked.state}"
    outbox.enqueue(session, "mail", mail, key=key, at=node.clock.now())
