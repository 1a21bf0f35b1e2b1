"""The steward's pages of other nodes: the list, and each with all that can be done."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ...core.answers import MenuItem, Rule
from ...core.errors import WizzleError
from ...core.node import Node
from ...core.values import STEWARD, Viewer
from ...core.web import (
    asked_place,
    paged,
    permitted,
    this_member,
    this_node,
    this_tongue,
    told,
)
from .. import delivery
from ..pages import ID, blueprint
from ..trust import peers as queries
from ..trust import states
from ..trust.actions import describing, ties
from ..trust.models import Peer

SIZE = 30

SAID = {
    "ask": "%(host)s was asked. As soon as its steward accepts, you are joined.",
    "accept": "You are joined with %(host)s now.",
    "refuse": "%(host)s was told that it does not fit now.",
    "withdraw": "The request to %(host)s was taken back.",
    "pause": "Nothing is taken from %(host)s or sent to it until you go on.",
    "resume": "You are joined with %(host)s again.",
    "end": "The tie to %(host)s has ended.",
    "block": "%(host)s is shut out.",
    "unblock": "%(host)s is not shut out any more. It would have to ask anew.",
}
"""What is said after each of ``states.STEPS``."""


def waiting(node: Node, _viewer: Viewer) -> int:
    """Return how many nodes ask to be joined; for the number beside the menu's entry."""
    with node.db.look() as session:
        return queries.count(session, (states.ASKED_BY_THEM,))


RULES = (Rule("federation.peers", roles=frozenset({STEWARD})),)
MENU = (
    MenuItem(
        "Connected nodes",
        "federation.peers",
        icon="people",
        order=90,
        action="federation.peers",
        count=waiting,
    ),
)


@blueprint.get("/admin/peers")
@permitted("federation.peers")
def peers() -> Any:
    """List other nodes, those that wait for us first, with what waits for each."""
    node = this_node()
    with node.db.read() as session:
        rows = queries.listed(session, after=_place(), limit=SIZE + 1)
        hosts = [row.host for row in rows[:SIZE]]
        waits = delivery.waiting(session, hosts, node.clock.now())
    last = rows[:SIZE][-1] if rows else None
    place = f"{queries.rank_of(last.state)}-{last.id}" if last else None
    page = paged(rows, SIZE, place)
    return render_template("federation/peers.html", page=page, waits=waits)


def _place() -> tuple[int, int] | None:
    rank, _, id_ = (asked_place() or "").partition("-")
    plain = rank.isdecimal() and id_.isdecimal() and len(rank) + len(id_) < 15
    return (int(rank), int(id_)) if plain else None


@blueprint.get(f"/admin/peers/<{ID}:peer_id>")
@permitted("federation.peers")
def peer(peer_id: int) -> Any:
    """Show a node: what it says of itself, how we stand to it, what waits, what can be done."""
    node = this_node()
    with node.db.read() as session:
        found = queries.by_id(session, peer_id)
        return render_template("federation/peer.html", peer=found, **_around(node, session, found))


def _around(node: Node, session: Any, found: Peer) -> dict[str, Any]:
    return {
        "steps": states.steps(found.state),
        "waits": delivery.waiting(session, [found.host], node.clock.now())[found.host],
        "matters": ties.matters(node, session, found.host),
        "shares": describing.policy(node, session, this_tongue().language)["shares"],
    }


@blueprint.post(f"/admin/peers/<{ID}:peer_id>/<any({', '.join(states.STEPS)}):step>")
@permitted("federation.peers")
def take_step(peer_id: int, step: str) -> Any:
    """Do one of ``states.STEPS``; to end a tie with open matters it has to be ticked."""
    node, viewer = this_node(), this_member()
    back = redirect(url_for("federation.peer", peer_id=peer_id))
    try:
        with node.db.write() as session:
            if step == "end" and not request.form.get("sure"):
                ties.refuse_with_matters(node, session, peer_id)
            host = ties.step(node, session, peer_id, step, person_id=viewer.id).host
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
        return back
    told(SAID[step], host=host)
    return back
