"""A visitor who asks for anything at all, and notes every answer that is the node's own fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from wizzle.core.auth import accounts
from wizzle.core.auth.accounts import Device
from wizzle.core.models import Person
from wizzle.core.node import Node

from .cast import COOKIE


@dataclass
class Visitor:
    """Somebody who asks for anything, and notes what broke."""

    node: Node
    site: Flask
    role: str
    broken: list[str] = field(default_factory=list)

    def browser(self) -> FlaskClient:
        client = self.site.test_client()
        if self.role != "stranger":
            with self.node.db.write() as session:
                email = f"{self.role}@gangbuk.example"
                person = session.scalars(select(Person).where(Person.email == email)).one()
                device = Device("test", "127.0.0.1")
                client.set_cookie(COOKIE, accounts.log_in(session, self.node, person.id, device))
        return client

    def asks(self, client: FlaskClient, path: str) -> TestResponse:
        return self._noted(client.get(path), f"GET {path}")

    def sends(self, client: FlaskClient, path: str, data: dict[str, Any]) -> TestResponse:
        shown = {name: str(value)[:40] for name, value in data.items()}
        return self._noted(client.post(path, data=data), f"POST {path} {shown}")

    def _noted(self, answer: TestResponse, what: str) -> TestResponse:
        if answer.status_code >= 500:
            self.broken.append(f"{self.role}: {what[:300]} → {answer.status_code}")
        return answer
