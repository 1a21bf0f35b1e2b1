"""Following a publication of another node: asked for, accepted, ended."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.addresses import host_of
from ....core.errors import Refused
from ....core.node import Node
from ....core.talk import Received
from .. import queries, rules
from ..models import Followed
from .letters import here, new_activity, send
from .pulling import ask_pull


def follow(node: Node, session: Session, actor: str, name: str, space_id: int | None) -> bool:
    """Ask a publication's node to follow it; once it is followed or asked for, nothing more."""
    if name not in queries.takers(node):
        raise Refused("Nothing here knows what to do with “%(name)s”.", name=name)
    standing = queries.followed(session, actor, name)
    if standing is not None and standing.state in {"asked", "accepted"}:
        return True
    sender = here(node, space_id)
    request = new_activity(node, sender)
    if standing is None:
        standing = Followed(actor=actor, name=name, host=host_of(actor))
        session.add(standing)
    standing.state, standing.request, standing.space_id = "asked", request, space_id
    standing.asked_at, standing.whole, standing.seq = node.clock.now(), False, 0
    session.flush()
    send(node, session, space_id, actor, rules.following(request, sender, standing.collection),
         lane=f"follow:{standing.collection}"[:200])  # fmt: skip
    return True


def unfollow(node: Node, session: Session, actor: str, name: str) -> bool:
    """Follow a publication no more, tell its node, and let the plugin forget what it holds."""
    standing = queries.followed(session, actor, name)
    if standing is None or standing.state == "ended":
        return True
    sender = here(node, standing.space_id)
    asked = rules.following(standing.request, sender, standing.collection)
    undo = rules.answer(new_activity(node, sender), "Undo", sender, asked)
    send(node, session, standing.space_id, actor, undo, lane=f"follow:{standing.collection}"[:200])
    end_followed(node, session, standing)
    return True


def end_followed(node: Node, session: Session, standing: Followed) -> None:
    """Note that a publication is followed no more; what was taken of it goes."""
    standing.state, standing.problem = "ended", ""
    taker = queries.takers(node).get(standing.name)
    if taker is not None:
        taker.forget(node, session, standing.actor)


def answered(node: Node, session: Session, received: Received, *, accepted: bool) -> str | None:
    """Note what another node says to our Follow; None if it is about something else."""
    request = rules.named(received.document.get("object"))
    standing = queries.asked_by(session, request) if request else None
    if standing is None:
        return None
    if standing.host != received.host:
        raise Refused("Only the node that was asked can answer.")
    if standing.state == "ended":
        return "ended meanwhile"
    before, standing.state = standing.state, "accepted" if accepted else "refused"
    if accepted and before != "accepted":  # said once more it is no reason to read all anew
        ask_pull(node, session, standing, whole=True)
    return standing.state
