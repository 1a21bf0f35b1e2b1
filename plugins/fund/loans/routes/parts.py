"""What loans add to the fund's first page and to one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Signpost
from .. import queries
from ..actions import today
from .shown import state_of

SIGNPOSTS: tuple[Signpost, ...] = (
    Signpost(
        "fund.loans", "coin", Message("Social finance", {}),
        Message("Who lends to neighbours here, on which terms, and what a loan costs.", {}),
    ),
)  # fmt: skip


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return nothing: the way to loans is enough on the fund's first page."""
    return ()


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return one's loans with what is due next, and what one guarantees."""
    loans = [
        each for each in queries.mine(session, viewer.id, limit=3)
        if each.state not in ("repaid", "lost", "refused", "withdrawn")
    ]  # fmt: skip
    guarantees = [
        each for each in queries.my_guarantees(session, viewer.id, limit=3)
        if each.state == "agreed" and each.loan_state == "out"
    ]  # fmt: skip
    if not loans and not guarantees:
        return ()
    owed = queries.owed_of(session, loans, today(node))
    context = {"loans": loans, "guarantees": guarantees, "owed": owed, "state_of": state_of}
    return (Section("fund/loans/me.html", context, order=44),)
