"""The lists of the alliance, as stewards keep them: one form for each, by one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema

from .....core.errors import Invalid, NotFound, WizzleError
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions
from ..models import AllianceDocument, Moment, Partner, Term
from ..rules.papers import MOST_BYTES
from ..schemas import DocumentForm, MomentForm, PartnerForm, TermForm
from .reading import EDIT


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the lists: its rows, its form, the page that shows it, and what a row is called."""

    model: type[Any]
    schema: type[Schema]
    page: str
    new: Message
    change: Message


KEPT = {
    "people": Kept(
        Term, TermForm, "locality.alliance_people",
        Message("New term of office", {}), Message("Change the term of office", {}),
    ),
    "history": Kept(
        Moment, MomentForm, "locality.alliance_history",
        Message("New entry of the history", {}), Message("Change the entry", {}),
    ),
    "partners": Kept(
        Partner, PartnerForm, "locality.alliance_partners",
        Message("New partner", {}), Message("Change the partner", {}),
    ),
    "documents": Kept(
        AllianceDocument, DocumentForm, "locality.alliance_documents",
        Message("New document", {}), Message("Change the document", {}),
    ),
}  # fmt: skip
_WHAT = "/alliance/<any(people, history, partners, documents):what>"


@blueprint.route(f"{_WHAT}/new", methods=["GET", "POST"])
@blueprint.route(f"{_WHAT}/<int:row_id>/edit", methods=["GET", "POST"])
@permitted(EDIT)
def keep_record(what: str, row_id: int | None = None) -> Any:
    """Add a row to a list, or change one."""
    node, kept = this_node(), KEPT[what]
    form = Form(kept.schema(), _initial(kept, row_id))
    if form.submitted():
        try:
            data = {**form.data, **(_file(form.data) if what == "documents" else {})}
            former = _digest(kept, row_id)
            with node.db.write() as session:
                actions.keep(node, session, kept.model, row_id, data, actor_id=this_member().id)
            actions.drop_pdf(node, former)
            told("Saved.")
            return redirect(url_for(kept.page))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/introduction/record.html", what=what, kept=kept, row_id=row_id, form=form
    )
    return page, form.status


def _initial(kept: Kept, row_id: int | None) -> dict[str, Any]:
    if row_id is None:
        return {}
    with this_node().db.read() as session:
        found = session.get(kept.model, row_id)
        if found is None:
            raise NotFound("There is no such entry any more.")
        values = {name: getattr(found, name) for name in kept.schema().fields}
        if kept.model is AllianceDocument:
            values["has_file"] = bool(found.digest)
    return {name: "" if value is None else value for name, value in values.items()}


def _digest(kept: Kept, row_id: int | None) -> str:
    """Return the digest of the file that a row has now, "" if it has none."""
    if kept.model is not AllianceDocument or row_id is None:
        return ""
    with this_node().db.read() as session:
        found = session.get(AllianceDocument, row_id)
        return found.digest if found else ""


def _file(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of the PDF that came along; Invalid if there is neither file nor link."""
    sent = request.files.get("file")
    content = sent.stream.read(MOST_BYTES + 1) if sent else b""
    if content:
        try:
            digest = actions.keep_pdf(this_node(), content)
        except WizzleError as error:
            raise Invalid({"file": [error.message]}) from error
        return {"digest": digest, "size": len(content)}
    if not data["url"] and request.form.get("keeps") != "yes":
        raise Invalid({"file": [Message("Please choose a PDF, or give a link.", {})]})
    return {}


@blueprint.post(f"{_WHAT}/<int:row_id>/remove")
@permitted(EDIT)
def remove_record(what: str, row_id: int) -> Any:
    """Take a row off its list."""
    node, kept = this_node(), KEPT[what]
    former = _digest(kept, row_id)
    with node.db.write() as session:
        actions.remove(node, session, kept.model, row_id, actor_id=this_member().id)
    actions.drop_pdf(node, former)
    told("Removed.")
    return redirect(url_for(kept.page))
