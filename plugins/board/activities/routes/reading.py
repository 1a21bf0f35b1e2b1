"""Activities as everyone reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import render_template, url_for

from .....core.models import Space
from .....core.web import (
    Form,
    Shared,
    asked_number,
    asked_place,
    can,
    hidden_notice,
    paged,
    permitted,
    place,
    shared,
    thing,
    this_node,
    this_viewer,
    whole_url,
)
from ...organisations.access import RUN, SEE, the_organisation
from ...pages import blueprint
from .. import queries
from ..access import own_activity, seen_activity
from ..rules import subject_of
from ..schemas import AnswerForm, QuestionForm

SIZE = 12
QUESTIONS = 20


@blueprint.get("/board")
@permitted(SEE, alike=True)
def board() -> str:
    """Show what organisations here do, the newest first."""
    with this_node().db.read() as session:
        rows = queries.listed(session, after=place_of(asked_place()), limit=SIZE + 1)
    page = paged(rows, SIZE, _place(rows[:SIZE]))
    return render_template("board/activities/board.html", page=page)


@blueprint.get("/board/organisations/<organisation>/activities")
@permitted(SEE, alike=True)
def activities(organisation: str) -> str:
    """Show what one organisation does."""
    with this_node().db.read() as session:
        space = the_organisation(session, organisation)
        rows = queries.listed(
            session, space_id=space.id, after=place_of(asked_place()), limit=SIZE + 1
        )
        page = paged(rows, SIZE, _place(rows[:SIZE]))
        return render_template("board/activities/of.html", page=page, space=space)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _place(rows: Any) -> str | None:
    if not rows:
        return None
    return f"{(rows[-1].published_at - _EPOCH) // timedelta(microseconds=1)}-{rows[-1].id}"


def place_of(text: str | None) -> tuple[datetime, int] | None:
    """Return the place in a list by time at which to go on; nonsense means the beginning."""
    at, _, number = (text or "").partition("-")
    if not (at.isdecimal() and number.isdecimal() and len(at) < 17 and len(number) < 10):
        return None
    return _EPOCH + timedelta(microseconds=int(at)), int(number)


@blueprint.get("/board/activities/<int:activity_id>")
@permitted(SEE)
def activity(activity_id: int) -> Any:
    """Show one activity with its pictures and questions."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        row = seen_activity(session, activity_id)
        runs = can(RUN, row.space_id)
        if row.hidden_at and not runs:
            return hidden_notice(session, subject_of(activity_id))
        asked = queries.questions_of(
            session, activity_id, before=asked_number(), limit=QUESTIONS + 1
        )
        last = str(asked[:QUESTIONS][-1].id) if asked else None
        space = session.get_one(Space, row.space_id)
        return render_template(
            "board/activities/activity.html",
            row=row, pictures=queries.pictures_of(session, activity_id), runs=runs,
            page=paged(asked, QUESTIONS, last), subject=subject_of(activity_id),
            form=Form(QuestionForm(), {"idempotency_key": node.random.token(12)}),
            answer=Form(AnswerForm()), me=viewer.id if viewer else 0, shared=_shared(row, space),
        )  # fmt: skip


def _shared(row: Any, space: Space) -> Shared | None:
    """Return what the page tells programs; nothing unless everyone may see it."""
    if row.withdrawn_at or row.hidden_at or not row.published_at or row.closed_at:
        return None
    url = whole_url(url_for("core.space", slug=space.slug))
    kind = "Event" if row.starts_at else "Article"
    dated = {"startDate": row.starts_at, "endDate": row.ends_at, "location": row.place}
    written = {"datePublished": row.published_at, "dateModified": row.changed_at}
    data = thing(
        kind, **{"name": row.title, "description": row.text[:500]},
        **(dated if row.starts_at else {"headline": row.title, **written}),
        **{"organizer" if row.starts_at else "author": place(space.name, url=url, kind=space.kind)},
    )  # fmt: skip
    return shared(
        "board.activity", row.title, row.text, card=("activity", row.id), kind="article",
        data=data, activity_id=row.id,
    )  # fmt: skip


@blueprint.get("/board/activities/<int:activity_id>/history")
@permitted(RUN)
def activity_history(activity_id: int) -> str:
    """Show those who run the organisation, and stewards, what an activity said before."""
    with this_node().db.read() as session:
        row = own_activity(session, activity_id)
        changes = queries.changes_of(session, activity_id)
    return render_template("board/activities/history.html", row=row, changes=changes)
