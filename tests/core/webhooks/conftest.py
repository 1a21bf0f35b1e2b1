"""A node that may call this machine, and receivers there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.cast import Cast
from support.postgres import Server
from support.receiver import Receiver, receiving

from wizzle.core import webhooks
from wizzle.core.models import Webhook, WebhookDelivery
from wizzle.core.node import Node
from wizzle.core.outgoing import Outgoing
from wizzle.core.testing import FixedClock, NoNetwork, make_node


@pytest.fixture(params=["sqlite", "postgres"])
def node(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock, sqlite_template: Path
) -> Iterator[Node]:
    settings: dict[str, Any] = {"clock": clock, "migrated": True, "development": True}
    http = Outgoing(NoNetwork(), loopback=True)
    if request.param == "sqlite":
        shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
        made = make_node(tmp_path, http=http, **settings)
        yield made
        made.close()
        return
    server: Server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("postgres_template")
    with server.database(template=template) as url:
        made = make_node(tmp_path, url=url, http=http, **settings)
        yield made
        made.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def hooked(node: Node, cast: Cast, receiver: Receiver) -> Callable[..., Webhook]:
    """``hooked("dana", "order.placed")``: what happens at her hub is told to the receiver."""

    def make(name: str, *kinds: str, space: str | None = "hub", url: str = "") -> Webhook:
        space_id = cast.space(space).id if space else None
        wish = webhooks.Wish(url or receiver.url, kinds, space_id)
        with node.db.write() as session:
            return webhooks.make(session, node, cast.person(name).id, wish)

    return make


@pytest.fixture
def deliveries(node: Node) -> Callable[[Webhook], list[WebhookDelivery]]:
    """What a webhook was told, the first one first."""

    def found(hook: Webhook) -> list[WebhookDelivery]:
        with node.db.read() as session:
            rows = webhooks.deliveries(session, hook.id, limit=100)
            session.expunge_all()
            return rows[::-1]

    return found
