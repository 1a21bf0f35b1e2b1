"""A node of ours, really served, and Fedify as a foreign node beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.linked import Linked, linked
from support.not_run import not_run
from support.witness import Absent, Witness, witness

from wizzle.core.addresses import space_actor
from wizzle.core.models import Space
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.work import work_once
from wizzle.federation.trust import keys
from wizzle.federation.trust.actions import ties
from wizzle.federation.trust.actions.looking import look
from wizzle.federation.trust.models import Peer
from wizzle.federation.trust.queries import peers
from wizzle.plugins.market import Product
from wizzle.plugins.trade.goods.models import Catalogue

PLUGINS = ("market", "assembly", "fund", "trade", "feed", "federation")


@dataclass
class Scene:
    """A node with a producer on it, and the foreign node that it meets."""

    here: Linked
    fig: Witness
    clock: FixedClock
    farm: int

    @property
    def producer(self) -> str:
        """The address of the producer's actor."""
        return space_actor(self.here.address, self.farm)

    def grow(self, *names: str) -> None:
        """Let the producer sell something in its catalogue."""
        now = self.clock.now()
        with self.here.node.db.write() as session:
            for name in names:
                session.add(
                    Product(
                        seller_id=self.farm, name=name, price=1_500, stock=100, created_at=now,
                        updated_at=now, unit_label="한 봉",
                    )
                )  # fmt: skip

    def settle(self) -> None:
        """Do all that is due at ours, and what comes of it."""
        for _ in range(6):
            if not work_once(self.here.node):
                return

    def peer(self) -> Peer:
        with self.here.node.db.read() as session:
            found = peers.by_host(session, self.fig.host)
            session.expunge_all()
        assert found is not None
        return found

    def ask(self) -> None:
        """Look who the other node is and ask it to be joined, as a steward does."""
        face = look(self.here.node, self.fig.host)
        with self.here.node.db.write() as session:
            ties.note(session, self.here.node, face)
        self.step("ask")

    def step(self, name: str) -> None:
        with self.here.node.db.write() as session:
            ties.step(self.here.node, session, self.peer().id, name, person_id=None)
        self.settle()

    def join(self) -> None:
        """Join the two: we ask, the other accepts."""
        self.ask()
        (follow,) = self.heard("Follow")
        self.send("Accept", follow["id"])
        assert self.peer().state == "joined"

    def send(self, kind: str, about: Any) -> str:
        """Let the other node send an activity as its own applications do; return its id."""
        actor, inbox = self.here.actor, f"{self.here.address}/inbox"
        sent: str = self.fig("send", type=kind, object=about, to=actor, inbox=inbox)
        self.settle()
        return sent

    def post(self, kind: str, about: Any, **how: Any) -> dict[str, Any]:
        """Let the other node post an activity in a form, or with something amiss."""
        actor, inbox = self.here.actor, f"{self.here.address}/inbox"
        answer: dict[str, Any] = self.fig(
            "post", type=kind, object=about, to=actor, inbox=inbox, **how
        )
        self.settle()
        return answer

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """Return what the other node's inbox took of a kind, each with how it was signed."""
        told = self.fig("inbox")
        requests = {each["body"]["id"]: each for each in told["requests"]}
        return [
            {**each, "request": requests[each["id"]]}
            for each in told["heard"]
            if each["type"] == kind
        ]


@pytest.fixture(scope="session")
def fig() -> Iterator[Witness]:
    """Fedify as a foreign node; one process for all tests."""
    try:
        with witness() as made:
            yield made
    except Absent as error:
        not_run("Fedify as an outside witness", str(error), unless="WIZZLE_WITNESS")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file with keys, to be copied: making them takes long."""
    home = tmp_path_factory.mktemp("witness")
    node = make_node(home, plugins=PLUGINS)
    keys.published(node)
    node.close()
    return home / "wizzle.db"


@pytest.fixture
def scene(tmp_path: Path, migrated: Path, fig: Witness) -> Iterator[Scene]:
    """A fresh node beside the foreign one, not yet tied to it."""
    yield from _scene(tmp_path, migrated, fig)


@pytest.fixture
def open_scene(tmp_path: Path, migrated: Path, fig: Witness) -> Iterator[Scene]:
    """The same, and anybody may follow what is public here."""
    settings = {"federation": {"open_following": True}}
    yield from _scene(tmp_path, migrated, fig, plugin_settings=settings)


def _scene(home: Path, migrated: Path, fig: Witness, **choices: Any) -> Iterator[Scene]:
    shutil.copyfile(migrated, home / "wizzle.db")
    clock = FixedClock(datetime.now(UTC))  # the other node goes by the clock of this machine
    fig("inbox")
    fig("refuse")
    with linked(
        home, clock=clock, migrated=True, by_hand=False, plugins=PLUGINS, **choices
    ) as here:
        with here.node.db.write() as session:
            space = Space(kind="producer", slug="farm", name="완주 농부", created_at=clock.now())
            session.add(space)
            session.flush()
            session.add(Catalogue(space_id=space.id, published=True))
            farm = space.id
        yield Scene(here, fig, clock, farm)
