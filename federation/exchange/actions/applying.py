"""Taking in a page of a followed publication: by the plugin, in the transaction that notes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ....core import talk
from ....core.node import Node
from .. import queries, rules
from ..models import Followed


class Overtaken(Exception):
    """Another whole reading of the same publication has begun: this one must not end it."""


def apply(
    node: Node, session: Session, followed_id: int, page: rules.Leaf, *, token: str = "",
    first: bool = False, anew: bool = False,
) -> bool:  # fmt: skip
    """Let the plugin take a page; say whether it then holds just what the other node does.

    ``token`` is of the whole reading that the page is of, "" if it tells only of changes;
    ``anew``: the other node began anew, and its versions with it. What
    could not be used of a page is a problem for people to see; where there was such a thing the
    two cannot be compared any more.
    """
    standing = session.get_one(Followed, followed_id, with_for_update=True)
    taker = queries.takers(node).get(standing.name)
    if standing.state != "accepted" or taker is None:
        return True
    if first:
        standing.reading = token
    elif token and standing.reading != token:
        # Its last page would take away all that only the other one has seen.
        raise Overtaken
    now = node.clock.now()
    batch = _batch(standing, page, now, whole=bool(token), first=first)
    taken = taker.take(node, session, replace(batch, anew=anew))
    standing.count = taken.count
    standing.partly = bool(taken.refused) or (standing.partly and not first)
    if taken.refused:
        standing.problem = "; ".join(taken.refused.values())[:300]
    if page.more:
        return True
    standing.whole = standing.whole or bool(token)
    if not standing.partly and (taken.count, taken.digest) != (page.head.count, page.head.digest):
        return False
    standing.seq, standing.digest, standing.fetched_at = page.until, page.head.digest, now
    return True


def _batch(
    standing: Followed, page: rules.Leaf, now: datetime, *, whole: bool, first: bool
) -> talk.Followed:
    return talk.Followed(
        name=standing.name,
        actor=standing.actor,
        host=standing.host,
        items=page.items,
        fetched_at=now,
        first=first,
        complete=whole and not page.more,
    )


def note_same(node: Node, followed_id: int) -> None:
    """Note that nothing has changed, and tell the plugin by a page without anything on it."""
    with node.db.write() as session:
        standing = session.get_one(Followed, followed_id, with_for_update=True)
        taker = queries.takers(node).get(standing.name)
        now = node.clock.now()
        if taker is not None and standing.state == "accepted":
            empty = talk.Followed(standing.name, standing.actor, standing.host, (), now)
            taker.take(node, session, empty)
            standing.fetched_at = now
