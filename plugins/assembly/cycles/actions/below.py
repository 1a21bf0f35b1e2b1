"""Telling that a producer stayed below its minimum: to the producer and to the round's hosts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import Tongue, won
from .....core.models import Space
from .....core.node import Node
from .....core.notices import tell
from ...kinds import HUB, PRODUCER
from ..models import Cycle
from ..queries import holders, points_of
from ..rules import ACTIVIST, Outcome, Verdict
from .about import about


def tell_producer(node: Node, session: Session, cycle: Cycle, verdict: Verdict) -> None:
    """Tell those who run a producer what was ordered, what was wanted, and what follows."""
    for owner in holders(session, "owner", [verdict.seller_id]):
        tongue = node.catalogues.tongue(owner.language)
        say = partial(tongue.pgettext, "round")
        asked = partial(_amount, tongue)
        terms, ordered = verdict.terms, verdict.ordered
        text = [
            say("%(name)s stayed below its minimum in the round %(title)s.",
                name=owner.name, title=cycle.title),
            say("Ordered: %(ordered)s", ordered=asked(ordered.won, ordered.units)),
            say("Minimum: %(minimum)s", minimum=asked(terms.minimum_won, terms.minimum_units)),
            say(_TO_PRODUCER[verdict.outcome]),
        ]  # fmt: skip
        subject = say("Below the minimum: %(title)s", title=cycle.title)
        key = f"assembly:below:{cycle.id}:{verdict.seller_id}"
        notice = about(cycle, PRODUCER, subject, text, key=key, url=f"/rounds/{cycle.id}")
        tell(node, session, owner.id, notice)


def tell_hosts(node: Node, session: Session, cycle: Cycle, below: Sequence[Verdict]) -> None:
    """Tell the activists of all hubs of the round which producers stayed below, and what follows:
    they are asked first, and less arrives."""
    hubs = [cycle.hub_id, *(point.hub_id for point in points_of(session, cycle.id))]
    names = _names(session, [each.seller_id for each in below])
    sellers = "-".join(str(seller) for seller in sorted(names))
    told = set[int]()
    for host in holders(session, ACTIVIST, hubs):
        if host.id in told:  # who hosts several of them needs it once
            continue
        told.add(host.id)
        tongue = node.catalogues.tongue(host.language)
        say = partial(tongue.pgettext, "round")
        text = [
            say("In the round %(title)s these stayed below their minimum:", title=cycle.title),
            "",
            *(_line(tongue, each, names[each.seller_id]) for each in below),
        ]  # fmt: skip
        subject = say("Below the minimum: %(title)s", title=cycle.title)
        key = f"assembly:hosts_below:{cycle.id}:{sellers}"[:110]
        notice = about(cycle, HUB, subject, text, key=key, url=f"/rounds/{cycle.id}/producers")
        tell(node, session, host.id, notice)


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(select(Space.id, Space.name).where(Space.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _line(tongue: Tongue, verdict: Verdict, name: str) -> str:
    terms, ordered = verdict.terms, verdict.ordered
    said = tongue.pgettext(
        "round",
        "%(name)s: %(ordered)s ordered, at least %(minimum)s wanted.",
        name=name,
        ordered=_amount(tongue, ordered.won, ordered.units) or "0",
        minimum=_amount(tongue, terms.minimum_won, terms.minimum_units),
    )
    return f"- {said} {tongue.pgettext('round', _TO_HOST[verdict.outcome])}"


_TO_PRODUCER = {
    Outcome.CONFIRMED: "As agreed beforehand, the orders stand all the same.",
    Outcome.CANCELLED: "As agreed beforehand, the orders were cancelled. There is nothing to "
    "bring.",
    Outcome.CARRIED: "As agreed beforehand, the orders go over into the next round. There is "
    "nothing to bring this time.",
}
"""Message ids in the context ``round``."""


def _amount(tongue: Tongue, amount: int, units: int) -> str:
    pieces = tongue.pgettext("round", "%(units)s pieces", units=f"{units:,}")
    shown = [won(amount, tongue.language)] if amount else []
    return " · ".join([*shown, pieces] if units else shown)


_TO_HOST = {
    Outcome.CONFIRMED: "It comes all the same.",
    Outcome.CANCELLED: "It does not come; the orders of it are cancelled.",
    Outcome.CARRIED: "It does not come this time; the orders of it go over into the next round.",
}
"""Message ids in the context ``round``."""
