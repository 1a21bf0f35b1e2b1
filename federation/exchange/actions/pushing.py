"""Telling followers what has changed: at most once a minute, and never more than a hint.

The change is what counts and not the letter: whoever misses one sees by its numbers that it did,
and fetches what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ....core import outbox
from ....core.errors import Refused
from ....core.node import Node
from ....core.talk import Publication, PublicationState
from ... import delivery
from .. import queries, rules
from ..models import Follower
from .letters import here, new_activity, send

FRESHEN = "federation.freshen"
EVERY = timedelta(minutes=1)


def ask_freshening(node: Node, session: Session) -> None:
    """Ask for the next look at what has changed; one a minute, however often it is asked for."""
    every = int(EVERY.total_seconds())
    minute = int(node.clock.now().timestamp()) // every + 1
    at = datetime.fromtimestamp(minute * every, UTC)
    outbox.enqueue(session, FRESHEN, {}, key=f"{FRESHEN}:{minute}", at=at)


def work_freshen(node: Node, _payload: Mapping[str, Any]) -> None:
    """Look for changes in all that is followed here, tell them, and ask for the next look.

    The next look is asked for first: no fault in one publication ends the looking.
    """
    with node.db.write() as session:
        wanted = queries.followed_publications(session)
        if wanted:
            ask_freshening(node, session)
    offered = queries.publications(node)
    faults = list[Exception]()
    for space_id, name in wanted:
        try:
            if name in offered:
                with node.db.write() as session:
                    freshen(node, session, offered[name], space_id)
        except (
            Exception
        ) as error:  # others have their news all the same, and the job is tried again
            faults.append(error)
    if faults:
        raise faults[0]


def freshen(node: Node, session: Session, publication: Publication, space_id: int) -> None:
    """Note what has changed in a publication and tell those who follow it."""
    publication.freshen(node, session, space_id)
    state = publication.state(node, session, space_id)
    followers = queries.followers_of(session, space_id, publication.name)
    behind = [each for each in followers if state is not None and each.told_seq < state.seq]
    if state is None or not behind:
        return
    # Who has not taken the last news yet is told of all that came since once it has: a node that
    # is away for days has one letter to take, not one for each minute.
    hosts = sorted({each.host for each in behind})
    busy = delivery.hosts_waiting(session, _lane(node, space_id, publication.name), hosts)
    behind = [each for each in behind if each.host not in busy]
    told: dict[int, dict[str, Any]] = {}
    for each in behind:
        if each.told_seq not in told:
            told[each.told_seq] = _news(node, session, publication, space_id, state, each.told_seq)
        _tell(node, session, each, told[each.told_seq])
        each.told_seq = state.seq


def _news(
    node: Node, session: Session, publication: Publication, space_id: int,
    state: PublicationState, seq: int,
) -> dict[str, Any]:  # fmt: skip
    """Return the changes since ``seq`` as a page if they are few, else how it stands now."""
    collection = f"{here(node, space_id)}/{publication.name}"
    known = publication.oldest(node, session, space_id) <= seq
    limit = rules.TOLD_AT_ONCE
    items: Sequence[Any] = ()
    if known:
        items = publication.page(node, session, space_id, seq, limit + 1, True)
    if not known or len(items) > limit or len(rules.fitting(items)) < len(items):
        return rules.head(collection, here(node, space_id), state)
    return rules.leaf(collection, state, items, after=seq, more=False, since=True)


def _lane(node: Node, space_id: int, name: str) -> str:
    return f"news:{here(node, space_id)}/{name}"[:200]


def _tell(node: Node, session: Session, follower: Follower, news: Mapping[str, Any]) -> None:
    """Tell a follower; one whom nothing may be sent to any more follows no longer.

    That is so once a node that has talked to all talks only to those whom it is joined with.
    """
    actor = here(node, follower.space_id)
    collection = f"{actor}/{follower.name}"
    update = rules.update(new_activity(node, actor), actor, collection, news)
    lane = _lane(node, follower.space_id, follower.name)
    try:
        send(node, session, follower.space_id, follower.actor, update, lane=lane)
    except Refused:
        follower.ended_at = node.clock.now()
