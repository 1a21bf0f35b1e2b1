"""The states of an order cycle, the one table of steps between them, and when these fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from .....core.errors import Invalid, Refused
from .....core.values import Message


class State(StrEnum):
    """How far a cycle has come, in the only order in which it moves."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SENT = "sent"
    RECEIVED = "received"
    PACKED = "packed"
    DISTRIBUTING = "distributing"
    SETTLED = "settled"

    @property
    def place(self) -> int:
        """Where the state stands in the order, from 0."""
        return list(State).index(self)

    def reached(self, other: State) -> bool:
        """Say whether a cycle in this state has come as far as ``other``."""
        return self.place >= other.place


LABELS: Mapping[State, str] = {
    State.DRAFT: "Being prepared",
    State.OPEN: "Taking orders",
    State.CLOSED: "Closed",
    State.SENT: "Order sheets sent",
    State.RECEIVED: "Goods received",
    State.PACKED: "Packed",
    State.DISTRIBUTING: "Being handed out",
    State.SETTLED: "Settled",
}
"""Message ids in the context ``round``."""

ACTIVIST = "activist"
"""The role of whoever hosts a hub, held in its space."""


class ImpossibleStep(Exception):
    """The table of steps is wrong: a mistake in the program, told when it is imported."""


@dataclass(frozen=True, slots=True)
class Step:
    """A button of the activist: it brings a cycle from ``before`` to ``after``.

    ``label`` and ``effect`` are message ids; the effect says what others see afterwards and what
    can no longer be undone. ``asks``: whether the button asks back before it does it.
    """

    before: State
    after: State
    label: str
    effect: str
    asks: bool = True

    def __post_init__(self) -> None:
        if self.after.place != self.before.place + 1:
            raise ImpossibleStep(f"no step leads from {self.before} to {self.after}")
        if not (self.label and self.effect):
            raise ImpossibleStep(f"the step from {self.before} to {self.after} is not explained")


def checked(steps: Iterable[Step]) -> Mapping[State, Step]:
    """Return the steps by the state they start from; every state but the last needs just one."""
    table: dict[State, Step] = {}
    for step in steps:
        if step.before in table:
            raise ImpossibleStep(f"two steps lead from {step.before}")
        table[step.before] = step
    if missing := [state for state in list(State)[:-1] if state not in table]:
        raise ImpossibleStep(f"no step leads from {', '.join(missing)}")
    return table


STEPS = checked(
    (
        Step(
            State.DRAFT,
            State.OPEN,
            "Open the round",
            "Residents see this round and can order until the cut-off. Its times and its rates "
            "stand fixed from then on; you can still add products, and take out what nobody "
            "ordered.",
        ),
        Step(
            State.OPEN,
            State.CLOSED,
            "Close the round",
            "Once it is closed, nobody can order, change or withdraw any more. What stays below "
            "the minimum of a producer is cancelled or carried over as it was set. From then on "
            "only you can cancel an order, with a reason that the resident sees.",
        ),
        Step(
            State.CLOSED,
            State.SENT,
            "Send the order sheets",
            "Every producer with orders gets a mail with a link to the order sheet and finds it "
            "on their own page. A mail that is sent cannot be called back.",
        ),
        Step(
            State.SENT,
            State.RECEIVED,
            "The goods are here",
            "You can then write down what came short, line by line. Residents see it in their "
            "orders and pay only for what there is.",
            asks=False,
        ),
        Step(
            State.RECEIVED,
            State.PACKED,
            "All is packed",
            "Residents see on the page of the round that their bags are packed. You can still "
            "write down what came short.",
            asks=False,
        ),
        Step(
            State.PACKED,
            State.DISTRIBUTING,
            "Start handing out",
            "Everyone with an order gets a mail that it is ready, with their code. From then on "
            "orders can be handed over and paid.",
        ),
        Step(
            State.DISTRIBUTING,
            State.SETTLED,
            "Settle the round",
            "What was paid is split between the producers, the activist and the centre, to the "
            "won, and stands as it is. What turns out wrong later is corrected line by line, "
            "dated then.",
        ),
    )
)
"""The steps by the state that they start from: from a settled cycle there is none."""


