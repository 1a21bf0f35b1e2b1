"""Who may do what with loans: the actions of the fund, and whose loan it is."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.web import can, this_member, this_node, this_viewer
from ..access import APPOINT, AUDIT, KEEP, READ, TAKE_PART
from .actions import today as today_of
from .models import Lender, Loan
from .queries import a_loan

__all__ = ["APPOINT", "AUDIT", "KEEP", "READ", "TAKE_PART", "own_loan", "sees_book", "today"]


def today() -> date:
    """Return today in the node's time zone."""
    return today_of(this_node())


def own_loan(session: Session, loan_id: int) -> Loan:
    """Return a loan of the viewer's; NotFound for anybody else's."""
    found = a_loan(session, loan_id)
    if found.person_id != this_member().id:
        raise NotFound("There is no such loan.")
    return found


def sees_book(lender: Lender) -> bool:
    """Say whether the viewer may see a lender's book: who keeps or audits the fund's, and whoever
    runs the lender's own page."""
    viewer = this_viewer()
    return can(AUDIT) or (
        viewer is not None and lender.space_id is not None
        and lender.space_id in viewer.spaces("owner")
    )  # fmt: skip
