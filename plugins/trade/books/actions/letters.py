"""Notices to stewards about the books between nodes, each in their own language."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import STEWARD, Message
from ...kinds import BOOKS
from ...orders.actions.letters import people_with
from ..models import NettingStatement

_SENTENCES = {
    "rejected": Message(
        "The other node does not agree with our statement of this month. What it lacks was said "
        "again; please look whether both books say the same tomorrow.",
        {},
    ),
    "not_agreed": Message(
        "We do not agree with the other node's statement of this month. What it lacks was said "
        "again; please look whether both books say the same tomorrow.",
        {},
    ),
    "given_up": Message(
        "For ten days the two nodes have not agreed on this month. Please call them and compare "
        "the books.",
        {},
    ),
}


def tell_stewards(
    node: Node, session: Session, host: str, month: str, what: str,
    statement: NettingStatement | None = None,
) -> None:  # fmt: skip
    """Tell the stewards once of each month and kind that two books do not say the same."""
    path = f"/trade/statements/{statement.id}" if statement is not None else f"/trade/books/{host}"
    title = Message("The books with %(host)s differ: %(month)s", {"host": host, "month": month})
    notice = Notice(
        kind=BOOKS.name, title=title, text=_SENTENCES[what], url=path, subject=f"peer:{host}"[:60],
        heading=host, key=f"trade:statement:{month}:{what}:{host}"[:110],
    )  # fmt: skip
    tell(node, session, people_with(session, None, STEWARD), notice)
