"""Search: what can be found on this node by whoever asks, told by kinds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from ... import search
from ...documents import Document, Own, Searchable
from ...search import Asked, Place
from ...values import Viewer
from ..frame import places
from ..numbers import read_number
from ..page import permitted, say, this_node, this_tongue, this_viewer
from ..paging import Page, asked_place
from .base import blueprint

log = structlog.get_logger("wizzle.web")

FEW = 5
"""So many of each kind are shown as long as no kind is chosen."""

SIZE = 20
MOST_OWN = 200
SUGGESTED = 3
TRIED = 8
"""So many other questions are tried where one finds nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; ``more_url`` leads to all of it if there is more than that."""

    title: str
    template: str
    documents: Sequence[Document]
    more_url: str | None = None


@blueprint.get("/search")
@permitted("core.see", alike=True)
def search_page() -> Any:
    """Show what is found by the words asked for."""
    asked = Asked.read(request.args.get("q", ""))
    kinds = search.answered(this_node())
    chosen = next((each for each in kinds if each.kind == request.args.get("kind")), None)
    with this_node().db.read() as session:
        if asked and chosen is not None:
            return _of_kind(session, asked, chosen, kinds)
        groups = _groups(session, asked, kinds) if asked else []
        others = _others(session, asked, kinds) if asked and not groups else []
    return _drawn(asked, groups=groups, others=others)


def _of_kind(
    session: Session, asked: Asked, chosen: Searchable | Own, kinds: Sequence[Searchable | Own]
) -> str:
    """Show all of one kind, page by page; what is one's own is few and stands on one page."""
    here = _read_place(asked_place())
    limit = MOST_OWN if isinstance(chosen, Own) else SIZE
    documents, place = _found(session, asked, chosen, limit, here)
    group = Group(_titled(chosen), chosen.template, documents)
    page = Page(
        documents,
        _url(asked, chosen, after=place) if place else None,
        _url(asked, chosen) if here else None,
    )
    others = [] if documents or here else _others(session, asked, kinds)
    return _drawn(
        asked, groups=[group] if documents else [], others=others, page=page, chosen=chosen.kind
    )


def _url(asked: Asked, kind: Searchable | Own, after: str | None = None) -> str:
    return url_for("core.search_page", q=asked.text, kind=kind.kind, after=after)


def _drawn(asked: Asked, **values: Any) -> str:
    return render_template("core/search.html", asked=asked, viewer=this_viewer(), **values)


def _groups(session: Session, asked: Asked, kinds: Sequence[Searchable | Own]) -> list[Group]:
    groups = [_places(asked)]
    for each in kinds:
        try:
            documents, more = _found(session, asked, each, FEW, None)
        except Exception:  # one bad plugin must not take the page down
            log.exception("kind left out", kind=each.kind)
            continue
        url = _url(asked, each) if more else None
        groups.append(Group(_titled(each), each.template, documents, url))
    return [group for group in groups if group.documents]


def _places(asked: Asked) -> Group:
    """Return the pages of the menu that are called so."""
    shown = [
        Document(number, label, path, frozenset())
        for number, (label, path) in enumerate(places())
        if asked.holds(label, "")
    ]
    return Group(say("Pages"), "core/search/hit.html", shown)


def _found(
    session: Session, asked: Asked, kind: Searchable | Own, limit: int, after: Place | None
) -> tuple[list[Document], str | None]:
    """Return what is found of a kind, and the place to go on from if there is more."""
    viewer = this_viewer()
    if isinstance(kind, Own):
        own = _own(session, asked, kind, viewer) if viewer else []
        return own[:limit], "more" if len(own) > limit else None
    readers = search.readers_of(viewer)
    hits = search.hits(session, asked, kind.kind, readers, limit=limit + 1, after=after)
    shown = hits[:limit]
    ids: Collection[int] = [hit.item_id for hit in shown]
    if kind.may is not None and ids:
        ids = kind.may(session, ids, viewer.id if viewer else None)
    read = kind.read(session, ids) if ids else []
    known = {document.id: document for document in read}
    documents = [
        known[hit.item_id]
        for hit in shown
        # The index may be a moment old: what is shown is what holds now.
        if hit.item_id in known
        and known[hit.item_id].readers & readers
        and asked.holds(known[hit.item_id].title, known[hit.item_id].text)
    ]
    return documents, str(shown[-1].place) if len(hits) > limit else None


def _own(session: Session, asked: Asked, kind: Own, viewer: Viewer) -> list[Document]:
    return [each for each in kind.read(session, viewer.id) if asked.holds(each.title, each.text)]


def _others(session: Session, asked: Asked, kinds: Sequence[Searchable | Own]) -> list[str]:
    """Return other words of which it is known that they find something."""
    readers = search.readers_of(this_viewer())
    indexed = [each.kind for each in kinds if isinstance(each, Searchable)]
    found: dict[str, None] = {}
    for tried, other in enumerate(asked.others()):
        if tried == TRIED or len(found) == SUGGESTED:
            break
        if search.finds(session, Asked.read(other), indexed, readers):
            found[other] = None
    return list(found)


def _titled(kind: Searchable | Own) -> str:
    return kind.titles.in_language(this_tongue().language)


def _read_place(text: str | None) -> Place | None:
    tier, _, number = (text or "").partition("-")
    read = read_number(tier), read_number(number)
    if read[0] is None or read[1] is None or read[0] > 2:
        return None
    return Place(read[0], read[1])
