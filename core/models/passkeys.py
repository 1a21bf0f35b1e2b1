"""Passkeys: public keys of people's own devices, and the questions that each answers once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Passkey(Base):
    """A key with which a person logs in (Web Authentication, level 2); only its public half.

    ``credential`` is the name that the device gave it, base64url without padding; ``uses`` the
    device's own count of its signatures, 0 for those that do not count.
    """

    __tablename__ = "core_passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    credential: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    uses: Mapped[int] = mapped_column(BigInteger, default=0)
    name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Challenge(Base):
    """A question to a device, by its hash: it is taken away by whoever answers it first.

    ``person_id`` is who registers a key, None where somebody logs in.
    """

    __tablename__ = "core_challenge"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    ends_at: Mapped[datetime] = mapped_column(index=True)
