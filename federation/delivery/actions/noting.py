"""Noting what came of letters that were sent, in one transaction with all that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from ....core.facts import LetterEnded
from ....core.node import Node
from ....core.statements import Row, Statement
from ..models import Flight, Sent
from ..rules.answers import ARRIVED, DEAD, SLOWLY, Answer, Verdict, judge
from ..rules.circuit import CLOSED, after_answer, after_failure
from ..rules.schedule import wait_after
from .leasing import Run, circuit_of, hold_off, keep_circuit, put_off

_sent, _flight = Sent.__table__, Flight.__table__
_LAND = Statement(delete(_flight).where(_flight.c.token == bindparam("lease")))  # type: ignore[arg-type]
_NOTE = Statement(
    update(_sent)  # type: ignore[arg-type]
    .where(_sent.c.id == bindparam("letter_id"), _sent.c.state == "waiting")
    .values(
        {
            name: bindparam(name, type_=_sent.c[name].type)
            for name in ("state", "reason", "answer", "tries", "due_at", "tried_at", "ended_at")
        }
    )
)
_AGAIN = Statement(
    update(_sent)  # type: ignore[arg-type]
    .where(
        _sent.c.host == bindparam("in_host"), _sent.c.state == "waiting",
        _sent.c.due_at > bindparam("at", type_=_sent.c.due_at.type),
    )
    .values(due_at=bindparam("at"))
)  # fmt: skip


class Ended(Protocol):
    """What is told of a letter that has ended."""

    @property
    def uri(self) -> str: ...
    @property
    def lane(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def direct(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What the other node answered to one letter of a run."""

    letter: Row
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Landed:
    """A run that came back: what was answered to each letter that was sent of it."""

    run: Run
    told: Sequence[Told]


def note(node: Node, session: Session, landed: Sequence[Landed]) -> None:
    """Note runs that came back; one whose lease has ended meanwhile is somebody else's by now.

    Hosts are held in the order of their names, so that two who note never wait for each other.
    """
    for each in sorted(landed, key=lambda each: each.run.host):
        if not _LAND.write(session, {"lease": each.run.token}).count:
            continue
        for told in each.told:
            verdict = judge(told.answer)
            _host(session, told, verdict)
            _letter(node, session, told, verdict)


def give_back(session: Session, landed: Landed, at: datetime) -> None:
    """Let the letters of a run be sent again at a later time."""
    if _LAND.write(session, {"lease": landed.run.token}).count:
        for letter in landed.run.letters:
            put_off(session, letter.host, letter.lane, at)


def _letter(node: Node, session: Session, told: Told, verdict: Verdict) -> None:
    values = {
        "letter_id": told.letter.id, "answer": told.answer.told, "tries": told.letter.tries + 1,
        "tried_at": told.at, "reason": verdict.reason,
    }  # fmt: skip
    if verdict.end in (ARRIVED, DEAD):
        ended = {"state": ended_as(told.letter, verdict.end), "due_at": None, "ended_at": told.at}
        if _NOTE.write(session, values | ended).count:
            tell(node, session, told.letter, verdict, told.at)
        return
    due_at = told.at + _wait(node, verdict, told.letter.tries + 1)
    _NOTE.write(session, values | {"state": "waiting", "due_at": due_at, "ended_at": None})
    put_off(session, told.letter.host, told.letter.lane, due_at)


def ended_as(letter: Ended, state: str) -> str:
    """Return as what a letter has ended: news for followers that did not reach one of their servers
    are nothing that somebody here has to look after."""
    return "settled" if letter.direct and state == DEAD else state


def tell(node: Node, session: Session, letter: Ended, verdict: Verdict, at: datetime) -> None:
    """Tell that a letter has ended, in the transaction that ends it."""
    fact = LetterEnded(
        id=letter.uri, lane=letter.lane, host=letter.host,
        arrived=verdict.end == ARRIVED, reason=verdict.reason, at=at,
    )  # fmt: skip
    node.hooks.letter_ended(node=node, session=session, fact=fact)


def _wait(node: Node, verdict: Verdict, tries: int) -> timedelta:
    if verdict.wait is not None:
        return verdict.wait
    chance = int(node.random.code(4, "0123456789")) / 9_999
    return wait_after(tries, chance, slowly=verdict.end == SLOWLY)


def _host(session: Session, told: Told, verdict: Verdict) -> None:
    """Write down how the host did; at most times it did well and nothing is to be written."""
    host = told.letter.host
    before = circuit_of(session, host) or CLOSED
    if verdict.fault:
        after = after_failure(before, told.at)
    else:
        after = after_answer(before, verdict.wait, told.at)
    if after == before:
        return
    keep_circuit(session, host, after)
    if after == CLOSED and before.opened:  # what was held off because of it need not wait
        _AGAIN.write(session, {"in_host": host, "at": told.at})
    elif after.quiet_until is not None and after.is_quiet(told.at):
        hold_off(session, host, after.quiet_until)
