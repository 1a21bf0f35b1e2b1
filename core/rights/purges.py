"""Destroying what is too old, of the core's own tables: never much in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..members import LEFT
from ..models import (
    Access,
    Consent,
    DataRequest,
    DataRequestStep,
    Job,
    KeptApart,
    OneTimeCode,
    Person,
    SignIn,
)
from .requests import DONE, REFUSED, UNPROVEN

Purge = Callable[[Session, datetime, int], int]


def older(
    key: InstrumentedAttribute[Any], at: InstrumentedAttribute[Any], *also: ColumnElement[bool]
) -> Purge:
    """Return the purge that deletes the rows with this key whose time ``at`` is too old."""

    def purge(session: Session, before: datetime, most: int) -> int:
        due = select(key).where(at <= before, *also).order_by(at).limit(most)
        gone = session.execute(delete(key.class_).where(key.in_(due)))
        return int(gone.rowcount)  # type: ignore[attr-defined]

    return purge


sign_ins = older(SignIn.id, SignIn.expires_at)
accesses = older(Access.id, Access.at)
codes = older(OneTimeCode.id, OneTimeCode.expires_at)
letters = older(Job.id, Job.ended_at, Job.state == "failed", Job.kind == "mail")
apart = older(KeptApart.person_id, KeptApart.until)


def requests(session: Session, before: datetime, most: int) -> int:
    """Destroy requests that were answered long ago, with their steps."""
    ended = DataRequest.state.in_((DONE, REFUSED))
    return _with_steps(
        session, select(DataRequest.id).where(ended, DataRequest.ended_at <= before), most
    )


def unproven(session: Session, before: datetime, most: int) -> int:
    """Destroy requests that nobody has shown to be theirs."""
    nobodys = DataRequest.state == UNPROVEN
    return _with_steps(
        session, select(DataRequest.id).where(nobodys, DataRequest.made_at <= before), most
    )


def _with_steps(session: Session, which: Select[int], most: int) -> int:
    due = session.scalars(which.limit(most)).all()
    session.execute(delete(DataRequestStep).where(DataRequestStep.request_id.in_(due)))
    session.execute(delete(DataRequest).where(DataRequest.id.in_(due)))
    return len(due)


def consents(session: Session, before: datetime, most: int) -> int:
    """Destroy what those had agreed to who left long ago."""
    left = select(Person.id).where(Person.email.endswith(LEFT), Person.blocked_at <= before)
    due = select(Consent.id).where(Consent.person_id.in_(left)).limit(most)
    gone = session.execute(delete(Consent).where(Consent.id.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
