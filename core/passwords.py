"""Passwords: hashed with argon2id, never more than two at once, and the obvious ones refused."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from .values import Message

LEAST = 10
"""The fewest characters of a password (NIST SP 800-63B asks for length, not for kinds of signs)."""

MOST = 200
WAIT = 20
"""How many seconds one waits for a free place before it is called busy."""

# One hash takes 64 MiB: twenty log-ins at once would otherwise take more than a small server has.
_places = threading.BoundedSemaphore(2)


class Busy(Exception):
    """Too many passwords are being looked at just now."""


class Passwords:
    """Hashes and compares passwords; the parameters are handed in, so that tests are quick."""

    def __init__(self, *, memory_kib: int = 65_536, rounds: int = 3, lanes: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=lanes)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """Return the hash to keep."""
        with _place():
            return self._hasher.hash(_normal(password))

    def matches(self, hash_: str | None, password: str) -> bool:
        """Say whether ``password`` is the one; without a hash, take as long and say no."""
        kept = hash_ or self._of_nobody()
        with _place():
            try:
                self._hasher.verify(kept, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return hash_ is not None

    def outdated(self, hash_: str) -> bool:
        """Say whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(hash_)

    def _of_nobody(self) -> str:
        if self._nobody is None:
            self._nobody = self.hash("a password that nobody has")
        return self._nobody


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT):
        raise Busy
    try:
        yield
    finally:
        _places.release()


def _normal(password: str) -> str:
    # Hangul comes composed from one keyboard and in parts from another.
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, *known: str) -> Message | None:
    """Return why a password is too easy to guess, or None.

    ``known``: what others know of the person, as name and e-mail address.
    """
    plain = _normal(password).casefold()
    if len(plain) < LEAST:
        return Message("Please use at least %(least)s characters.", {"least": LEAST})
    if len(plain) > MOST:
        return Message("Please use at most %(most)s characters.", {"most": MOST})
    if _obvious(plain) or _says(plain, known):
        return Message(
            "This password is easy to guess. A few words that only you would put together are "
            "good.",
            {},
        )
    return None


_EDGES = "0123456789!@#$%^&*.,?~-_ "
"""What people put before or behind a word to make it look harder."""


def _obvious(plain: str) -> bool:
    core = plain.strip(_EDGES)
    return (
        len(set(plain)) < 5
        or plain in _COMMON
        or core in _COMMON_WORDS
        or (not core and len(plain) < 16)  # figures alone: a phone number, a birthday
        or any(plain in row or plain[::-1] in row for row in _ROWS)
    )


def _says(plain: str, known: tuple[str, ...]) -> bool:
    words = {part for text in known for part in (text.casefold(), *text.casefold().split("@"))}
    core = plain.strip(_EDGES)
    return any(len(word) > 3 and (plain == word or core == word) for word in words)


def _words(*texts: str) -> list[str]:
    return " ".join(texts).split()


_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "a1b2c3d4e5f6g7h8i9j0",
    _normal("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ"),
    "가나다라마바사아자차카타파하",
)
_COMMON_WORDS = frozenset(
    _words(
        "password passw0rd p@ssword p@ssw0rd qwerty qwer asdf asdfgh asdfasdf zxcv zxcvbn "
        "qwerasdf qweasd qweasdzxc qazwsx abcd abc abcdef admin administrator welcome iloveyou "
        "sarang saranghae letmein monkey dragon football baseball sunshine princess superman "
        "batman starwars master hello korea seoul daehanminguk test tester guest login wizzle "
        "changeme secret default user 비밀번호 사랑해 안녕하세요 대한민국 위즐 "
        "qlalfqjsgh tkfkdgo dkssudgktpdy eogksalsrnr"
    )
)
_COMMON = frozenset(
    _words(
        "1234567890 0987654321 1111111111 0000000000 1234512345 1231231231 123123123123 "
        "1212121212 12341234123 1234123412 1020304050 0102030405 9876543210 1234554321 1122334455 "
        "112233445566 123456789a 123456789q a123456789 q123456789 aa12345678 abc1234567 "
        "abcd123456 abcde12345 1234567abc 12345abcde qwe1234567 qwer123456 qwer1234!! qwert12345 "
        "12345qwert 123qweasdzxc qwer1234qwer 1q2w3e4r1q2w3e4r 1q2w3e4r5t! "
        "qwe123qwe123 asd123asd123 zaq12wsxcde3 q1w2e3r4t5 1qaz2wsx3edc !qaz2wsx3edc 1qaz@wsx3edc "
        "zaq1zaq1zaq1 passwordpassword iloveyou1234 trustno1trustno1 correcthorsebatterystaple"
    )
)
