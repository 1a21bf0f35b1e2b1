"""Leaving: nobody goes with money or containers between them and the node."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..queries import held_by, open_payout
from .held import hold_account
from .payouts import cancel_payout


def check_leaving(node: Node, session: Session, person_id: int) -> None:
    """Refuse with what has to be done first, while there is credit, debt or a container.

    What was asked to be paid out and is used up by now is taken back, and the bank account with it.
    """
    held = held_by(session, person_id)
    if held:
        names = ", ".join(f"{each.name} × {each.number}" for each in held)
        raise Refused(
            "You still have containers at home: %(names)s. Please bring them back first, so that"
            " you get your deposit.",
            names=names,
        )
    account = hold_account(session, person_id)
    if account > 0:
        raise Refused(
            "There are %(amount)s won left for you. Please have them paid out first: “My balance”.",
            amount=f"{account:,}",
        )
    if account < 0:
        raise Refused(
            "%(amount)s won are still to be paid by you. Please pay them at your hub first.",
            amount=f"{-account:,}",
        )
    asked = open_payout(session, person_id)
    if asked is not None:
        cancel_payout(node, session, asked.id, actor_id=person_id)
