"""The books of an organisation: open to everyone by its own choice, written by those who run it."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core import pictures
from .....core.errors import NotFound, WizzleError
from .....core.models import Space
from .....core.tables import Column, Table
from .....core.web import (
    Form,
    asked_number,
    can,
    download,
    paged,
    permitted,
    say,
    this_member,
    this_node,
    told,
)
from ...pages import blueprint
from .. import actions, queries
from ..access import RUN, SEE, own_organisation, the_organisation, zone
from ..queries.books import SIZE
from ..schemas import EntryForm, ReverseForm
from .brought import brought_picture, tell

MOST_LINES = 5_000


def _readable(session: Session, slug: str) -> Space:
    """Return the organisation if the viewer may read its books."""
    space = the_organisation(session, slug)
    if not can(RUN, space.id) and not queries.about_of(session, space.id).books_open:
        raise NotFound("This organisation has not opened its books.")
    return space


@blueprint.get("/board/organisations/<organisation>/books")
@permitted(SEE)
def books(organisation: str) -> str:
    """Show what there is, the sums of each month and every line, without any person."""
    node, before = this_node(), asked_number()
    with node.db.read() as session:
        space = _readable(session, organisation)
        found = queries.running(node, session, space.id, before=before)
        sums = queries.books_of(node, session, space.id) if before is None else None
        is_open = queries.about_of(session, space.id).books_open
        last = str(found[:SIZE][-1].line.id) if found else None
        return render_template(
            "board/organisations/books.html", space=space, page=paged(found, SIZE, last),
            sums=sums, is_open=is_open, runs=can(RUN, space.id),
        )  # fmt: skip


@blueprint.get("/board/organisations/<organisation>/books.<ending:ending>")
@permitted(SEE)
def books_file(organisation: str, ending: str) -> Response:
    """Send every line as a file."""
    node = this_node()
    with node.db.read() as session:
        space = _readable(session, organisation)
        found = queries.running(node, session, space.id, limit=MOST_LINES)
        columns = (
            Column(say("Day"), "day"), Column(say("What for")), Column(say("Money in"), "won"),
            Column(say("Money out"), "won"),
        )  # fmt: skip
        rows = [_cells(each) for each in found]
        return download(Table(f"{space.name} {say('Books')}", columns, rows), ending)


def _cells(each: queries.Lines) -> tuple[object, ...]:
    amount = each.line.amount
    day = each.entry.day if each.entry and not each.line.reverses else each.line.at
    return (day, each.words, amount if amount > 0 else None, -amount if amount < 0 else None)


@blueprint.route("/board/organisations/<organisation>/books/new", methods=["GET", "POST"])
@permitted(RUN)
def new_entry(organisation: str) -> Any:
    """Write down money that came in or went out, with a picture of its receipt."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        slug, name, space_id = space.slug, space.name, space.id
        sums = queries.books_of(node, session, space.id)
    today = node.clock.now().astimezone(zone()).date()
    initial = {"idempotency_key": node.random.token(12), "day": today.isoformat()}
    form = Form(EntryForm(), initial)
    if form.submitted():
        try:
            _book(space_id, form)
            told("Written into the books.")
            return redirect(url_for("board.books", organisation=slug))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/organisations/new_entry.html", slug=slug, name=name, form=form, sums=sums
    )
    return page, form.status


def _book(space_id: int, form: Form) -> None:
    node, me, data = this_node(), this_member(), form.data
    receipt = brought_picture(form, "receipt")
    said = actions.Booking(*(data[n] for n in ("kind", "holder", "amount", "purpose", "day")))
    now = node.clock.now()
    with node.db.write() as session:
        kept = receipt and pictures.keep(
            session, node, receipt, caption=data["caption"], owner_id=me.id, at=now
        )
        actions.book(
            node, session, space_id, said, key=data["idempotency_key"],
            receipt_id=kept.id if kept else None, today=now.astimezone(zone()).date(),
            actor_id=me.id,
        )  # fmt: skip


@blueprint.post("/board/organisations/<organisation>/books/<int:entry_id>/reverse")
@permitted(RUN)
def reverse_entry(organisation: str, entry_id: int) -> Any:
    """Take an entry back; both stay in the books."""
    node, form = this_node(), Form(ReverseForm())
    if not form.submitted():
        told("Please say in a few words why.", "problem")
        return redirect(url_for("board.books", organisation=organisation))
    try:
        with node.db.write() as session:
            space = own_organisation(session, organisation)
            actions.take_back(
                node, session, space.id, entry_id, reason=form.data["reason"],
                actor_id=this_member().id,
            )  # fmt: skip
        told("Taken back. Both entries stay in the books.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.books", organisation=organisation))
