"""The statement of a month: made, sent, and compared by the other side with its own book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.addresses import host_of
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.talk import Received
from ...orders.queries import base
from ...orders.rules.reading import MOST_ADDRESS, address, part, text, whole
from ..models import NettingStatement
from ..queries import books_of
from ..rules.documents import answer, books_in, statement, time_of
from ..rules.statements import Books, differing, issues, lies_in, period
from .booking import whole_second
from .jobs import ask_statement
from .letters import tell_stewards
from .repeating import repeat
from .sending import envelope_back, envelope_to, peer_of, send

LANE = "statement"
CLOCKS_DIFFER = timedelta(minutes=5)
"""What is stated up to this very moment may lie a little ahead of our own clock."""


def make_statement(
    node: Node, session: Session, host: str, month: str, *, so_far: bool = False
) -> NettingStatement:
    """State a month with another node and send it; one that says the same is not made again.

    An accepted one stays as it is. Refused as long as the month is not over, unless what has been
    booked ``so_far``, up to this second, is to be stated: the whole month is stated all the same.
    """
    begins, ends = _period(node, month, so_far=so_far)
    books = books_of(session, host, begins, ends)
    last = _last(session, host, month, made_here=True)
    if last is not None and _is_enough(last, books, ends, so_far=so_far):
        return last
    peer = peer_of(node, session, host)
    head = envelope_to(node, peer.actor)
    made = NettingStatement(
        uri=f"{base(node)}/trade/statements/{node.random.token(16)}", host=host, month=month,
        number=1 if last is None else last.number + 1, made_here=True, state="sent",
        begins_at=begins, ends_at=ends, opening=books.opening, closing=books.closing,
        events=[list(each) for each in books.events], digest=books.mark, differing=[],
        made_at=head.at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    document = statement(head, made.uri, month, begins, ends, made.number, books)
    send(node, session, document, lane=LANE, kind="statement")
    return made


def _period(node: Node, month: str, *, so_far: bool) -> tuple[datetime, datetime]:
    begins, ends = period(month, ZoneInfo(node.settings.node.time_zone))
    now = whole_second(node.clock.now())
    if now >= ends:
        return begins, ends
    if so_far and begins < now:
        return begins, now
    raise Refused("This month is not over yet.")


def _is_enough(last: NettingStatement, books: Books, ends: datetime, *, so_far: bool) -> bool:
    same, whole = last.digest == books.mark, last.ends_at >= ends
    if so_far and same and last.state != "rejected":
        return True
    return whole and (last.state == "accepted" or (last.state == "sent" and same))


def _last(session: Session, host: str, month: str, *, made_here: bool) -> NettingStatement | None:
    table = NettingStatement
    return session.scalars(
        select(table)
        .where(table.host == host, table.month == month, table.made_here == made_here)
        .order_by(table.number.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def hear_statement(node: Node, session: Session, received: Received) -> tuple[None, str]:
    """Compare another node's statement with this one's own book, and answer."""
    found = part(received.document, "object")
    books, uri = books_in(found), address(found, "id")
    if host_of(uri) != received.host:
        raise Refused("Whoever sent this is not the one in whose name it speaks.")
    standing = session.scalar(select(NettingStatement).where(NettingStatement.uri == uri))
    fresh = standing is None
    if standing is None:
        standing = _compared(session, node, received, found, books)
    elif standing.digest != books.mark:
        raise Refused("This id has named another document already.")
    head = envelope_back(node, received)
    kind = "Accept" if standing.state == "accepted" else "Reject"
    document = answer(head, kind, "Statement", uri, standing.differing)
    send(node, session, document, lane=LANE, kind="answer")
    if fresh:
        if standing.state == "rejected":
            tell_stewards(node, session, received.host, standing.month, "not_agreed", standing)
        repeat(node, session, received.host, standing.differing)
    return None, standing.state


def _compared(
    session: Session, node: Node, received: Received, found: Mapping[str, Any], books: Books
) -> NettingStatement:
    begins, ends = time_of(found, "hasBeginning"), time_of(found, "hasEnd")
    if not begins < ends <= node.clock.now() + CLOCKS_DIFFER:
        raise Refused("This month is not over yet.")
    month = text(found, "month", 7)
    if not lies_in(month, begins, ends):
        raise Refused("A statement begins with its month and ends within it.")
    number = whole(found.get("number"), "number", 1_000, 1)
    last = _last(session, received.host, month, made_here=False)
    if last is not None and last.number >= number:
        raise Refused("A later statement of this month is here already.")
    ours = books_of(session, received.host, begins, ends)
    different = differing(ours, books)
    mirrored = books.mirrored()
    made = NettingStatement(
        uri=address(found, "id"), host=received.host, month=month, number=number, made_here=False,
        state="rejected" if different else "accepted", begins_at=begins, ends_at=ends,
        opening=mirrored.opening, closing=mirrored.closing,
        events=[list(each) for each in mirrored.events], digest=books.mark, differing=different,
        made_at=received.received_at, answered_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def hear_statement_answer(node: Node, session: Session, received: Received) -> tuple[None, str]:
    """Note what the other node says to a statement of ours; what it accepted stays accepted."""
    uri = address(part(received.document, "object"), "id")
    made = session.scalars(
        select(NettingStatement)
        .where(
            NettingStatement.uri == uri,
            NettingStatement.made_here,
            NettingStatement.host == received.host,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if made is None:
        raise NotFound("There is no such statement.")
    if made.state == "accepted":
        return None, made.state
    made.state = "accepted" if received.kind == "Accept" else "rejected"
    made.differing = _ids(received.document.get("differing"))
    made.answered_at = node.clock.now()
    if made.state == "rejected":
        tell_stewards(node, session, made.host, made.month, "rejected", made)
    repeat(node, session, made.host, made.differing)
    return None, made.state


def _ids(found: Any) -> list[str]:
    listed = found if isinstance(found, list) else []
    return [str(each)[:MOST_ADDRESS] for each in listed[:1_000] if isinstance(each, str)]


def work_statement(node: Node, payload: Mapping[str, Any]) -> None:
    """State a month that is over, and look again the next day until it is agreed.

    Of two nodes one does it; the other only if nothing has come for three days.
    """
    host, month, turn = str(payload["host"]), str(payload["month"]), int(payload["turn"])
    with node.db.write() as session:
        begins, ends = period(month, ZoneInfo(node.settings.node.time_zone))
        theirs = _last(session, host, month, made_here=False)
        ours = _last(session, host, month, made_here=True)
        agreed = [each for each in (theirs, ours) if each is not None and each.state == "accepted"]
        if any(each.ends_at >= ends for each in agreed):
            return
        if issues(host_of(base(node)), host) or turn >= 3:
            make_statement(node, session, host, month)
        if not ask_statement(node, session, host, begins, turn=turn + 1):
            tell_stewards(node, session, host, month, "given_up")
