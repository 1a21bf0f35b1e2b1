"""A worker that is killed while a letter is on its way: it is sent once more, nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import update
from support.letters import befriend, letter, states, write

from wizzle.core.ports import SystemClock, outgoing
from wizzle.core.testing import make_node
from wizzle.federation import trust
from wizzle.federation.delivery.actions.crew import Crew
from wizzle.federation.delivery.actions.signed_way import SignedWay
from wizzle.federation.delivery.models import Flight, Sent
from wizzle.federation.trust.models import Actor

WORKER = """
import sys, threading
from pathlib import Path
from wizzle.core.ports import SystemClock, outgoing
from wizzle.core.testing import make_node
from wizzle.federation.delivery.actions.crew import Crew
from wizzle.federation.delivery.actions.signed_way import SignedWay
node = make_node(
    Path(sys.argv[1]), migrated=True, plugins=("federation",), address="http://127.0.0.1:1",
    development=True, http=outgoing(loopback=True), clock=SystemClock(),
)
Crew(node, SignedWay()).go_on(threading.Event())
"""


class Inbox(BaseHTTPRequestHandler):
    """Takes letters, the first one very slowly."""

    protocol_version = "HTTP/1.1"
    came: list[str]
    go: threading.Event

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        first = not self.came
        self.came.append(json.loads(body)["name"])
        if first:
            self.go.wait(20)
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def inbox():
    kind = type("Inbox", (Inbox,), {"came": [], "go": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    kind.go.set()
    server.shutdown()


def test_killed_in_the_middle_and_sent_once_more(tmp_path, inbox):
    host = f"127.0.0.1:{inbox.server_address[1]}"
    node = make_node(
        tmp_path, plugins=("federation",), address="http://127.0.0.1:1", development=True,
        http=outgoing(loopback=True), clock=SystemClock(),
    )  # fmt: skip
    trust.keys.published(node)
    befriend(node, host)
    now = node.clock.now()
    with node.db.write() as session:
        session.add(
            Actor(
                id=f"https://{host}/actor", host=host, inbox=f"http://{host}/inbox", keys=[],
                fetched_at=now, tried_at=now,
            )
        )  # fmt: skip
    write(node, letter("a", host), letter("b", host))
    came = inbox.RequestHandlerClass.came
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path)])
    try:
        until = time.monotonic() + 30
        while not came and time.monotonic() < until:
            time.sleep(0.02)
        assert came == ["a"]
    finally:
        worker.kill()
        worker.wait()
    assert states(node) == {"a": "waiting", "b": "waiting"}
    crew = Crew(node, SignedWay())
    assert crew.finish() == 0  # the lease still holds
    with node.db.write() as session:
        session.execute(update(Flight).values(until=now))
    crew.finish()
    crew.close()
    assert came == ["a", "a", "b"]
    assert states(node) == {"a": "arrived", "b": "arrived"}
    with node.db.read() as session:
        assert session.query(Flight).count() == 0
        assert session.query(Sent).filter(Sent.tries == 1).count() == 2
    node.close()
