"""No server holds the node longer, or hands it more, than it wants."""

from __future__ import annotations

import gzip
import random
import time
import tracemalloc
import zlib

import pytest
from support.peers import OK, reason

HEAD = b"HTTP/1.1 200 OK\r\n"
PACKED = HEAD + b"Content-Encoding: gzip\r\n"
LIMIT = 0.4
SLACK = 2.0
"""What a busy machine may take longer; none of these servers would ever end by itself."""


def sized(head: bytes, body: bytes) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def dripping(before: bytes, drop: bytes):
    def drip(_heard, visitor):
        visitor.sendall(before)
        while True:
            visitor.sendall(drop)
            time.sleep(0.02)

    return drip


def flooding(before: bytes, wave: bytes):
    def flood(_heard, visitor):
        visitor.sendall(before)
        while True:
            visitor.sendall(wave)

    return flood


@pytest.mark.parametrize(
    ("before", "drop"),
    [
        (b"", b"H"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD, b"X: y\r\n"),
        (HEAD + b"X: ", b"y"),
        (HEAD + b"Content-Length: 1000000\r\n\r\n", b"x"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    ],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(near, peer, before, drop):
    server = peer(dripping(before, drop))
    began = time.monotonic()
    assert reason(near, server.url, seconds=LIMIT) in ("time", "broken")  # 100 headers come first
    assert time.monotonic() - began < LIMIT + SLACK


def test_the_time_is_that_of_all_redirects_together(near, peer):
    def late(heard, visitor):
        time.sleep(LIMIT * 0.7)
        return b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"

    began = time.monotonic()
    assert reason(near, peer(late).url, seconds=LIMIT) == "time"
    assert time.monotonic() - began < LIMIT + SLACK


def test_a_server_that_says_nothing(near, peer):
    server = peer(lambda *_: time.sleep(10) or b"")
    assert reason(near, server.url, seconds=LIMIT) == "time"


def test_a_server_that_does_not_read(near, peer):
    server = peer(lambda *_: b"")
    server._serve = lambda visitor: time.sleep(10)
    body = b"x" * 50_000_000
    began = time.monotonic()
    assert reason(near, server.url, "POST", body=body, seconds=LIMIT) == "time"
    assert time.monotonic() - began < LIMIT + SLACK


@pytest.mark.parametrize(
    ("before", "wave"),
    [
        (b"", b"x" * 65536),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        (HEAD, b"X: " + b"y" * 60_000 + b"\r\n"),
        (HEAD + b"X: ", b"y" * 65536),
        (HEAD + b"\r\n", b"x" * 65536),
        (HEAD + b"Content-Length: 99999999999\r\n\r\n", b"x" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 65535 + b"\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1000),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 1000),
    ],
)
def test_a_server_without_end_is_left_long_before_the_time_is_over(near, peer, before, wave):
    server = peer(flooding(before, wave))
    tracemalloc.start()
    began = time.monotonic()
    assert reason(near, server.url, most=100_000) in ("size", "broken")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - began < 5
    assert most < 12_000_000


def test_a_bomb_is_stopped_while_it_is_unpacked(near, peer):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    assert len(bomb) < 250_000
    server = peer(sized(PACKED, bomb))
    tracemalloc.start()
    assert reason(near, server.url) == "size"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12_000_000
    nested = peer(sized(PACKED, gzip.compress(bomb)))
    assert near.fetch("GET", nested.url).body == bomb  # one layer is taken off, no more


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1_048_576])
@pytest.mark.parametrize("packed", [False, True])
def test_what_fits_comes_whole(near, peer, size, packed):
    body = random.Random(size).randbytes(size)
    sent = sized(PACKED, gzip.compress(body)) if packed else sized(HEAD, body)
    assert near.fetch("GET", peer(sent).url).body == body


@pytest.mark.parametrize("packed", [False, True])
def test_one_byte_too_many_is_too_many(near, peer, packed):
    sent = sized(PACKED, gzip.compress(bytes(1001))) if packed else sized(HEAD, bytes(1001))
    server = peer(sent)
    assert len(near.fetch("GET", server.url, most=1001).body) == 1001
    assert reason(near, server.url, most=1000) == "size"


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.7\r\n\r\n",
        b"\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK,
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + OK,
        sized(HEAD + b"Content-Encoding: br\r\n", b"x"),
        sized(HEAD + b"Content-Encoding: gzip, gzip\r\n", b"x"),
        sized(HEAD + b"Content-Encoding: deflate\r\n", zlib.compress(b"x")),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        HEAD + b"X: y\r\n" * 101 + b"\r\n",
    ],
)
def test_what_is_no_http_is_refused_and_the_connection_dropped(near, peer, answer):
    server = peer(answer)
    for _ in range(5):  # no place among the kept connections is lost by it
        assert reason(near, server.url, seconds=2) == "broken"
    assert len(server.connections) == 5


@pytest.mark.parametrize(
    "body",
    [b"no gzip", gzip.compress(b"hello", mtime=0)[:-4], gzip.compress(b"hello", mtime=0) + b"more"],
)
def test_what_cannot_be_unpacked_is_refused(near, peer, body):
    server = peer(sized(PACKED, body))
    for _ in range(5):
        assert reason(near, server.url) == "broken"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1", HEAD + b"Content-Length: 10\r\n\r\n12345"])
def test_an_answer_that_breaks_off(near, peer, answer):
    def hang_up(_heard, visitor):
        visitor.sendall(answer)
        visitor.shutdown(2)
        return b""

    server = peer(hang_up)
    for _ in range(5):
        assert reason(near, server.url, seconds=2) == "broken"


def test_a_port_that_is_closed(near, peer):
    server = peer()
    server.close()
    for _ in range(5):
        assert reason(near, server.url) == "connect"


@pytest.mark.parametrize("status", [204, 304, 404, 410, 429, 500, 503])
def test_whatever_the_status_it_is_an_answer(near, peer, status):
    server = peer(
        b"HTTP/1.1 %d X\r\nETag: a\r\nVary: a\r\nvary: b\r\nContent-Length: 0\r\n\r\n" % status
    )
    answer = near.fetch("GET", server.url)
    assert answer.status == status
    assert answer.headers == {"etag": "a", "vary": "a, b", "content-length": "0"}
    assert near.fetch("HEAD", server.url).body == b""
    assert len(server.connections) == 1
