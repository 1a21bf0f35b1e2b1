"""Redirects stay on the origin, are few, and never carry a body."""

from __future__ import annotations

import pytest
from support.peers import OK, reason

from wizzle.core.outgoing import Failed


def moved(to: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["/b?x=1", "b?x=1", "?x=1", "//{host}/b?x=1", "http://{host}/b#c"])
def test_a_redirect_on_the_origin_is_followed(near, peer, status, to):
    server = peer(lambda heard, _: moved(to.format(host=host), status) if first(heard) else OK)
    host = server.url.removeprefix("http://")

    def first(heard):
        return heard.target == "/a"

    answer = near.fetch("GET", f"{server.url}/a", headers={"Accept": "text/x"})
    assert (answer.status, answer.body) == (200, b"OK")
    assert answer.url.startswith(f"{server.url}/")
    assert [heard.headers["accept"] for heard in server.heard] == ["text/x"] * 2
    assert len(server.connections) == 1


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:{other}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "https://127.0.0.1:{port}/",
        "//127.0.0.2:{port}/",
        "//quince.example/",
        "https://quince.example/",
        "http://a@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@quince.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[::1",
        "/a b",
    ],
)
def test_a_redirect_elsewhere_is_not_followed_and_takes_no_header_along(near, names, peer, to):
    other = peer()
    server = peer(lambda *_: moved(to.format(port=server.port, other=other.port)))
    sent = {"Signature": "secret", "Authorization": "secret"}
    assert reason(near, f"{server.url}/a", headers=sent) == "redirect"
    assert len(server.heard) == 1
    assert (other.heard, names.asked) == ([], [])


def test_redirects_end(near, peer):
    server = peer(lambda heard, _: moved(heard.target + "x"))
    with pytest.raises(Failed) as caught:
        near.fetch("GET", f"{server.url}/")
    assert (caught.value.reason, caught.value.permanent) == ("redirect", True)
    assert [heard.target for heard in server.heard] == ["/", "/x", "/xx", "/xxx"]
    server.heard.clear()
    assert reason(near, f"{server.url}/", redirects=0) == "redirect"
    assert len(server.heard) == 1


@pytest.mark.parametrize(
    ("method", "body"),
    [("POST", b"secret"), ("POST", None), ("PUT", b"secret"), ("DELETE", None), ("GET", b"secret")],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_post_is_not_sent_on(near, peer, method, body, status):
    server = peer(lambda *_: moved("/b", status))
    assert near.fetch(method, f"{server.url}/a", body=body).status == status
    assert len(server.heard) == 1


def test_a_redirect_to_nowhere_is_an_answer(near, peer):
    server = peer(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")
    assert near.fetch("GET", server.url).status == 302


def test_the_body_of_a_redirect_is_bounded_too(near, peer):
    head = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 99999999\r\n\r\n"

    def flood(_heard, visitor):
        visitor.sendall(head)
        while True:
            visitor.sendall(b"x" * 65536)

    assert reason(near, peer(flood).url) == "size"
