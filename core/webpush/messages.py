"""One push message as it goes out: the address, the headers and the sealed body (RFC 8030)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from .encryption import encrypt
from .vapid import Vapid, base64url

TTL = 24 * 3_600
"""Seconds for which a service keeps a message for a browser that is not there."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A browser: the address of its push service, its public key (65 bytes) and secret (16)."""

    endpoint: str
    public: bytes
    auth: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, by POST."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def request(
    receiver: Receiver, plain: bytes, vapid: Vapid, *, contact: str, at: datetime, topic: str = ""
) -> Request:
    """Return the request that brings ``plain`` to a browser.

    Of messages of one ``topic`` that wait at the service only the last one is delivered.
    """
    parts = urlsplit(receiver.endpoint)
    audience = f"{parts.scheme}://{parts.netloc}"
    headers = {
        "Authorization": vapid.authorization(audience, contact, at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Urgency": "normal",
    }
    if topic:  # at most 32 letters of base64url (RFC 8030, 5.4)
        headers["Topic"] = base64url(sha256(topic.encode()).digest()[:18])
    return Request(receiver.endpoint, headers, encrypt(plain, receiver.public, receiver.auth))
