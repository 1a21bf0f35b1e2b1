"""The double-entry ledger: accounts, postings, and entries chained by hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class LedgerAccount(Base):
    """An account, named by ``code`` as in "producer:12" (kind, colon, id of the owner)."""

    __tablename__ = "core_ledger_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)


class LedgerPosting(Base):
    """One event in money: entries that sum to zero, made once per ``key``.

    ``subject`` names what it is for; a correction is a posting that ``reverses`` another.
    """

    __tablename__ = "core_ledger_posting"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(120), index=True)
    memo: Mapped[str] = mapped_column(String(300))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("core_ledger_posting.id"), unique=True
    )


class LedgerEntry(Base):
    """One line of a posting: won into (+) or out of (-) an account.

    ``id`` counts without gaps and is the place in the chain; ``hash`` seals this entry and, by
    ``previous``, every entry before it.
    """

    __tablename__ = "core_ledger_entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        Index("ix_core_ledger_entry_account_id_id", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    posting_id: Mapped[int] = mapped_column(ForeignKey("core_ledger_posting.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("core_ledger_account.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LedgerHead(Base):
    """The end of the chain, a single row: whoever posts locks it, so that entries form one line."""

    __tablename__ = "core_ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
