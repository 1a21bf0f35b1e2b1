"""Kinds of membership, members, what they owe, what has come of them, and their capital.

What has come (``Arrival``) is never changed: a mistake is taken back by a row of its own. How far a
due is paid follows from it (``rules.spread``) and only stands on the due so that lists are short.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base

_LIVE = text("state IN ('applied', 'member')")


class MembershipKind(Base):
    """A kind of membership (조합원, 후원회원, 단체회원).

    ``amount`` won are due ``every`` month or year, 0 for never. ``unit`` is what a share of capital
    costs, 0 where none belongs to it; ``least`` is how many shares a member has at least.
    """

    __tablename__ = "fund_membership_kind"
    __table_args__ = (
        CheckConstraint("every IN ('month', 'year', 'never')", name="every"),
        CheckConstraint("amount >= 0 AND unit >= 0 AND least >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    meaning: Mapped[str] = mapped_column(Text)
    every: Mapped[str] = mapped_column(String(6))
    amount: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[int] = mapped_column(BigInteger)
    least: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    made_at: Mapped[datetime]


class Member(Base):
    """Somebody who asked to be a member of a kind; a second time makes a row of its own.

    ``state``: applied, refused, withdrawn, member, left (by themselves), ended (by the treasurer).
    ``code`` is written on transfers of dues. ``owes_from`` is the first day of the first period
    that is paid for. ``kept_name`` and ``kept_contact`` say who it was that left the site while
    capital of theirs was here: it is owed to them on.
    """

    __tablename__ = "fund_member"
    __table_args__ = (
        CheckConstraint(
            "state IN ('applied', 'refused', 'withdrawn', 'member', 'left', 'ended')", name="state"
        ),
        UniqueConstraint("person_id", "key"),
        Index("ix_fund_member_live", "person_id", "kind_id", unique=True,
              sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_fund_member_state_id", "state", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("fund_membership_kind.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    words: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    owes_from: Mapped[date | None]
    applied_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    kept_name: Mapped[str] = mapped_column(String(60), default="")
    kept_contact: Mapped[str] = mapped_column(String(254), default="")
    key: Mapped[str] = mapped_column(String(60))


class Due(Base):
    """What a member owes for one period, which begins on ``period``; one for each.

    ``told`` counts the reminders, the next one is due on ``remind_on``. ``plea`` is why the member
    asks to be let off; ``waived_at``: the treasurer did so, and ``answer`` says why, or why not.
    """

    __tablename__ = "fund_due"
    __table_args__ = (
        UniqueConstraint("member_id", "period"),
        CheckConstraint("amount > 0 AND paid BETWEEN 0 AND amount", name="paid"),
        Index("ix_fund_due_remind_on_id", "remind_on", "id"),
        Index("ix_fund_due_due_on_id", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("fund_member.id"))
    period: Mapped[date]
    every: Mapped[str] = mapped_column(String(6))
    amount: Mapped[int] = mapped_column(BigInteger)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    told: Mapped[int] = mapped_column(default=0)
    remind_on: Mapped[date | None]
    plea: Mapped[str] = mapped_column(Text, default="")
    plea_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(500), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    waived_at: Mapped[datetime | None]


class Purchase(Base):
    """Shares that a member wants to pay in: ``shares`` for ``amount`` won together.

    ``state``: wanted, paid, dropped. ``code`` is written on its transfer.
    """

    __tablename__ = "fund_share_purchase"
    __table_args__ = (
        UniqueConstraint("member_id", "key"),
        CheckConstraint("shares > 0 AND amount > 0", name="amount"),
        CheckConstraint("state IN ('wanted', 'paid', 'dropped')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("fund_member.id"))
    shares: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]


class CapitalReturn(Base):
    """The capital of a member who left, to be given back; one for each membership.

    ``paid`` is what went out, ``lost`` what losses of the fund have eaten of it (with ``reason``).
    """

    __tablename__ = "fund_capital_return"
    __table_args__ = (CheckConstraint("amount > 0 AND paid >= 0 AND lost >= 0", name="amount"),)

    member_id: Mapped[int] = mapped_column(
        ForeignKey("fund_member.id"), primary_key=True, autoincrement=False
    )
    amount: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(index=True)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    lost: Mapped[int] = mapped_column(BigInteger, default=0)
    reason: Mapped[str] = mapped_column(String(500), default="")
    paid_at: Mapped[datetime | None]
    paid_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Arrival(Base):
    """Money of a member that has come (above 0) or went back (below 0), never changed.

    ``what``: dues or capital. ``way``: bank, cash; mistake (it takes back ``reverses_id``), back
    (it was paid back), loss (it stays in the fund). Its posting is
    ``member-money:<id>``, that of a mistake with dues a reversal of the one taken back.
    """

    __tablename__ = "fund_member_money"
    __table_args__ = (
        CheckConstraint("what IN ('dues', 'capital') AND amount <> 0", name="what"),
        CheckConstraint("way IN ('bank', 'cash', 'mistake', 'back', 'loss')", name="way"),
        Index("ix_fund_member_money_member_id_id", "member_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("fund_member.id"))
    what: Mapped[str] = mapped_column(String(8))
    amount: Mapped[int] = mapped_column(BigInteger)
    way: Mapped[str] = mapped_column(String(8))
    came_on: Mapped[date]
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("fund_share_purchase.id"))
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("fund_deposit.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("fund_member_money.id"), unique=True)
    key: Mapped[str] = mapped_column(String(110), unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class BankFile(Base):
    """A bank's list of deposits as the treasurer handed it in; the same one is taken only once.

    ``rest`` says of each row that brought no deposit why: its line, the outcome, and a message.
    """

    __tablename__ = "fund_bank_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    rows: Mapped[int]
    rest: Mapped[list[Any]] = mapped_column(JSON)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]


class Deposit(Base):
    """One deposit of a bank's file; ``mark`` tells it from every other.

    ``state``: matched or given (booked), ambiguous or unmatched (waits for a person), left (is
    nobody's here). ``why`` is the reason, a message id with ``named``, its values. ``version``
    rises with every decision and names what it brought.
    """

    __tablename__ = "fund_deposit"
    __table_args__ = (
        CheckConstraint(
            "state IN ('matched', 'ambiguous', 'unmatched', 'given', 'left')", name="state"
        ),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_fund_deposit_state_id", "state", "id"),
        Index("ix_fund_deposit_file_id_line", "file_id", "line"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("fund_bank_file.id"))
    line: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    depositor: Mapped[str] = mapped_column(String(60))
    memo: Mapped[str] = mapped_column(String(120), default="")
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(200), default="")
    named: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class ShareCertificate(Base):
    """A certificate of capital; it stands while exactly this much of the member's is here."""

    __tablename__ = "fund_share_certificate"
    __table_args__ = (UniqueConstraint("member_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("fund_member.id"))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int] = mapped_column(BigInteger)
    shares: Mapped[int]
    issued_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(String(60))


class DuesSettings(Base):
    """What the treasurer chose; one row.

    ``due_day`` of the month dues are to be paid. Capital is given back ``repay_months`` after the
    business year has ended that ends with ``year_ends`` (a month).
    """

    __tablename__ = "fund_dues_settings"
    __table_args__ = (
        CheckConstraint(
            "id = 1 AND due_day BETWEEN 1 AND 28 AND year_ends BETWEEN 1 AND 12"
            " AND repay_months BETWEEN 0 AND 36",
            name="limits",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bank: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[str] = mapped_column(String(40), default="")
    holder: Mapped[str] = mapped_column(String(60), default="")
    due_day: Mapped[int] = mapped_column(default=25)
    year_ends: Mapped[int] = mapped_column(default=12)
    repay_months: Mapped[int] = mapped_column(default=3)
