"""Who may see and do what with hubs and rounds, on a page and for a program alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ....core.answers import Rule
from ....core.errors import NotFound, Refused
from ....core.values import STEWARD
from ....core.web import allow, can, this_node
from . import queries, rules
from .queries import AnyRow
from .rules import ACTIVIST, State

SEE = "assembly.round.see"
ORDER = "assembly.round.order"
RUN = "assembly.cycle.run"
SHEET = "assembly.sheet.read"
OWN_SHEET = "assembly.sheet.own"
MAKE_HUB = "assembly.hub.make"

RULES = (
    Rule(SEE, everyone=True),
    Rule(ORDER, members=True),
    Rule(RUN, roles=frozenset({ACTIVIST})),
    # Opens the page; whose sheet it is decides ``OWN_SHEET`` or ``RUN`` in the space concerned.
    Rule(SHEET, roles=frozenset({ACTIVIST, "owner"})),
    Rule(OWN_SHEET, roles=frozenset({"owner"})),
    # A hub's host is given a share of each sale, so only a steward makes hubs and names hosts.
    Rule(MAKE_HUB, roles=frozenset({STEWARD})),
)


def zone() -> ZoneInfo:
    """Return the node's time zone."""
    return ZoneInfo(this_node().settings.node.time_zone)


def visible_cycle(session: Session, cycle_id: int) -> AnyRow:
    """Return a round that the viewer may see: a draft exists for its own hub only."""
    cycle = queries.cycle_page(session, cycle_id)
    if cycle.state == State.DRAFT and not can(RUN, cycle.hub_id):
        raise NotFound("There is no such round.")
    return cycle


def own_cycle(session: Session, cycle_id: int) -> AnyRow:
    """Return a round that the viewer runs; another hub's activist is a stranger here."""
    cycle = visible_cycle(session, cycle_id)
    allow(RUN, cycle.hub_id)
    return cycle


@dataclass(frozen=True, slots=True)
class Served:
    """A round that the viewer serves; ``hubs`` are those whose orders they may handle.

    None: all of them, since the round is their own hub's.
    """

    cycle: AnyRow
    hubs: frozenset[int] | None

    def check(self, host_id: int) -> None:
        """Hide an order that is collected at a hub of somebody else."""
        if self.hubs is not None and host_id not in self.hubs:
            raise NotFound("There is no such order in this round.")


def served_cycle(session: Session, cycle_id: int) -> Served:
    """Return a round that the viewer runs, or at one of whose further hubs they hand out."""
    cycle = visible_cycle(session, cycle_id)
    if can(RUN, cycle.hub_id):
        return Served(cycle, None)
    hubs = frozenset(hub for hub in queries.further_hubs(session, cycle_id) if can(RUN, hub))
    if not hubs:
        allow(RUN, cycle.hub_id)
    return Served(cycle, hubs)


def is_early(order: AnyRow, now: datetime) -> bool:
    """Say whether the day of collection of an order has not come yet."""
    return rules.is_early(order.collect_from, now, zone())


def check_day(session: Session, cycle_id: int, order_id: int, *, early: bool) -> None:
    """Refuse to hand an order over before its day unless somebody means it."""
    order = queries.served_order(session, cycle_id, order_id)
    if is_early(order, this_node().clock.now()) and not early:
        raise Refused(rules.EARLY.text)
