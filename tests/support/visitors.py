"""What visitors of the website do in many tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from wizzle.core.models import Person
from wizzle.core.node import Node

PASSWORD = "구름이 흘러가는 곳 열두 시"


def link_in(letter: Any) -> str:
    """Return the path of the link in a letter."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.get_content())
    assert found, letter.get_content()
    return found.group(1)


def join(client: FlaskClient, **changes: Any) -> TestResponse:
    """Fill in and send the form for joining."""
    typed = {
        "name": "하늘",
        "email": "haneul@example.com",
        "password": PASSWORD,
        "terms": "yes",
        "privacy": "yes",
        "age": "yes",
        **changes,
    }
    return client.post("/join", data={k: v for k, v in typed.items() if v is not None})


def log_in(client: FlaskClient, email: str, password: str, **more: Any) -> TestResponse:
    return client.post("/log-in", data={"email": email, "password": password, **more})


def person(node: Node, email: str) -> Person | None:
    with node.db.read() as session:
        found = session.scalars(select(Person).where(Person.email == email)).one_or_none()
        session.expunge_all()
        return found


@contextmanager
def queries(node: Node) -> Iterator[list[str]]:
    """Collect what is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(node.db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(node.db.engine, "before_cursor_execute", note)
