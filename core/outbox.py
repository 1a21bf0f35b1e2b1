"""The outbox: work that leaves the node or can wait, written in the transaction that wants it.

The row is the job. Whoever runs it first takes a lease by moving ``due_at`` ahead, so a worker
that is killed gives the job back when the lease ends: at least once, never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from .db import Database
from .errors import Later, NotFound, Refused, Unreachable
from .models import Job
from .ports import Clock
from .statements import Statement

LEASE = timedelta(minutes=2)
DELAYS = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 3_600, 14_400, 43_200))
"""How long to wait after each failed try; after the last one the job has failed for good."""

Work = Callable[[Mapping[str, Any]], None]
_ENQUEUE = Statement(lambda insert: insert(Job.__table__).on_conflict_do_nothing())
log = structlog.get_logger("wizzle.outbox")


def enqueue(
    session: Session, kind: str, payload: Mapping[str, Any], *, key: str, at: datetime
) -> bool:
    """Ask for a job of this kind, and say whether it was made: one of the same key is not."""
    row = {"kind": kind, "key": key, "payload": dict(payload), "due_at": at, "created_at": at}
    return _ENQUEUE.write(session, row).count > 0


def run_due(database: Database, clock: Clock, work: Mapping[str, Work], *, limit: int = 50) -> int:
    """Run what is due now, at most ``limit`` jobs, and return how many were tried."""
    for tried in range(limit):
        job = _lease(database, clock.now(), tuple(work))
        if job is None:
            return tried
        _run(database, clock, job, work[job.kind])
    return limit


FAILED, FAILING, WAITING = "failed", "failing", "waiting"
_STANDS = {
    FAILED: Job.state == "failed",
    FAILING: (Job.state == "waiting") & (Job.error != ""),
    WAITING: (Job.state == "waiting") & (Job.error == ""),
}
"""How a job stands: failed for good, failed and to be tried again, or only waiting."""


def jobs(
    session: Session, stands: str = FAILED, *, kind: str = "", before: int | None = None,
    limit: int = 50,
) -> list[Job]:  # fmt: skip
    """Return the jobs that stand so, newest first; ``kind`` keeps those of one kind."""
    query = select(Job).where(_STANDS[stands]).order_by(Job.id.desc()).limit(limit)
    if kind:
        query = query.where(Job.kind == kind)
    return list(session.scalars(query if before is None else query.where(Job.id < before)))


def failed(session: Session, *, before: int | None = None, limit: int = 50) -> list[Job]:
    """Return the jobs that failed for good, newest first."""
    return jobs(session, FAILED, before=before, limit=limit)


def counts(session: Session) -> list[tuple[str, str, int]]:
    """Return how many jobs of which kind stand how: triples of how, kind and number."""
    stands = case(
        (_STANDS[FAILED], FAILED), (_STANDS[FAILING], FAILING), else_=WAITING
    ).label("stands")  # fmt: skip
    query = select(stands, Job.kind, func.count()).where(Job.state.in_(("failed", "waiting")))
    rows = session.execute(query.group_by(stands, Job.kind).order_by(Job.kind))
    return [(row[0], row[1], row[2]) for row in rows]


def send_again(session: Session, job_id: int, *, at: datetime) -> None:
    """Give a job that failed for good its full number of tries once more."""
    job = session.get(Job, job_id)
    if job is not None and job.state == "failed":
        job.state, job.tries, job.due_at, job.ended_at = "waiting", 0, at, None


def send_all_again(session: Session, kind: str, *, at: datetime) -> int:
    """Give all jobs of a kind that failed for good their tries once more; return how many."""
    done = session.execute(
        update(Job)
        .where(Job.state == "failed", Job.kind == kind)
        .values(state="waiting", tries=0, due_at=at, ended_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def drop(session: Session, job_id: int, *, at: datetime) -> Job:
    """Give up a job that fails, for good; of what it was to do nothing stays."""
    job = session.get(Job, job_id, with_for_update=True)
    if job is None:
        raise NotFound("There is no such job.")
    if job.state != "failed" and not (job.state == "waiting" and job.error):
        raise Refused("Only a job that has failed can be dropped.")
    job.state, job.payload, job.ended_at = "dropped", {}, at
    return job


def _lease(database: Database, now: datetime, kinds: tuple[str, ...]) -> Job | None:
    due = (
        select(Job)
        .where(Job.state == "waiting", Job.due_at <= now, Job.kind.in_(kinds))
        .order_by(Job.due_at, Job.id)
        .limit(1)
    )
    with database.read() as session:  # an idle worker must not take the write lock at each look
        if session.scalars(due).one_or_none() is None:
            return None
    with database.write() as session:
        job = session.scalars(due.with_for_update(skip_locked=True)).one_or_none()
        if job is not None and job.tries > len(DELAYS):
            # Nobody came back from any of its tries: whoever ran it was killed by it, perhaps.
            job.state, job.ended_at = "failed", now
            job.error = job.error or "The worker ended during every try."
            return None
        if job is not None:
            job.tries += 1
            job.due_at = now + LEASE
            session.flush()
            session.refresh(job)
            session.expunge(job)
    return job


def _run(database: Database, clock: Clock, job: Job, work: Work) -> None:
    error: Exception | None = None
    try:
        work(job.payload)
    except Later as caught:
        error = caught
    except Exception as caught:
        log.warning("job failed", job=job.id, kind=job.kind, tries=job.tries, error=repr(caught))
        error = caught
    with database.write() as session:
        standing = session.get(Job, job.id)
        if standing is not None and standing.tries == job.tries:  # the lease is still ours
            _note(standing, error, clock.now())


def _note(job: Job, error: Exception | None, now: datetime) -> None:
    permanent = isinstance(error, Unreachable) and error.permanent
    job.error = "" if error is None else _readable(f"{type(error).__name__}: {error}")
    if error is None:
        # What was sent may hold addresses and one-time links: nothing of it needs to stay.
        job.state, job.payload, job.ended_at = "done", {}, now
    elif permanent or job.tries > len(DELAYS):
        job.state, job.ended_at = "failed", now
    elif isinstance(error, Later):
        job.due_at = max(error.at, now)
    else:
        job.due_at = now + DELAYS[job.tries - 1]


def _readable(text: str) -> str:
    """Return what a database takes of a text: neither NUL nor the undecodable rest of a path."""
    return text[:2_000].replace("\0", " ").encode("utf-8", "replace").decode()
