"""A name is looked up once for each connection, and what was checked is what is called."""

from __future__ import annotations

import threading
import time

import pytest
from support.peers import PUBLIC, Names, reason

from wizzle.core.outgoing import Outgoing, errand, lookups

URL = "https://quince.example/"


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1",
     "192.168.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
     "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "fc00::1",
     "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2606:4700::1111%1", "nonsense", ""],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_called(out, names, called, address):
    names.known["quince.example"] = [[address]]
    assert reason(out, URL) == "address"
    assert called == []


def test_of_several_addresses_only_public_ones_are_called(out, names, called):
    names.known["quince.example"] = [["10.0.0.1", PUBLIC, "::1", PUBLIC, "2606:4700::1111"]]
    assert reason(out, URL) == "connect"
    assert called == [(PUBLIC, 443), ("2606:4700::1111", 443)]


def test_a_name_with_very_many_addresses_is_given_up(out, names, called):
    names.known["quince.example"] = [[f"8.8.{n}.8" for n in range(200)]]
    assert reason(out, URL) == "connect"
    assert len(called) == 4


def test_a_second_answer_that_leads_inside_is_never_asked_for(out, names, called):
    names.known["quince.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert reason(out, URL) == "connect"
    assert names.asked == ["quince.example"]
    assert called == [(PUBLIC, 443)]
    assert reason(out, URL) == "address"  # each connection is checked anew
    assert called == [(PUBLIC, 443)]


@pytest.mark.parametrize("error", [OSError("no"), UnicodeError("label too long"), TimeoutError()])
def test_names_that_lead_nowhere(error):
    class Nowhere(Names):
        def addresses(self, host):
            raise error

    assert reason(Outgoing(Nowhere()), URL) == "name"
    assert reason(Outgoing(Names({"quince.example": [[]]})), URL) == "name"


class Slow(Names):
    """Answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def addresses(self, host: str) -> list[str]:
        self.let_go.wait(10)
        return ["127.0.0.1"]


def test_a_look_up_that_takes_too_long_is_not_waited_for():
    slow = Slow()
    began = time.monotonic()
    assert reason(Outgoing(slow), URL, seconds=0.3) == "name"
    assert time.monotonic() - began < 2
    slow.let_go.set()


def test_look_ups_that_hang_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(lookups, "AT_ONCE", 3)
    slow = Slow()
    out = Outgoing(slow)
    reasons = [reason(out, URL, seconds=0.05) for _ in range(5)]
    assert reasons == ["name"] * 3 + ["busy"] * 2
    slow.let_go.set()
    deadline = time.monotonic() + 5
    while (found := reason(out, URL)) == "busy" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert found == "address"


def test_a_server_that_does_not_open_is_given_up_in_the_time_to_connect(out, names, monkeypatch):
    monkeypatch.setattr(errand, "CONNECT", 0.2)
    monkeypatch.setattr("wizzle.core.outgoing.sockets.CONNECT", 0.2)
    waited: list[float] = []

    def hang(_address: str, _port: int, patience: float) -> None:
        waited.append(patience)
        time.sleep(patience)

    monkeypatch.setattr("wizzle.core.outgoing.sockets._opened", hang)
    names.known["quince.example"] = [["8.8.8.8", "8.8.4.4", "2606:4700::1111", PUBLIC]]
    began = time.monotonic()
    assert reason(out, URL) == "connect"
    assert time.monotonic() - began < 1
    assert max(waited) < 0.1  # the first that hangs leaves time for the others
