"""Collections as everyone sees them: the list, the page of each, their curators, Atom."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for

from .....core import moderation
from .....core.addresses import host_of
from .....core.errors import NotFound
from .....core.web import (
    asked_number,
    can,
    hidden_notice,
    outside_url,
    paged,
    permitted,
    shared,
    thing,
    this_node,
    this_tongue,
    this_viewer,
    whole_url,
)
from .....core.web.atom import MEDIA_TYPE, Head, Item, written
from ...pages import blueprint
from .. import actions, queries
from ..access import CHOOSE, MAKE, SEE
from ..queries import AnyRow, Shown
from ..rules import WEEKLY, handle_of, subject_of

SIZE = 24


@blueprint.get("/collections")
@permitted(SEE, alike=True)
def collections() -> Any:
    """List public collections, the newest first."""
    with this_node().db.read() as session:
        rows = queries.public_cards(session, after=asked_number(), limit=SIZE + 1)
    return render_template("feed/collections/list.html", page=_paged(rows))


@blueprint.get("/weekly")
@permitted(SEE, alike=True)
def weekly() -> Any:
    """List what the editors chose, the last week first."""
    with this_node().db.read() as session:
        rows = queries.weekly_cards(session, after=asked_number(), limit=SIZE + 1)
    return render_template("feed/collections/weekly.html", page=_paged(rows))


def _paged(rows: Any) -> Any:
    last = rows[:SIZE][-1].id if rows else None
    return paged(rows, SIZE, str(last))


@blueprint.get("/collections/<int:collection_id>")
@permitted(SEE, alike=True)
def collection(collection_id: int) -> Any:
    """Show what somebody chose; a draft only to those who make it."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        found = queries.card(session, collection_id)
        makes = actions.makes(session, viewer, found)
        if not makes and found.hidden_at is not None and found.published_at is not None:
            return hidden_notice(session, subject_of(collection_id))
        if not makes and not found.public:
            raise NotFound("There is no such collection.")
        items = queries.shown_items(node, session, collection_id)
        return render_template(
            "feed/collections/page.html", collection=found, makes=makes,
            items=[each for each in items if not each.gone],
            gone=[each for each in items if each.gone] if makes else [],
            chooses=can(CHOOSE), shared=_shared(found, items), elsewhere=_elsewhere(found),
        )  # fmt: skip


def _elsewhere(found: AnyRow) -> str:
    """Return the name by which this is followed from other nodes, "" where nothing talks to any."""
    node = this_node()
    if not found.public or not node.hooks.find_actor.get_hookimpls():
        return ""
    subject = WEEKLY if found.week else subject_of(found.id)
    return f"@{handle_of(subject)}@{host_of(node.settings.node.address)}"


def _shared(found: AnyRow, items: list[Shown]) -> Any:
    if not found.public or found.hidden_at is not None:
        return None
    url = whole_url(url_for("feed.collection", collection_id=found.id))
    listed = [
        thing("ListItem", position=place, name=each.title,
              url=whole_url(each.thing.path) if each.thing else "")
        for place, each in enumerate((each for each in items if not each.gone), start=1)
    ]  # fmt: skip
    data = thing("ItemList", name=found.title, url=url, description=found.intro[:500],
                 itemListElement=listed)  # fmt: skip
    return shared(
        "feed.collection", found.title, found.intro, card=("collection", found.id), kind="article",
        data=data, collection_id=found.id,
    )  # fmt: skip


@blueprint.get("/collections/<int:collection_id>.atom")
@permitted(SEE, alike=True)
def collection_feed(collection_id: int) -> Response:
    """Send what stands in a public collection, the last added first."""
    node = this_node()
    with node.db.read() as session:
        found = queries.card(session, collection_id)
        if not found.public or found.hidden_at is not None:
            raise NotFound("There is no such feed.")
        items = queries.shown_items(node, session, collection_id)
    page_url = outside_url("feed.collection", collection_id=collection_id)
    head = Head(
        url=outside_url("feed.collection_feed", collection_id=collection_id), page_url=page_url,
        title=f"{found.title} · {node.settings.node.name}", author=node.settings.node.name,
        language=this_tongue().language,
    )  # fmt: skip
    told = sorted((each for each in items if not each.gone), key=lambda each: -each.item.id)
    body = written(head, [_told(each, page_url) for each in told])
    return Response(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _told(each: Shown, page_url: str) -> Item:
    url = whole_url(each.thing.path) if each.thing else page_url
    return Item(f"{page_url}#item-{each.item.id}", each.title, url, each.item.added_at,
                each.item.reason)  # fmt: skip


@blueprint.get("/curators/<int:curator_id>")
@permitted(SEE, alike=True)
def curator(curator_id: int) -> Any:
    """Show somebody who collects, if they let it be seen, with their collections."""
    with this_node().db.read() as session:
        found = queries.curator_page(session, curator_id)
        if found.hidden_at is not None:
            return hidden_notice(session, f"curator:{curator_id}")
        rows = queries.public_cards(
            session, owner_id=curator_id, after=asked_number(), limit=SIZE + 1
        )
    return render_template("feed/collections/curator.html", curator=found, page=_paged(rows))


@blueprint.get("/collections/<int:collection_id>/listed")
@permitted(MAKE)
def listed(collection_id: int) -> Any:
    """Show those whose things stand in a collection what was chosen, and let them refuse it."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        found = queries.card(session, collection_id)
        if not found.public or found.hidden_at is not None:
            raise NotFound("There is no such collection.")
        items = queries.shown_items(node, session, collection_id)
        things = {
            each.item.id: moderation.thing_of(node, session, each.item.subject)
            for each in items
            if each.item.subject and not each.gone
        }
        mine = [
            each
            for each in items
            if (answered := things.get(each.item.id)) is not None
            and viewer is not None
            and viewer.id in answered.people
        ]
        return render_template("feed/collections/listed.html", collection=found, items=mine)
