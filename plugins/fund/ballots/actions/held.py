"""Taking hold of a vote, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, outbox
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.sealing import Unopened, seal, unseal
from .....core.values import Message
from ..models import Urn, Vote, Voter
from ..rules import DRAFT, VOTE, Terms, urn

TELL_JOB, CLOSE_JOB = "fund.tell_voters", "fund.close_vote"
_AT_ONCE = 200
_PURPOSE = "fund ballots"

_OPEN = Message("You can vote now: %(title)s", {}).text
_OPEN_TEXT = Message(
    "Choose what the neighbourhood's money is for. It takes a few minutes.", {}
).text
_RESULT = Message("The result is there: %(title)s", {}).text
_RESULT_TEXT = Message("See what was chosen, and why. Anybody can count it again.", {}).text
_WORDS = {"open": (_OPEN, _OPEN_TEXT), "result": (_RESULT, _RESULT_TEXT)}


def locked(session: Session, vote_id: int) -> Vote:
    """Return a vote and hold it: all that changes roll or urn waits for each other here."""
    query = select(Vote).where(Vote.id == vote_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound("There is no such vote here.")
    return found


def draft(session: Session, vote_id: int) -> Vote:
    """Return a vote of which everything can still be changed, held."""
    found = locked(session, vote_id)
    if found.state != DRAFT:
        raise Refused("This vote is fixed. Nothing of it can be changed any more.")
    return found


def terms_of(vote: Vote) -> Terms:
    """Return the terms of a vote."""
    names = ("title", "form", "rule", "step", "electorate", "opens_at", "closes_at", "least",
             "most", "support", "age", "quorum_kind", "quorum")  # fmt: skip
    return Terms(**{name: getattr(vote, name) for name in names})


def sealed(node: Node, vote_id: int, what: str, content: bytes) -> str:
    """Return the urn or the seed of a vote as it is kept until the count."""
    return seal(node.settings.secret, _PURPOSE, f"{what}:{vote_id}", content)


def unsealed(node: Node, vote_id: int, what: str, text: str) -> bytes:
    """Return what was sealed; ``Refused`` if the node's secret is another one since."""
    try:
        return unseal(node.settings.secret, _PURPOSE, f"{what}:{vote_id}", text)
    except Unopened as error:
        raise Refused(
            "The urn cannot be opened: the node's secret was changed. Please put the former one"
            " back."
        ) from error


def urn_of(node: Node, session: Session, vote_id: int) -> urn.Urn:
    """Return the ballots of a vote; for its count alone, and for putting one more in."""
    kept = session.get_one(Urn, vote_id, populate_existing=True)
    return urn.read(unsealed(node, vote_id, "urn", kept.sealed))


def put_in(
    node: Node, session: Session, vote_id: int, ballot: tuple[int, ...], *, paper: bool
) -> None:
    """Put a ballot into the urn of a vote that is held."""
    held = urn_of(node, session, vote_id)
    held[ballot, paper] += 1
    kept = session.get_one(Urn, vote_id)
    kept.sealed = sealed(node, vote_id, "urn", urn.written(held))
    session.flush()


def record(
    node: Node, session: Session, what: str, vote_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write down what an officer did with a vote; what voters do is written nowhere."""
    audit.record(
        session, f"fund.vote_{what}", at=node.clock.now(), person_id=actor_id,
        subject=("vote", vote_id), **details,
    )  # fmt: skip


def tell_roll(node: Node, session: Session, vote: Vote, what: str) -> None:
    """Tell the members on the roll that they can vote, or that the result is there."""
    at = max(node.clock.now(), vote.opens_at) if what == "open" else node.clock.now()
    payload = {"vote_id": vote.id, "what": what, "after": 0}
    outbox.enqueue(session, TELL_JOB, payload, key=f"{TELL_JOB}:{vote.id}:{what}:0", at=at)


def tell_some(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell some of the roll, and leave the rest to the next job."""
    vote_id, what, after = payload["vote_id"], payload["what"], payload["after"]
    with node.db.write() as session:
        vote = session.get(Vote, vote_id)
        if vote is None:
            return
        query = select(Voter.id, Voter.person_id).where(
            Voter.vote_id == vote_id, Voter.person_id.is_not(None), Voter.id > after
        )
        rows = session.execute(query.order_by(Voter.id).limit(_AT_ONCE)).all()
        title, text = _WORDS[what]
        notice = Notice(
            kind=VOTE.name, title=Message(title, {"title": vote.title}), text=Message(text, {}),
            url=f"/fund/votes/{vote_id}", subject=f"vote:{vote_id}", heading=vote.title,
            key=f"fund:vote:{vote_id}:{what}", until=vote.closes_at if what == "open" else None,
        )  # fmt: skip
        tell(node, session, [row.person_id for row in rows], notice)
        if len(rows) == _AT_ONCE:
            last = rows[-1].id
            outbox.enqueue(
                session, TELL_JOB, {**payload, "after": last},
                key=f"{TELL_JOB}:{vote_id}:{what}:{last}", at=node.clock.now(),
            )  # fmt: skip
