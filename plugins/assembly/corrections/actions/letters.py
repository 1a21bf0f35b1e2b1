"""The mail to a resident who gets something back after all."""

from __future__ import annotations

from functools import partial

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import won
from .....core.models import Person
from .....core.node import Node
from ...settlement.models import Correction


def corrected_letter(
    node: Node, session: Session, made: Correction, person: Person, title: str
) -> None:
    """Tell whoever paid what they get back, for what and why; nobody who is blocked."""
    if person.blocked_at is not None:
        return
    say = partial(node.catalogues.tongue(person.language).pgettext, "correction")
    money = won(made.amount, person.language)
    text = [
        say("%(amount)s of %(product)s from the round %(title)s come back to you.",
            amount=money, product=made.product_name, title=title),
        say("Reason: %(reason)s", reason=made.reason),
        "",
        say("The money is on your account here: your next order uses it by itself."),
        node.settings.node.name,
    ]  # fmt: skip
    subject = say("You get %(amount)s back", amount=money)
    mail = {"to": person.email, "subject": subject, "text": "\n".join(text)}
    outbox.enqueue(session, "mail", mail, key=made.key, at=made.at)
