"""Capital of members: shares that are wanted, certificates, and what is given back.

Capital is the members' and never the fund's money: it stands at ``capital:<person>``. Nothing is
promised on it (유사수신행위의 규제에 관한 법률 제2조·제3조): what comes back when somebody leaves
follows the law on co-operatives and the by-laws (협동조합기본법 제26조, 사회적협동조합 제89조).
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.certificates import CODE_LENGTH, SIGNS
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ...earmarks.actions import Move, receive
from ...earmarks.rules import BANK as BANK_ACCOUNT
from .. import queries
from ..models import CapitalReturn, Member, MembershipKind, Purchase, ShareCertificate
from ..rules import BACK, CAPITAL, DROPPED, LETTERS, LOSS, MEMBER, WANTED
from .held import locked, own, record, refuse_unless, tell_member, today
from .paying import Came, add, capital_account, post, posting_key, subject

MOST_WANTED = 5
_BACK = Message("Your capital was given back: %(amount)s won", {}).text
_BACK_TEXT = Message("It was sent from the fund's account. %(reason)s", {}).text


def want(
    node: Node, session: Session, member_id: int, shares: int, *, key: str, person_id: int
) -> Purchase:
    """Want to pay in so many shares, once for each key; at least as many as belong to the kind."""
    member = own(session, member_id, person_id)
    same = (Purchase.member_id == member_id, Purchase.key == key)
    made = session.scalars(select(Purchase).where(*same)).one_or_none()
    if made is not None:
        return made
    refuse_unless(member, MEMBER)
    kind = queries.kind(session, member.kind_id)
    if not kind.unit:
        raise Refused("No capital belongs to this kind of membership.")
    held = queries.capital(session, member_id) // kind.unit
    if held + shares < kind.least:
        raise Invalid({"shares": [Message("At least %(least)s shares belong to this membership.",
                                          {"least": kind.least - held})]})  # fmt: skip
    waiting = (Purchase.member_id == member_id, Purchase.state == WANTED)
    if (session.scalar(select(func.count()).where(*waiting)) or 0) >= MOST_WANTED:
        raise Refused("Several of your shares wait to be paid in. Please send those first.")
    return add_purchase(node, session, member, kind, shares, key=key)


def add_purchase(
    node: Node, session: Session, member: Member, kind: MembershipKind, shares: int, *, key: str
) -> Purchase:
    """Write down shares that a member who is held wants; their price stays as it is now."""
    made = Purchase(
        member_id=member.id, shares=shares, amount=shares * kind.unit, key=key, state=WANTED,
        code="C" + node.random.code(6, LETTERS), made_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def drop(node: Node, session: Session, purchase_id: int, *, person_id: int) -> None:
    """Give up shares that one has not paid in."""
    own(session, queries.purchase(session, purchase_id).member_id, person_id)
    found = queries.purchase(session, purchase_id, lock=True)
    if found.state == DROPPED:
        return
    if found.state != WANTED:
        raise Refused("These shares are paid already, or were given up. Please look again.")
    found.state = DROPPED
    session.flush()
    record(node, session, "shares_dropped", ("shares", purchase_id), person_id)


def certify(
    node: Node, session: Session, member_id: int, *, key: str, person_id: int, name: str
) -> ShareCertificate:
    """Issue a certificate of the capital of a member, once for each key."""
    member = own(session, member_id, person_id)
    same = (ShareCertificate.member_id == member_id, ShareCertificate.key == key)
    made = session.scalars(select(ShareCertificate).where(*same)).one_or_none()
    if made is not None:
        return made
    amount, kind = queries.capital(session, member_id), queries.kind(session, member.kind_id)
    if not amount or not kind.unit:
        raise Refused("There is no capital of yours here.")
    made = ShareCertificate(
        member_id=member_id, code=node.random.code(CODE_LENGTH, SIGNS), name=name, kind=kind.name,
        amount=amount, shares=amount // kind.unit, issued_at=node.clock.now(), key=key,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(node, session, "certified", ("share_certificate", made.id), person_id)
    return made


def pay_back(
    node: Node, session: Session, member_id: int, *, paid: int, reason: str, actor_id: int
) -> CapitalReturn:
    """Give the capital of somebody who left back, once, and never more than they paid in.

    What losses have eaten of it stays in the fund, with a reason that the member reads. Refused
    before its day.
    """
    member = locked(session, member_id)
    back = queries.return_of(session, member_id, lock=True)
    if back is None:
        raise NotFound("Nothing is to be given back.")
    if back.paid_at is not None:
        raise Refused("This was given back already.")
    held = queries.capital(session, member_id)
    _check(node, back, held, paid, reason)
    account = capital_account(member)
    if paid:
        came = Came(-paid, today(node), f"back:{member_id}", BACK, actor_id=actor_id)
        made = add(node, session, member, came, CAPITAL)
        post(node, session, made, "출자금 돌려줌", ((account, paid), (BANK_ACCOUNT, -paid)))
    if paid < held:
        lost = held - paid
        came = Came(-lost, today(node), f"loss:{member_id}", LOSS, actor_id=actor_id)
        made = add(node, session, member, came, CAPITAL)
        move = Move(lost, posting_key(made), subject(made), "출자금: 결손 부담", actor_id, "other")
        receive(node, session, move, target=None, source=account)
    back.paid, back.lost, back.reason = paid, held - paid, reason
    back.paid_at, back.paid_by = node.clock.now(), actor_id
    session.flush()
    title = Message(_BACK, {"amount": f"{paid:,}"})
    text = Message(_BACK_TEXT, {"reason": reason})
    tell_member(node, session, member, title, text, key=f"back:{member_id}")
    member.kept_name = member.kept_contact = ""  # nothing is owed to them any more
    session.flush()
    record(node, session, "capital_back", ("membership", member_id), actor_id, paid=paid,
           lost=back.lost)  # fmt: skip
    return back


def _check(node: Node, back: CapitalReturn, held: int, paid: int, reason: str) -> None:
    if today(node) < back.due_on:
        raise Refused("By the by-laws this is given back from %(day)s on.", day=str(back.due_on))
    if not 0 <= paid <= held:
        raise Invalid({"paid": [Message("At most what was paid in: %(held)s won.",
                                        {"held": f"{held:,}"})]})  # fmt: skip
    if paid < held and not reason:
        raise Invalid({"reason": [Message("Please say why it is less than was paid in.", {})]})
