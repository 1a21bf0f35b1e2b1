"""What membership adds to one's own page and to the first page of the fund."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Signpost, can
from ...access import KEEP
from .. import queries
from ..rules import APPLIED, LIVE

SIGNPOSTS = (
    Signpost(
        "fund.membership",
        "people",
        Message("Membership", {}),
        Message("Become a member, pay dues, capital of members.", {}),
    ),
)


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return how many carry the fund regularly, and their capital; nobody by name."""
    counted = [each for each in queries.counted(session) if each.members]
    if not counted:
        return ()
    context = {"counted": counted, "capital": queries.all_capital(session)}
    return (Section("fund/dues/front.html", context, order=60),)


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return what one is a member of and what is to be paid, and for who keeps the fund their
    way to the members."""
    mine = [row for row in queries.memberships(session, viewer.id)
            if row.Member.state in LIVE or row.open]  # fmt: skip
    found = [Section("fund/dues/mine.html", {"mine": mine}, order=43)] if mine else []
    if can(KEEP):
        context = {
            "applied": queries.states(session).get(APPLIED, 0),
            "pleas": queries.pleas_waiting(session),
        }
        found.append(Section("fund/dues/keeper.html", context, order=44))
    return found
