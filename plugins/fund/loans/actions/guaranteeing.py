"""Guaranteeing: whoever answers for a loan presses themselves, knowing for what; or declines."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Forbidden, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Guarantor
from ..queries import a_guarantor, by_code
from ..rules.lending import AGREED, APPLIED, APPROVED, DRAFT, REVIEW
from .applying import go_on
from .forgetting import CONSENT, CONSENT_VERSION
from .held import held, name_of, record, refuse_own, tell

_YES = Message("%(name)s guarantees your loan", {}).text
_NO = Message("%(name)s does not guarantee your loan", {}).text
_YES_TEXT = Message("Once all whom you asked have agreed, the application is looked at.", {}).text
_NO_TEXT = Message("You can take the place back, or ask somebody else.", {}).text


def guarantee(node: Node, session: Session, code: str, *, person_id: int, yes: bool) -> Guarantor:
    """Agree to answer for a loan up to the amount that is named, or decline; said once.

    Agreeing hands one's name to the lender (Personal Information Protection Act article 17).
    """
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such guarantee.")
    loan = held(session, by_code(session, code).loan_id)
    place = session.get_one(Guarantor, by_code(session, code).id, populate_existing=True)
    if place.state != "asked":
        if place.person_id != person_id:
            raise NotFound("There is no such guarantee.")
        return place
    if loan.person_id == person_id:
        raise Forbidden("Please pass this link on: nobody guarantees their own loan.")
    if loan.state not in (DRAFT, APPLIED):
        raise Refused("This loan has moved on meanwhile. Please look at it again.")
    _answer(node, session, place, person_id, yes=yes)
    title = Message(_YES if yes else _NO, {"name": name_of(session, person_id)})
    text = Message(_YES_TEXT if yes else _NO_TEXT, {})
    tell(node, session, loan.person_id, loan.id, title, text, key=f"guarantor:{place.id}")
    if loan.state == APPLIED:
        go_on(node, session, loan)
    return place


def _answer(node: Node, session: Session, place: Guarantor, person_id: int, *, yes: bool) -> None:
    twice = Refused("You have answered for this loan already.")
    mine = (Guarantor.loan_id == place.loan_id, Guarantor.person_id == person_id)
    if session.scalar(select(Guarantor.id).where(*mine)) is not None:
        raise twice
    try:
        with session.begin_nested():
            place.person_id, place.state = person_id, "agreed" if yes else "declined"
            place.answered_at = node.clock.now()
            session.flush()
    except IntegrityError:
        raise twice from None
    if yes:
        members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=node.clock.now())
    what = "guaranteed" if yes else "not_guaranteed"
    record(node, session, what, place.loan_id, person_id, guarantor=place.id, amount=place.amount)


def saw_paper(
    node: Node, session: Session, loan_id: int, guarantor_id: int, *, actor_id: int
) -> None:
    """Note that a guarantor's signature stands on paper: without it there is no guarantee (Civil
    Act article 428-2)."""
    loan = held(session, loan_id, REVIEW, APPROVED, AGREED)
    refuse_own(session, loan, actor_id)
    place = a_guarantor(session, loan_id, guarantor_id)
    if place.state == "agreed" and place.paper_at is None:
        place.paper_at = node.clock.now()
        session.flush()
        record(node, session, "paper_seen", loan_id, actor_id, guarantor=guarantor_id)
