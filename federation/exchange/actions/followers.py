"""Those who follow what is published here: let in, and let go."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ....core.addresses import space_of
from ....core.errors import Refused, TooMany
from ....core.facts import PeerChanged
from ....core.node import Node
from ....core.talk import Received
from ...trust.actions import store
from ...trust.rules.remote import NODES, SPACES
from ...trust.rules.states import BLOCKED, ENDED
from .. import queries, rules
from ..models import Followed, Follower
from .following import end_followed
from .letters import here, new_activity, send
from .pushing import ask_freshening

MOST_FOLLOWINGS = 1_000
"""Publications that actors of one node may follow here: each change of one is a letter to each."""


def let_in(node: Node, session: Session, received: Received) -> str | None:
    """Answer a Follow of a publication of ours; None if it is about something else.

    Whoever could send it is trusted by this node; a space that publishes nothing under that name
    says so by a Reject.
    """
    found = rules.publication_of(received.document.get("object"), queries.publications(node))
    space_id = space_of(node.settings.node.address, found[0]) if found else None
    if found is None or space_id is None:
        return None
    name = found[1]
    publication = queries.publications(node)[name]
    if max(len(received.id), len(received.actor)) > rules.LONGEST_ADDRESS:
        raise Refused("The address of this request is too long.")
    if store.kind_of(session, received.actor) not in (*NODES, *SPACES):
        raise Refused("Only a node, or a place of one, can follow this.")
    state = None
    if queries.open_space(session, space_id):
        publication.freshen(node, session, space_id)
        state = publication.state(node, session, space_id)
    if state is not None:
        _note(node, session, received, space_id, name, state.seq)
    kind = "Reject" if state is None else "Accept"
    actor = here(node, space_id)
    said = rules.answer(new_activity(node, actor), kind, actor, received.document)
    send(node, session, space_id, received.actor, said, lane=f"follow:{found[0]}/{name}"[:200])
    return kind


def _note(
    node: Node, session: Session, received: Received, space_id: int, name: str, seq: int
) -> None:
    standing = session.scalars(
        select(Follower).where(
            Follower.space_id == space_id, Follower.name == name, Follower.actor == received.actor
        )
    ).one_or_none()
    if standing is None:
        if queries.follower_count(session, received.host) >= MOST_FOLLOWINGS:
            raise TooMany("Too much is followed here from %(host)s already.", host=received.host)
        standing = Follower(space_id=space_id, name=name, actor=received.actor)
        session.add(standing)
    standing.host, standing.request = received.host, received.id
    standing.told_seq, standing.since, standing.ended_at = seq, node.clock.now(), None
    ask_freshening(node, session)


def let_go(node: Node, session: Session, received: Received) -> str | None:
    """End a following whose Undo came; None if it is about something else."""
    request = rules.named(received.document.get("object"))
    standing = session.scalars(
        select(Follower).where(Follower.request == request, Follower.actor == received.actor)
    ).one_or_none()
    if standing is None:
        return None
    standing.ended_at = standing.ended_at or node.clock.now()
    return "ended"


def follow_tie(node: Node, session: Session, fact: PeerChanged) -> None:
    """End all that is followed between this node and one to which the tie was ended."""
    if fact.state not in (ENDED, BLOCKED):
        return
    host = fact.host
    session.execute(
        update(Follower)
        .where(Follower.host == host, Follower.ended_at.is_(None))
        .values(ended_at=node.clock.now())
        .execution_options(synchronize_session=False)
    )
    standing = select(Followed).where(Followed.host == host, Followed.state != "ended")
    for each in session.scalars(standing).all():
        end_followed(node, session, each)
