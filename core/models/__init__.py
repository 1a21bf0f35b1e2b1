"""The tables of the core."""

from .attempts import Attempt
from .jobs import Job
from .ledger import LedgerAccount, LedgerEntry, LedgerHead, LedgerPosting
from .people import Consent, Grant, OneTimeCode, Person, SignIn
from .records import AuditRecord, Picture
from .spaces import Space
from .tokens import ApiAnswer, ApiToken
from .webhooks import Webhook, WebhookDelivery

__all__ = [
    "ApiAnswer",
    "ApiToken",
    "Attempt",
    "AuditRecord",
    "Consent",
    "Grant",
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
    "Webhook",
    "WebhookDelivery",
]
