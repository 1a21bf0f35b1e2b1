"""The token that a push service is shown, and what it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from support.browsers import FakeBrowser, claims_of

from wizzle.core.webpush import Receiver, Vapid, new_private, request, retry_after

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FOR = "https://push.example:8443"


@pytest.fixture(scope="module")
def vapid() -> Vapid:
    return Vapid(new_private())


def test_the_token_says_for_whom_until_when_and_who_can_be_told(vapid):
    said = claims_of(vapid.authorization(FOR, "mailto:a@b.example", at=NOW))
    assert said["aud"] == FOR
    assert said["sub"] == "mailto:a@b.example"
    assert NOW < datetime.fromtimestamp(said["exp"], UTC) <= NOW + timedelta(hours=24)
    assert said["key"] == vapid.public
    assert len(vapid.public) == 87  # 65 bytes


def test_a_key_stays_the_same_when_it_is_read_again():
    private = new_private()
    assert Vapid(private).public == Vapid(private).public
    assert len(private) == 32


def test_a_request_is_for_the_origin_of_the_service_alone(vapid):
    browser = FakeBrowser()
    receiver = Receiver(f"{FOR}/a/b?c=d", browser.public, browser.auth)
    made = request(receiver, b"x", vapid, contact="mailto:a@b.example", at=NOW, topic="order:1")
    assert claims_of(made.headers["Authorization"])["aud"] == FOR
    assert made.url == f"{FOR}/a/b?c=d"
    assert made.headers["Content-Encoding"] == "aes128gcm"
    assert int(made.headers["TTL"]) > 0
    assert len(made.headers["Topic"]) <= 32
    assert "order" not in made.headers["Topic"]
    assert browser.read(made.body) == b"x"


@pytest.mark.parametrize(
    ("value", "later"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("999999999", timedelta(days=1)),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), timedelta(hours=1)),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), timedelta(0)),
    ],
)
def test_when_to_come_again(value, later):
    assert retry_after(value, now=NOW) == NOW + later


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "١٢", "9" * 400, "Mon, 99 Foo 2026"])
def test_what_says_nothing_about_when_to_come_again(value):
    assert retry_after(value, now=NOW) is None
