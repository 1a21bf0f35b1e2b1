"""Fetching a followed publication: what is missing, all of it, or only whether it is the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core import answers, outbox
from ....core.errors import Forbidden, NotFound, Unreachable
from ....core.node import Node
from .. import queries, rules
from ..models import Followed

PULL = "federation.pull"
AGAIN = timedelta(hours=1)
"""After a failure it is tried again so much later, and each day in any case."""

DAILY = timedelta(days=1)
MOST_PAGES = 2_000
"""Pages of one reading: a million things; whoever sends more never ends."""

log = structlog.get_logger("wizzle.federation")


def ask_pull(
    node: Node, session: Session, standing: Followed, *, whole: bool = False,
    after: timedelta = timedelta(0),
) -> None:  # fmt: skip
    """Ask for a publication to be fetched: what is new, or ``whole`` from its beginning."""
    at = node.clock.now() + after
    payload = {"id": standing.id, "whole": whole}
    key = f"{PULL}:{standing.id}:{int(whole)}:{at.isoformat(timespec='seconds')}"
    outbox.enqueue(session, PULL, payload, key=key, at=at)


def compare_all(node: Node, session: Session) -> None:
    """Ask for everything that is followed to be compared, as when a round begins."""
    for each in session.scalars(select(Followed).where(Followed.state == "accepted")):
        ask_pull(node, session, each)


def work_pull(node: Node, payload: Mapping[str, Any]) -> None:
    """Fetch a publication page by page, each in a transaction of its own, and ask for the next.

    A node that does not answer is a problem that people see, and no failure of the job.
    """
    with node.db.read() as session:
        standing = session.get(Followed, int(payload["id"]))
        if standing is None or standing.state != "accepted":
            return
    problem = ""
    try:
        _pull(node, standing, whole=bool(payload.get("whole")) or not standing.whole)
    except (Unreachable, Forbidden, NotFound, rules.Unreadable) as error:
        problem = str(error)
        log.info("publication not fetched", collection=standing.collection, problem=problem)
    with node.db.write() as session:
        now = session.get_one(Followed, standing.id)
        if problem or not now.partly:
            now.problem = problem[:300]
        if now.state == "accepted":
            ask_pull(node, session, now, after=AGAIN if problem else DAILY)


def _pull(node: Node, standing: Followed, *, whole: bool) -> None:
    if not whole:
        head = rules.read_head(_fetch(node, standing.collection), standing.collection)
        if (head.seq, head.digest) == (standing.seq, standing.digest):
            return _note_same(node, standing.id)
        whole = head.seq < standing.seq  # it began anew: what we know of it is of another life
    if not whole:
        try:
            if _read(node, standing, standing.seq, since=True):
                return None
        except NotFound:  # 410: so far back it does not know what has changed
            log.info("changes no longer known", collection=standing.collection)
    if not _read(node, standing, 0, since=False):
        raise rules.Unreadable("what it sends is not what it says that it holds")
    return None


def _read(node: Node, standing: Followed, seq: int, *, since: bool) -> bool:
    """Take all pages after ``seq``; say whether what is held is then what the other node holds."""
    asked = "since" if since else "cursor"
    for number in range(MOST_PAGES):
        url = f"{standing.collection}?{asked}={seq}&limit={rules.MOST}"
        page = rules.read_leaf(_fetch(node, url), standing.collection)
        if page.after != seq or (page.more and page.until <= seq):
            raise rules.Unreadable("its pages do not follow each other")
        done = not page.more
        with node.db.write() as session:
            same = apply(node, session, standing.id, page, whole=not since, first=number == 0)
        if done:
            return same
        seq = page.until
    raise rules.Unreadable("its pages do not end")


def apply(
    node: Node, session: Session, followed_id: int, page: rules.Leaf, *, whole: bool, first: bool
) -> bool:
    """Let the plugin take a page; say whether it then holds just what the other node does.

    What could not be used of a page is a problem for people to see; where there was such a thing
    the two cannot be compared any more.
    """
    standing = session.get_one(Followed, followed_id, with_for_update=True)
    taker = queries.takers(node).get(standing.name)
    if standing.state != "accepted" or taker is None:
        return True
    now = node.clock.now()
    taken = taker.take(node, session, _batch(standing, page, now, whole=whole, first=first))
    standing.count = taken.count
    standing.partly = bool(taken.refused) or (standing.partly and not (whole and first))
    if taken.refused:
        standing.problem = "; ".join(taken.refused.values())[:300]
    if page.more:
        return True
    standing.whole = standing.whole or whole
    if not standing.partly and (taken.count, taken.digest) != (page.head.count, page.head.digest):
        return False
    standing.seq, standing.digest, standing.fetched_at = page.until, page.head.digest, now
    return True


def _batch(
    standing: Followed, page: rules.Leaf, now: datetime, *, whole: bool, first: bool
) -> answers.Followed:
    return answers.Followed(
        name=standing.name,
        actor=standing.actor,
        host=standing.host,
        items=page.items,
        fetched_at=now,
        first=whole and first,
        complete=whole and not page.more,
    )


def _note_same(node: Node, followed_id: int) -> None:
    """Note that nothing has changed, and tell the plugin by a page without anything on it."""
    with node.db.write() as session:
        standing = session.get_one(Followed, followed_id, with_for_update=True)
        taker = queries.takers(node).get(standing.name)
        now = node.clock.now()
        if taker is not None and standing.state == "accepted":
            empty = answers.Followed(standing.name, standing.actor, standing.host, (), now)
            taker.take(node, session, empty)
            standing.fetched_at = now


def _fetch(node: Node, url: str) -> Mapping[str, Any]:
    found = node.hooks.fetch_document(node=node, url=url)
    if found is None:
        raise Unreachable("This node is not connected to others.")
    document: Mapping[str, Any] = found
    return document
