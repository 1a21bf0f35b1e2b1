"""Webhooks: addresses that people name, told of facts, signed, until they arrive or are given up.

Told in the transaction in which it happens, sent by the outbox afterwards.
"""

from .delivering import deliver, send_again, service
from .reading import deliveries, of, own
from .registering import MOST, Wish, end, end_all, make, switch_on
from .signing import body_of, secret_of, signed, uid_of
from .telling import JOB, LISTENING, SWEEP, kinds, sweep, tell

__all__ = [
    "JOB",
    "LISTENING",
    "MOST",
    "SWEEP",
    "Wish",
    "body_of",
    "deliver",
    "deliveries",
    "end",
    "end_all",
    "kinds",
    "make",
    "of",
    "own",
    "secret_of",
    "send_again",
    "service",
    "signed",
    "sweep",
    "switch_on",
    "tell",
    "uid_of",
]
