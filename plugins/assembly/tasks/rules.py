"""Which tasks a round has as it stands, and until when: no session, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..cycles.rules import State

SHEETS_SEEN = timedelta(days=1)
"""How long before collection every order sheet should be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How a round stands for one hub; ``guest``: another hub runs it, this one hands out."""

    cycle_id: int
    title: str
    state: State
    cut_off: datetime
    collect_from: datetime
    collect_until: datetime
    guest: bool = False
    orders: int = 0
    waiting: int = 0
    packed: int = 0
    collected: int = 0
    not_collected: int = 0
    below: int = 0
    sheets: int = 0
    confirmed: int = 0
    goods: int = 0
    counted: int = 0
    unshared: int = 0
    to_weigh: int = 0
    weighed: int = 0
    helpers_missing: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, with the page on which it is done; ``text`` is a message id in the context
    "task", whose values are ``values``."""

    text: str
    page: str
    due: datetime
    cycle_id: int
    title: str
    done: bool = False
    values: Mapping[str, int] = field(default_factory=dict)


def in_order(rounds: Iterable[Facts], now: datetime) -> list[Task]:
    """Return the tasks of these rounds, what is due first first, what is done last."""
    tasks = [task for facts in rounds for task in tasks_of(facts, now)]
    return sorted(tasks, key=lambda task: (task.done, task.due))


def tasks_of(facts: Facts, now: datetime) -> list[Task]:
    """Return the tasks of one round in the order in which they come up."""
    if facts.guest:
        return [*_packing(facts), *_handing_out(facts)]
    return [
        *_ordering(facts, now),
        *_helpers(facts),
        *_receiving(facts),
        *_packing(facts),
        *_handing_out(facts),
    ]


def _ordering(facts: Facts, now: datetime) -> Iterator[Task]:
    if facts.state is State.OPEN and facts.cut_off > now:
        yield _task(
            facts, "Cut-off; orders so far: %(num)s", "desk", facts.cut_off, num=facts.orders
        )
        if facts.below:
            yield _task(
                facts, "Producers below the minimum: %(num)s", "parts", facts.cut_off,
                num=facts.below,
            )  # fmt: skip
    elif facts.state is State.OPEN:
        yield _task(facts, "Close the round", "desk", facts.cut_off)
    elif facts.state is State.CLOSED:
        yield _task(facts, "Order sheets to send: %(num)s", "desk", facts.cut_off, num=facts.sheets)


def _helpers(facts: Facts) -> Iterator[Task]:
    if facts.helpers_missing and facts.state is not State.SETTLED:
        yield _task(
            facts, "Helpers wanted, places free: %(num)s", "shifts", facts.collect_from,
            num=facts.helpers_missing,
        )  # fmt: skip


def _receiving(facts: Facts) -> Iterator[Task]:
    if facts.state is State.SENT:
        due = facts.collect_from - SHEETS_SEEN
        yield _of(facts, "Order sheets confirmed: %(part)s of %(num)s", "sheets", due,
                  facts.confirmed, facts.sheets)  # fmt: skip
    if facts.state in {State.SENT, State.RECEIVED}:
        yield _of(facts, "Goods counted: %(part)s of %(num)s", "receiving", facts.collect_from,
                  facts.counted, facts.goods)  # fmt: skip
    if facts.unshared and facts.state in {State.SENT, State.RECEIVED, State.PACKED}:
        yield _task(
            facts, "Goods that came short, to be shared: %(num)s", "sharing", facts.collect_from,
            num=facts.unshared,
        )  # fmt: skip
    if facts.state is State.SENT and 0 < facts.goods <= facts.counted:
        yield _task(facts, "Note that the goods are here", "desk", facts.collect_from)


def _packing(facts: Facts) -> Iterator[Task]:
    if facts.to_weigh and facts.state in {State.RECEIVED, State.PACKED, State.DISTRIBUTING}:
        yield _of(facts, "Lines weighed: %(part)s of %(num)s", "weighing", facts.collect_from,
                  facts.weighed, facts.to_weigh)  # fmt: skip
    if facts.state in {State.RECEIVED, State.PACKED}:
        yield _of(facts, "Bags packed: %(part)s of %(num)s", "bags", facts.collect_from,
                  facts.packed, facts.waiting)  # fmt: skip
    if facts.state is State.RECEIVED and not facts.guest and facts.packed >= facts.waiting:
        yield _task(facts, "Note that everything is packed", "desk", facts.collect_from)
    if facts.state is State.PACKED and not facts.guest:
        yield _task(facts, "Tell everyone that it is ready", "desk", facts.collect_from)


def _handing_out(facts: Facts) -> Iterator[Task]:
    if facts.state is not State.DISTRIBUTING:
        return
    yield _of(facts, "Handed over: %(part)s of %(num)s", "handover", facts.collect_until,
              facts.collected, facts.collected + facts.waiting)  # fmt: skip
    if facts.not_collected:
        yield _task(
            facts, "Orders not collected: %(num)s", "handover", facts.collect_until, done=True,
            num=facts.not_collected,
        )  # fmt: skip
    if not facts.guest and not facts.waiting:
        yield _task(facts, "Settle the round", "settle", facts.collect_until)


def _of(facts: Facts, text: str, page: str, due: datetime, part: int, num: int) -> Task:
    return _task(facts, text, page, due, done=part >= num, part=min(part, num), num=num)


def _task(
    facts: Facts, text: str, page: str, due: datetime, *, done: bool = False, **values: int
) -> Task:
    return Task(text, page, due, facts.cycle_id, facts.title, done, values)
