"""Finding the one order for which a deposit came. Nothing is guessed: one fits, or a person looks.

An order is named by its number, or by the end of its number together with the name of who ordered;
then any sum is theirs. Otherwise name (or end of the number) and sum have to fit, and only one
order may fit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .....core.deposits import Paid
from .....core.values import Message
from ...accounts.rules import tail_of

_NUMBER = re.compile(r"([0-9]{6})-?([2-9A-HJKMNP-Z]{5})(?![0-9A-Z])")
_RUNS = re.compile(r"[가-힣]+|[0-9A-Z]+")
_SIGNS = re.compile(r"[0-9A-Z가-힣]+")


@dataclass(slots=True)
class Claim:
    """An order for which a deposit may have come; ``due`` won are still to be paid for it."""

    order_id: int
    person_id: int
    number: str
    name: str
    due: int
    open: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a deposit: ``claim`` is the order that it is for, None if a person must
    look; ``why`` says on what it rests."""

    state: str
    claim: Claim | None
    why: Message


def decide(paid: Paid, claims: Sequence[Claim]) -> Decision:
    """Find the order of a deposit among these."""
    said = _said(paid.text)
    named = [claim for claim in claims if said.names(claim)]
    if len(named) == 1:
        return Decision("matched", named[0], _how(paid, named[0]))
    if named:
        return _several(named)
    close = [claim for claim in claims if claim.open and said.hints_at(claim)]
    fitting = [claim for claim in close if claim.due == paid.amount]
    if len(fitting) == 1:
        return Decision("matched", fitting[0], Message("Name and sum fit one order.", {}))
    if fitting:
        return _several(fitting)
    if close:
        why = Message("The name fits %(orders)s, but another sum is due.", {"orders": _told(close)})
    elif any(claim.open and claim.due == paid.amount for claim in claims):
        why = Message("The sum fits an order, but the name does not.", {})
    else:
        why = Message("No open order fits.", {})
    return Decision("unmatched", None, why)


def numbers_in(texts: Iterable[str]) -> set[str]:
    """Return what looks like the number of an order in these texts."""
    return {f"{day}-{tail}" for text in texts for day, tail in _NUMBER.findall(_plain(text))}


def _several(claims: Sequence[Claim]) -> Decision:
    why = Message("Several orders fit: %(orders)s.", {"orders": _told(claims)})
    return Decision("ambiguous", None, why)


def _how(paid: Paid, claim: Claim) -> Message:
    if not claim.open:
        return Message("The order is named, but it is paid or withdrawn: kept as credit.", {})
    if paid.amount > claim.due:
        return Message("The order is named. What is too much is kept as credit.", {})
    if paid.amount < claim.due:
        return Message("The order is named. What lacks is asked at collection.", {})
    return Message("The order is named, and the sum fits.", {})


def _told(claims: Sequence[Claim]) -> str:
    return ", ".join(claim.number for claim in claims[:5])


@dataclass(frozen=True, slots=True)
class _Said:
    """What a deposit says, taken apart once for all the orders that it is held against."""

    numbers: frozenset[str]
    words: frozenset[str]
    spaced: str

    def names(self, claim: Claim) -> bool:
        """Tell whether it names this order beyond doubt."""
        if claim.number in self.numbers:
            return True
        return claim.open and self._has_tail(claim) and self._has_name(claim)

    def hints_at(self, claim: Claim) -> bool:
        return self._has_name(claim) or self._has_tail(claim)

    def _has_tail(self, claim: Claim) -> bool:
        return tail_of(claim.number) in self.words

    def _has_name(self, claim: Claim) -> bool:
        """Tell whether the name stands there as words of their own: 김민 is not in 김민수."""
        name = _signs(claim.name)
        return bool(name) and (
            name.replace(" ", "") in self.words or f" {name} " in f" {self.spaced} "
        )


def _said(text: str) -> _Said:
    plain = _plain(text)
    words = {*_RUNS.findall(plain), *_SIGNS.findall(plain)}
    return _Said(frozenset(numbers_in([text])), frozenset(words), _signs(text))


@lru_cache(maxsize=20_000)
def _signs(text: str) -> str:
    """Return only the words of a text, with one space between them."""
    return " ".join(_SIGNS.findall(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).upper().split())
