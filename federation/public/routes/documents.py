"""Actors who are people or collections, what authors made public, and their outboxes, as other
nodes read them."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from ....core.addresses import subject_actor
from ....core.errors import NotFound
from ....core.web import asked_number, machine, this_node
from ... import trust
from ...delivery.rules.schedule import LASTS
from ...pages import ID, blueprint
from ...trust.actions.describing import leaving_document, profile_document, town_document
from ...trust.routes.answers import asks_for_page, document, led_to
from ...trust.rules.documents import collection, grave, type_of
from .. import queries
from ..actions.authors import is_author, profile_of
from ..actions.hearing import gone_since
from ..actions.spreading import told_of
from ..models import Thing
from ..rules import documents

READ = "federation.read"
FIRST = 2**31 - 1
"""Above every id: where an outbox begins."""


@blueprint.get(f"/people/<{ID}:person_id>")
@machine(READ)
def person_actor(person_id: int) -> Any:
    """Send the actor that is a person who has agreed to it; of one who has left, a tombstone."""
    return _actor(f"person:{person_id}")


@blueprint.get(f"/picks/<{ID}:collection_id>")
@machine(READ)
def collection_actor(collection_id: int) -> Any:
    """Send the actor that is a public collection; of one that is gone, a tombstone."""
    return _actor(f"collection:{collection_id}")


@blueprint.get(f"/weeklies/<{ID}:number>")
@machine(READ)
def weekly_actor(number: int) -> Any:
    """Send the actor that is the selection of each week."""
    return _actor(f"weekly:{number}")


def _actor(author: str) -> Any:
    node = this_node()
    with node.db.read() as session:
        profile = profile_of(node, session, author)
        if profile is not None:
            if asks_for_page():
                return led_to(profile.path)
            return document(profile_document(node, session, profile))
        gone = gone_since(session, author)
    if gone is None:
        raise NotFound("There is no such actor here.")
    if node.clock.now() - gone < LASTS:  # who is told of the farewell has to find its key here
        return document(leaving_document(node, author))
    address = subject_actor(node.settings.node.address, author)
    return document(grave(address, type_of(author), documents.moment(gone)), status=410)


@blueprint.get("/town")
@machine(READ)
def town_actor() -> Any:
    """Send the actor that is the neighbourhood; browsers are led to its first page."""
    if asks_for_page():
        return led_to(url_for("core.home"))
    with this_node().db.read() as session:
        return document(town_document(this_node(), session))


@blueprint.get("/town/outbox")
@machine(READ)
def town_outbox() -> Any:
    """Send what the neighbourhood made public, the newest first."""
    return _outbox("node")


@blueprint.get("/town/followers")
@machine(READ)
def town_followers() -> Any:
    """Tell how many follow the neighbourhood from elsewhere; not who."""
    return _followers("node")


@blueprint.get(f"/things/<{ID}:thing_id>")
@machine(READ)
def public_thing(thing_id: int) -> Any:
    """Send something public; browsers are led to its page."""
    node = this_node()
    with node.db.read() as session:
        row = _thing(session, thing_id)
        if row.gone_at is not None:
            return _grave(row)
        if asks_for_page():
            return led_to(row.path)
        return document(documents.thing(node.settings.node.address, told_of(node, row)))


@blueprint.get(f"/things/<{ID}:thing_id>/create")
@machine(READ)
def public_thing_create(thing_id: int) -> Any:
    """Send the activity by which something public came into the world."""
    node = this_node()
    with node.db.read() as session:
        row = _thing(session, thing_id)
        if row.gone_at is not None:
            return _grave(row)
        return document(documents.create(node.settings.node.address, told_of(node, row)))


def _thing(session: Session, thing_id: int) -> Thing:
    row = session.get(Thing, thing_id)
    if row is None:
        raise NotFound("There is no such thing here.")
    return row


def _grave(row: Thing) -> Response:
    base = this_node().settings.node.address
    assert row.gone_at is not None  # noqa: S101 asked by whoever calls
    kind = documents.TYPES.get(row.kind, "Article")
    address = documents.thing_address(base, row.id)
    return document(grave(address, kind, documents.moment(row.gone_at)), status=410)


@blueprint.get("/outbox")
@machine(READ)
def node_outbox() -> Any:
    """Send an empty collection: what this node says, it says to those whom it concerns."""
    return document(collection(f"{this_node().settings.node.address}/outbox", ()))


@blueprint.get(f"/orgs/<{ID}:space_id>/outbox")
@machine(READ)
def org_outbox(space_id: int) -> Any:
    """Send what a space made public, the newest first."""
    return _outbox(f"space:{space_id}")


@blueprint.get(f"/people/<{ID}:person_id>/outbox")
@machine(READ)
def person_outbox(person_id: int) -> Any:
    """Send what a person made public, the newest first."""
    return _outbox(f"person:{person_id}")


@blueprint.get(f"/picks/<{ID}:collection_id>/outbox")
@machine(READ)
def collection_outbox(collection_id: int) -> Any:
    """Send a public collection as it is told."""
    return _outbox(f"collection:{collection_id}")


@blueprint.get(f"/weeklies/<{ID}:number>/outbox")
@machine(READ)
def weekly_outbox(number: int) -> Any:
    """Send the selections of the weeks, the newest first."""
    return _outbox(f"weekly:{number}")


def _outbox(author: str) -> Response:
    node, before = this_node(), asked_number("before")
    base = node.settings.node.address
    outbox = f"{subject_actor(base, author)}/outbox"
    with node.db.read() as session:
        _check(session, author)
        if before is None:
            count = queries.count(session, author)
            first = f"{outbox}?before={FIRST}" if count else ""
            return document(documents.collection(outbox, count, first=first))
        rows = queries.newest(session, author, before=before, limit=queries.SIZE + 1)
        items = [documents.create(base, told_of(node, row)) for row in rows[: queries.SIZE]]
    more = f"{outbox}?before={rows[queries.SIZE - 1].id}" if len(rows) > queries.SIZE else ""
    made = documents.page(f"{outbox}?before={before}", outbox, items, next_=more)
    trust.gate.count_reading(node, request, len(json.dumps(made)))
    return document(made)


@blueprint.get(f"/orgs/<{ID}:space_id>/followers")
@machine(READ)
def org_followers(space_id: int) -> Any:
    """Tell how many follow a space from elsewhere; not who."""
    return _followers(f"space:{space_id}")


@blueprint.get(f"/people/<{ID}:person_id>/followers")
@machine(READ)
def person_followers(person_id: int) -> Any:
    """Tell how many follow a person from elsewhere; not who."""
    return _followers(f"person:{person_id}")


@blueprint.get(f"/picks/<{ID}:collection_id>/followers")
@machine(READ)
def collection_followers(collection_id: int) -> Any:
    """Tell how many follow a collection from elsewhere; not who."""
    return _followers(f"collection:{collection_id}")


@blueprint.get(f"/weeklies/<{ID}:number>/followers")
@machine(READ)
def weekly_followers(number: int) -> Any:
    """Tell how many follow the selection of the week from elsewhere; not who."""
    return _followers(f"weekly:{number}")


def _followers(author: str) -> Response:
    node = this_node()
    address = f"{subject_actor(node.settings.node.address, author)}/followers"
    with node.db.read() as session:
        _check(session, author)
        return document(documents.collection(address, queries.listener_count(session, author)))


def _check(session: Session, author: str) -> None:
    if not is_author(this_node(), session, author):
        raise NotFound("There is no such actor here.")
