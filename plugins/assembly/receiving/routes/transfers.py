"""Transfer notes: what goes to the other hubs of a round, and what arrived there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, WizzleError
from .....core.paper import Facts, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Table
from .....core.web import Form, can, permitted, say, this_node, this_tongue, told
from .....core.web.downloads import download
from ...cycles.queries import AnyRow
from ...cycles.routes.access import RUN, me, own_cycle, served_cycle, tell
from ...pages import blueprint
from .. import actions, queries
from ..queries import Note
from ..schemas import NoteForm, ProposalForm, numbers
from .sections import todo


@blueprint.get("/rounds/<int:cycle_id>/transfers")
@permitted(RUN)
def transfers(cycle_id: int) -> Any:
    """List the transfer notes of a round, and the hubs to which something still has to go."""
    with this_node().db.read() as session:
        served = served_cycle(session, cycle_id)
        hubs = queries.hubs_of(session, cycle_id)
        others = {i: name for i, name in hubs.items() if i != served.cycle.hub_id}
        waiting = {i: len(queries.moved_goods(session, cycle_id, i)) for i in others}
        notes = queries.notes_of(session, cycle_id)
        done = todo(session, cycle_id, served.hubs)
    if served.hubs is not None:
        notes = [note for note in notes if note.to_hub_id in served.hubs]
    return render_template(
        "assembly/receiving/transfers.html",
        cycle=served.cycle, hubs=others if served.hubs is None else {}, waiting=waiting,
        notes=notes, todo=done,
    )  # fmt: skip


@blueprint.post("/rounds/<int:cycle_id>/transfers")
@permitted(RUN)
def propose_transfer(cycle_id: int) -> Response:
    """Make a note of what has to go to a hub."""
    node, form = this_node(), Form(ProposalForm())
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                note = actions.propose(
                    node, session, cycle_id, form.data["hub"], actor_id=me().id
                ).id
            return redirect(_url(cycle_id, note))
        except WizzleError as error:
            tell(error)
    return redirect(url_for("assembly.transfers", cycle_id=cycle_id))


@blueprint.get("/rounds/<int:cycle_id>/transfers/<int:note_id>")
@permitted(RUN)
def transfer(cycle_id: int, note_id: int) -> Any:
    """Show a transfer note."""
    return _page(cycle_id, note_id, Form(NoteForm()))


def _page(cycle_id: int, note_id: int, form: Form) -> Any:
    with this_node().db.read() as session:
        cycle, note = _visible(session, cycle_id, note_id)
    page = render_template(
        "assembly/receiving/transfer.html",
        cycle=cycle,
        note=note,
        form=form,
        sends=can(RUN, note.row.from_hub_id),
        receives=_receives(note),
    )
    return page, form.status


def _visible(session: Session, cycle_id: int, note_id: int) -> tuple[AnyRow, Note]:
    """Return a note for those of either hub; for others there is none of it to see."""
    served = served_cycle(session, cycle_id)
    note = queries.note_by_id(session, cycle_id, note_id)
    if served.hubs is not None:
        served.check(note.row.to_hub_id)
    return served.cycle, note


def _receives(note: Note) -> bool:
    """Say whether the viewer may write what arrived: the other hub, or who sent it for them."""
    return can(RUN, note.row.to_hub_id) or can(RUN, note.row.from_hub_id)


@blueprint.get("/rounds/<int:cycle_id>/transfers/<int:note_id>.pdf")
@permitted(RUN)
def transfer_pdf(cycle_id: int, note_id: int) -> Response:
    """Hand out a transfer note to go with the goods and be signed by both sides."""
    with this_node().db.read() as session:
        cycle, note = _visible(session, cycle_id, note_id)
    return download(_paper(cycle, note))


_LINE = "_" * 20


def _paper(cycle: AnyRow, note: Note) -> Paper:
    word = this_tongue().pgettext
    columns = (
        Column(word("round", "Product")),
        Column(word("round", "Unit")),
        Column(word("round", "Producer")),
        Column(word("round", "Sent"), "whole"),
        Column(word("round", "Arrived"), "whole"),
    )
    rows = [
        (line.product_name, line.unit_label, line.seller_name, line.quantity, line.received)
        for line in note.lines
    ]
    title = say("Transfer note %(number)s", number=note.row.number)
    sheet = Sheet(
        title,
        (
            Facts(
                (
                    (word("round", "From"), note.row.from_name),
                    (word("round", "To"), note.row.to_name),
                    (word("round", "Remark"), note.row.remark),
                )
            ),
            Listing(Table(title, columns, rows)),
            Paragraph(f"{say('Handed out by')}: {_LINE}   {say('Taken in by')}: {_LINE}"),
        ),
        aside=cycle.title,
    )
    return Paper(title, (sheet,))


@blueprint.post("/rounds/<int:cycle_id>/transfers/<int:note_id>/sent")
@permitted(RUN)
def send_transfer(cycle_id: int, note_id: int) -> Any:
    """Note that the goods have left."""

    def act(session: Session, form: Form) -> None:
        actions.send(this_node(), session, cycle_id, note_id,
                     version=form.data["version"], actor_id=me().id)  # fmt: skip
        told("The goods are on their way.")

    return _step(cycle_id, note_id, act, sends=True)


@blueprint.post("/rounds/<int:cycle_id>/transfers/<int:note_id>/received")
@permitted(RUN)
def receive_transfer(cycle_id: int, note_id: int) -> Any:
    """Write down what arrived."""

    def act(session: Session, form: Form) -> None:
        actions.receive(
            this_node(), session, cycle_id, note_id, numbers(request.form, "r"),
            remark=form.data["remark"], version=form.data["version"], actor_id=me().id,
        )  # fmt: skip
        told("Written down.")

    return _step(cycle_id, note_id, act, sends=False)


@blueprint.post("/rounds/<int:cycle_id>/transfers/<int:note_id>/discard")
@permitted(RUN)
def discard_transfer(cycle_id: int, note_id: int) -> Any:
    """Throw a note away that was never sent."""
    node = this_node()
    with node.db.read() as session:
        own_cycle(session, cycle_id)
    try:
        with node.db.write() as session:
            actions.discard(node, session, cycle_id, note_id, actor_id=me().id)
        told("The note is gone.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("assembly.transfers", cycle_id=cycle_id))


def _step(cycle_id: int, note_id: int, act: Callable[[Session, Form], None], *, sends: bool) -> Any:
    node, form = this_node(), Form(NoteForm())
    with node.db.read() as session:
        _, note = _visible(session, cycle_id, note_id)
    if not (can(RUN, note.row.from_hub_id) if sends else _receives(note)):
        raise Forbidden("You may not do this. Ask the people who run this page or the steward.")
    if form.submitted():
        try:
            with node.db.write() as session:
                act(session, form)
            return redirect(_url(cycle_id, note_id))
        except WizzleError as error:
            form.failed(error)
    return _page(cycle_id, note_id, form)


def _url(cycle_id: int, note_id: int) -> str:
    return url_for("assembly.transfer", cycle_id=cycle_id, note_id=note_id)
