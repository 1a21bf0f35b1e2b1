"""A program that acts for somebody by a token of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from wizzle.core.auth import tokens
from wizzle.core.node import Node

from .cast import Cast

ALL = (
    "me:read", "spaces:write", "webhooks:manage", "goods:read", "goods:write", "orders:read",
    "orders:write", "shops:manage", "rounds:manage",
)  # fmt: skip


@dataclass
class Program:
    """Asks the API, with a token or without."""

    site: Flask
    token: str = ""
    numbers: Any = None

    def __post_init__(self) -> None:
        self.numbers = count(1)

    def asks(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = dict(more.pop("headers", {}))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if key := more.pop("key", ""):
            headers["Idempotency-Key"] = key
        return self.site.test_client().open(
            f"/api/v1{path}", method=method, headers=headers, **more
        )

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.asks("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        if body is not None:
            more["json"] = body
        return self.asks("POST", path, **more)

    def makes(self, path: str, body: Any, key: str = "") -> TestResponse:
        """Send what makes something, under a key of its own unless one is given."""
        return self.post(path, body, key=key or f"test-key-{next(self.numbers)}")


def token_for(node: Node, person_id: int, *scopes: str, days: int = 30) -> str:
    """Make a token as its page does."""
    with node.db.write() as session:
        return tokens.make(session, node, person_id, tokens.Wish("test", scopes, days))


@dataclass
class Programs:
    """Makes programs for the cast."""

    node: Node
    site: Flask
    cast: Cast

    def of(self, name: str, *scopes: str) -> Program:
        token = token_for(self.node, self.cast.person(name).id, *(scopes or ALL))
        return Program(self.site, token)

    def stranger(self) -> Program:
        return Program(self.site)


@pytest.fixture
def programs(node: Node, site: Flask, cast: Cast) -> Programs:
    """``programs.of("alice", "orders:read")`` is a program that alice lets see her orders."""
    return Programs(node, site, cast)
