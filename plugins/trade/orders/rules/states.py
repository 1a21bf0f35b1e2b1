"""The states of an order between nodes, and the one table of steps that each side may write.

Only the seller answers: what it says carries its whole state and a revision that only grows, so
that the buyer takes the newest and never needs the ones before. The buyer's own words carry the
whole order and a version. So both come to the same whatever is lost, doubled or out of order, as
long as the last word of each arrives.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Side(StrEnum):
    """Whose book it is."""

    BUYER = "buyer"
    SELLER = "seller"


class State(StrEnum):
    """How far an order has come; ``DRAFT`` is one of which the other side knows nothing yet."""

    DRAFT = "draft"
    OFFERED = "offered"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    AMENDING = "amending"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    READY = "ready"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    DISPUTED = "disputed"
    REFUNDED = "refunded"
    SETTLED = "settled"


class Word(StrEnum):
    """What one side says to the other, and what it does by itself."""

    OFFER = "offer"
    AMEND = "amend"
    TAKE = "take"
    UNDO = "undo"
    RECEIPT = "receipt"
    SHORT_RECEIPT = "short_receipt"
    SETTLEMENT = "settlement"
    SHORT_SETTLEMENT = "short_settlement"
    ACCEPT = "accept"
    REJECT = "reject"
    COUNTER = "counter"
    EXPIRY = "expiry"
    CANCEL = "cancel"
    READY = "ready"
    SHIPMENT = "shipment"
    REFUND = "refund"


class ImpossibleStep(Exception):
    """No step leads there from here: a mistake of the program, or a word that comes too late."""


S, W = State, Word
Steps = Mapping[Word, Mapping[State, State]]


def _all(to: State, *before: State) -> dict[State, State]:
    return dict.fromkeys(before, to)


OPEN = (S.OFFERED, S.COUNTERED)
STANDING = (S.ACCEPTED, S.AMENDING)
_COMING = (*STANDING, S.READY, S.SHIPPED)
_CAME = (S.DELIVERED, S.DISPUTED)

# What the seller writes: words of the buyer that have arrived, and its own.
_SELLER: Steps = {
    W.OFFER: _all(S.OFFERED, S.DRAFT),
    W.AMEND: {
        **_all(S.OFFERED, S.DRAFT, *OPEN, S.EXPIRED),
        **_all(S.AMENDING, *STANDING),
    },
    W.TAKE: _all(S.OFFERED, *OPEN, S.EXPIRED),
    W.UNDO: _all(S.CANCELLED, S.DRAFT, *OPEN, *STANDING, S.EXPIRED),
    W.ACCEPT: _all(S.ACCEPTED, S.OFFERED, S.AMENDING),
    W.REJECT: {S.OFFERED: S.REJECTED, S.AMENDING: S.ACCEPTED},
    W.COUNTER: _all(S.COUNTERED, S.OFFERED),
    W.EXPIRY: _all(S.EXPIRED, *OPEN),
    W.CANCEL: _all(S.CANCELLED, *STANDING, S.READY),
    W.READY: _all(S.READY, S.ACCEPTED),
    W.SHIPMENT: _all(S.SHIPPED, S.ACCEPTED, S.READY),
    # Goods may come without a note, and by mistake also after a cancellation: then people decide.
    W.RECEIPT: {**_all(S.DELIVERED, *_COMING, *_CAME), S.CANCELLED: S.DISPUTED},
    W.SHORT_RECEIPT: _all(S.DISPUTED, *_COMING, *_CAME, S.CANCELLED),
    W.REFUND: _all(S.REFUNDED, S.DISPUTED),
    W.SETTLEMENT: {
        **_all(S.SETTLED, *_COMING, S.DELIVERED, S.SETTLED),
        S.DISPUTED: S.DISPUTED,
        S.REFUNDED: S.REFUNDED,
        S.CANCELLED: S.DISPUTED,
    },
    W.SHORT_SETTLEMENT: {
        **_all(S.DISPUTED, *_COMING, *_CAME, S.SETTLED, S.CANCELLED),
        S.REFUNDED: S.REFUNDED,
    },
}

# What the buyer writes of its own. A wish to undo changes nothing until the seller has answered.
_BUYER: Steps = {
    W.OFFER: _all(S.OFFERED, S.DRAFT),
    W.AMEND: {**_all(S.OFFERED, *OPEN, S.EXPIRED), **_all(S.AMENDING, *STANDING)},
    W.TAKE: _all(S.OFFERED, S.COUNTERED),
    W.UNDO: {each: each for each in (*OPEN, *STANDING, S.EXPIRED)},
    W.RECEIPT: _all(S.DELIVERED, *_COMING, *_CAME),
    W.SHORT_RECEIPT: _all(S.DISPUTED, *_COMING, *_CAME),
    W.SETTLEMENT: {
        **_all(S.SETTLED, *_COMING, S.DELIVERED, S.SETTLED),
        S.DISPUTED: S.DISPUTED,
        S.REFUNDED: S.REFUNDED,
    },
}

STEPS: Mapping[Side, Steps] = {Side.SELLER: _SELLER, Side.BUYER: _BUYER}
"""Of each side and word: the states in which it may be written, and the one that follows."""

_AHEAD = (*OPEN, *STANDING)
_SAID: Mapping[State, Mapping[State, State]] = {
    S.COUNTERED: _all(S.COUNTERED, *OPEN),
    S.ACCEPTED: _all(S.ACCEPTED, *_AHEAD),
    S.REJECTED: _all(S.REJECTED, *OPEN, S.EXPIRED),
    S.EXPIRED: _all(S.EXPIRED, *OPEN),
    S.CANCELLED: {
        **_all(S.CANCELLED, *_AHEAD, S.READY, S.EXPIRED, S.CANCELLED),
        **_all(S.DISPUTED, *_CAME, S.SETTLED),
    },
    S.READY: _all(S.READY, *_AHEAD, S.READY),
    S.SHIPPED: _all(S.SHIPPED, *_AHEAD, S.READY, S.SHIPPED),
    # A receipt may be followed by another, once it was counted again.
    S.DELIVERED: _all(S.DELIVERED, *_CAME),
    S.DISPUTED: _all(S.DISPUTED, *_CAME, S.SETTLED),
    S.REFUNDED: _all(S.REFUNDED, S.DISPUTED, S.REFUNDED),
    S.SETTLED: _all(S.SETTLED, *_CAME, S.SETTLED),
}
"""What the buyer writes when the seller says that it is in this state, by what stood before."""

FINAL = frozenset({S.REJECTED, S.CANCELLED, S.REFUNDED, S.SETTLED})
"""Nothing more is awaited of the other side, but for money."""

UNDONE_BY = frozenset({S.REJECTED, S.CANCELLED})
"""Nothing of the order comes."""

PROMISED = frozenset({S.ACCEPTED, S.READY, S.SHIPPED})
"""The goods come, at the prices that the seller has said."""

NOT_AGREED = frozenset({State.OFFERED, State.COUNTERED, State.REJECTED, State.EXPIRED})
"""The seller has promised nothing yet, or nothing any more: its prices may be any."""


def step(side: Side, word: Word, before: State) -> State:
    """Return the state that follows; ``ImpossibleStep`` if this side may not write that now."""
    after = STEPS[side].get(word, {}).get(before)
    if after is None:
        raise ImpossibleStep(f"{side}: no {word} in {before}")
    return after


def may(side: Side, word: Word, before: State) -> bool:
    """Say whether a side may write this now."""
    return before in STEPS[side].get(word, {})


def heard(before: State, said: State, *, waiting: bool) -> State:
    """Return the buyer's state when the seller says in which state it is.

    ``waiting``: the seller has not answered the buyer's last word yet, so what it says of an
    earlier one does not end the waiting. What cannot follow leaves the state as it is.
    """
    if waiting and before in _AHEAD and said in {*OPEN, *STANDING, S.REJECTED, S.EXPIRED}:
        return before
    return _SAID.get(said, {}).get(before, before)
