"""The way out of a node that is in use: inboxes as actors name them, letters signed and posted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ....core.addresses import actor_of, subject_actor
from ....core.node import Node
from ....core.outgoing import Answer as Answered
from ....core.outgoing import Failed
from ...trust import actors, outgoing
from ..rules.answers import TELLING, Answer


class SignedWay:
    """Brings letters to other nodes in the name of their senders."""

    def inbox(self, node: Node, actor: str, *, anew: bool = False) -> str:
        return actors.inbox(node, actor, anew=anew)

    def post(self, node: Node, inbox: str, body: bytes, sender: int | str | None) -> Answer:
        """Bring a letter; raises ``Unreachable`` without an answer."""
        base = node.settings.node.address
        actor = subject_actor(base, sender) if isinstance(sender, str) else actor_of(base, sender)
        try:
            answer = outgoing.post(node, inbox, body, actor=actor)
        except Failed as error:
            if error.reason == "busy":  # it is we who have too much to do
                return Answer(429, str(error), wait=timedelta(seconds=1))
            raise
        return _told(answer, node.clock.now())


def _told(answer: Answered, now: datetime) -> Answer:
    text = answer.body[: TELLING * 4].decode("utf-8", "replace").replace("\0", " ")
    return Answer(answer.status, text, _wait(answer.headers.get("retry-after", ""), now))


def _wait(told: str, now: datetime) -> timedelta | None:
    """Return how long ``Retry-After`` asks to wait: seconds, or a date (RFC 9110, 10.2.3)."""
    if told.isascii() and told.isdigit():
        return timedelta(seconds=min(int(told[:9]), 10**8))
    try:
        at = parsedate_to_datetime(told)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max(timedelta(0), at - now)
    except (ValueError, OverflowError):  # a letter that has arrived has, whatever is said besides
        return None
