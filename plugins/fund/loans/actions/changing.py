"""When somebody cannot pay as agreed: a later plan, or writing off what will not come."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Forbidden, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Loan, WriteOff
from ..queries import owed
from ..rules import later_plan
from ..rules.lending import LOST, OUT
from .deciding import add_plan
from .held import guarantors_of, held, record, refuse_own, subject_of, tell, today
from .watching import watch_from

MOST_GRACE = 24


def defer(
    node: Node, session: Session, loan_id: int, months: int, reason: str, *, version: int,
    actor_id: int,
) -> None:  # fmt: skip
    """Let somebody pay only interest for so many months more, with a reason; what is late and what
    it cost is paid afterwards and bears no interest itself. ``version`` is the plan looked at."""
    loan = held(session, loan_id, OUT)
    refuse_own(session, loan, actor_id)
    day = today(node)
    stand = owed(session, loan, day)
    if stand is None or loan.out_on is None or stand.version != version:
        raise Refused("The plan was changed meanwhile. Please look at it again.")
    now = stand.standing
    carried = now.now.late + now.now.interest + max(0, now.accrued - now.ahead)
    dues = later_plan(
        now, out_on=loan.out_on, rate_bp=loan.rate_bp, way=loan.way, grace=months, carried=carried
    )
    add_plan(node, session, loan, dues, starts_on=day, reason=reason, actor_id=actor_id,
             version=version + 1)  # fmt: skip
    title = Message("There is a new plan for your loan", {})
    tell(node, session, loan.person_id, loan.id, title, reason,
         key=f"plan:{version + 1}")  # fmt: skip
    _tell_guarantors(node, session, loan, version + 1)
    record(node, session, "deferred", loan.id, actor_id, months=months, version=version + 1)
    watch_from(node, session, loan.id)


def _tell_guarantors(node: Node, session: Session, loan: Loan, version: int) -> None:
    title = Message("A loan that you guarantee is paid back later", {})
    text = Message("The new plan stands on the page of your guarantee.", {})
    for place in guarantors_of(session, loan.id):
        if place.person_id is not None:
            tell(node, session, place.person_id, loan.id, title, text, key=f"plan:{version}",
                 url=f"/fund/loans/guarantee/{place.code}")  # fmt: skip


def ask_write_off(
    node: Node, session: Session, loan_id: int, reason: str, *, actor_id: int
) -> WriteOff:
    """Ask that a loan be written off, with a reason; two others have to approve."""
    loan = held(session, loan_id, OUT)
    refuse_own(session, loan, actor_id)
    made = session.get(WriteOff, loan_id)
    if made is None:
        made = WriteOff(
            loan_id=loan_id, reason=reason, asked_by=actor_id, asked_at=node.clock.now()
        )
        session.add(made)
        session.flush()
        record(node, session, "write_off_asked", loan_id, actor_id)
    return made


def approve_write_off(node: Node, session: Session, loan_id: int, *, actor_id: int) -> bool:
    """Approve that a loan is written off; the second of two does it. Return whether it is done."""
    loan = held(session, loan_id, OUT, LOST)
    refuse_own(session, loan, actor_id)
    asked = session.get(WriteOff, loan_id, with_for_update=True, populate_existing=True)
    if asked is None:
        raise Refused("Nobody has asked to write this loan off.")
    if asked.done_at is not None or asked.first_by == actor_id:
        return asked.done_at is not None
    if asked.asked_by == actor_id:
        raise Forbidden("Two people other than who asked have to approve.")
    if asked.first_by is None:
        asked.first_by = actor_id
        session.flush()
        record(node, session, "write_off_approved", loan_id, actor_id)
        return False
    asked.second_by, asked.done_at = actor_id, node.clock.now()
    _write_off(node, session, loan, actor_id)
    return True


def _write_off(node: Node, session: Session, loan: Loan, actor_id: int) -> None:
    ledger.hold(session)
    left = -ledger.balance(session, ledger.account("loan", loan.id))
    draft = ledger.Draft(
        key=f"loan:{loan.id}:lost", subject=subject_of(loan.id), memo="대출 대손 처리",
        entries=((ledger.account("loss", loan.lender_id), left),
                 (ledger.account("loan", loan.id), -left)),
        actor_id=actor_id,
    )  # fmt: skip
    ledger.post(session, [draft], node.clock.now())
    loan.state, loan.lost, loan.ended_at = LOST, left, node.clock.now()
    session.flush()
    record(node, session, "written_off", loan.id, actor_id, amount=left)
    title = Message("Your loan is written off in the books", {})
    text = Message("The lender tells you what that means for what you owe.", {})
    tell(node, session, loan.person_id, loan.id, title, text, key="lost")
