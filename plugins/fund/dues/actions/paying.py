"""Money of members that comes, and what is taken back of it: always with its posting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ...earmarks.actions import Move, receive, spend
from ...earmarks.actions import take_back as reverse
from ...earmarks.rules import BANK as BANK_ACCOUNT
from .. import queries
from ..models import Arrival, Member, Purchase
from ..rules import BACK, BANK, CAPITAL, DUES, MEMBER, MISTAKE, PAID, WANTED, WAS
from .held import locked, record, refuse_unless, tell_member, today
from .owing import settle

_CAME = Message("Your dues have arrived: %(amount)s won", {}).text
_CAME_TEXT = Message("Thank you! On your page stands what they were counted for.", {}).text
_SHARES = Message("Your capital has arrived: %(amount)s won", {}).text
_SHARES_TEXT = Message("%(num)s shares. On your page you can have a certificate made.", {}).text
_UNDONE = Message("An entry was put right: %(amount)s won", {}).text
_UNDONE_TEXT = Message("It was noted for you by mistake. On your page stands what is open now.",
                       {}).text  # fmt: skip


@dataclass(frozen=True, slots=True)
class Came:
    """Money that has come: won, by bank or in cash, on which day; ``key`` makes it single.

    ``seen`` is the number of the last money of this member that whoever notes it has seen (0 for
    none): if there is more meanwhile, they look again. None where that cannot happen.
    """

    amount: int
    came_on: date
    key: str
    way: str = BANK
    deposit_id: int | None = None
    actor_id: int | None = None
    seen: int | None = None


def dues_came(node: Node, session: Session, member_id: int, came: Came) -> Arrival:
    """Note that money of a member came for dues: bank + / fund −. What is too much is credit."""
    member = locked(session, member_id)
    made = _made(session, came.key)
    if made is not None:
        return made
    refuse_unless(member, *WAS)
    _check(node, session, member, came)
    arrival = add(node, session, member, came, DUES)
    move = Move(came.amount, posting_key(arrival), subject(arrival), "회비", came.actor_id, DUES)
    receive(node, session, move, target=None)
    settle(session, member.id)
    title = Message(_CAME, {"amount": f"{came.amount:,}"})
    tell_member(node, session, member, title, Message(_CAME_TEXT, {}), key=f"came:{arrival.id}")
    _record(node, session, "came", arrival)
    return arrival


def shares_came(node: Node, session: Session, purchase_id: int, came: Came) -> Arrival:
    """Note that the whole price of shares came: bank + / capital of the member −."""
    purchase = queries.purchase(session, purchase_id)
    member = locked(session, purchase.member_id)
    made = _made(session, came.key)
    if made is not None:
        return made
    purchase = queries.purchase(session, purchase_id, lock=True)
    refuse_unless(member, MEMBER)
    if purchase.state != WANTED:
        raise Refused("These shares are paid already, or were given up. Please look again.")
    if came.amount != purchase.amount:
        raise Invalid({"amount": [Message("Shares are paid in whole: %(amount)s won.",
                                          {"amount": f"{purchase.amount:,}"})]})  # fmt: skip
    _check(node, session, member, came)
    arrival = add(node, session, member, came, CAPITAL, purchase)
    purchase.state = PAID
    entries = ((BANK_ACCOUNT, came.amount), (capital_account(member), -came.amount))
    post(node, session, arrival, "출자금", entries)
    title = Message(_SHARES, {"amount": f"{came.amount:,}"})
    text = Message(_SHARES_TEXT, {"num": purchase.shares})
    tell_member(node, session, member, title, text, key=f"came:{arrival.id}")
    _record(node, session, "shares_came", arrival)
    return arrival


def take_back(node: Node, session: Session, arrival_id: int, *, actor_id: int | None) -> None:
    """Take back money that was noted by mistake, by an entry of its own; a second time changes
    nothing. Refused where the fund, or the capital of the member, does not hold it any more."""
    found = session.get(Arrival, arrival_id)
    if found is None or found.way == MISTAKE:
        raise NotFound("There is no such entry.")
    member = locked(session, found.member_id)
    if session.scalar(select(Arrival.id).where(Arrival.reverses_id == arrival_id)) is not None:
        return
    if found.amount < 0:
        raise Refused("What was paid back is not put right here. Please enter it anew.")
    came = Came(-found.amount, today(node), f"undo:{arrival_id}", MISTAKE, found.deposit_id,
                actor_id)  # fmt: skip
    if found.what == DUES:
        _undo_dues(node, session, member, found, came)
    else:
        _undo_shares(node, session, member, found, came)
    title = Message(_UNDONE, {"amount": f"{found.amount:,}"})
    tell_member(node, session, member, title, Message(_UNDONE_TEXT, {}), key=f"undo:{arrival_id}")


def _undo_dues(
    node: Node, session: Session, member: Member, found: Arrival, came: Came
) -> None:  # fmt: skip
    if queries.received(session, member.id) < found.amount:
        raise Refused("What this member gave was paid back already.")
    made = add(node, session, member, came, DUES, reverses_id=found.id)
    key = posting_key(found)
    reverse(node, session, key, memo="회비 바로잡음", actor_id=came.actor_id)
    settle(session, member.id)
    _record(node, session, "taken_back", made)


def _undo_shares(
    node: Node, session: Session, member: Member, found: Arrival, came: Came
) -> None:  # fmt: skip
    if queries.capital(session, member.id) < found.amount:
        raise Refused("This capital was given back already.")
    made = add(node, session, member, came, CAPITAL, reverses_id=found.id)
    if found.purchase_id is not None:
        bought = queries.purchase(session, found.purchase_id, lock=True)
        bought.state = WANTED if member.state == MEMBER else "dropped"
    entries = ((capital_account(member), found.amount), (BANK_ACCOUNT, -found.amount))
    post(node, session, made, "출자금 바로잡음", entries)
    back = queries.return_of(session, member.id, lock=True)
    if back is not None:
        left = queries.capital(session, member.id)
        if left:
            back.amount = left
        else:
            session.delete(back)
        session.flush()
    _record(node, session, "taken_back", made)


def give_back_credit(node: Node, session: Session, member_id: int, *, actor_id: int) -> int:
    """Note that what a member paid too much went back to them: fund − / bank −. Returns it."""
    member = locked(session, member_id)
    amount = queries.credit(session, member_id)
    if amount <= 0:
        raise Refused("Nothing was paid too much.")
    last = _last(session, member_id)
    came = Came(-amount, today(node), f"credit:{member_id}:{last}", BACK, actor_id=actor_id)
    made = add(node, session, member, came, DUES)
    move = Move(amount, posting_key(made), subject(made), "더 낸 회비 돌려줌", actor_id, DUES,
                back=True)  # fmt: skip
    spend(node, session, move, source=None)
    settle(session, member_id)
    _record(node, session, "credit_back", made)
    return amount


def post(
    node: Node, session: Session, arrival: Arrival, memo: str, entries: tuple[tuple[str, int], ...]
) -> None:
    """Post what is not the fund's own money."""
    draft = ledger.Draft(
        key=posting_key(arrival), subject=subject(arrival), memo=memo, entries=entries,
        actor_id=arrival.actor_id,
    )  # fmt: skip
    ledger.post(session, [draft], node.clock.now())


