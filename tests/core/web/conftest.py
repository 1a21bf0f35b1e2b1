"""A website of the core alone: what is tested here must not lean on any plugin."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from wizzle.core import mail, outbox
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.web import create_app


@pytest.fixture(scope="session")
def bare_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without any plugin, to be copied."""
    home = tmp_path_factory.mktemp("bare_template")
    make_node(home, plugins=()).close()
    return home / "wizzle.db"


@pytest.fixture
def node(tmp_path: Path, bare_template: Path, clock: FixedClock) -> Iterator[Node]:
    shutil.copyfile(bare_template, tmp_path / "wizzle.db")
    node = make_node(tmp_path, plugins=(), clock=clock, migrated=True)
    yield node
    node.close()


@pytest.fixture
def guarded(node: Node) -> Flask:
    """The website with its forms guarded against forgery, as people meet it."""
    return create_app(node)


@pytest.fixture
def letters(node: Node) -> Callable[[], list[Any]]:
    """Send what waits in the outbox and return every letter sent so far."""

    def sent() -> list[Any]:
        outbox.run_due(node.db, node.clock, {"mail": mail.sender(node)})
        files = sorted((node.home / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    return sent
