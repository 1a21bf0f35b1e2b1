"""Digests of a body: ``Digest`` (RFC 3230) and ``Content-Digest`` (RFC 9530)."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import Final

from .headers import Fields, read_base64
from .refusals import Refusal

_ALGORITHMS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "sha-256": lambda body: hashlib.sha256(body).digest(),
    "sha-512": lambda body: hashlib.sha512(body).digest(),
}
_OLD: Final = re.compile(r"[ \t]*([A-Za-z0-9-]{1,32})=([^ \t,;\"]{1,256})[ \t]*")
_NEW: Final = re.compile(r"[ \t]*([a-z*][a-z0-9_.*-]{0,31})=:([A-Za-z0-9+/=]{0,256}):[ \t]*")


def digest(body: bytes) -> str:
    """Return the value of a ``Digest`` header."""
    return f"SHA-256={b64encode(hashlib.sha256(body).digest()).decode()}"


def check_digests(fields: Fields, body: bytes) -> None:
    """Refuse the body unless every SHA-256 and SHA-512 that is named of it is its own.

    Other algorithms are passed over, but a header that names none of the two is refused, as is
    one that names an algorithm twice.
    """
    for name, form in (("digest", _OLD), ("content-digest", _NEW)):
        value = fields.joined(name)
        if value is not None:
            _check(_members(name, value, form), body)


def _members(name: str, value: str, form: re.Pattern[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in value.split(","):
        match = form.fullmatch(part)
        if match is None or match[1].lower() in found:
            raise Refusal("digest_syntax", f"The header {name} cannot be read.")
        found[match[1].lower()] = match[2]
    return found


def _check(members: Mapping[str, str], body: bytes) -> None:
    known = [name for name in members if name in _ALGORITHMS]
    if not known:
        raise Refusal("digest", "A digest must be given as SHA-256 or SHA-512.")
    for name in known:
        given = read_base64(members[name])
        if given is None:
            raise Refusal("digest_syntax", f"The digest {name} is not strict base64.")
        if not compare_digest(given, _ALGORITHMS[name](body)):
            raise Refusal("digest", f"The digest {name} is not the digest of the body.")
