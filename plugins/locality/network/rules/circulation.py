"""How money goes round: what a posting says of who paid whom, and which sums may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RESIDENTS = "residents"
"""All who live here, as one: the ledger's accounts of single people are never told apart."""

LEAST = 5
"""A sum is shown only if at least so many residents stand behind it."""

_RESIDENTS_OWN = frozenset({"cash", "bank", "resident", "held", "deposit"})
_NO_TRADE = ("payout:", "peer:", "space:")
"""Subjects of postings that only move what somebody has already: payouts, cash to the bank; and of
what organisations book themselves, of which nobody knows from whom it came."""

Move = tuple[str, str, int]
"""Payer, receiver, won; below 0 where something was given back."""


FUND = "fund"


def party(code: str) -> str:
    """Return whom an account stands for: the residents together, the fund with what is set apart
    of it, or itself."""
    kind = code.partition(":")[0]
    if kind in _RESIDENTS_OWN:
        return RESIDENTS
    return FUND if kind == "earmark" else code


def moves(
    subject: str, entries: Iterable[tuple[str, int]], *, reverses: bool = False
) -> list[Move]:
    """Return who paid whom by one posting, from its accounts and won (debit positive).

    Where residents take part, everything went between them and the others. Otherwise one side must
    be a single account: what comes of several and goes to several cannot be told apart, and is
    left out. What an organisation or the fund spends is no gift taken back, unless it ``reverses``
    one.
    """
    if subject.startswith(_NO_TRADE):
        return []
    net: dict[str, int] = {}
    for code, amount in entries:
        net[party(code)] = net.get(party(code), 0) + amount
    standing = {each: amount for each, amount in net.items() if amount}
    return [move for move in _between(standing) if _is_trade(move, reverses)]


def _between(net: dict[str, int]) -> list[Move]:
    if RESIDENTS in net:
        return [(RESIDENTS, each, -won) for each, won in net.items() if each != RESIDENTS]
    payers = [each for each, won in net.items() if won > 0]
    receivers = [each for each, won in net.items() if won < 0]
    if len(payers) == 1:
        return [(payers[0], each, -net[each]) for each in receivers]
    return [(each, receivers[0], net[each]) for each in payers] if len(receivers) == 1 else []


def _is_trade(move: Move, reverses: bool) -> bool:
    payer, receiver, amount = move
    if payer == RESIDENTS and (receiver == FUND or receiver.startswith("organisation:")):
        return (amount < 0) == reverses
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """A sum and how many residents stand behind it at least; ``keys``: whose sums are in it."""

    keys: tuple[str, ...]
    amount: int
    residents: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of some sums: each ``open`` one by itself, and each ``merged`` one of
    several. ``total`` is None where nothing at all may be shown.
    """

    open: tuple[Part, ...]
    merged: tuple[Part, ...]
    total: int | None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that is shown, which sums to the total."""
        return (*self.open, *self.merged)

    def of(self, key: str) -> Part | None:
        """Return an open sum by its key."""
        return next((part for part in self.open if part.keys == (key,)), None)


def protected(parts: Sequence[Part]) -> Shown:
    """Return what may be shown of sums whose total is shown too.

    Sums behind which fewer than ``LEAST`` residents stand go into one. So does the smallest of the
    others, since what is missing can be reckoned from the total: with it, the difference tells
    about ``LEAST`` residents again. Where no sum is behind enough residents nothing is shown.
    """
    standing = [part for part in parts if part.amount]
    weak = [part for part in standing if part.residents < LEAST]
    strong = sorted(
        (part for part in standing if part.residents >= LEAST),
        key=lambda part: (-abs(part.amount), part.keys),
    )
    if not strong:
        return Shown((), (), 0 if not standing else None)
    total = sum(part.amount for part in standing)
    if not weak:
        return Shown(tuple(strong), (), total)
    return Shown(tuple(strong[:-1]), (_joined([*weak, strong[-1]]),), total)


def _joined(parts: Sequence[Part]) -> Part:
    keys = tuple(sorted(key for part in parts for key in part.keys))
    most = max(part.residents for part in parts)
    return Part(keys, sum(part.amount for part in parts), most)


def together(found: Iterable[Shown]) -> Shown:
    """Return the sums of several that may each be shown: what is added up of them tells no more.

    Those of which nothing may be shown are left out.
    """
    sums: dict[tuple[str, ...], Part] = {}
    told = [each for each in found if each.total is not None]
    for part in (part for each in told for part in each.parts):
        before = sums.get(part.keys, Part(part.keys, 0, 0))
        most = max(before.residents, part.residents)
        sums[part.keys] = Part(part.keys, before.amount + part.amount, most)
    ordered = sorted(sums.values(), key=lambda part: (-abs(part.amount), part.keys))
    return Shown(
        tuple(part for part in ordered if len(part.keys) == 1),
        tuple(part for part in ordered if len(part.keys) > 1),
        sum(each.total or 0 for each in told) if told else None,
    )


def stayed(shown: Shown, keys: frozenset[str]) -> int | None:
    """Return the sum of these keys; None where that would tell what may not be shown apart."""
    if shown.total is None:
        return None
    if any(keys & set(part.keys) and not keys.issuperset(part.keys) for part in shown.merged):
        return None
    return sum(part.amount for part in shown.parts if keys.issuperset(part.keys))


def of_thousand(parts: Iterable[tuple[int, int]]) -> int | None:
    """Return how many of 1,000 won stayed, rounded down, from pairs of what stayed and of what it
    is a part; None where nothing was paid on balance."""
    pairs = list(parts)
    total = sum(whole for _, whole in pairs)
    stays = sum(each for each, _ in pairs)
    return None if total <= 0 else max(0, min(1_000, 1_000 * stays // total))
