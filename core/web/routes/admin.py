"""The steward's overview: what a new node still needs, what waits, and the ways to all rooms."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy import func, select

from ... import moderation
from ...models import Job, Person, Space
from ..first_steps import first_steps, last_test
from ..page import permitted, this_node
from .base import blueprint


@blueprint.get("/admin")
@permitted("core.admin")
def admin() -> Any:
    """Show at a glance how the node does."""
    node = this_node()
    with node.db.read() as session:
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
            steps=first_steps(node, session),
            test=last_test(session),
            mail=node.settings.mail,
            reports=moderation.queries.count_open(session),
            plugins=node.host.plugins,
            development=node.settings.server.development,
        )
