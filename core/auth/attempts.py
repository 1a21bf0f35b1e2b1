"""Limits on how often something may be tried, counted in the database so that every process of
the node counts along."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete
from sqlalchemy.orm import Session

from ..models import Attempt
from ..statements import insert_of


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` tries of ``name`` in each window of ``minutes``, counted for each one who tries."""

    name: str
    most: int
    minutes: int

    def key(self, who: str) -> str:
        return hashlib.sha256(f"{self.name}\n{who}".encode()).hexdigest()


def count(session: Session, limit: Limit, who: str, *, at: datetime) -> bool:
    """Count one more try and return whether it is still within the limit."""
    insert = insert_of(session.get_bind().dialect.name)
    window = timedelta(minutes=limit.minutes)
    over = Attempt.ends_at <= at
    counted = (
        insert(Attempt)
        .values(key=limit.key(who), hits=1, ends_at=at + window)
        .on_conflict_do_update(
            index_elements=[Attempt.key],
            set_={
                "hits": case((over, 1), else_=Attempt.hits + 1),
                "ends_at": case((over, at + window), else_=Attempt.ends_at),
            },
        )
        .returning(Attempt.hits)
    )
    hits = int(session.execute(counted).scalar_one())
    if hits == 1:  # now and then is often enough to sweep
        session.execute(delete(Attempt).where(Attempt.ends_at <= at))
    return hits <= limit.most


def forget(session: Session, limit: Limit, who: str) -> None:
    """Set a counter back, once somebody has shown to be the right person."""
    session.execute(delete(Attempt).where(Attempt.key == limit.key(who)))


def network(address: str | None) -> str:
    """Return what is counted as one place: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)  # else all of IPv4 would stand in one network
    if parsed.version == 6:
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)
