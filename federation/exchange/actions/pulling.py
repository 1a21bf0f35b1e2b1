"""Fetching a followed publication: what is missing, all of it, or only whether it is the same."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core import outbox
from ....core.errors import NotFound, Refused, Unreachable
from ....core.node import Node
from .. import rules
from ..models import Followed
from .applying import Overtaken, apply, note_same

PULL = "federation.pull"
OFTEN = timedelta(minutes=1)
"""However often a node says that there is something new, it is asked no more often."""

AGAIN = timedelta(hours=1)
"""After a failure it is tried again so much later, and each day in any case."""

DAILY = timedelta(days=1)
MOST_PAGES = 2_000
"""Pages of one reading: a million things; whoever sends more never ends."""

LONGEST = 45.0
"""Seconds that one job reads before it lets others work; well within the lease of a job."""

log = structlog.get_logger("wizzle.federation")


@dataclass(frozen=True, slots=True)
class Place:
    """How far a reading has come: after the change ``seq``, having read so many ``pages``.

    ``token`` tells a whole reading from others of the same publication; "" where only changes are
    read. ``anew``: the other node began anew, and what it says now counts whatever is held here.
    """

    seq: int
    token: str = ""
    pages: int = 0
    anew: bool = False


class _Later(Exception):
    """A reading took long; it goes on from here when others have had their turn."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Stuck(Unreachable):
    """The other node did not answer in the middle of a reading, which goes on from here."""

    def __init__(self, place: Place, error: Unreachable) -> None:
        super().__init__(error.message.text)
        self.message, self.place = error.message, place


def ask_pull(node: Node, session: Session, standing: Followed, *, whole: bool = False) -> None:
    """Ask for a publication to be fetched: what is new, or ``whole`` from its beginning.

    At once, or if that was asked for in this minute already, at the beginning of the next one.
    """
    now = node.clock.now()
    minute = int(now.timestamp() // OFTEN.total_seconds())
    following = datetime.fromtimestamp((minute + 1) * OFTEN.total_seconds(), UTC)
    for place, at in enumerate((now, following)):
        if _enqueue(session, standing, f"{int(whole)}:{minute + place}", at, whole=whole):
            return


def compare_all(node: Node, session: Session) -> None:
    """Ask for everything that is followed to be compared, as when a round begins."""
    for each in session.scalars(select(Followed).where(Followed.state == "accepted")):
        ask_pull(node, session, each)


def work_pull(node: Node, payload: Mapping[str, Any]) -> None:
    """Fetch a publication page by page, each in a transaction of its own.

    The next look is asked for first: no fault ends the looking, here or of the other node. A node
    that does not answer is a problem that people see, and no failure of the job.
    """
    with node.db.write() as session:
        standing = session.get(Followed, int(payload["id"]))
        if standing is None or standing.state != "accepted":
            return
        _ask_daily(node, session, standing)
    whole, problem, stuck = bool(payload.get("whole")), "", None
    try:
        _pull(node, standing, payload.get("place"), whole=whole or not standing.whole)
    except Overtaken:
        return  # another reading of it began meanwhile, and says what came of it
    except _Later as later:
        _go_on(node, standing, later.place)
        return
    except (Unreachable, Refused, rules.Unreadable) as error:
        problem, stuck = str(error), getattr(error, "place", None)
        log.info("publication not fetched", collection=standing.collection, problem=problem)
    with node.db.write() as session:
        now = session.get_one(Followed, standing.id)
        if problem or not now.partly:
            now.problem = problem[:300]
        if problem and now.state == "accepted":
            _ask_again(node, session, now, stuck, whole=whole)


def _ask_daily(node: Node, session: Session, standing: Followed) -> None:
    """Ask for the next look in a day: one a day, however many looks there are."""
    at = node.clock.now() + DAILY
    _enqueue(session, standing, f"day:{at:%Y-%m-%d}", at)


def _ask_again(
    node: Node, session: Session, standing: Followed, stuck: Place | None, *, whole: bool
) -> None:
    at = node.clock.now() + AGAIN
    place = {} if stuck is None else {"place": asdict(stuck)}
    _enqueue(session, standing, f"again:{at:%Y-%m-%dT%H}", at, whole=whole, **place)


def _go_on(node: Node, standing: Followed, place: Place) -> None:
    key = f"on:{place.token}:{place.seq}:{node.random.token(8)}"
    with node.db.write() as session:
        _enqueue(session, standing, key, node.clock.now(), place=asdict(place))


def _enqueue(session: Session, standing: Followed, key: str, at: datetime, **more: Any) -> bool:
    payload = {"id": standing.id, **more}
    return outbox.enqueue(session, PULL, payload, key=f"{PULL}:{standing.id}:{key}", at=at)


def _pull(node: Node, standing: Followed, kept: Mapping[str, Any] | None, *, whole: bool) -> None:
    until = time.monotonic() + LONGEST
    place = Place(**kept) if kept else None
    if place is None and not whole:
        head = rules.read_head(_fetch(node, standing.collection), standing.collection)
        if (head.seq, head.digest) == (standing.seq, standing.digest):
            return note_same(node, standing.id)
        if head.seq >= standing.seq:  # else it began anew, as is seen of its first page
            place = Place(standing.seq)
    if place is not None and not place.token:
        try:
            if _read(node, standing, place, until):
                return None
        except NotFound:  # 410: so far back it does not know what has changed
            log.info("changes no longer known", collection=standing.collection)
        place = None
    _read_whole(node, standing, place or Place(0, node.random.token(16)), until)
    return None


def _read_whole(node: Node, standing: Followed, place: Place, until: float) -> None:
    """Read all of a publication. If that is not what it says to hold, what is held here may be of
    a life that its node has lost: it is read once more, and everything in it believed."""
    if _read(node, standing, place, until):
        return
    anew = Place(0, node.random.token(16), anew=True)
    if place.anew or not _read(node, standing, anew, until):
        raise rules.Unreadable("what it sends is not what it says that it holds")


def _read(node: Node, standing: Followed, place: Place, until: float) -> bool:
    """Take all pages that follow; say whether what is held is then what the other node holds."""
    asked = "cursor" if place.token else "since"
    while place.pages < MOST_PAGES:
        url = f"{standing.collection}?{asked}={place.seq}&limit={rules.MOST}"
        try:
            page = rules.read_leaf(_fetch(node, url), standing.collection)
        except Unreachable as error:
            if not place.pages:
                raise
            raise _Stuck(place, error) from None
        if page.after != place.seq or (page.more and page.until <= place.seq):
            raise rules.Unreadable("its pages do not follow each other")
        first = bool(place.token) and not place.pages
        if first and page.head.seq < standing.seq:
            place = replace(place, anew=True)
        with node.db.write() as session:
            same = apply(
                node, session, standing.id, page, token=place.token, first=first, anew=place.anew
            )
        if not page.more:
            return same
        place = replace(place, seq=page.until, pages=place.pages + 1)
        if time.monotonic() >= until:
            raise _Later(place)
    raise rules.Unreadable("its pages do not end")


def _fetch(node: Node, url: str) -> Mapping[str, Any]:
    found = node.hooks.fetch_document(node=node, url=url)
    if found is None:
        raise Unreachable("This node is not connected to others.")
    document: Mapping[str, Any] = found
    return document
