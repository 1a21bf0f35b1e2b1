"""Making the orders of an occasion: told that it has opened, in batches, each person by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.again import in_transaction
from .....core.errors import NotFound, Refused
from .....core.facts import OccasionOpened
from .....core.node import Node
from .....core.values import Message
from ...orders.actions import Short
from ..queries import numbers_at, opening_of, people_at
from ..rules import Opening
from .fits import Problems
from .held import JOB, ask_for
from .serving import serve

BATCH = 50
"""People served by one run of the job, so that its lease never ends before it does."""

TRIES = 6
_WRONG = Message("Something went wrong here. The hub sees it and can try again.", {})
log = structlog.get_logger("wizzle.market")


def listen(node: Node, session: Session, fact: OccasionOpened) -> None:
    """Ask for the standing orders of an occasion; the transaction that opens it makes none."""
    ask_for(session, Opening.told(fact), node.clock.now())


def make_some(node: Node, payload: Mapping[str, Any]) -> None:
    """Serve the next people at an occasion and ask for those after them; done again, it goes on
    with those who have had no turn. A failure of one person's order stops nobody else's."""
    opening, again = Opening.read(payload), bool(payload.get("again"))
    last = _some(node, opening, again=again, after=int(payload["after"]))
    if last is None:
        return
    key = str(payload["key"])
    following = {**payload, "after": last}
    with node.db.write() as session:
        outbox.enqueue(session, JOB, following, key=f"{key}/{last}", at=node.clock.now())


def run_standing(node: Node, occasion: str, *, again: bool = False) -> Mapping[str, int]:
    """Make all standing orders of an occasion at once, and return how many standing orders were
    ``made``, made in ``part``, ``skipped`` and ``failed`` there.

    ``again`` tries those anew that failed. NotFound if no orders are taken there by any plugin.
    """
    with node.db.read() as session:
        opening = opening_of(node, session, occasion)
    if opening is None:
        raise NotFound("There is no such round.")
    last: int | None = 0
    while last is not None:
        last = _some(node, opening, again=again, after=last)
    with node.db.read() as session:
        return numbers_at(session, occasion)


def _some(node: Node, opening: Opening, *, again: bool, after: int) -> int | None:
    """Serve the next batch and return the last person of it, None if none came after them."""
    with node.db.read() as session:
        people = people_at(session, opening, again=again, after=after, limit=BATCH)
    for person_id in people:
        _serve(node, opening, person_id, again=again)
    return people[-1] if len(people) == BATCH else None


def _serve(node: Node, opening: Opening, person_id: int, *, again: bool) -> None:
    """Make one person's orders in a transaction of their own; what stands in the way is written
    down where the person and the hub see it."""
    problems, last = Problems(), Problems(whole=_WRONG)
    for tries in range(TRIES):
        now = last if tries == TRIES - 1 else problems
        try:
            in_transaction(node.db, partial(serve, node, opening, person_id, now, again))
            return
        except Short as short:
            # Somebody took the last of it meanwhile: looked at anew, and then without it.
            problems = problems.with_goods(short.problems) if tries else problems
        except Refused as refused:
            problems = Problems(whole=refused.message)
        except Exception:
            log.exception("standing orders failed", occasion=opening.occasion, person=person_id)
            problems = last
