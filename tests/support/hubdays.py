"""A day at the hub as a phone sends it: entries, batches, and what is answered."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .rounds import Round


@dataclass
class Handset:
    """One activist's phone: what it sends of a round, and what it is told."""

    round: Round
    client: FlaskClient
    who: str = "dana"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def person(self) -> int:
        return self.round.cast.person(self.who).id

    def taken(self) -> dict[str, Any]:
        answer = self.client.get(f"/rounds/{self.round.id}/hub-day.json")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    def order(self, order_id: int) -> dict[str, Any]:
        (found,) = [each for each in self.taken()["orders"] if each["id"] == order_id]
        return dict(found)

    def post(self, *entries: Any, **body: Any) -> TestResponse:
        told = {"person": self.person, "operations": list(entries)} | body
        return self.client.post(
            f"/rounds/{self.round.id}/operations", data=json.dumps(told), headers=self.headers,
            content_type="application/json",
        )  # fmt: skip

    def send(self, *entries: Any) -> list[dict[str, Any]]:
        answer = self.post(*entries)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.get_json()["operations"]
        return found

    def outcomes(self, *entries: Any) -> list[str]:
        return [each["outcome"] for each in self.send(*entries)]


def entry(order_id: int, kind: str, /, uid: str = "", **asked: Any) -> dict[str, Any]:
    """Return an entry as a phone makes it."""
    return {
        "uid": uid or str(uuid.uuid4()),
        "order": order_id,
        "kind": kind,
        "asked": asked,
        "seen": 1,
        "at": "2031-01-01T00:00:00.000Z",
    }
