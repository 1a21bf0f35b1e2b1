"""Which addresses a node may reach: an explicit list, since the standard library's answer moves.

Python's ``is_global`` holds for addresses that lead back inside (``64:ff9b::7f00:1``,
``::127.0.0.1``, ``fec0::1``, multicast), and some of its answers differ between patch releases.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA's special-purpose registry (RFC 6890 and its followers), multicast and class E.
_SPECIAL_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # "this network"; Linux takes 0.0.0.0 for this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and where clouds hand out credentials
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
"""All that was ever given out as unicast; what maps, translates or is local lies outside."""

_SPECIAL_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # Teredo carries an IPv4 address, ORCHID is no place
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address
        "3fff::/20",
    )
)


def is_public(address: str) -> bool:
    """Tell whether a request may go to ``address``, an IPv4 or IPv6 address as a text.

    False for everything else: other spellings of numbers, zones (``fe80::1%eth0``), IPv4 addresses
    inside of IPv6 ones, names, nonsense.
    """
    found = _read(address)
    if isinstance(found, IPv4Address):
        return not any(found in block for block in _SPECIAL_4)
    if isinstance(found, IPv6Address):
        return found in _GLOBAL_6 and not any(found in block for block in _SPECIAL_6)
    return False


def is_loopback(address: str) -> bool:
    """Tell whether ``address`` is this machine itself: 127.0.0.0/8 or ::1, nothing mapped."""
    found = _read(address)
    return found is not None and found.is_loopback and getattr(found, "ipv4_mapped", None) is None


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return None if getattr(found, "scope_id", None) is not None else found
