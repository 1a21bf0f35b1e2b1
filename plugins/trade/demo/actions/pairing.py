"""Two nodes made from nothing: joined, a catalogue published by one and followed by the other."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .nodes import DemoNode
from .visiting import Visitor, until

HUB, FARM = "127.0.0.1", "localhost"
"""Two names of this machine: a browser keeps the cookies of one apart from those of the other."""


@dataclass
class Two:
    """A hub's node that buys and a producers' node that sells, with everybody's browsers."""

    hub: DemoNode
    farm: DemoNode
    _browsers: dict[str, Visitor] = field(default_factory=dict)

    @property
    def both(self) -> tuple[DemoNode, DemoNode]:
        return self.hub, self.farm

    def make(self) -> None:
        """Make both nodes at once."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(DemoNode.make, self.both))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve both nodes until the end of the block."""
        with ExitStack() as stack:
            for each in self.both:
                stack.enter_context(each.started())
            for each in self.both:
                each.ready()
            yield

    def person(self, node: DemoNode, role: str) -> Visitor:
        """Return the browser of somebody with this role at a node, logged in."""
        key = f"{node.host} {role}"
        if key not in self._browsers:
            visitor = Visitor(node.address)
            visitor.enter(*node.accounts()[role])
            self._browsers[key] = visitor
        return self._browsers[key]

    @property
    def activist(self) -> Visitor:
        return self.person(self.hub, "activist")

    @property
    def resident(self) -> Visitor:
        return self.person(self.hub, "resident")

    @property
    def producer(self) -> Visitor:
        return self.person(self.farm, "producer")


def two_in(folder: Path, hub_port: int, farm_port: int) -> Two:
    """Return the two nodes of a folder."""
    return Two(
        DemoNode("gangbuk", folder / "gangbuk", f"{HUB}:{hub_port}"),
        DemoNode("wanju", folder / "wanju", f"{FARM}:{farm_port}"),
    )


def free_ports() -> tuple[int, int]:
    """Return two ports of this machine that nobody uses now."""
    with socket.create_server((HUB, 0)) as one, socket.create_server((HUB, 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def introduce(two: Two) -> None:
    """Join both nodes, publish the catalogue of each producer there, and follow it here."""
    join(two)
    publish(two.producer)
    follow(two)


def join(two: Two) -> None:
    """Let one steward ask and the other accept, and wait until both know it."""
    two.hub.wizzle("peers", "ask", two.farm.host, "--yes")
    steward = two.person(two.farm, "steward")

    until("The other node was asked", lambda: two.hub.host in steward.text("/admin/peers"))
    two.farm.wizzle("peers", "accept", two.hub.host)
    until(
        "The nodes were joined",
        lambda: any(two.farm.host in link for link in two.activist.open("/trade/sources").links),
    )


def publish(producer: Visitor) -> None:
    """Publish the catalogue of every producer whose page this person keeps."""
    for slug in own_spaces(producer):
        page = producer.open(f"/spaces/{slug}/catalogue")
        form = page.form("/catalogue")
        if form.get("publish") == "yes":
            producer.send(form)


def own_spaces(producer: Visitor) -> list[str]:
    """Return the slugs of the spaces that are linked from somebody's own page."""
    found = (re.search(r"/spaces/([^/]+)/today$", link) for link in producer.open("/me").links)
    return list(dict.fromkeys(each[1] for each in found if each))


def follow(two: Two) -> None:
    """Follow every producer that the other node lists, and wait until all goods have come."""
    activist, place = two.activist, f"/trade/peers/{two.farm.host}"
    while forms := activist.open(place).forms_to("/follow"):
        activist.send(forms[0])
    for source in sources(activist):
        until("The goods came", partial(goods, activist, source))


def sources(activist: Visitor) -> list[str]:
    """Return the addresses of the producers that are followed."""
    links = activist.open("/trade/sources").links
    return list(dict.fromkeys(link for link in links if re.search(r"/trade/sources/\d+$", link)))


def goods(activist: Visitor, source: str) -> list[str]:
    """Return the copies of a followed producer's goods, by the number that a box has."""
    return [
        value
        for form in activist.open(source).forms_to("/pick")
        for value in form.values.get("copy", ())
    ]
