"""Signed HTTP messages: one function judges what arrives, another signs what leaves.

Pure: clock, documents, names, keys and memory are handed in, and nothing here knows a database.
What it needs is heavy, so this package is imported where a message is at hand, never at a start.
"""

from .activities import Activity
from .actors import keys_in
from .keys import Keypair, PublicKey
from .memory import Forgetful, KeyStore, Known, Seen, Try
from .messages import Incoming, Outgoing
from .proofs import prove, proven
from .receiving import Receiver
from .refusals import Refusal
from .signing import sign
from .verifying import Accepted, Dropped, verify
from .web import Answer, Unfetched, Web

__all__ = [
    "Accepted",
    "Activity",
    "Answer",
    "Dropped",
    "Forgetful",
    "Incoming",
    "KeyStore",
    "Keypair",
    "Known",
    "Outgoing",
    "PublicKey",
    "Receiver",
    "Refusal",
    "Seen",
    "Try",
    "Unfetched",
    "Web",
    "keys_in",
    "prove",
    "proven",
    "sign",
    "verify",
]
