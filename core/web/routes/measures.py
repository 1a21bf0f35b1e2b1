"""The public log of what was decided, without names, and the way to appeal for those concerned."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from ... import moderation
from ...answers import Thing
from ...errors import NotFound, WizzleError
from ...moderation import queries, rules
from ...values import Message
from ..forms import Form
from ..page import permitted, this_member, this_node, this_viewer, told
from ..paging import asked_number, paged
from ..schemas import AppealForm
from .base import blueprint

SIZE = 30
_WORDS = {"reasons": rules.REASONS, "measure_names": rules.MEASURES}


@blueprint.get("/measures")
@permitted("core.see", alike=True)
def measures() -> Any:
    """List what was decided about what people reported: reason and measure, no names."""
    with this_node().db.read() as session:
        rows = queries.measures(session, before=asked_number("before"), limit=SIZE + 1)
    page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None, "before")
    return render_template("core/measures.html", page=page, kinds=kind_names(), **_WORDS)


def kind_names() -> dict[str, Message]:
    """Return what things of each kind are called, by the beginning of their subjects."""
    return {"space": Message("Page", {}), "product": Message("Product", {})}


@blueprint.route("/measures/<int:measure_id>", methods=["GET", "POST"])
@permitted("core.see", alike=True)
def measure(measure_id: int) -> Any:
    """Show one decision; those who run what it is about read why, and can appeal."""
    form = Form(AppealForm())
    node, viewer = this_node(), this_viewer()
    if viewer is not None and form.submitted():
        try:
            with node.db.write() as session:
                moderation.actions.appeal(
                    node, session, this_member(), measure_id, form.data["text"]
                )
            told("Your appeal is there. Somebody who has not decided before looks at it.")
            return redirect(url_for("core.measure", measure_id=measure_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        found = queries.measure_of(session, measure_id)
        if found is None:
            raise NotFound("There is no such measure.")
        appeal = queries.appeal_of(session, measure_id)
        thing = _own(session, found.subject)
        steward = viewer is not None and viewer.is_steward
        page = render_template(
            "core/measure.html", measure=found, appeal=appeal, thing=thing, form=form,
            sees_words=thing is not None or steward, kinds=kind_names(), **_WORDS,
        )  # fmt: skip
    return page, form.status


def _own(session: Session, subject: str) -> Thing | None:
    """Return the thing if the viewer is one of those who run it."""
    viewer = this_viewer()
    if viewer is None:
        return None
    thing = moderation.thing_of(this_node(), session, subject)
    return thing if thing is not None and viewer.id in thing.people else None
