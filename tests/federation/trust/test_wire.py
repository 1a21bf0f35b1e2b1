"""A request as it came over the wire, whichever server tells of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.federation.trust.rules import wire
from wizzle.federation.trust.rules.limits import Counter

KOREAN = "/감자"
QUOTED = "/%EA%B0%90%EC%9E%90"


@pytest.mark.parametrize(
    ("environ", "target"),
    [
        ({"RAW_URI": f"{QUOTED}?x=%7e"}, f"{QUOTED}?x=%7e"),  # gunicorn
        ({"REQUEST_URI": "/a%2Fb?"}, "/a%2Fb?"),  # waitress
        ({"RAW_URI": "http://wanju.example/a?b=//c"}, "/a?b=//c"),
        ({"RAW_URI": "https://wanju.example"}, "/"),
        ({"RAW_URI": "//evil.example/a"}, "//evil.example/a"),
        ({"PATH_INFO": KOREAN.encode().decode("latin-1"), "QUERY_STRING": "q=%25"},
         f"{QUOTED}?q=%25"),
        ({"PATH_INFO": "/a b;c=d/@:!$&'()*,"}, "/a%20b;c=d/@:!$&'()*,"),
        ({"PATH_INFO": "/"}, "/"),
    ],
)  # fmt: skip
def test_the_target_is_what_was_sent(environ: dict[str, Any], target: str) -> None:
    assert wire.target(environ) == target


@given(st.text(max_size=40))
def test_a_path_that_is_encoded_anew_is_plain_ascii(path: str) -> None:
    given_ = {"PATH_INFO": "/" + path.encode("utf-8", "ignore").decode("latin-1")}
    assert wire.target(given_).isascii()


def test_headers_keep_what_was_sent_and_nothing_of_the_server() -> None:
    environ = {
        "HTTP_HOST": "wanju.example", "HTTP_CONTENT_DIGEST": "sha-256=:x:",
        "CONTENT_TYPE": "application/activity+json", "CONTENT_LENGTH": "", "SERVER_NAME": "x",
    }  # fmt: skip
    assert dict(wire.headers(environ)) == {
        "host": "wanju.example", "content-digest": "sha-256=:x:",
        "content-type": "application/activity+json",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "host"),
    [('sig1=("@method");keyid="https://wanju.example/actor#rsa-1"', "wanju.example"),
     ('keyId="https://Wanju.Example:8443/actor"', "wanju.example:8443"),
     ('keyid="nonsense"', ""), ("", "")],
)  # fmt: skip
def test_a_claimed_host_is_read_before_anything_is_proven(header: str, host: str) -> None:
    assert wire.claimed_host([("signature-input", header)]) == host


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 100)), max_size=60), st.integers(1, 5))
def test_no_place_has_more_than_its_number_in_five_minutes(
    steps: list[tuple[int, float]], most: int
) -> None:
    counter, now, let_in = Counter(), 0.0, []
    for place, later in steps:
        now += later
        if counter.wait(str(place), most, now) == 0:
            let_in.append((place, now))
    for place, at in let_in:
        window = [when for other, when in let_in if other == place and at <= when < at + 300]
        assert len(window) <= 2 * most  # two windows may touch


def test_the_counter_forgets_the_oldest_place_when_it_is_full() -> None:
    counter = Counter(places=2)
    assert [counter.wait(place, 1, 0) for place in ("a", "a", "b", "c", "a")] == [0, 300, 0, 0, 0]
