"""Publications as other nodes read them, and the steward's page of what is followed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for

from ...core import audit
from ...core.answers import Rule
from ...core.errors import NotFound
from ...core.talk import Publication
from ...core.values import STEWARD
from ...core.web import (
    asked_number,
    machine,
    paged,
    permitted,
    problem,
    this_member,
    this_node,
    told,
)  # fmt: skip
from .. import trust
from ..pages import ID, blueprint
from . import actions, queries, rules
from .actions.letters import here
from .models import Followed

RULES = (
    Rule("federation.publication.read", everyone=True),
    Rule("federation.followed", roles=frozenset({STEWARD})),
)
ACTIVITY = "application/activity+json"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FRESH = timedelta(minutes=1)
"""So long what is read is not looked over again for changes; followers are told as often."""


@blueprint.get(f"/orgs/<{ID}:space_id>/<name>")
@machine("federation.publication.read")
def publication(space_id: int, name: str) -> Response:
    """Hand out a publication: how it stands, or a page of what stands (``cursor``) or of what has
    changed (``since``). A page that is as the reader knows it is 304, and nothing of it is read.
    """
    node = this_node()
    offered = queries.publications(node).get(name)
    if offered is None:
        raise NotFound("There is no such publication.")
    _freshen(offered, space_id)
    with node.db.read() as session:
        state = offered.state(node, session, space_id)
        if state is None or not queries.open_space(session, space_id):
            raise NotFound("There is no such publication.")
        tag = f'"{state.seq}-{state.digest.hex()[:32]}"'
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
        answer = _asked(session, offered, space_id, state)
    if isinstance(answer, Response):
        return answer
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    if "orderedItems" in answer:
        trust.gate.count_reading(node, request, len(body.encode()))
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    return Response(body, 200, headers, mimetype=ACTIVITY)


def _freshen(offered: Publication, space_id: int) -> None:
    """Look a publication over for changes, at most once a minute in this process."""
    node = this_node()
    looked = current_app.extensions.setdefault("wizzle.federation.looked", {})
    key, now = (space_id, offered.name), node.clock.now()
    if now - looked.get(key, LONG_AGO) < FRESH:
        return
    with node.db.look() as session:  # a stranger's guess must not take the writers' turn
        if not queries.open_space(session, space_id):
            return
    with node.db.write() as session:
        actions.freshen(node, session, offered, space_id)
        if queries.followed_publications(session):  # should the looking ever have ended
            actions.ask_freshening(node, session)
    looked[key] = now


def _asked(session: Any, offered: Publication, space_id: int, state: Any) -> Any:
    """Return the document that is asked for, or an answer that says why there is none."""
    node = this_node()
    actor = here(node, space_id)
    collection = f"{actor}/{offered.name}"
    since, cursor = asked_number("since"), asked_number("cursor")
    if since is None and cursor is None:
        return rules.head(collection, actor, state)
    after = int(cursor if since is None else since)  # type: ignore[arg-type]
    if since is not None and after < offered.oldest(node, session, space_id):
        return problem(410, "What has changed since then is no longer known. Please read it whole.")
    limit = min(max(asked_number("limit") or 100, 1), rules.MOST)
    found = offered.page(node, session, space_id, after, limit + 1, since is not None)
    # PostgreSQL may show a second statement more than the first one saw.
    items = [item for item in found if item.seq <= state.seq]
    fitting = rules.fitting(items[:limit])
    more = len(items) > len(fitting)
    return rules.leaf(collection, state, fitting, after=after, more=more, since=since is not None)


@blueprint.get("/admin/followed")
@permitted("federation.followed")
def followed() -> Any:
    """List what this node follows elsewhere, how old it is, and what is wrong with it."""
    with this_node().db.read() as session:
        rows = queries.all_followed(session, after=asked_number("after") or 0)
        last = str(rows[: queries.SIZE][-1].id) if rows else None
        page = paged(list(rows), queries.SIZE, last, "after")
        return render_template("federation/followed.html", page=page)


@blueprint.post(f"/admin/followed/<{ID}:followed_id>/fetch")
@permitted("federation.followed")
def fetch_now(followed_id: int) -> Any:
    """Fetch a publication now and compare all of it."""
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        standing = session.get(Followed, followed_id)
        if standing is None or standing.state != "accepted":
            raise NotFound("This is not followed any more.")
        actions.ask_pull(node, session, standing, whole=True)
        audit.record(
            session, "federation.followed.fetched", at=node.clock.now(), person_id=viewer.id,
            subject=("followed", followed_id),
        )  # fmt: skip
    told("It will be fetched in a moment.")
    return redirect(url_for("federation.followed"))
