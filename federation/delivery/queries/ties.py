"""How a tie to another node stands, as far as letters are concerned."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ....core.statements import Statement
from ...trust.models import Peer

_STATE = Statement(select(Peer.__table__.c.state).where(Peer.__table__.c.host == bindparam("host")))


def state_of(session: Session, host: str) -> str:
    """Return the state of the tie to a host, "" if there never was one."""
    found = _STATE.one_or_none(session, {"host": host})
    return str(found.state) if found else ""
