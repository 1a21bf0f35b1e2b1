"""No address leads back inside, however it is written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core.outgoing import is_loopback, is_public

SPECIAL = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "::/3", "64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0/96", "::ffff:0:0:0/96", "100::/64",
    "2001::/23", "2001::/32", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16",
    "3fff::/20", "4000::/2", "5f00::/16", "8000::/1", "fc00::/7", "fe80::/10", "fec0::/10",
    "ff00::/8",
)  # fmt: skip
PUBLIC = ("1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
          "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "198.17.255.255",
          "198.20.0.0", "223.255.255.255", "2001:200::", "2001:db9::", "2003::1", "2606:4700::1111",
          "3ffe:ffff::1", "3fff:1000::")  # fmt: skip


@pytest.mark.parametrize("block", SPECIAL)
@settings(max_examples=20)
@given(data=st.data())
def test_nothing_in_a_special_block_is_public(block, data):
    network = ip_network(block)
    first, last = network[0], network[-1]
    kind = type(first)
    inside = data.draw(st.integers(int(first), int(last)))
    for address in (first, last, kind(inside)):
        assert not is_public(str(address))
        assert not is_public(address.exploded)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_lies_beside_a_special_block_is_public(address):
    assert is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_what_the_standard_library_calls_inside_is_not_public(number):
    address = IPv4Address(number)
    inside = not address.is_global or address.is_multicast or address.is_reserved
    assert not (inside and is_public(str(address)))


@given(st.integers(0, 2**32 - 1))
def test_an_address_inside_of_another_is_not_public(number):
    for prefix in ("::", "::ffff:", "64:ff9b::", "64:ff9b:1::"):
        assert not is_public(f"{prefix}{IPv4Address(number)}")
    high, low = divmod(number, 0x10000)
    assert not is_public(f"2002:{high:x}:{low:x}::1")
    assert not is_public(str(IPv6Address(0x2001_0000 << 96 | number)))  # Teredo


@pytest.mark.parametrize(
    "text",
    ["", " ", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "8.8.8.8 ", " 8.8.8.8",
     "8.8.8.8\n", "8.8.8.8/32", "8.8.8", "8.8.8.8.8", "08.8.8.8", "[2606:4700::1111]",
     "2606:4700::1111%eth0", "2606:4700::1111%", "fe80::1%1", "８.8.8.8", "8.8.8.8:443"],
)  # fmt: skip
def test_what_is_written_otherwise_is_refused(text):
    assert not is_public(text)
    assert not is_loopback(text)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.255.255.254", "::1"])
def test_this_machine_is_loopback_and_not_public(address):
    assert is_loopback(address)
    assert not is_public(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "::ffff:127.0.0.1", "::127.0.0.1", "1.1.1.1"])
def test_only_the_two_loopback_blocks_are_this_machine(address):
    assert not is_loopback(address)
