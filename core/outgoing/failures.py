"""Why a request brought no answer: a reason for the code and a sentence for people."""

from __future__ import annotations

from typing import Literal, get_args

from ..errors import Unreachable
from ..values import Message

Reason = Literal[
    "url",  # not an address that is called at all: the scheme, the port, no plain name, a password
    "name",  # the name leads nowhere, or nobody said in time where to
    "address",  # the name leads to no public place
    "connect",  # nobody opens there
    "tls",  # the other side cannot prove its name
    "time",  # the whole took too long
    "size",  # headers or body are too large, packed or unpacked
    "redirect",  # sent on to another origin, or too often
    "broken",  # the connection broke, or what came is no HTTP
    "busy",  # too much is under way here already
]

_SENTENCES: dict[str, Message] = {
    "url": Message("This is not an address that the node calls: https and a name, no more.", {}),
    "name": Message("Where %(host)s is could not be found out.", {}),
    "address": Message("%(host)s is not a public place, so the node does not call it.", {}),
    "connect": Message("%(host)s cannot be reached.", {}),
    "tls": Message("%(host)s cannot prove who it is.", {}),
    "time": Message("%(host)s took too long.", {}),
    "size": Message("%(host)s sent more than the node takes.", {}),
    "redirect": Message("%(host)s sends on to somewhere else, where the node does not follow.", {}),
    "broken": Message("%(host)s broke off, or sent something that cannot be read.", {}),
    "busy": Message("Too much is under way just now to call %(host)s.", {}),
}
assert set(_SENTENCES) == set(get_args(Reason))  # noqa: S101

_FOR_GOOD = frozenset({"url", "size", "redirect"})
"""What the other side would have to change before it can go better."""

_SHOWN = 100
"""How many letters of a name are shown."""


class Failed(Unreachable):
    """A request without an answer; ``reason`` is a word that code may rely on.

    A name that leads inside is not for good: resolvers that block answer 0.0.0.0 for a while.
    """

    def __init__(self, reason: Reason, host: str = "") -> None:
        self.reason: Reason = reason
        super().__init__(_SENTENCES[reason].text, permanent=reason in _FOR_GOOD, host=host[:_SHOWN])
