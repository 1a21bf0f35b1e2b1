"""Telling that a round is settled: producers and the activists of hubs, with sum and link."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from .....core.language import won
from .....core.node import Node
from .....core.notices import Notice, tell
from ...cycles.models import Cycle
from ...cycles.queries import AnyRow, holders
from ...cycles.rules import ACTIVIST
from ...kinds import MONEY
from ..rules import Part, by_hub, by_seller


def settled_letters(node: Node, session: Session, cycle: Cycle, parts: list[Part]) -> None:
    """Tell everyone who gets a share what it is and where its statement stands."""
    path = f"/rounds/{cycle.id}/statements"
    sellers = {each.seller_id: int(each.sums.split.producer) for each in by_seller(parts)}
    hubs = {hub_id: int(sums.split.activist) for hub_id, sums in by_hub(parts).items()}
    for reader in holders(session, "owner", sellers):
        _tell(node, session, cycle, reader, sellers, f"{path}/{reader.space_id}")
    for reader in holders(session, ACTIVIST, hubs):
        _tell(node, session, cycle, reader, hubs, f"{path}/hub/{reader.space_id}")


def _tell(
    node: Node, session: Session, cycle: Cycle, reader: AnyRow, sums: Mapping[int, int],
    path: str,
) -> None:  # fmt: skip
    say = partial(node.catalogues.tongue(reader.language).pgettext, "settled")
    amount = won(sums[reader.space_id], reader.language)
    text = [
        say("The round %(title)s is settled.", title=cycle.title),
        say("%(name)s gets %(amount)s.", name=reader.name, amount=amount),
    ]
    notice = Notice(
        kind=MONEY.name,
        title=say("Settled: %(title)s", title=cycle.title),
        text="\n".join(text),
        url=path,
        subject=cycle.occasion,
        heading=cycle.title,
        key=f"assembly:settled:{cycle.id}:{reader.space_id}",
    )
    tell(node, session, reader.id, notice)
