"""The steward's rooms: an overview, the settings, the plugins, the jobs that failed, the log."""

from __future__ import annotations

import json
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import func, select

from ... import audit, outbox
from ...models import Job, Person, Space
from .. import queries
from ..node_facts import facts_of
from ..page import permitted, this_member, this_node, this_tongue, told
from ..paging import asked_number, paged
from .base import blueprint

SIZE = 50


@blueprint.get("/admin")
@permitted("core.admin")
def admin() -> Any:
    """Show at a glance how the node does."""
    with this_node().db.read() as session:
        counts = session.execute(
            select(
                select(func.count()).select_from(Person).scalar_subquery().label("people"),
                select(func.count()).select_from(Space).scalar_subquery().label("spaces"),
                select(func.count()).where(Job.state == "failed").scalar_subquery().label("failed"),
                select(func.count())
                .where(Job.state == "waiting")
                .scalar_subquery()
                .label("waiting"),
            )
        ).one()
    return render_template(
        "core/admin.html",
        counts=counts,
        plugins=this_node().host.plugins,
        development=this_node().settings.server.development,
    )


@blueprint.get("/admin/settings")
@permitted("core.admin")
def admin_settings() -> Any:
    """Show the node's settings, without what is secret."""
    sections = facts_of(this_node().settings, this_tongue().language)
    return render_template("core/admin_settings.html", sections=sections)


@blueprint.get("/admin/plugins")
@permitted("core.admin")
def admin_plugins() -> Any:
    """List the plugins in use, and how to switch one off."""
    plugins = [loaded.plugin for loaded in this_node().host.plugins]
    return render_template("core/admin_plugins.html", plugins=plugins)


@blueprint.get("/admin/jobs")
@permitted("core.admin")
def admin_jobs() -> Any:
    """List the jobs that failed for good."""
    with this_node().db.read() as session:
        rows = outbox.failed(session, before=asked_number("before"), limit=SIZE + 1)
        last = str(rows[:SIZE][-1].id) if rows else None
        page = paged(rows, SIZE, last, "before")
        return render_template("core/admin_jobs.html", page=page)


@blueprint.post("/admin/jobs/<int:job_id>/send-again")
@permitted("core.admin")
def send_again(job_id: int) -> Any:
    """Try a failed job again."""
    now, viewer = this_node().clock.now(), this_member()
    with this_node().db.write() as session:
        outbox.send_again(session, job_id, at=now)
        audit.record(
            session, "job.sent_again", at=now, person_id=viewer.id, subject=("job", job_id)
        )
    told("It will be tried again in a moment.")
    return redirect(url_for("core.admin_jobs"))


@blueprint.get("/admin/log")
@permitted("core.admin")
def admin_log() -> Any:
    """List who did what, the newest first."""
    action = request.args.get("action", "").strip()[:60]
    with this_node().db.read() as session:
        rows = queries.audit_log(
            session, action=action, before=asked_number("before"), limit=SIZE + 1
        )
    last = str(rows[:SIZE][-1].id) if rows else None
    page = paged([_log_row(row) for row in rows], SIZE, last, "before")
    return render_template("core/admin_log.html", page=page, action=action)


def _log_row(row: Any) -> dict[str, Any]:
    details = json.dumps(row.details, ensure_ascii=False) if row.details else ""
    return {**row._mapping, "details": details}
