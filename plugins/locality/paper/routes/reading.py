"""The paper as everyone reads it: on a page, on paper, as plain text."""

from __future__ import annotations

from flask import Response, render_template

from .....core.paper import Column, Front, Piece
from .....core.web import asked_number, download, outside_url, paged, permitted, this_node
from ...pages import blueprint
from .. import queries
from ..actions.publishing import headings
from ..models import Issue
from ..rules import COMING, NEWS, Content, as_text, read


@blueprint.get("/paper")
@permitted("locality.paper.read")
def paper() -> str:
    """Show the last issue and the archive."""
    node = this_node()
    with node.db.read() as session:
        newest = queries.last(session)
        rows = queries.archive(session, before=asked_number())
        last = rows[: queries.SIZE][-1].number if rows else None
        return render_template(
            "locality/paper/paper.html", issue=newest, subject=queries.SUBJECT,
            content=_content(newest) if newest else None, headings=headings(node),
            page=paged(rows, queries.SIZE, str(last)), plan=queries.the_plan(session),
        )  # fmt: skip


def _content(issue: Issue) -> Content:
    return read(issue.content or {})


@blueprint.get("/paper/<int:number>")
@permitted("locality.paper.read", alike=True)
def paper_issue(number: int) -> str:
    """Show an issue, with links to what it tells of."""
    node = this_node()
    with node.db.read() as session:
        issue = queries.by_number(session, number)
        return render_template(
            "locality/paper/issue.html", number=number, content=_content(issue),
            headings=headings(node),
        )  # fmt: skip


@blueprint.get('/paper/<int:number>.<any("pdf", "txt"):ending>')
@permitted("locality.paper.read")
def paper_file(number: int, ending: str) -> Response:
    """Send an issue as one page to print, or as plain text."""
    node = this_node()
    with node.db.read() as session:
        content = _content(queries.by_number(session, number))
    address = outside_url("locality.paper_issue", number=number)
    if ending == "pdf":
        return download(front_of(content, address))
    text = as_text(content, headings(node), address)
    return Response(text, content_type="text/plain; charset=utf-8")


def front_of(content: Content, address: str) -> Front:
    """Return an issue as a page to print."""
    node = this_node()
    tongue, titles = queries.tongue_of(node), headings(node)
    columns = [
        Column(titles[part], tuple(Piece(each.title, each.over, each.text) for each in found))
        for part in (COMING, NEWS)
        if (found := content.of(part))
    ]
    return Front(
        name=content.title,
        over=content.over,
        columns=tuple(columns),
        greeting=content.greeting,
        signed=content.signed,
        figures=content.figures,
        more=tongue.gettext("… %(number)s more at the address below", number="%d"),
        address=address,
        address_words=tongue.gettext("All of it, and more, on our page"),
    )
