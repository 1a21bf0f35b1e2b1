"""What the actions on loans have in common: the lock, the two-person rule, words to people."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, notices
from .....core.errors import Forbidden, Refused
from .....core.models import Grant, Person
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ..models import Guarantor, Loan
from ..queries import a_loan
from ..rules import LOAN, LOAN_DESK

MINE = "/fund/loans/mine"


def today(node: Node) -> date:
    """Return today in the node's time zone."""
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def held(session: Session, loan_id: int, *states: str) -> Loan:
    """Return a loan with a lock on it; ``Refused`` unless it stands in one of these states."""
    loan = a_loan(session, loan_id, lock=True)
    if states and loan.state not in states:
        raise Refused("This loan has moved on meanwhile. Please look at it again.")
    return loan


def refuse_own(session: Session, loan: Loan, actor_id: int) -> None:
    """Raise ``Forbidden`` for who borrows or guarantees: nobody decides about their own loan."""
    mine = (Guarantor.loan_id == loan.id, Guarantor.person_id == actor_id)
    if actor_id == loan.person_id or session.scalar(select(Guarantor.id).where(*mine)) is not None:
        raise Forbidden("Somebody else has to do this: you borrow or guarantee here yourself.")


def subject_of(loan_id: int) -> str:
    return f"loan:{loan_id}"


def record(
    node: Node, session: Session, what: str, loan_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write down who did what with a loan."""
    audit.record(
        session, f"fund.loan_{what}", at=node.clock.now(), person_id=actor_id,
        subject=("loan", loan_id), **details,
    )  # fmt: skip


def tell(
    node: Node, session: Session, person_id: int, loan_id: int, title: Message,
    text: Message | str, *, key: str, url: str = "",
) -> None:  # fmt: skip
    """Tell a borrower or a guarantor something about a loan, once for each ``key``."""
    notice = Notice(
        kind=LOAN.name, title=title, text=text, url=url or f"{MINE}/{loan_id}",
        subject=subject_of(loan_id), key=f"fund:loan:{loan_id}:{key}",
    )  # fmt: skip
    notices.tell(node, session, person_id, notice)


def tell_desk(
    node: Node, session: Session, loan_id: int, title: Message, text: Message, *, key: str
) -> None:
    """Tell those who keep the books that a loan waits for them."""
    treasurers = select(Grant.person_id).where(Grant.role == "treasurer", Grant.space_id.is_(None))
    notice = Notice(
        kind=LOAN_DESK.name, title=title, text=text, url=f"/fund/loans/desk/{loan_id}",
        subject=subject_of(loan_id), key=f"fund:loan_desk:{loan_id}:{key}",
    )  # fmt: skip
    notices.tell(node, session, sorted(session.scalars(treasurers)), notice)


def guarantors_of(session: Session, loan_id: int) -> list[Guarantor]:
    """Return those who have agreed to answer for a loan."""
    query = select(Guarantor).where(Guarantor.loan_id == loan_id, Guarantor.state == "agreed")
    return list(session.scalars(query.order_by(Guarantor.id)))


def name_of(session: Session, person_id: int) -> str:
    """Return what a person is called."""
    return session.get_one(Person, person_id).name
