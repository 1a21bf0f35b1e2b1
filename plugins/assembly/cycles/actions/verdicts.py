"""Mail on what was decided at the cut-off of producers: one for each resident, one a producer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import Tongue, won
from .....core.models import Grant, Person, Space
from .....core.node import Node
from ..models import Cycle
from ..queries import AnyRow
from ..rules import Ordered, Outcome, Terms
from .notices import send


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on a producer; ``lines`` are those that it concerns."""

    seller_id: int
    terms: Terms
    ordered: Ordered
    outcome: Outcome
    lines: Sequence[AnyRow]

    @property
    def gone(self) -> bool:
        """Whether nothing of it comes."""
        return self.outcome is not Outcome.CONFIRMED

    @property
    def below(self) -> bool:
        """Whether the minimum was not reached."""
        return not self.terms.reached_by(self.ordered)


def tell_verdicts(node: Node, session: Session, cycle: Cycle, verdicts: Sequence[Verdict]) -> None:
    """Tell every resident concerned, in one mail, and the producers that stayed below."""
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
            _tell_producer(node, session, cycle, verdict)


def _people(session: Session, ids: Iterable[int]) -> dict[int, AnyRow]:
    rows = session.execute(
        select(Person.id, Person.email, Person.language).where(Person.id.in_(ids))
    )
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
    url = f"{node.settings.node.address}/orders/{found[0][1].uid}"
    text += [say("Your order: %(url)s", url=url), node.settings.node.name]
    sellers = "-".join(str(seller) for seller in sorted({each.seller_id for each, _ in found}))
    subject = say("What comes of your order: %(title)s", title=cycle.title)
    send(node, session, person.email, subject, text,
         key=f"assembly:decided:{cycle.id}:{order_id}:{sellers}")  # fmt: skip


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


def _tell_producer(node: Node, session: Session, cycle: Cycle, verdict: Verdict) -> None:
    owners = session.execute(
        select(Person.id, Person.email, Person.language, Space.name)
        .join(Grant, Grant.person_id == Person.id)
        .join(Space, Space.id == Grant.space_id)
        .where(Grant.role == "owner", Space.id == verdict.seller_id, Person.blocked_at.is_(None))
        .order_by(Person.id)
    )
    for owner in owners:
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
            "",
            node.settings.node.name,
        ]  # fmt: skip
        subject = say("Below the minimum: %(title)s", title=cycle.title)
        key = f"assembly:below:{cycle.id}:{verdict.seller_id}:{owner.id}"
        send(node, session, owner.email, subject, text, key=key)


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
