"""What a resident is told of credit that they asked for: it was paid out, or not, and why."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from .....core.language import Tongue, won
from .....core.node import Node
from .....core.notices import Notice, tell
from ...kinds import BALANCE
from ..models import CreditPayout


def paid_letter(node: Node, session: Session, asked: CreditPayout) -> None:
    """Tell a resident that their credit was paid out."""

    def title(say: Tongue) -> str:
        return say.gettext(
            "%(amount)s were paid out to you", amount=won(asked.amount, say.language)
        )

    def text(say: Tongue) -> str:
        if asked.host_id is None:
            return say.gettext("They are on their way to your bank account.")
        return say.gettext("You were given them in cash. If that is not so, please tell us.")

    _tell(node, session, asked, title, text)


def declined_letter(node: Node, session: Session, asked: CreditPayout) -> None:
    """Tell a resident that they do not get their credit now, and why."""

    def title(say: Tongue) -> str:
        money = won(asked.amount, say.language)
        return say.gettext("%(amount)s were not paid out to you", amount=money)

    def text(say: Tongue) -> str:
        reason = say.gettext("Reason: %(reason)s", reason=asked.reason)
        still = say.gettext("They are still on your balance. You can ask for them again.")
        return f"{reason}\n{still}"

    _tell(node, session, asked, title, text)


def _tell(
    node: Node, session: Session, asked: CreditPayout, title: Callable[[Tongue], str],
    text: Callable[[Tongue], str],
) -> None:  # fmt: skip
    key = f"payout:{asked.id}:{asked.state}"
    notice = Notice(kind=BALANCE.name, title=title, text=text, url="/me/balance", key=key)
    tell(node, session, asked.person_id, notice)
