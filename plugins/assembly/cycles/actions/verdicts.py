"""Telling what was decided at the cut-off of producers: to residents, producers and activists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import Tongue
from .....core.models import Person
from .....core.node import Node
from .....core.notices import tell
from ....market import ORDER_CHANGED
from ..models import Cycle
from ..queries import AnyRow
from ..rules import Outcome, Verdict
from .about import about
from .below import tell_hosts, tell_producer


def tell_verdicts(node: Node, session: Session, cycle: Cycle, verdicts: Sequence[Verdict]) -> None:
    """Tell every resident concerned, in one mail, the producers that stayed below, and in one
    mail those who host the round."""
    orders: dict[int, list[tuple[Verdict, AnyRow]]] = {}
    for verdict in verdicts:
        for line in verdict.lines:
            orders.setdefault(line.order_id, []).append((verdict, line))
    people = _people(session, {found[0][1].person_id for found in orders.values()})
    for order_id, found in sorted(orders.items()):
        person = people[found[0][1].person_id]
        _tell_resident(node, session, cycle, person, order_id, found)
    for verdict in verdicts:
        if verdict.below and verdict.lines:
            tell_producer(node, session, cycle, verdict)
    below = [verdict for verdict in verdicts if verdict.below]
    if below:
        tell_hosts(node, session, cycle, below)


def _people(session: Session, ids: Iterable[int]) -> dict[int, AnyRow]:
    rows = session.execute(select(Person.id, Person.language).where(Person.id.in_(ids)))
    return {row.id: row for row in rows}


def _tell_resident(
    node: Node,
    session: Session,
    cycle: Cycle,
    person: AnyRow,
    order_id: int,
    found: Sequence[tuple[Verdict, AnyRow]],
) -> None:
    tongue = node.catalogues.tongue(person.language)
    say = partial(tongue.pgettext, "round")
    text = [say("In the round %(title)s, this was decided:", title=cycle.title), ""]
    for verdict in dict.fromkeys(id(verdict) for verdict, _ in found):
        mine = [(each, line) for each, line in found if id(each) == verdict]
        text += [_sentence(tongue, mine[0][0], mine[0][1].seller_name)]
        text += [f"- {line.product_name} {line.unit_label} × {line.delivered}" for _, line in mine]
        text.append("")
    sellers = "-".join(str(seller) for seller in sorted({each.seller_id for each, _ in found}))
    subject = say("What comes of your order: %(title)s", title=cycle.title)
    key, url = f"assembly:decided:{cycle.id}:{order_id}:{sellers}", f"/orders/{found[0][1].uid}"
    notice = about(cycle, ORDER_CHANGED, subject, text, key=key[:110], url=url)
    tell(node, session, person.id, notice)


def _sentence(tongue: Tongue, verdict: Verdict, seller: str) -> str:
    """Say what was decided on a producer, as a resident wants to know it."""
    texts = {
        Outcome.CONFIRMED: "%(seller)s: enough was ordered together. It comes.",
        Outcome.CANCELLED: "%(seller)s: too little was ordered together, so it does not come. You "
        "pay nothing for it.",
        Outcome.CARRIED: "%(seller)s: too little was ordered together, so it does not come this "
        "time. It goes over into the next round by itself: we write to you then, and you can still "
        "change your mind. This time you pay nothing for it.",
    }
    text = texts[verdict.outcome]
    if verdict.outcome is Outcome.CONFIRMED and verdict.below:
        text = "%(seller)s: little was ordered together, and it comes all the same."
    return tongue.pgettext("round", text, seller=seller)
