"""What claims add to the fund's first page, and to one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Signpost
from ...carrying import queries as carrying
from .. import queries
from ..rules import STATES

SIGNPOSTS = (
    Signpost("fund.budget", "scale", Message("Planned and paid", {}),
             Message("What is set apart for what, and how much of it was paid.", {})),
    Signpost("fund.new_claim", "coin", Message("Claim an expense", {}),
             Message("You paid for something the fund carries? Bring the receipt.", {})),
)  # fmt: skip
FEW = 3


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Claims tell nothing on the fund's first page: what is paid stands with its project."""
    return ()


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return one's last claims, and those of one's projects that wait for a first person."""
    mine = queries.mine(session, viewer.id, limit=FEW)
    led = carrying.led_by(session, viewer.id)
    to_check = queries.to_check(session, led, viewer.id, FEW)
    if not mine and not to_check:
        return ()
    context = {"mine": mine, "to_check": to_check, "states": STATES}
    return (Section("fund/claims/mine_section.html", context, order=35),)
