"""Carrying letters to where they are to go: no transaction is open meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import structlog

from ....core.errors import NotFound, WizzleError
from ....core.node import Node
from ....core.statements import Row
from ..rules.answers import ARRIVED, DEAD, Answer, judge
from .leasing import Run
from .noting import Landed, Told

LONGEST = 10.0
"""Seconds after which a thread gives back what it has not begun to send yet."""

log = structlog.get_logger("wizzle.federation")


class Way(Protocol):
    """The signed way out: where an actor takes letters, and one request that brings one there."""

    def inbox(self, node: Node, actor: str, *, anew: bool = False) -> str:
        """Return the address of an actor's inbox; ``anew``: ask for the actor once more.

        Raises ``NotFound`` if there is no such actor any more, ``Unreachable`` if nobody answers.
        """

    def post(self, node: Node, inbox: str, body: bytes, sender: int | str | None) -> Answer:
        """Bring a letter, signed by its sender, within ten seconds; in the other form of signature
        once more if the first is not accepted. Raises ``Unreachable`` if nobody answers.

        ``sender``: a space, None for the node, or the subject of a person.
        """


def carry(node: Node, way: Way, run: Run, now: Callable[[], float]) -> Landed:
    """Send letters one after the other, of each lane until one does not arrive.

    It ends when the host does not answer as it should, or when it takes long: what was not sent is
    given back.
    """
    began, told, stopped = now(), list[Told](), set[str]()
    for letter in run.letters:
        if letter.lane in stopped:
            continue
        answer = _carried(node, way, letter)
        told.append(Told(letter, answer, node.clock.now()))
        verdict = judge(answer)
        if verdict.end not in (ARRIVED, DEAD):
            stopped.add(letter.lane)
        if verdict.fault or verdict.wait is not None or now() - began > LONGEST:
            break
    return Landed(run, tuple(told))


def _carried(node: Node, way: Way, letter: Row) -> Answer:
    try:
        return _brought(node, way, letter)
    except NotFound as error:
        return Answer(410, str(error))
    except WizzleError as error:
        return Answer(0, str(error))
    except Exception as error:  # a mistake of ours is no reason to lose a letter
        log.exception("a letter could not be sent", letter=letter.id)
        return Answer(0, type(error).__name__)


def _brought(node: Node, way: Way, letter: Row) -> Answer:
    sender = letter.sender or letter.sender_id
    inbox = letter.actor if letter.direct else way.inbox(node, letter.actor)
    answer = way.post(node, inbox, letter.body, sender)
    if not answer.misses_inbox or letter.direct:
        return answer
    moved = way.inbox(node, letter.actor, anew=True)
    return answer if moved == inbox else way.post(node, moved, letter.body, sender)
