"""What sockets and connections hold to, whatever library moves them."""

from __future__ import annotations

import socket
import time

import pytest
from support.peers import PUBLIC, Names

from wizzle.core.outgoing import Failed
from wizzle.core.outgoing.errand import Errand, present
from wizzle.core.outgoing.lookups import Lookups
from wizzle.core.outgoing.places import Origin, origin_of
from wizzle.core.outgoing.sockets import TimedSocket


def errand(seconds: float, names: Names | None = None) -> Errand:
    origin = Origin("https", "quince.example", 443)
    return Errand(origin, Lookups(names or Names()), seconds=seconds, loopback=False)


def test_nothing_moves_without_an_errand():
    with pytest.raises(LookupError):
        present()


def test_an_errand_is_over_when_its_time_is():
    over = errand(0)
    over.allow(10)
    for asked in (over.seconds, over.ready):
        with pytest.raises(Failed) as caught:
            asked()
        assert caught.value.reason == "time"


@pytest.mark.parametrize(
    ("host", "port"), [("pumpkin.example", 443), ("quince.example", 80), ("127.0.0.1", 443)]
)
def test_a_connection_to_anything_but_its_origin_is_not_made(host, port):
    names = Names({"quince.example": [[PUBLIC]], "pumpkin.example": [[PUBLIC]]})
    with pytest.raises(Failed):
        errand(1, names).addresses(host, port)
    assert names.asked == []


def test_each_step_has_only_what_is_left_of_the_time():
    here, there = socket.socketpair()
    with TimedSocket(fileno=here.detach()) as timed, there:
        timed.errand = errand(0.1)
        timed.errand.allow(10)
        timed.settimeout(30)
        began = time.monotonic()
        with pytest.raises(Failed):
            timed.recv_into(bytearray(1))
        for send in (timed.send, timed.sendall):
            timed.errand = errand(0.1)
            with pytest.raises(Failed):
                flood(send)
        assert time.monotonic() - began < 10


def flood(send):
    while True:
        send(b"x" * 1_000_000)


@pytest.mark.parametrize("url", ["https://a@quince.example/", "https://a:b@quince.example/"])
def test_an_address_with_a_person_in_it_has_no_origin(url):
    with pytest.raises(Failed):
        origin_of(url, loopback=True)
