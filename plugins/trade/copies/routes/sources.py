"""Producers of other nodes: those who are followed, and a peer's list to choose from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import NotFound, Unreachable, WizzleError
from .....core.talk import Peer
from .....core.web import (
    asked_number,
    asked_place,
    paged,
    permitted,
    this_member,
    this_node,
    told,
)
from ...pages import blueprint
from .. import actions, queries
from ..rules import Producer, age_note, is_stale, is_too_old, read_directory
from .access import SOURCES, tell, the_peer, the_peers


@blueprint.get("/trade/sources")
@permitted(SOURCES)
def sources() -> str:
    """List who is followed, how old the copies are, and at which nodes others can be found."""
    node, size = this_node(), queries.SIZE
    with node.db.read() as session:
        rows = queries.sources(session, after=asked_place() or "", limit=size + 1)
        peers = the_peers(session)
        gone = queries.ordered_and_gone(session)
    place = f"{rows[size - 1].name}~{rows[size - 1].id}" if len(rows) > size else None
    return render_template(
        "trade/copies/sources.html",
        page=paged(rows, size, place),
        peers=peers,
        gone=gone,
        age=age,
    )


def age(row: Any) -> tuple[str, Any]:
    """Return the kind of badge that the age of a source's copies asks for, and its words."""
    now = this_node().clock.now()
    if is_too_old(row.fetched_at, now) and row.fetched_at is not None:
        kind = "problem"
    else:
        kind = "wait" if is_stale(row.fetched_at, now) else "good"
    return kind, age_note(row.name, row.fetched_at, now)


@blueprint.get("/trade/peers/<host>")
@permitted(SOURCES)
def peer_producers(host: str) -> Any:
    """Show who publishes a catalogue at a peer; asks the peer, so it may take a moment."""
    peer = the_peer(host)
    try:
        found, following = _directory(peer)
    except WizzleError as error:
        tell(error)
        return redirect(url_for("trade.sources"))
    with this_node().db.read() as session:
        followed = queries.followed_at(session, peer.host)
    return render_template(
        "trade/copies/producers.html",
        peer=peer,
        producers=found,
        followed=followed,
        after=asked_number() or 0,
        next_url=following and url_for("trade.peer_producers", host=host, after=following),
    )


def _directory(peer: Peer) -> tuple[list[Producer], int | None]:
    node, parts = this_node(), urlsplit(peer.actor)
    base = f"{parts.scheme}://{parts.netloc}"
    url = f"{base}/trade/producers?after={asked_number() or 0}"
    document = node.hooks.fetch_document(node=node, url=url)
    if document is None:
        raise Unreachable(actions.ALONE)
    return read_directory(document, base)


@blueprint.post("/trade/peers/<host>/follow")
@permitted(SOURCES)
def follow(host: str) -> Response:
    """Follow a producer of a peer, as the peer's own list names them now."""
    node, peer = this_node(), the_peer(host)
    wanted = request.form.get("actor", "")
    try:
        producer = next((each for each in _directory(peer)[0] if each.actor == wanted), None)
        if producer is None:
            raise NotFound("This producer does not publish a catalogue any more.")
        with node.db.write() as session:
            actions.follow(node, session, producer, peer, this_member().id)
        told(
            "%(name)s is followed now. The goods come as soon as the other node has agreed.",
            name=producer.name,
        )
    except WizzleError as error:
        tell(error)
    return redirect(url_for("trade.sources"))


@blueprint.post("/trade/sources/<int:source_id>/unfollow")
@permitted(SOURCES)
def unfollow(source_id: int) -> Response:
    """End a following; what was ordered stays ordered."""
    node = this_node()
    with node.db.write() as session:
        source = actions.unfollow(node, session, source_id, this_member().id)
    told("%(name)s is not followed any more.", name=source.name)
    return redirect(url_for("trade.sources"))
