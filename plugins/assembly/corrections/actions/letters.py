"""Telling a resident that they get something back after all."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.language import Tongue, won
from .....core.models import Person
from .....core.node import Node
from .....core.notices import Notice, tell
from ....market import ORDER_CHANGED
from ...cycles.models import Cycle
from ...settlement.models import Correction


def corrected_letter(
    node: Node, session: Session, made: Correction, person: Person, cycle: Cycle
) -> None:
    """Tell whoever paid what they get back, for what and why; nobody who is blocked."""
    if person.blocked_at is not None:
        return

    def title(tongue: Tongue) -> str:
        money = won(made.amount, tongue.language)
        return tongue.pgettext("correction", "You get %(amount)s back", amount=money)

    def text(tongue: Tongue) -> str:
        money = won(made.amount, tongue.language)
        lines = [
            tongue.pgettext(
                "correction",
                "%(amount)s of %(product)s from the round %(title)s come back to you.",
                amount=money, product=made.product_name, title=cycle.title,
            ),
            tongue.pgettext("correction", "Reason: %(reason)s", reason=made.reason),
            tongue.pgettext(
                "correction",
                "The money is on your account here: your next order uses it by itself.",
            ),
        ]  # fmt: skip
        return "\n".join(lines)

    notice = Notice(
        kind=ORDER_CHANGED.name, title=title, text=text, subject=cycle.occasion,
        heading=cycle.title, key=made.key,
    )  # fmt: skip
    tell(node, session, person.id, notice)
