"""A refusal of a message: a status of 400 to 499, a reason that stays the same, and a sentence."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

REASONS: Final = {
    # The request as such.
    "malformed_request": 400,
    "method": 405,
    "wrong_host": 421,
    "headers_too_large": 431,
    "body_too_large": 413,
    "media_type": 415,
    "body": 400,
    "quantity": 400,
    # The signature.
    "unsigned": 401,
    "signature_syntax": 400,
    "algorithm": 401,
    "not_covered": 401,
    "clock": 401,
    "expired": 401,
    "digest_syntax": 400,
    "digest": 400,
    "signature": 401,
    "replayed": 401,
    # The key and whose it is.
    "key_address": 400,
    "not_admitted": 403,
    "own_key": 403,
    "key_unavailable": 401,
    "key_gone": 401,
    "key_document": 401,
    "document_id": 401,
    "key_owner": 401,
    "key_missing": 401,
    "key_weak": 401,
    "key_expired": 401,
    "private_key": 401,
    "too_many_fetches": 429,
    # What the activity says.
    "activity": 400,
    "activity_id": 400,
    "actor_mismatch": 400,
    "not_concerned": 403,
    "id_reused": 409,
}
"""Every reason with its status. Codes are never renamed: peers may act on them."""

# FEP-c180 names types for these; all others are `about:blank`, told apart by `reason`.
_TYPES: Final = {
    "actor_mismatch": "principal-actor-mismatch",
    "not_concerned": "actor-not-authorized",
    "not_admitted": "principal-not-authorized",
    "too_many_fetches": "rate-limit-exceeded",
}


class Refusal(Exception):
    """A message is not accepted.

    ``reason`` is a key of ``REASONS``, ``detail`` an English sentence for who runs the peer, and
    ``clock_off``, if the clocks are what differs, the seconds by which theirs is ahead of ours
    (negative: behind).
    """

    def __init__(self, reason: str, detail: str, *, clock_off: int | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.status: int = REASONS[reason]
        self.detail = detail
        self.clock_off = clock_off

    def problem(self) -> dict[str, Any]:
        """Return the members of a problem document (RFC 9457), to be sent as JSON."""
        named = _TYPES.get(self.reason)
        told: dict[str, Any] = {
            "type": f"https://w3id.org/fep/c180#{named}" if named else "about:blank",
            "title": named.replace("-", " ").capitalize()
            if named
            else HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "reason": self.reason,
        }
        if self.clock_off is not None:
            told["clock_off_seconds"] = self.clock_off
        return told
