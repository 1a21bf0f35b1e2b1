"""What concerns me: the list behind the bell, going to a thing, and what is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ... import notices as told_notices
from ...errors import NotFound
from ..numbers import read_number
from ..page import permitted, safe_next, this_member, this_node
from ..paging import asked_number, paged
from .base import blueprint

SIZE = 30


@blueprint.get("/me/notices")
@permitted("core.me")
def notices() -> Any:
    """List what a person was told, by days, the newest first."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        rows = told_notices.listed(session, viewer.id, before=asked_number(), limit=SIZE + 1)
        place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
        page = paged(rows, SIZE, place)
    days = [(day, list(found)) for day, found in groupby(page.rows, key=_day_of)]
    newest = max((row.id for row in page.rows), default=0)
    return render_template(
        "core/notices.html", page=page, days=days, unread=viewer.unread, newest=newest,
        titles=_titles(row.kind for row in page.rows),
    )  # fmt: skip


def _titles(names: Iterable[str]) -> dict[str, Any]:
    kinds = told_notices.kinds_of(this_node())
    return {name: kinds[name].title for name in names if name in kinds}


def _day_of(row: Any) -> date:
    zone = ZoneInfo(this_node().settings.node.time_zone)
    day: date = row.told_at.astimezone(zone).date()
    return day


@blueprint.get("/me/notices/<int:notice_id>/go")
@permitted("core.me")
def go_to_notice(notice_id: int) -> Response:
    """Lead to what a notice is about, which is to have read it.

    A plain link, so that it can be opened beside; all that a forged one could do is to mark it.
    """
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        notice = told_notices.one(session, viewer.id, notice_id)
        if notice is None:
            raise NotFound("There is no such notice any more.")
        told_notices.mark_read(session, viewer.id, notice_id, at=node.clock.now())
        url = notice.url
    return redirect(safe_next(url) or url_for("core.notices"))


@blueprint.post("/me/notices/<int:notice_id>/read")
@permitted("core.me")
def read_notice(notice_id: int) -> Response:
    """Mark one notice as read."""
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        told_notices.mark_read(session, viewer.id, notice_id, at=node.clock.now())
    return redirect(_back())


@blueprint.post("/me/notices/read")
@permitted("core.me")
def read_notices() -> Response:
    """Mark all notices as read, up to the newest one that was on the page."""
    node, viewer = this_node(), this_member()
    upto = read_number(request.form.get("upto", ""))
    if upto is not None:
        with node.db.write() as session:
            told_notices.mark_all(session, viewer.id, upto=upto, at=node.clock.now())
    return redirect(url_for("core.notices"))


def _back() -> str:
    after = read_number(request.form.get("after", ""))
    return url_for("core.notices", after=after)
