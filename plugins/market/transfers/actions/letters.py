"""What a resident is told of transfers: that one arrived, or that one was noted by mistake."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from .....core.language import Tongue, won
from .....core.node import Node
from .....core.notices import Notice, tell
from ...kinds import BALANCE
from ...orders.models import Order
from ..models import Deposit

Said = Callable[[Tongue], str]


def arrived_letter(
    node: Node, session: Session, deposit: Deposit, person_id: int, order: Order | None
) -> None:
    """Tell a resident that their money has come, and for what it is used."""

    def title(say: Tongue) -> str:
        money = won(deposit.amount, say.language)
        return say.gettext("Your transfer of %(amount)s has arrived", amount=money)

    def text(say: Tongue) -> str:
        if order is None:
            return say.gettext("It is on your balance, and your next order uses it by itself.")
        return say.gettext("It is noted with your order %(number)s.", number=order.number)

    _tell(node, session, person_id, title, text, key=_key(deposit, "arrived"))


def mistaken_letter(node: Node, session: Session, deposit: Deposit, person_id: int) -> None:
    """Tell a resident that a transfer was noted with them by mistake."""

    def title(say: Tongue) -> str:
        money = won(deposit.amount, say.language)
        return say.gettext("A transfer of %(amount)s was not yours", amount=money)

    def text(say: Tongue) -> str:
        noted = say.gettext(
            "It was noted with you by mistake, and that is put right on your balance now."
        )
        return noted + "\n" + say.gettext("If you did send it, please tell us.")

    _tell(node, session, person_id, title, text, key=_key(deposit, "mistaken"))


def _key(deposit: Deposit, what: str) -> str:
    return f"transfer:{deposit.mark}:{deposit.version}:{what}"


def _tell(
    node: Node, session: Session, person_id: int, title: Said, text: Said, *, key: str
) -> None:
    notice = Notice(kind=BALANCE.name, title=title, text=text, url="/me/balance", key=key)
    tell(node, session, person_id, notice)
