"""The tables of the core."""

from .attempts import Attempt
from .follows import Follow
from .home import HomePlace
from .jobs import Job
from .ledger import LedgerAccount, LedgerEntry, LedgerHead, LedgerPosting
from .passkeys import Challenge, Passkey
from .people import Consent, Grant, OneTimeCode, Person, SignIn
from .records import AuditRecord, Picture
from .rights import Access, Breach, DataRequest, DataRequestStep, Destruction, KeptApart
from .spaces import Space
from .tokens import ApiAnswer, ApiToken
from .webhooks import Webhook, WebhookDelivery

__all__ = [
    "Access",
    "ApiAnswer",
    "ApiToken",
    "Attempt",
    "AuditRecord",
    "Breach",
    "Challenge",
    "Consent",
    "DataRequest",
    "DataRequestStep",
    "Destruction",
    "Follow",
    "Grant",
    "HomePlace",
    "Job",
    "KeptApart",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerHead",
    "LedgerPosting",
    "OneTimeCode",
    "Passkey",
    "Person",
    "Picture",
    "SignIn",
    "Space",
    "Webhook",
    "WebhookDelivery",
]
