"""What the treasurer chooses: the kinds of membership, the account, the days."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.statements import insert_of
from .....core.values import Message
from .. import queries
from ..models import Arrival, DuesSettings, Member, MembershipKind
from ..rules import CAPITAL, LIVE, NEVER
from .held import record


@dataclass(frozen=True, slots=True)
class KindSaid:
    """What a kind of membership is: won ``amount`` are due ``every`` month or year, 0 for never;
    a share costs ``unit`` won, 0 where none belongs to it, and at least ``least`` are held."""

    name: str
    meaning: str
    every: str
    amount: int
    unit: int
    least: int
    active: bool = True

    def check(self) -> None:
        """Raise ``Invalid`` where it does not fit together, saying why at the field."""
        wrong = {}
        if (self.every == NEVER) != (self.amount == 0):
            wrong["amount"] = [
                Message("Please enter how many won, or choose that nothing is due.", {})
            ]
        if self.least and not self.unit:
            wrong["unit"] = [Message("Please enter what a share costs.", {})]
        if wrong:
            raise Invalid(wrong)


def make_kind(
    node: Node, session: Session, said: KindSaid, *, key: str, actor_id: int | None
) -> MembershipKind:
    """Make a kind of membership, once for each key."""
    said.check()
    row = {**asdict(said), "key": key, "made_at": node.clock.now()}
    insert = insert_of(session.get_bind().dialect.name)
    session.execute(insert(MembershipKind).values(row).on_conflict_do_nothing())
    made = session.scalars(select(MembershipKind).where(MembershipKind.key == key)).one()
    record(node, session, "kind_made", ("membership_kind", made.id), actor_id, name=made.name)
    return made


def change_kind(
    node: Node, session: Session, kind_id: int, said: KindSaid, *, actor_id: int
) -> None:
    """Change a kind: what is due anew follows it, what stands due stays as it is.

    Refused where it would change what members have agreed to: how often, and what a share costs.
    """
    said.check()
    kind = queries.kind(session, kind_id)
    session.refresh(kind, with_for_update=True)
    if said.every != kind.every and _has_members(session, kind_id):
        raise Refused("There are members of this kind, so how often stays. Close it, and make"
                      " another one.")  # fmt: skip
    if said.unit != kind.unit and _has_capital(session, kind_id):
        raise Refused("There is capital of members of this kind, so what a share costs stays.")
    for name, value in asdict(said).items():
        setattr(kind, name, value)
    session.flush()
    record(node, session, "kind_changed", ("membership_kind", kind_id), actor_id, **asdict(said))


def _has_members(session: Session, kind_id: int) -> bool:
    mine = (Member.kind_id == kind_id, Member.state.in_(LIVE))
    return bool(session.scalar(select(Member.id).where(*mine).limit(1)))


def _has_capital(session: Session, kind_id: int) -> bool:
    held = (
        select(func.sum(Arrival.amount))
        .join(Member, Member.id == Arrival.member_id)
        .where(Member.kind_id == kind_id, Arrival.what == CAPITAL)
    )
    return bool(session.scalar(held))


@dataclass(frozen=True, slots=True)
class Choice:
    """The account for transfers, and the days (``DuesSettings``)."""

    bank: str
    number: str
    holder: str
    due_day: int
    year_ends: int
    repay_months: int


def choose(node: Node, session: Session, choice: Choice, *, actor_id: int | None) -> None:
    """Keep what the treasurer chose; days that stand already stay."""
    insert = insert_of(session.get_bind().dialect.name)
    values = asdict(choice)
    statement = insert(DuesSettings).values(id=1, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    session.expire_all()
    record(node, session, "chosen", ("dues_settings", 1), actor_id, **values)
