"""The fund's example content: what was played in it is told to nobody by letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from ...core import follows, notices
from ...core.answers import ExampleStep
from ...core.models import Job
from ...core.node import Node
from .ballots import actions as ballots
from .ballots.actions.held import TELL_JOB
from .claims import actions as claims
from .dues.actions.example import load_example as load_dues
from .loans import actions as loans
from .pledges import actions as drives
from .programmes import actions as programmes
from .reports import actions as reports

Load = Callable[[Node, Session], None]
_LETTERS = ("mail", "notices.mail", follows.TELL, TELL_JOB)


def _step(order: int, title: str, load: Load) -> ExampleStep:
    def quietly(node: Node, session: Session) -> None:
        before = session.scalar(select(func.max(Job.id))) or 0
        load(node, session)
        session.flush()
        # Nobody waits for the letters of a past that never was; what is to happen stays due.
        now = node.clock.now()
        played = or_(Job.due_at <= now, Job.kind.in_(_LETTERS))
        session.execute(delete(Job).where(Job.id > before, played))
        notices.let_lie(session, before=now + timedelta(seconds=1))

    return ExampleStep(order, title, quietly)


STEPS = (
    _step(80, "areas, bookings and offices of the fund", reports.load_example),
    _step(81, "members of the fund, their dues and capital", load_dues),
    _step(82, "calls for ideas", programmes.load_example),
    _step(83, "votes", ballots.load_example),
    _step(84, "projects of the fund, and expense claims", claims.load_example),
    _step(85, "drives", drives.load_example),
    _step(86, "a lender and its loans", loans.load_example),
)
