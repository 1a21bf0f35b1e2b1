"""How a shortage is shared, who is drawn by lot, and when receiving and packing are done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ..cycles.rules import State

COUNTING = frozenset({State.SENT, State.RECEIVED})
"""The states in which the hub writes down what came."""

SHARING = frozenset({State.RECEIVED})
"""The states in which a shortage is shared: until all is packed."""

PACKING = frozenset({State.RECEIVED, State.PACKED, State.DISTRIBUTING})
"""The states in which goods are weighed, replaced by others, and packed."""

MOVING = frozenset({State.SENT, State.RECEIVED, State.PACKED, State.DISTRIBUTING})
"""The states in which goods move from one hub to another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one order asks for of a product; ``whole``: all of it or none.

    ``uid`` is the order's name, by which its lot is drawn.
    """

    uid: str
    wanted: int
    whole: bool = False


def seed_of(occasion: str, product_id: int, uids: Iterable[str]) -> str:
    """Return the seed by which lots are drawn: SHA-256 over round, product and orders.

    The orders' names are drawn at random when they are placed, long before anybody knows what
    will come short, so that nobody can choose a seed; whoever has the names can check it.
    """
    return sha256(seed_text(occasion, product_id, uids).encode()).hexdigest()


def seed_text(occasion: str, product_id: int, uids: Iterable[str]) -> str:
    """Return what ``seed_of`` hashes: the round, the product and the orders' names in order, a
    line each."""
    return "\n".join([occasion, f"product:{product_id}", *sorted(uids)])


def lot(seed: str, uid: str) -> str:
    """Return the lot of an order; the smaller one comes first."""
    return sha256(f"{seed}:{uid}".encode()).hexdigest()


def share_out(came: int, claims: Sequence[Claim], seed: str) -> dict[str, int]:
    """Return what each order gets of ``came`` units, by the order's name.

    Everyone is filled up to the same level, nobody beyond what they asked for; units that do not
    go round go to the smallest lots. Who wants all or nothing and would get less gets nothing, the
    largest wish first, and the others share what that leaves: so nobody loses by such a wish.
    """
    came, out = max(0, came), set[str]()
    while True:
        dealt = _filled(came, [claim for claim in claims if claim.uid not in out], seed)
        cut = [c for c in claims if c.whole and c.uid not in out and dealt[c.uid] < c.wanted]
        if not cut:
            return {claim.uid: dealt.get(claim.uid, 0) for claim in claims}
        out.add(max(cut, key=lambda claim: (claim.wanted, lot(seed, claim.uid))).uid)


def _filled(came: int, claims: Sequence[Claim], seed: str) -> dict[str, int]:
    """Fill all claims up to one level; of those above it the smallest lots get one unit more."""
    level = _level(came, [claim.wanted for claim in claims])
    dealt = {claim.uid: min(claim.wanted, level) for claim in claims}
    rest = came - sum(dealt.values())
    above = [claim.uid for claim in claims if claim.wanted > level]
    for uid in sorted(above, key=lambda uid: lot(seed, uid))[:rest]:
        dealt[uid] += 1
    return dealt


def _level(came: int, wanted: Sequence[int]) -> int:
    """Return the highest level to which all can be filled with what came."""
    low, high = 0, max(wanted, default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(each, middle) for each in wanted) <= came:
            low = middle
        else:
            high = middle - 1
    return low


def parcel(number: int, of: int) -> str:
    """Return which of how many bags one is: 1/2."""
    return f"{number}/{of}"


def in_kg(grams: int) -> str:
    """Return a weight in kilograms without idle zeros: 1200 is 1.2."""
    whole, rest = divmod(grams, 1_000)
    return f"{whole:,}.{rest:03}".rstrip("0").rstrip(".")
