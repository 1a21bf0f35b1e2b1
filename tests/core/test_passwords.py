"""Passwords: which are refused, and that no more than two are hashed at once."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core import passwords
from wizzle.core.passwords import Busy, Passwords, weakness

QUICK = Passwords(memory_kib=8, rounds=1, lanes=1)


@pytest.mark.parametrize(
    "password",
    [
        "short", "1234567890", "0987654321", "2026112300", "010-1234-5678", "password",
        "Password123!", "qwertyuiop", "1q2w3e4r5t", "abcdefghij", "aaaaaaaaaa", "abababababab",
        "alice@example.com", "alice12345", "수유동앨리스123", "q1w2e3r4t5y6", "비밀번호1234",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
    ],
)  # fmt: skip
def test_what_others_would_guess_first_is_refused(password):
    assert weakness(password, "alice@example.com", "수유동앨리스") is not None


@pytest.mark.parametrize(
    "password",
    [
        "감자 세 알과 파란 문",
        "correct horse battery",
        "zebra!tunnel",
        "열두시에만나요우체통앞",
        "x7!kkp2-9qq",
    ],
)
def test_what_only_one_would_put_together_is_taken(password):
    assert weakness(password, "alice@example.com", "앨리스") is None


@given(st.text(max_size=300))
def test_every_text_is_judged(password):
    assert weakness(password, "a@b.example", "") is None or len(str(weakness(password))) > 10


def test_no_more_than_two_are_hashed_at_once(monkeypatch):
    busy, most, lock = 0, 0, threading.Lock()

    class Slow:
        def hash(self, _password):
            nonlocal busy, most
            with lock:
                busy += 1
                most = max(most, busy)
            time.sleep(0.02)
            with lock:
                busy -= 1
            return "-"

    monkeypatch.setattr(QUICK, "_hasher", Slow())
    threads = [threading.Thread(target=QUICK.hash, args=("x",)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == 2


def test_who_waits_too_long_is_told(monkeypatch):
    monkeypatch.setattr(passwords, "WAIT", 0)
    for _ in range(2):
        passwords._places.acquire()
    try:
        with pytest.raises(Busy):
            QUICK.hash("x")
    finally:
        for _ in range(2):
            passwords._places.release()


def test_the_ordinary_hash_is_argon2id_of_64_mib():
    made = Passwords().hash("감자 세 알과 파란 문")
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=2$")


@pytest.mark.parametrize("kept", ["", "-", "x", "$argon2id$broken", "plain password"])
def test_what_is_no_hash_fits_no_password(kept):
    assert not QUICK.matches(kept, kept)
    assert not QUICK.matches(kept, "")
    assert not QUICK.matches(None, "")
