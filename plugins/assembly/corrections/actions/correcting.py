"""Taking back a part of a settled line: dated now, while what was settled stands."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger, members
from .....core.errors import NotFound, Refused
from .....core.facts import SharesReversed
from .....core.models import Person
from .....core.node import Node
from .....core.values import Split
from ....market import note_correction
from ...cycles import actions as cycles
from ...cycles.models import Cycle
from ...settlement.models import Correction, SettledLine
from ..queries import LinePage, line_page
from ..rules import MOST_REASON, check_amount, correction_key, taken_back
from .letters import corrected_letter


def correct(
    node: Node,
    session: Session,
    line_id: int,
    amount: int,
    *,
    reason: str,
    key: str,
    actor_id: int | None,
) -> Correction:
    """Give ``amount`` won of a settled line to the account of whoever paid it, out of all shares.

    A second call with the same ``key`` changes nothing. Refused beyond what was paid and is not
    taken back yet, without a reason, and for a resident who left.
    """
    why = " ".join(reason.split())[:MOST_REASON]
    if not why:
        raise Refused("Please say why, so that everyone can understand it later.")
    cycle = cycles.locked(session, _cycle_of(session, line_id))
    standing = _standing(session, correction_key(line_id, key), amount)
    if standing is not None:
        return standing
    page = line_page(session, line_id)
    check_amount(amount, page.left, page.line.product_name)
    person = _payer(session, page)
    made = _made(node, page, taken_back(page.given, page.back, amount), why)
    made.key, made.actor_id = correction_key(line_id, key), actor_id
    ledger.post(session, [_draft(cycle, made, person)], made.at)
    session.add(made)
    session.flush()
    _note(session, made, page.line.order_id, page.line.product_id)
    _tell(node, session, cycle, made, page.line.product_id)
    corrected_letter(node, session, made, person, cycle)
    return made


def _cycle_of(session: Session, line_id: int) -> int:
    cycle_id = session.scalar(select(SettledLine.cycle_id).where(SettledLine.line_id == line_id))
    if cycle_id is None:
        raise NotFound("There is no such line in a settled round.")
    return cycle_id


def _standing(session: Session, key: str, amount: int) -> Correction | None:
    found = session.scalar(select(Correction).where(Correction.key == key))
    if found is not None and found.amount != amount:
        raise Refused("This correction was already made with another amount. Please look again.")
    return found


def _payer(session: Session, page: LinePage) -> Person:
    person = None if page.line.person_id is None else session.get(Person, page.line.person_id)
    if person is None or members.has_left(person):
        raise Refused("Whoever paid this has left, so that nothing can be given back to them.")
    return person


def _made(node: Node, page: LinePage, back: Split, why: str) -> Correction:
    line = page.line
    return Correction(
        line_id=line.line_id,
        cycle_id=line.cycle_id,
        hub_id=line.hub_id or line.round_hub_id,
        seller_id=line.seller_id,
        seller_name=line.seller_name,
        product_name=line.product_name,
        tax_class=line.tax_class,
        amount=back.paid,
        producer=back.producer,
        activist=back.activist,
        centre=back.centre,
        reason=why,
        at=node.clock.now(),
    )


def _draft(cycle: Cycle, made: Correction, person: Person) -> ledger.Draft:
    entries = (
        (ledger.account("producer", made.seller_id), made.producer),
        (ledger.account("activist", made.hub_id), made.activist),
        (ledger.account("centre"), made.centre),
        (ledger.account("resident", person.id), -made.amount),
    )
    return ledger.Draft(
        key=made.key,
        subject=cycle.occasion,
        memo=f"{cycle.title} · {made.product_name}: {made.reason}"[:300],
        entries=tuple(entry for entry in entries if entry[1]),
        actor_id=made.actor_id,
    )


def _note(session: Session, made: Correction, order_id: int | None, product_id: int | None) -> None:
    if order_id is not None:
        note_correction(
            session, order_id, product=made.product_name, amount=made.amount, reason=made.reason,
            at=made.at, actor_id=made.actor_id, product_id=product_id,
        )  # fmt: skip
    audit.record(
        session, "assembly.correction.made", at=made.at, person_id=made.actor_id,
        subject=("cycle", made.cycle_id), line=made.line_id, amount=made.amount,
        producer=made.producer, activist=made.activist, centre=made.centre, reason=made.reason,
    )  # fmt: skip


def _tell(
    node: Node, session: Session, cycle: Cycle, made: Correction, product_id: int | None
) -> None:
    fact = SharesReversed(
        occasion=cycle.occasion,
        title=cycle.title,
        hub_id=made.hub_id,
        seller_id=made.seller_id,
        seller_name=made.seller_name,
        split=Split(made.producer, made.activist, made.centre),  # type: ignore[arg-type]
        posting=made.key,
        at=made.at,
        product_id=product_id,
    )
    node.hooks.shares_reversed(node=node, session=session, fact=fact)
