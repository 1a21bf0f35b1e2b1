"""Who may do what: everyone may knock at an inbox, stewards look after letters."""

from __future__ import annotations

INBOX = "federation.inbox"
LETTERS = "federation.letters"
