"""What everyone reads of the alliance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template, send_file
from markupsafe import Markup
from sqlalchemy.orm import Session

from .....core.answers import FirstStep, Rule
from .....core.errors import NotFound
from .....core.values import Message
from .....core.web import permitted, shared, this_node
from .....core.web.downloads import disposition, file_stem
from .....core.web.help import to_html
from ...pages import blueprint
from .. import queries
from ..actions import pdf_file
from ..rules.blocks import Block, lowered
from ..rules.terms import is_over

SEE = "locality.alliance.see"
EDIT = "locality.alliance.edit"
AGREE = "locality.charter.agree"
RULES = (
    Rule(SEE, everyone=True),
    Rule(EDIT, roles=frozenset({"steward"})),
    Rule(AGREE, members=True),
)


@blueprint.app_template_filter("markdown")
def markdown(text: str) -> Markup:
    """Return plain Markdown as HTML, with headings below that of the page."""
    return to_html(lowered(text))


@blueprint.get("/alliance")
@permitted(SEE, alike=True)
def alliance() -> Any:
    """Show the page that stewards made, and the ways on."""
    with this_node().db.read() as session:
        edition = queries.published(session)
        context = block_context(session, queries.blocks_of(edition))
        charter = queries.charter_in_force(session, queries.today(this_node()))
    return render_template(
        "locality/introduction/alliance.html", edition=edition, charter=charter,
        shared=shared("locality.alliance", this_node().settings.node.name), **context,
    )  # fmt: skip


def block_context(session: Session, blocks: Sequence[Block]) -> dict[str, Any]:
    """Return what a page of these blocks shows: the blocks, cards of spaces, and numbers."""
    ids = {number for block in blocks for number in block.get("ids", ())}
    counts = any(block["kind"] == "numbers" for block in blocks)
    return {
        "blocks": blocks,
        "cards": queries.cards(session, ids) if ids else {},
        "numbers": queries.numbers(this_node(), session) if counts else {},
        "months": _months() if counts else [],
    }


def _months() -> list[str]:
    day = queries.today(this_node())
    found = []
    for back in range(5, -1, -1):
        year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
        found.append(f"{year}/{month + 1}")
    return found


@blueprint.get("/alliance/people")
@permitted(SEE, alike=True)
def alliance_people() -> Any:
    """Show who is in office and until when, and who was."""
    node = this_node()
    day = queries.today(node)
    with node.db.read() as session:
        terms = queries.terms(session)
    return render_template(
        "locality/introduction/people.html",
        present=[each for each in terms if not is_over(each.ends_on, day)],
        past=[each for each in terms if is_over(each.ends_on, day)],
        today=day,
    )  # fmt: skip


@blueprint.get("/alliance/history")
@permitted(SEE, alike=True)
def alliance_history() -> Any:
    """Show what happened so far."""
    with this_node().db.read() as session:
        moments = queries.history(session)
    return render_template("locality/introduction/history.html", moments=moments)


@blueprint.get("/alliance/partners")
@permitted(SEE, alike=True)
def alliance_partners() -> Any:
    """Show whom the alliance works with."""
    with this_node().db.read() as session:
        partners = queries.partners(session)
    return render_template("locality/introduction/partners.html", partners=partners)


@blueprint.get("/alliance/documents")
@permitted(SEE, alike=True)
def alliance_documents() -> Any:
    """List the documents."""
    with this_node().db.read() as session:
        documents = queries.documents(session)
    return render_template("locality/introduction/documents.html", documents=documents)


@blueprint.get("/alliance/documents/<int:document_id>/file")
@permitted(SEE)
def alliance_document(document_id: int) -> Response:
    """Hand out a PDF for download: no browser runs anything of it on this site."""
    node = this_node()
    with node.db.read() as session:
        found = queries.document(session, document_id)
    file = pdf_file(node, found.digest) if found.digest else None
    if file is None or not file.is_file():
        raise NotFound("There is no such document.")
    answer = make_response(send_file(file, mimetype="application/pdf", etag=found.digest))
    answer.headers["Content-Disposition"] = disposition(f"{file_stem(found.title)}.pdf")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def first_steps(session: Session) -> list[FirstStep]:
    """Return what a neighbourhood says of itself before people come."""
    return [
        FirstStep(
            Message("Introduce yourselves", {}),
            Message("Write the page of your alliance: who you are and what you want.", {}),
            "/alliance/edit",
            done=queries.published(session) is not None,
            order=60,
        )
    ]


@blueprint.app_template_global("alliance_tabs")
def alliance_tabs() -> list[tuple[str, Message]]:
    """Return the pages of the alliance: endpoint and title."""
    return [
        ("locality.alliance", Message("Introduction", {})),
        ("locality.charter", Message("Charter", {})),
        ("locality.alliance_people", Message("People in office", {})),
        ("locality.alliance_history", Message("History", {})),
        ("locality.alliance_partners", Message("Partners", {})),
        ("locality.alliance_documents", Message("Documents", {})),
    ]
