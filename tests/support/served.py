"""A node that is really served: waitress on a free port of this machine, as ``wizzle run`` does."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import waitress

from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.core.work import work_once

THREADS = 8


@dataclass
class Served:
    """A node and the address at which browsers reach it."""

    node: Node
    address: str

    def letters(self, to: str) -> list[EmailMessage]:
        """Do the jobs that are due, then return the letters to somebody."""
        work_once(self.node)
        found = map(_letter, self.node.settings.mail_folder.glob("*.eml"))
        return [letter for letter in found if to in str(letter["To"])]

    def link(self, to: str, subject: str) -> str:
        """Return the address in the one letter to somebody whose subject contains this."""
        (letter,) = [one for one in self.letters(to) if subject in str(one["Subject"])]
        found = re.search(re.escape(self.address) + r"/\S+", letter.get_content())
        assert found, letter.get_content()
        return found.group(0)


def _letter(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return email.message_from_binary_file(file, policy=email.policy.default)


@contextmanager
def served(home: Path, *, migrated: bool = False, development: bool = False) -> Iterator[Served]:
    """Serve a node with every plugin on SQLite; its clock stands still until it is moved."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        node = make_node(home, migrated=migrated, address=address, development=development)
        site = waitress.create_server(create_app(node), sockets=[door], threads=THREADS)
        answering = threading.Thread(target=site.run, name="site", daemon=True)
        answering.start()
        try:
            yield Served(node, address)
        finally:
            site.close()
            site.task_dispatcher.shutdown()
            answering.join(timeout=5)
            node.close()
