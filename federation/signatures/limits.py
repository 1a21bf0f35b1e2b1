"""How much, how long and how often: every bound of this room in one place."""

from __future__ import annotations

from typing import Final

MOST_BODY: Final = 1 << 20
"""Bytes of a message's or a document's body, decoded."""

MOST_HEADERS: Final = 100
MOST_HEADER_BYTES: Final = 64 << 10
MOST_SIGNATURE: Final = 8 << 10
"""Bytes of a ``Signature`` or ``Signature-Input`` header."""

MOST_COVERED: Final = 32
MOST_ADDRESS: Final = 2_048
MOST_DEPTH: Final = 32
MOST_DIGITS: Final = 19
MOST_KEY_TEXT: Final = 4_096
MOST_KEYS: Final = 20
"""Keys that are read of one actor's document."""

WINDOW: Final = 300
"""Seconds by which a signature may be older or younger than our clock."""

REPLAY: Final = 600
"""Seconds for which a signature is remembered; more than twice ``WINDOW`` would be idle."""

KEY_LIFETIME: Final = 86_400
"""Seconds for which a fetched key is used without looking again."""

RETRY: Final = 300
"""Seconds between two fetches of one actor's document, whatever came of the first."""

GONE: Final = 86_400
"""Seconds for which a 410 is believed."""

FETCHES_PER_SITE: Final = 60
"""Documents fetched of one registrable domain within ``RETRY`` seconds, its subdomains together."""

MOST_REDIRECTS: Final = 3
FETCH_SECONDS: Final = 10.0
"""For one document in all, redirects included."""
