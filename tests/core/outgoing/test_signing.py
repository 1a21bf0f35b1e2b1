"""What is signed is what goes out, byte for byte, and anew for each hop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.peers import OK, Names, Peer

from wizzle.core.outgoing import Failed, Outgoing


class Signer:
    """Notes what it is given and adds a header that tells how often it was asked."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str, dict[str, str], bytes]] = []

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> dict[str, str]:
        self.given.append((method, url, dict(headers), body))
        return {"Signature": f"number {len(self.given)}"}


def target(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("", "/"),
        ("?x", "/?x"),
        ("/a/../b?x=%7e", "/b?x=~"),
        ("/감자?q=고구마", "/%EA%B0%90%EC%9E%90?q=%EA%B3%A0%EA%B5%AC%EB%A7%88"),
        ("/a%2fb%2Fc", "/a%2Fb%2Fc"),
        ("//a//b/./c", "//a//b/c"),
        ("/a#b", "/a"),
        ("/%", "/%25"),
    ],
)
def test_the_signed_address_is_the_sent_one(near, peer, path, sent):
    server, signer = peer(), Signer()
    near.fetch("POST", server.url + path, headers={"Date": "today"}, body=b"12", sign=signer)
    ((method, url, headers, body),) = signer.given
    heard = server.heard[0]
    assert heard.line == f"POST {sent} HTTP/1.1"
    assert (method, target(url), body) == ("POST", sent, heard.body)
    assert headers["Host"] == heard.headers["host"]
    assert (headers["Date"], heard.headers["signature"]) == ("today", "number 1")


@settings(max_examples=100)
@given(path=st.text(st.characters(codec="utf-8"), max_size=30))
def test_whatever_the_path_it_is_signed_as_it_is_sent(peer_for_all, path):
    server, near = peer_for_all
    server.heard.clear()
    signer = Signer()
    with suppress(Failed):  # spaces and controls, which are not sent at all
        near.fetch("GET", f"{server.url}/{path}", sign=signer)
    assert [heard.target for heard in server.heard] == [target(each[1]) for each in signer.given]
    assert signer.given or re.search(r"[\x00-\x20\x7f-\xa0\\]", path)


@pytest.fixture(scope="module")
def peer_for_all():
    server = Peer(lambda *_: OK, None, "127.0.0.1")
    yield server, Outgoing(Names(), loopback=True)
    server.close()


def test_each_hop_is_signed_anew(near, peer):
    signer = Signer()
    moved = b"HTTP/1.1 302 Found\r\nLocation: /b?x\r\nContent-Length: 0\r\n\r\n"
    server = peer(lambda heard, _: OK if heard.target == "/b?x" else moved)
    near.fetch("GET", f"{server.url}/a", sign=signer)
    assert [target(url) for _, url, _, _ in signer.given] == ["/a", "/b?x"]
    assert [heard.headers["signature"] for heard in server.heard] == ["number 1", "number 2"]
    assert all("Signature" not in headers for _, _, headers, _ in signer.given)


def test_neither_caller_nor_signer_says_for_whom_it_is_or_how_long(near, peer):
    server = peer()
    lies = {"Host": "quince.example", "Content-Length": "1", "transfer-encoding": "chunked",
            "Connection": "close", "Accept-Encoding": "br"}  # fmt: skip
    near.fetch("POST", server.url, headers=lies, body=b"12345", sign=lambda *_: lies)
    heard = server.heard[0]
    assert heard.headers["host"] == server.url.removeprefix("http://")
    assert heard.headers["content-length"] == "5"
    assert heard.headers["accept-encoding"] == "gzip"
    assert not {"transfer-encoding", "connection"} & set(heard.headers)
    assert heard.body == b"12345"


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "감자", 5])
def test_a_header_that_is_none_is_the_caller_s_mistake(near, peer, value):
    server = peer()
    with pytest.raises(ValueError, match=r"eader|codec"):
        near.fetch("GET", server.url, headers={"X": value})
    assert server.heard == []
    assert near.fetch("GET", server.url).status == 200
