"""Connections are kept and shared; nothing of one request shows in the next."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.peers import OK, reason


def test_a_connection_is_used_again(near, peer):
    server = peer()
    for _ in range(10):
        near.fetch("POST", server.url, body=b"x")
    assert (len(server.heard), len(server.connections)) == (10, 1)


def test_a_connection_that_was_closed_meanwhile_is_made_anew(near, peer):
    server = peer()
    near.fetch("GET", server.url)
    server.connections[0].shutdown(2)
    assert near.fetch("POST", server.url, body=b"x").status == 200


def test_a_connection_is_not_used_again_if_the_server_does_not_want_it(near, peer):
    server = peer(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    for _ in range(6):
        near.fetch("GET", server.url)
    assert len(server.connections) == 6


def test_eight_threads_share_four_connections_and_get_their_own_answers(near, peer):
    def echo(heard, _visitor):
        time.sleep(0.002)
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(heard.body) + heard.body

    server = peer(echo)

    def ask(number: int) -> bool:
        body = f"{number} ".encode() * 500
        return near.fetch("POST", server.url, body=body).body == body

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(400)))
    assert 1 <= len(server.connections) <= 4


def test_a_fifth_waits_no_longer_than_its_time(near, peer):
    let_go = threading.Event()
    server = peer(lambda *_: let_go.wait(10) and OK)
    with ThreadPoolExecutor(4) as threads:
        held = [threads.submit(near.fetch, "GET", server.url) for _ in range(4)]
        while len(server.heard) < 4:
            time.sleep(0.01)
        assert reason(near, server.url, seconds=0.2) == "busy"
        elsewhere = peer()
        assert near.fetch("GET", elsewhere.url).status == 200
        let_go.set()
        assert [each.result().status for each in held] == [200] * 4


def test_the_time_of_one_request_does_not_end_the_next(near, peer):
    server = peer(lambda *_: time.sleep(0.2) or OK)
    near.fetch("GET", server.url, seconds=0.5)
    time.sleep(0.4)
    assert near.fetch("GET", server.url).status == 200
    assert len(server.connections) == 1


def test_cookies_are_not_kept(near, peer):
    server = peer(OK.replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b; Path=/\r\n\r\n"))
    for _ in range(2):
        near.fetch("GET", server.url)
    assert [heard.headers.get("cookie") for heard in server.heard] == [None, None]


@pytest.mark.parametrize(
    "name", ["http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"]
)
def test_proxies_of_the_environment_are_not_used(near, peer, monkeypatch, name):
    proxy, server = peer(), peer()
    monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    near.fetch("GET", server.url)
    assert (len(proxy.heard), len(server.heard)) == (0, 1)


def test_passwords_of_netrc_are_not_used(near, peer, monkeypatch, tmp_path):
    server = peer()
    (tmp_path / ".netrc").write_text("default login alice password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    near.fetch("GET", server.url)
    assert "authorization" not in server.heard[0].headers
