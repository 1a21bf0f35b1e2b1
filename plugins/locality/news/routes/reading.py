"""News as everyone reads them: all of them, those of a space, one, and what it said before."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from .....core.errors import NotFound
from .....core.web import (
    Page,
    Shared,
    asked_place,
    hidden_notice,
    paged,
    permitted,
    picture_url,
    place,
    shared,
    thing,
    this_node,
    whole_url,
)
from .....core.web.numbers import read_number
from .....core.web.prose import plain
from ...desks import THE_NODE, Desk, open_space
from ...pages import blueprint
from .. import queries
from ..access import SEE, WRITING, seen_news
from ..queries import AnyRow, Place
from ..queries.rows import is_public
from ..rules import subject_of

SIZE = 12
_IN_A_LINE = 200


@blueprint.get("/news")
@permitted(SEE, alike=True)
def news() -> Any:
    """List the news of everybody; to stewards also what the node itself has in preparation."""
    writes = WRITING.held(None)
    with this_node().db.read() as session:
        rows = queries.listed(session, before=_asked(), limit=SIZE + 1)
        drafts = queries.drafts(session, None) if writes else ()
    return _list(THE_NODE, rows, writes=writes, drafts=drafts, pinned=())


@blueprint.get("/spaces/<slug>/news")
@permitted(SEE, alike=True)
def space_news(slug: str) -> Any:
    """List the news of a space; to those who run it also what is in preparation."""
    with this_node().db.read() as session:
        space = open_space(session, slug)
        desk, before = Desk(space.id, space.slug, space.name), _asked()
        writes = WRITING.held(space.id) and not space.home
        rows = queries.listed(
            session, space_id=space.id, before=before, limit=SIZE + 1, but_pinned=True
        )
        pinned = () if before else queries.pinned(session, space.id)
        drafts = queries.drafts(session, space.id) if writes else ()
    return _list(desk, rows, writes=writes, drafts=drafts, pinned=pinned)


def _list(desk: Desk, rows: Any, **shown: Any) -> Any:
    last = rows[:SIZE][-1] if rows else None
    page: Page[AnyRow] = paged(rows, SIZE, last and " ".join(map(str, queries.told_place(last))))
    return render_template("locality/news/list.html", desk=desk, page=page, **shown)


def _asked() -> Place | None:
    at, _, number = (asked_place() or "").partition(" ")
    id_ = read_number(number)
    return None if id_ is None else queries.read_place(at, id_)


@blueprint.get("/news/<int:news_id>")
@permitted(SEE, alike=True)
def news_item(news_id: int) -> Any:
    """Show news; those that are not public only to who writes them."""
    with this_node().db.read() as session:
        row = queries.news_page(session, news_id)
        writes = WRITING.held(row.space_id)
        if row.hidden_at is not None and not writes:
            return hidden_notice(session, subject_of(news_id))
        if not is_public(row) and not writes:
            raise NotFound("There are no such news.")
        shown = queries.pictures(session, news_id)
        was_changed = bool(queries.editions(session, news_id))
    return render_template(
        "locality/news/item.html", news=row, pictures=shown, writes=writes,
        was_changed=was_changed, shared=_shared(row) if is_public(row) else None,
    )  # fmt: skip


@blueprint.get("/news/<int:news_id>/history")
@permitted(SEE, alike=True)
def news_history(news_id: int) -> Any:
    """Show what news said before they were changed."""
    with this_node().db.read() as session:
        row = seen_news(session, news_id)
        editions = queries.editions(session, news_id)
    return render_template("locality/news/history.html", news=row, editions=editions)


def _shared(row: AnyRow) -> Shared:
    url = whole_url(url_for("locality.news_item", news_id=row.id))
    node = this_node().settings.node
    author = place(row.space_name or node.name, url=whole_url("/"), kind=row.space_kind or "node")
    if row.space_slug:
        author["url"] = whole_url(url_for("core.space", slug=row.space_slug))
    data = thing(
        "NewsArticle", headline=row.title, url=url, datePublished=row.published_at,
        dateModified=row.changed_at, author=author,
        image=whole_url(picture_url(row.digest)) if row.digest else "",
    )  # fmt: skip
    return shared(
        "locality.news_item", row.title, plain(row.text, _IN_A_LINE), card=("news", row.id),
        kind="article", data=data, news_id=row.id,
    )  # fmt: skip
