"""For whom a deposit came: found by its code, or by name and sum. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .....core.deposits import Paid
from .....core.values import Message

DUES, CAPITAL = "dues", "capital"
_RUNS = re.compile(r"[0-9A-Z]+")
_WORDS = re.compile(r"[0-9A-Z가-힣]+")


@dataclass(slots=True)
class Claim:
    """What a deposit may be for: a member's dues (``due`` won are open), or shares that cost
    exactly ``due``."""

    what: str
    member_id: int
    code: str
    name: str
    due: int
    purchase_id: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a deposit; ``claim`` is None if a person must look, ``why`` says why."""

    state: str
    claim: Claim | None
    why: Message


def decide(paid: Paid, claims: Sequence[Claim]) -> Decision:
    """Find what a deposit is for among these."""
    text = _plain(paid.text)
    codes, words = set(_RUNS.findall(text)), f" {' '.join(_WORDS.findall(text))} "
    named = [claim for claim in claims if claim.code in codes]
    if len(named) == 1:
        return _named(paid, named[0])
    if named:
        return Decision("ambiguous", None, Message("Several codes stand there.", {}))
    close = [claim for claim in claims if claim.due and not claim.done and _has(words, claim.name)]
    fitting = [claim for claim in close if claim.due == paid.amount]
    if len(fitting) == 1:
        return Decision("matched", fitting[0], Message("Name and sum fit.", {}))
    if fitting:
        return Decision("ambiguous", None, Message("Name and sum fit several.", {}))
    if close:
        why = Message("The name fits, but another sum is open.", {})
    else:
        why = Message("Neither a code nor a name of a member stands there.", {})
    return Decision("unmatched", None, why)


def _named(paid: Paid, claim: Claim) -> Decision:
    if claim.what == DUES:
        return Decision("matched", claim, Message("The code of the member stands there.", {}))
    if claim.done:
        why = Message("The code stands there, but these shares are paid already.", {})
    elif paid.amount == claim.due:
        return Decision("matched", claim, Message("The code of the shares stands there.", {}))
    else:
        why = Message("The code stands there, but these shares cost another sum.", {})
    return Decision("unmatched", None, why)


def _has(words: str, name: str) -> bool:
    """Tell whether a name stands there as words of their own: 김민 is not in 김민수."""
    plain = " ".join(_WORDS.findall(_plain(name)))
    return bool(plain) and (f" {plain} " in words or f" {plain.replace(' ', '')} " in words)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()
