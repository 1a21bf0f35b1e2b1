"""Logs: one JSON object a line, Hangul as it is, secrets struck out."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from wizzle.core import logs


@pytest.fixture
def lines(capsys):
    """Configure the logs and return what was written, line by line."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, structlog.get_config())

    def configured(**options):
        logs.configure(**options)
        return lambda: capsys.readouterr().err.splitlines()

    yield configured
    root.handlers[:], level, config = before
    root.setLevel(level)
    structlog.configure(**config)


def test_each_line_is_an_object_with_hangul_in_it(lines):
    written = lines()
    structlog.get_logger("wizzle.test").info("주문했어요", place="수유동")
    logging.getLogger("other").warning("from %s", "a library")
    ours, theirs = (json.loads(line) for line in written())
    assert ours["event"] == "주문했어요"
    assert ours["place"] == "수유동"
    assert ours["level"] == "info"
    assert "timestamp" in ours
    assert theirs["event"] == "from a library"


@pytest.mark.parametrize(
    "key", ["password", "old_password", "token", "secret", "Cookie", "csrf_token", "api_key",
            "Authorization"],
)  # fmt: skip
def test_what_is_secret_is_struck_out_however_deep(lines, key):
    written = lines()
    log = structlog.get_logger("wizzle.test")
    log.info("x", **{key: "hunter2"})
    log.info("x", form={"inner": [{key: "hunter2"}], "name": "하늘"})
    text = "\n".join(written())
    assert "hunter2" not in text
    assert "하늘" in text


def test_an_error_is_told_without_the_values_of_its_variables(lines):
    for plain in (False, True):
        written = lines(plain=plain)
        password = "hunter2"  # noqa: F841 it stands in the frame, where a careless log finds it
        try:
            raise ValueError("broken")
        except ValueError:
            structlog.get_logger("wizzle.test").exception("failed")
        text = "\n".join(written())
        assert "ValueError" in text
        assert "hunter2" not in text.replace('password = "hunter2"', "")