_OCCASION = re.compile("cycle:([1-9][0-9]{0,8})")
"""One way to write each: an order under another name of its round would be seen by nobody."""


def occasion(cycle_id: int) -> str:
    """Return the name by which other plugins know the cycle as an occasion of sale."""
    return f"cycle:{cycle_id}"


def cycle_of(occasion: str) -> int | None:
    """Return the id of the cycle that an occasion names, None if it names something else."""
    found = _OCCASION.fullmatch(occasion)
    return int(found[1]) if found else None


def check_times(
    opens_at: datetime, cut_off: datetime, collect_from: datetime, collect_until: datetime
) -> None:
    """Raise ``Invalid`` unless orders open, close, and are collected in this order."""
    wrong: dict[str, list[Message]] = {}
    if opens_at >= cut_off:
        wrong["cut_off"] = [Message("The cut-off must come after the opening.", {})]
    if cut_off >= collect_from:
        wrong["collect_from"] = [Message("Collection must begin after the cut-off.", {})]
    if collect_from >= collect_until:
        wrong["collect_until"] = [Message("Collection must end after it begins.", {})]
    if wrong:
        raise Invalid(wrong)


def why_closed(
    state: State, opens_at: datetime, cut_off: datetime, now: datetime
) -> Message | None:
    """Return why a cycle takes no order now, None while it does; the clock closes it as well."""
    if state is State.DRAFT:
        return Message("This round is not open yet.", {})
    if state is State.SETTLED:
        return Message("This round is over.", {})
    if state is not State.OPEN or cut_off <= now:
        return Message("This round is closed. What was ordered stands as it is.", {})
    if now < opens_at:
        return Message("This round does not take orders yet.", {})
    return None


def shown_state(state: State, cut_off: datetime, now: datetime) -> State:
    """Return the state as people are to see it: an open cycle past its cut-off is closed."""
    return State.CLOSED if state is State.OPEN and cut_off <= now else state


SHORTAGE = frozenset({State.RECEIVED, State.PACKED, State.DISTRIBUTING})
"""The states in which the hub may write down that there is less than was ordered."""

CANCELLING = frozenset({State.CLOSED, State.SENT, State.RECEIVED, State.PACKED, State.DISTRIBUTING})
"""The states in which the hub may cancel an order; an open cycle past its cut-off counts too."""

HANDING_OVER = frozenset({State.DISTRIBUTING})
"""The states in which orders are handed over, marked as not collected, and refunded."""


def check_state(state: State, allowed: frozenset[State]) -> None:
    """Refuse what may not be done while the cycle is in this state."""
    if state in allowed:
        return
    if state is State.SETTLED:
        raise Refused("This round is settled. Nothing in it can be changed any more.")
    raise Refused("This cannot be done at this step of the round.")


def is_early(collect_from: datetime | None, now: datetime, zone: tzinfo) -> bool:
    """Say whether the day of collection of an order has not come yet, on the clock of ``zone``."""
    if collect_from is None:
        return False
    return now.astimezone(zone).date() < collect_from.astimezone(zone).date()


EARLY = Message(
    "The day of collection has not come yet. Please tick that it is handed over early.", {}
)
"""Why an order is not handed over before its day unless somebody means it."""


def next_step(state: State) -> Step | None:
    """Return the step that leads on from a state."""
    return STEPS.get(state)


def next_collection(earliest: date, weekday: int) -> date:
    """Return the first day from ``earliest`` on that is this weekday (Monday is 0)."""
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def bag_mark(number: int) -> str:
    """Return how the tick of an order's bag is kept."""
    return f"bag-{number}"


def line_mark(line_id: int) -> str:
    """Return how the tick of an order's line is kept."""
    return f"line-{line_id}"
