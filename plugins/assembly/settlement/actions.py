"""What may be done to settle: split what was paid and post it, once."""

from __future__ import annotations

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from ....core import audit, ledger
from ....core.errors import Refused
from ....core.facts import SellerShare, SharesSettled
from ....core.models import Space
from ....core.node import Node
from ..cycles import actions as cycles
from ..cycles.models import Cycle
from ..cycles.rules import State
from .models import SettledLine, Settlement, Statement
from .queries import seller_statements, split_lines, sums_by_seller, unfinished_orders
from .rules import SellerSums, Sums, added

HELD = ledger.account("held")
CENTRE = ledger.account("centre")


def settle(
    node: Node, session: Session, cycle_id: int, *, actor_id: int | None, shown: int | None = None
) -> Settlement:
    """Settle a round: its state, its lines, its postings and what others hear are one change.

    Settled a second time, it returns the settlement that stands. ``shown``: the won that were
    about to be split on the page on which this was decided; Refused if it is another sum by now,
    and as long as an order waits.
    """
    cycle = cycles.locked(session, cycle_id)
    standing = session.get(Settlement, cycle_id)
    if standing is not None:
        return standing
    cycles.enter(node, session, cycle, State.SETTLED, actor_id=actor_id)
    _refuse_unfinished(session, cycle)
    sellers = _split(session, cycle)
    settlement = _write(node, session, cycle, added(sellers), actor_id)
    if shown is not None and shown != settlement.exempt + settlement.taxed:
        raise Refused("What was paid has changed since this page was shown. Please look again.")
    _tell(node, session, cycle, settlement, sellers)
    return settlement


def _refuse_unfinished(session: Session, cycle: Cycle) -> None:
    waiting = unfinished_orders(session, cycle.occasion)
    if waiting:
        raise Refused(
            "Orders neither handed over and paid nor marked as not collected: %(num)s. "
            "Please finish them first.",
            num=waiting,
        )


def _split(session: Session, cycle: Cycle) -> list[SellerSums]:
    """Write the shares of every paid line and the sums of every seller, one statement each."""
    sold = split_lines(cycle.occasion).subquery()
    names = [column.name for column in sold.c]
    lines = select(literal(cycle.id), *sold.c).order_by(sold.c.line_id)
    session.execute(insert(SettledLine).from_select(["cycle_id", *names], lines))

    settled = SettledLine.__table__
    sums = sums_by_seller(settled).where(settled.c.cycle_id == cycle.id).subquery()
    names = [column.name for column in sums.c]
    rows = select(literal(cycle.id), *sums.c)
    session.execute(insert(Statement).from_select(["cycle_id", *names], rows))
    return seller_statements(session, cycle.id)


def _write(
    node: Node, session: Session, cycle: Cycle, sums: Sums, actor_id: int | None
) -> Settlement:
    settlement = Settlement(
        cycle_id=cycle.id,
        hub_id=cycle.hub_id,
        hub_name=session.get_one(Space, cycle.hub_id).name,
        settled_at=node.clock.now(),
        actor_id=actor_id,
        lines=sums.lines,
        exempt=sums.exempt,
        taxed=sums.taxed,
        producer=sums.split.producer,
        activist=sums.split.activist,
        centre=sums.split.centre,
    )
    session.add(settlement)
    session.flush()
    audit.record(
        session, "assembly.settlement.made", at=settlement.settled_at, person_id=actor_id,
        subject=("cycle", cycle.id), lines=sums.lines, paid=sums.paid,
        producer=sums.split.producer, activist=sums.split.activist, centre=sums.split.centre,
    )  # fmt: skip
    return settlement


def _tell(
    node: Node, session: Session, cycle: Cycle, settlement: Settlement, sellers: list[SellerSums]
) -> None:
    """Post each seller's shares, and tell everyone who builds on them."""
    told = tuple(
        SellerShare(each.seller_id, each.seller_name, each.sums.split, _key(cycle, each))
        for each in sellers
    )
    drafts = [_draft(cycle, share, settlement.actor_id) for share in told]
    ledger.post(session, drafts, settlement.settled_at)
    fact = SharesSettled(
        occasion=cycle.occasion,
        title=cycle.title,
        hub_id=cycle.hub_id,
        hub_name=settlement.hub_name,
        sellers=told,
        settled_at=settlement.settled_at,
    )
    node.hooks.shares_settled(node=node, session=session, fact=fact)


def _key(cycle: Cycle, seller: SellerSums) -> str:
    return f"settled:{cycle.id}:{seller.seller_id}"


def _draft(cycle: Cycle, share: SellerShare, actor_id: int | None) -> ledger.Draft:
    entries = (
        (HELD, share.split.paid),
        (ledger.account("producer", share.seller_id), -share.split.producer),
        (ledger.account("activist", cycle.hub_id), -share.split.activist),
        (CENTRE, -share.split.centre),
    )
    return ledger.Draft(
        key=share.posting,
        subject=cycle.occasion,
        memo=f"{cycle.title} · {share.seller_name}",
        entries=tuple(entry for entry in entries if entry[1]),
        actor_id=actor_id,
    )
