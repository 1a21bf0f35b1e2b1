"""Runs to the bank: each claim in one at most, and paid once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ...carrying import actions as carrying
from ...carrying import queries as projects
from ...earmarks import actions as earmarks
from ...earmarks.actions import Move
from .. import queries
from ..models import Claim, ClaimRun
from ..rules import APPROVED, IN_RUN, PAID, REVERSED, refuse_own, run_number, subject_of
from .recording import held, record, tell_claimant

_MOST = 200
"""Claims in one run; what is left waits for the next."""

_PAID = Message("Your money was sent: %(purpose)s", {}).text
_REVERSED = Message("A payment to you was taken back: %(purpose)s", {}).text


def make_run(node: Node, session: Session, *, key: str, shown: int, actor_id: int) -> ClaimRun:
    """Put all approved claims into one run, once for each ``key``.

    ``shown``: the won that the page said; ``Refused`` if it is another sum by now, or nothing.
    """
    ledger.hold(session)
    queries.refuse_keeping(session, actor_id)
    made = session.scalars(select(ClaimRun).where(ClaimRun.key == key)).one_or_none()
    if made is not None:
        return made
    claims = session.scalars(
        select(Claim).where(Claim.state == APPROVED).order_by(Claim.id).limit(_MOST)
        .with_for_update()
    ).all()  # fmt: skip
    total = sum(each.amount for each in claims)
    if not claims:
        raise Refused("No approved claim waits to be paid.")
    if total != shown:
        raise Refused("What is approved has changed since this page was shown. Please look again.")
    now = node.clock.now()
    year = now.astimezone(ZoneInfo(node.settings.node.time_zone)).year
    earlier = session.scalar(select(func.count()).where(ClaimRun.number.startswith(f"E{year}-")))
    made = ClaimRun(
        number=run_number(year, int(earlier or 0)), key=key, total=total, rows=len(claims),
        actor_id=actor_id, at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    for each in claims:
        each.state, each.run_id = IN_RUN, made.id
        record(node, session, each, "in_run", actor_id, made.number)
    return made


def take_out(node: Node, session: Session, claim_id: int, why: str, *, actor_id: int) -> None:
    """Take a claim out of its run, since the bank did not pay it: it waits for the next one."""
    claim = held(session, claim_id, "take_out")
    refuse_own(actor_id, claim.claimant_id)
    queries.refuse_keeping(session, actor_id)
    claim.state, claim.run_id, claim.reason = APPROVED, None, why
    record(node, session, claim, "taken_out", actor_id, why)


def pay(node: Node, session: Session, run_id: int, *, actor_id: int) -> int:
    """Write down that the bank has paid a run; return how many claims that were. Twice is once."""
    ledger.hold(session)
    queries.refuse_keeping(session, actor_id)
    run = session.get(ClaimRun, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise NotFound("There is no such run.")
    if run.paid_at is not None:
        return 0
    claims = session.scalars(
        select(Claim).where(Claim.run_id == run_id, Claim.state == IN_RUN).order_by(Claim.id)
        .with_for_update().execution_options(populate_existing=True)
    ).all()  # fmt: skip
    run.paid_at = node.clock.now()
    run.total, run.rows = sum(each.amount for each in claims), len(claims)
    if not claims:
        raise Refused("Nothing is left in this run.")
    for each in claims:
        _pay(node, session, each, actor_id)
    audit.record(
        session, "fund.claims_paid", at=run.paid_at, person_id=actor_id,
        subject=("claim_run", run.id), number=run.number, total=run.total, rows=run.rows,
    )  # fmt: skip
    return len(claims)


def _pay(node: Node, session: Session, claim: Claim, actor_id: int) -> None:
    earmark, now = projects.earmark_of(session, claim.earmark_id), node.clock.now()
    subject = subject_of(claim.id)
    move = Move(
        claim.amount, f"fund:{subject}", subject, f"{earmark.name}: {claim.wording}", actor_id
    )
    earmarks.spend(node, session, move, source=earmark)
    carrying.release(session, subject)
    session.execute(
        update(Claim).where(Claim.id == claim.id).values(state=PAID, paid_at=now, closed_at=now)
    )
    session.refresh(claim)
    record(node, session, claim, "paid", actor_id)
    tell_claimant(node, session, claim, _PAID, Message("Please look at your account.", {}), "paid")


def reverse(node: Node, session: Session, claim_id: int, why: str, *, actor_id: int) -> None:
    """Take back a claim that was paid wrongly, by a counter-posting: its won are there again."""
    claim = held(session, claim_id, "reverse")
    refuse_own(actor_id, claim.claimant_id)
    queries.refuse_keeping(session, actor_id)
    earmark = projects.earmark_of(session, claim.earmark_id)
    key = f"fund:{subject_of(claim.id)}"
    memo = f"{earmark.name}: {claim.wording} (되돌림)"
    earmarks.take_back(node, session, key, memo=memo, actor_id=actor_id)
    claim.state, claim.reason = REVERSED, why
    if earmark.closed_at is not None:  # nothing may lie in what has ended
        free = Move(claim.amount, f"{key}:free", subject_of(claim.id), memo, actor_id)
        earmarks.shift(node, session, free, source=earmark, target=None)
    record(node, session, claim, "reversed", actor_id, why)
    tell_claimant(node, session, claim, _REVERSED, why, "reversed")