def posting_key(arrival: Arrival) -> str:
    """Return the key of the posting of this money."""
    return f"member-money:{arrival.id}"


subject = posting_key
"""Their subjects say the same: nobody is named."""


def capital_account(member: Member) -> str:
    """Return the account of a member's capital: it belongs to the person, never to the fund."""
    if member.person_id is None:
        raise Refused("This person has left.")
    return ledger.account("capital", member.person_id)


def _made(session: Session, key: str) -> Arrival | None:
    return session.scalars(select(Arrival).where(Arrival.key == key)).one_or_none()


def _last(session: Session, member_id: int) -> int:
    query = select(func.max(Arrival.id)).where(Arrival.member_id == member_id)
    return int(session.scalar(query) or 0)


def _check(node: Node, session: Session, member: Member, came: Came) -> None:
    if came.came_on > today(node):
        raise Invalid({"came_on": [Message("Please enter it once it has come.", {})]})
    if came.seen is not None and came.seen != _last(session, member.id):
        raise Refused("Somebody has entered money of this member meanwhile. Please look again.")


def add(
    node: Node, session: Session, member: Member, came: Came, what: str,
    purchase: Purchase | None = None, *, reverses_id: int | None = None,
) -> Arrival:  # fmt: skip
    """Write down money of a member that is held; its posting follows."""
    arrival = Arrival(
        member_id=member.id, what=what, amount=came.amount, way=came.way, came_on=came.came_on,
        purchase_id=purchase.id if purchase else None, deposit_id=came.deposit_id,
        reverses_id=reverses_id, key=came.key, at=node.clock.now(), actor_id=came.actor_id,
    )  # fmt: skip
    session.add(arrival)
    session.flush()
    return arrival


def _record(node: Node, session: Session, what: str, arrival: Arrival) -> None:
    record(
        node, session, what, ("member_money", arrival.id), arrival.actor_id,
        amount=arrival.amount, member=arrival.member_id,
    )  # fmt: skip
