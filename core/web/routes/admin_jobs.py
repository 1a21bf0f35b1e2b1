"""The steward's jobs: what waits, what fails and when it is tried again, what failed for good."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ... import audit, outbox
from ...errors import Invalid
from ...values import Message
from ..page import permitted, this_member, this_node, told
from ..paging import asked_number, paged
from .base import blueprint

SIZE = 50
STANDS = (outbox.FAILED, outbox.FAILING, outbox.WAITING)


@blueprint.get("/admin/jobs")
@permitted("core.admin")
def admin_jobs() -> Any:
    """List jobs by how they stand, and of one kind if asked."""
    asked, kind = request.args.get("stands", ""), request.args.get("kind", "")[:40]
    stands = asked if asked in STANDS else outbox.FAILED
    with this_node().db.read() as session:
        counts = outbox.counts(session)
        rows = outbox.jobs(
            session, stands, kind=kind, before=asked_number("before"), limit=SIZE + 1
        )
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None, "before")
        return render_template(
            "core/admin_jobs.html", page=page, stands=stands, kind=kind, totals=_totals(counts),
            kinds={each: number for how, each, number in counts if how == stands},
        )  # fmt: skip


def _totals(counts: list[tuple[str, str, int]]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for stands, _, number in counts:
        totals[stands] += number
    return totals


@blueprint.post("/admin/jobs/<int:job_id>/send-again")
@permitted("core.admin")
def send_again(job_id: int) -> Any:
    """Try a failed job again."""
    with this_node().db.write() as session:
        outbox.send_again(session, job_id, at=this_node().clock.now())
        _audited(session, "job.sent_again", job_id)
    told("It will be tried again in a moment.")
    return redirect(url_for("core.admin_jobs"))


@blueprint.post("/admin/jobs/send-all-again")
@permitted("core.admin")
def send_all_again() -> Response:
    """Try all failed jobs of a kind again."""
    kind = request.form.get("kind", "")[:40]
    with this_node().db.write() as session:
        number = outbox.send_all_again(session, kind, at=this_node().clock.now())
        if number:
            _audited(session, "job.all_sent_again", None, kind=kind, number=number)
    told("They will be tried again in a moment: %(number)s.", number=number)
    return redirect(url_for("core.admin_jobs"))


@blueprint.post("/admin/jobs/<int:job_id>/drop")
@permitted("core.admin")
def drop_job(job_id: int) -> Response:
    """Give up a job that fails, for a reason that stays in the log."""
    reason = request.form.get("reason", "").strip()[:300]
    if not reason:
        raise Invalid({"reason": [Message("Please say why.", {})]})
    with this_node().db.write() as session:
        job = outbox.drop(session, job_id, at=this_node().clock.now())
        _audited(session, "job.dropped", job_id, kind=job.kind, reason=reason)
    told("It is dropped.")
    return redirect(url_for("core.admin_jobs"))


def _audited(session: Any, action: str, job_id: int | None, **details: Any) -> None:
    audit.record(
        session, action, at=this_node().clock.now(), person_id=this_member().id,
        subject=("job", job_id), **details,
    )  # fmt: skip
