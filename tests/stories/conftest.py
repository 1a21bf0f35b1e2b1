"""What every story in a browser begins with: a served node, its cast, and their phones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import update
from support.browser import open_phone
from support.cast import Cast
from support.neighbour import Neighbour
from support.served import Served, served

from wizzle.core.auth import accounts
from wizzle.core.models import Person

PASSWORD = "구름이 흘러가는 곳 열두 시"
Enter = Callable[..., Neighbour]


@pytest.fixture
def town(tmp_path: Path, sqlite_template: Path) -> Iterator[Served]:
    """A node with every plugin and nobody in it yet, served on a port of its own."""
    shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
    with served(tmp_path, migrated=True) as found:
        yield found


@pytest.fixture
def cast(town: Served) -> Cast:
    """The people and spaces of the town."""
    return Cast(town.node)


@pytest.fixture
def stranger(chromium: Browser, town: Served) -> Iterator[Enter]:
    """``stranger()`` is a phone that was never here; in the end no page may have had a fault."""
    neighbours: list[Neighbour] = []
    with ExitStack() as stack:

        def enter(*, javascript: bool = True) -> Neighbour:
            page = stack.enter_context(open_phone(chromium, javascript=javascript))
            neighbours.append(Neighbour(page, town.address, javascript))
            return neighbours[-1]

        yield enter
    assert [each for one in neighbours for each in one.complaints] == []


@pytest.fixture
def phone_of(stranger: Enter, town: Served, cast: Cast) -> Enter:
    """``phone_of("alice")`` is her phone, after she logged in with her password."""

    def enter(name: str, *, javascript: bool = True) -> Neighbour:
        person = cast.person(name)
        with town.node.db.write() as session:
            hashed = accounts.hashed(town.node, PASSWORD)
            session.execute(
                update(Person).where(Person.id == person.id).values(password_hash=hashed)
            )
        neighbour = stranger(javascript=javascript)
        neighbour.logs_in(person.email, PASSWORD)
        return neighbour

    return enter
