"""A way in is used once, whoever else has it and however fast they are."""

from __future__ import annotations

import threading

import pytest

from wizzle.core import members
from wizzle.core.auth import entry
from wizzle.core.auth.accounts import Device
from wizzle.core.errors import NotFound, Refused
from wizzle.core.values import STEWARD, Viewer

DEVICE = Device("test", "127.0.0.1")


@pytest.fixture
def farm(bare_node):
    """A farm's page with its owner; returns the space, the owner's id and a steward."""
    now = bare_node.clock.now()
    with bare_node.db.write() as session:
        space = members.make_space(session, kind="producer", name="농장", at=now)
        erin, bob = (
            members.sign_up(
                session, email=f"{name}@example.com", name=name, password_hash="-", at=now
            ).id
            for name in ("erin", "bob")
        )
        members.grant(session, erin, "owner", space.id, at=now)
    steward = Viewer(bob, "bob", "bob@example.com", "ko", roles=frozenset({(None, STEWARD)}))
    return space, erin, steward


def made(node, farm, make):
    space, erin, steward = farm
    with node.db.write() as session:
        return make(session, node, steward, space, erin)[1]


def rush(work, times=6):
    """Do the same thing in many threads at once; return what each came back with."""
    results = []

    def one():
        try:
            results.append(work())
        except (NotFound, Refused):
            results.append(None)

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_many_with_the_same_link_one_comes_in(bare_node, farm):
    token = made(bare_node, farm, entry.make_link)

    def come_in():
        with bare_node.db.write() as session:
            return entry.come_in(session, bare_node, token, DEVICE, {})

    results = rush(come_in)
    assert len([found for found in results if found]) == 1
    assert len(results) == 6


def test_of_many_with_the_same_code_one_goes_on(bare_node, farm):
    code = made(bare_node, farm, entry.make_code)

    def exchange():
        with bare_node.db.write() as session:
            return entry.exchange(session, bare_node, code)

    results = rush(exchange)
    assert len([found for found in results if found]) == 1
    assert len(results) == 6


def test_a_code_is_long_enough_and_has_no_letters_that_look_alike(bare_node, farm):
    codes = {made(bare_node, farm, entry.make_code) for _ in range(20)}
    assert len(codes) == 20
    assert len(entry.ALPHABET) ** entry.LETTERS > 10**11
    assert not set("".join(codes)) & set("0O1I2Z5S8BGQ")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("abcd-efgh", "ABCDEFGH"), (" AB CD EF GH ", "ABCDEFGH"), ("ａｂｃｄ３４６７", "ABCD3467")],
)
def test_a_code_is_read_however_it_is_written(typed, read):
    assert entry.read_code(typed) == read
