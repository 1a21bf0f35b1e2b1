"""The tables of the core."""

from .attempts import Attempt
from .home import HomePlace
from .jobs import Job
from .ledger import LedgerAccount, LedgerEntry, LedgerHead, LedgerPosting
from .people import Consent, Grant, OneTimeCode, Person, SignIn
from .records import AuditRecord, Picture
from .spaces import Space

__all__ = [
    "Attempt",
    "AuditRecord",
    "Consent",
    "Grant",
    "HomePlace",
    "Job",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerHead",
    "LedgerPosting",
    "OneTimeCode",
    "Person",
    "Picture",
    "SignIn",
    "Space",
]
