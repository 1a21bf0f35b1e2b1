"""Settling: what was paid is split and posted, once."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import Refused
from .....core.facts import SellerShare, SharesSettled
from .....core.models import Space
from .....core.node import Node
from ...cycles import actions as cycles
from ...cycles.models import Cycle
from ...cycles.rules import State
from ..models import HubStatement, SettledLine, Settlement, Statement
from ..queries import settled_parts, split_lines, unfinished_orders
from ..rules import Part, SellerSums, Sums, added, by_hub, by_seller, by_seller_and_hub, settled_key
from .letters import settled_letters

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
    parts = _split(session, cycle)
    settlement = _write(node, session, cycle, added(parts), actor_id)
    if shown is not None and shown != settlement.exempt + settlement.taxed:
        raise Refused("What was paid has changed since this page was shown. Please look again.")
    _tell(node, session, cycle, settlement, parts)
    return settlement


def _refuse_unfinished(session: Session, cycle: Cycle) -> None:
    waiting = unfinished_orders(session, cycle.occasion)
    if waiting:
        raise Refused(
            "Orders neither handed over and paid nor marked as not collected: %(num)s. "
            "Please finish them first.",
            num=waiting,
        )


def _split(session: Session, cycle: Cycle) -> list[Part]:
    """Write the shares of every paid line in one statement, and their sums: each seller's, each
    hub's."""
    sold = split_lines(cycle.occasion).subquery()
    names = [column.name for column in sold.c]
    lines = select(literal(cycle.id), *sold.c).order_by(sold.c.line_id)
    session.execute(insert(SettledLine).from_select(["cycle_id", *names], lines))

    parts = settled_parts(session, cycle.id)
    if parts:
        _write_statements(session, cycle, parts)
    return parts


def _write_statements(session: Session, cycle: Cycle, parts: list[Part]) -> None:
    sellers = [
        {"seller_id": each.seller_id, "seller_name": each.seller_name, **_columns(cycle, each.sums)}
        for each in by_seller(parts)
    ]
    session.execute(insert(Statement), sellers)
    found = by_hub(parts)
    names = dict(session.execute(select(Space.id, Space.name).where(Space.id.in_(found))).all())
    hubs = [
        {"hub_id": hub_id, "hub_name": names[hub_id], **_columns(cycle, sums)}
        for hub_id, sums in found.items()
    ]
    session.execute(insert(HubStatement), hubs)


def _columns(cycle: Cycle, sums: Sums) -> dict[str, int]:
    return {
        "cycle_id": cycle.id,
        "lines": sums.lines,
        "exempt": sums.exempt,
        "taxed": sums.taxed,
        "producer": sums.split.producer,
        "activist": sums.split.activist,
        "centre": sums.split.centre,
    }


def _write(
    node: Node, session: Session, cycle: Cycle, sums: Sums, actor_id: int | None
) -> Settlement:
    settlement = Settlement(
        **_columns(cycle, sums),
        hub_id=cycle.hub_id,
        hub_name=session.get_one(Space, cycle.hub_id).name,
        settled_at=node.clock.now(),
        actor_id=actor_id,
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
    node: Node, session: Session, cycle: Cycle, settlement: Settlement, parts: list[Part]
) -> None:
    """Post each seller's shares, and tell everyone who builds on them."""
    told = tuple(
        SellerShare(each.seller_id, each.seller_name, each.sums.split, _key(cycle, each))
        for each in by_seller(parts)
    )
    hubs = by_seller_and_hub(parts)
    drafts = [_draft(cycle, share, hubs[share.seller_id], settlement.actor_id) for share in told]
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
    settled_letters(node, session, cycle, parts)


def _key(cycle: Cycle, seller: SellerSums) -> str:
    return settled_key(cycle.id, seller.seller_id)


def _draft(
    cycle: Cycle, share: SellerShare, hubs: Mapping[int, int], actor_id: int | None
) -> ledger.Draft:
    """Return a seller's posting; ``hubs``: what its sales gave the activist of each hub."""
    entries = (
        (HELD, share.split.paid),
        (ledger.account("producer", share.seller_id), -share.split.producer),
        *((ledger.account("activist", hub_id), -won) for hub_id, won in hubs.items()),
        (CENTRE, -share.split.centre),
    )
    return ledger.Draft(
        key=share.posting,
        subject=cycle.occasion,
        memo=f"{cycle.title} · {share.seller_name}",
        entries=tuple(entry for entry in entries if entry[1]),
        actor_id=actor_id,
    )
