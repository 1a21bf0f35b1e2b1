"""A network of many nodes, in memory: what each of them sends, receives and computes in a week.

`make many-nodes` prints the table and draws docs/pictures/many-nodes.svg. The documents are those
that two nodes really send (docs/examples/federation), news are made by the exchange's own rules,
signing and judging are measured here by the real code, and nodes that are away are probed by the
real circuit. Who follows whom, how often something changes, latencies and absences are a model.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import wizzle
from wizzle.core.talk import PublicationState, PublishedItem
from wizzle.federation.delivery.actions.crew import HANDS
from wizzle.federation.delivery.rules.circuit import CLOSED, after_failure
from wizzle.federation.exchange import rules
from wizzle.federation.signatures import (
    Answer,
    Forgetful,
    Incoming,
    Keypair,
    Known,
    Outgoing,
    Receiver,
    Web,
    sign,
    verify,
)

ROOT = Path(wizzle.__file__).parent
EXAMPLES = ROOT / "docs" / "examples" / "federation"
PICTURE = ROOT / "docs" / "pictures" / "many-nodes.svg"
SIZES = (10, 30, 100, 300, 1_000)
GROWING = 4
"""One node in so many belongs to producers."""

CATALOGUES = 3
"""Producers that publish on such a node."""

MOST_FOLLOWED = 30
"""Catalogues that a hub's node follows at most: more do not fit into a round."""

NEWS = 28
"""Minutes of a week in which something of a catalogue changes, and how many things each time."""

CHANGED = 5
OF_AN_ORDER = (
    "offer-agreementbundle", "accept-offer", "create-economicevent-transfer",
    "create-economicevent-pickup", "create-economicevent-settlement",
)  # fmt: skip
"""The letters of an order that goes well: the buyer sends the first, fourth and fifth."""

HEADERS, ANSWER = 900, 250
"""Bytes of a signed request's head, and of an answer."""

AWAY = 0.05
"""How likely a node is away once in the week, for up to a day."""


@dataclass
class Costs:
    """What one letter costs, measured here: CPU seconds to sign, and to judge."""

    sign: float
    judge: float


@dataclass
class Load:
    """What a node has done in the week."""

    messages: int = 0
    bytes: int = 0
    cpu: float = 0.0


@dataclass
class Network:
    """So many nodes and who follows whom; some catalogues are better loved than others."""

    size: int
    draw: random.Random
    costs: Costs
    loads: list[Load] = field(default_factory=list)
    retries: int = 0
    slowest: float = 0.0

    def __post_init__(self) -> None:
        self.loads = [Load() for _ in range(self.size)]
        growing = range(max(1, self.size // GROWING))
        self.hubs = range(len(growing), self.size)
        self.catalogues = [(node, number) for node in growing for number in range(CATALOGUES)]
        self.weights = [1 / (1 + rank) ** 0.5 for rank in range(len(self.catalogues))]
        self.followers: dict[tuple[int, int], list[int]] = {each: [] for each in self.catalogues}
        self.followed = {hub: self._chosen() for hub in self.hubs}
        for hub, chosen in self.followed.items():
            for each in chosen:
                self.followers[each].append(hub)
        self.away = self._absences()

    def _chosen(self) -> set[tuple[int, int]]:
        wanted = min(MOST_FOLLOWED, len(self.catalogues))
        chosen: set[tuple[int, int]] = set()
        while len(chosen) < wanted:
            chosen.update(self.draw.choices(self.catalogues, self.weights, k=wanted - len(chosen)))
        return chosen

    def _absences(self) -> dict[int, tuple[float, float]]:
        week = 7 * 24 * 3_600
        found = {}
        for node in range(self.size):
            if self.draw.random() < AWAY:
                begins = self.draw.uniform(0, week)
                found[node] = (begins, begins + self.draw.uniform(600, 24 * 3_600))
        return found

    def week(self) -> None:
        """Let a week pass: news, comparisons, orders, and letters to nodes that are away."""
        news, heads, letters = _sizes()
        for (publisher, _), followers in self.followers.items():
            for _ in range(NEWS):
                self._tell(publisher, followers, news)
        for hub, chosen in self.followed.items():
            for publisher, _ in chosen:
                for _ in range(7 + 1):  # each day, and when the round opens
                    self._letter(hub, publisher, heads)
                for number, size in enumerate(letters):
                    ends = (hub, publisher) if number in (0, 3, 4) else (publisher, hub)
                    self._letter(*ends, size)
        for node in self.away:
            self._probe(node)

    def _tell(self, publisher: int, followers: list[int], size: int) -> None:
        for each in followers:
            self._letter(publisher, each, size)
        # So many hands at once, each letter signed before it goes; a round trip of 10 to 30 ms.
        trips = -(-len(followers) // HANDS) * self.draw.uniform(0.010, 0.030)
        self.slowest = max(self.slowest, trips + len(followers) * self.costs.sign)

    def _letter(self, sender: int, receiver: int, size: int) -> None:
        whole = size + HEADERS + ANSWER
        for node, cpu in ((sender, self.costs.sign), (receiver, self.costs.judge)):
            load = self.loads[node]
            load.messages += 1
            load.bytes += whole
            load.cpu += cpu

    def _probe(self, node: int) -> None:
        """Count what those who have something for a node that is away try in vain."""
        senders = {publisher for publisher, _ in self.followed.get(node, ())}
        senders |= {hub for each in self.catalogues if each[0] == node
                    for hub in self.followers[each]}  # fmt: skip
        begins, ends = self.away[node]
        for sender in senders:
            tried = sum(1 for _ in _probes(ends - begins))
            self.retries += tried
            self.loads[sender].messages += tried
            self.loads[sender].cpu += tried * self.costs.sign


def _probes(seconds: float) -> Iterator[datetime]:
    """Yield when a host that is away is tried, by the real circuit."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    until, circuit = now + timedelta(seconds=seconds), CLOSED
    while now < until:
        yield now
        circuit = after_failure(circuit, now)
        now = max(now + timedelta(seconds=5), circuit.quiet_until or now)


def _sizes() -> tuple[int, int, list[int]]:
    """Return the bytes of a letter with news, of a head, and of each letter of an order."""
    read = {name: (EXAMPLES / f"{name}.json").read_text("utf-8") for name in
            (*OF_AN_ORDER, "proposal", "collection")}  # fmt: skip
    proposal = json.loads(read["proposal"])
    actor = proposal["attributedTo"]
    items = [PublishedItem(f"{proposal['id']}{n}", 1, n, proposal) for n in range(1, CHANGED + 1)]
    state = PublicationState(40, CHANGED, bytes(32))
    page = rules.leaf(f"{actor}/catalog", state, items, after=0, more=False, since=True)
    news = rules.update(f"{actor}/activities/1", actor, f"{actor}/catalog", page)
    compact = [len(json.dumps(json.loads(text), ensure_ascii=False).encode())
               for text in (read["collection"], *(read[name] for name in OF_AN_ORDER))]  # fmt: skip
    return len(json.dumps(news, ensure_ascii=False).encode()), compact[0], compact[1:]


def measured(rounds: int = 200) -> Costs:
    """Return what the real code costs here: the offer of an order, signed and judged."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    actor, now = "https://gangbuk.example/actor", 1_796_000_000
    private = rsa.generate_private_key(65_537, 2_048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pair = Keypair.read(f"{actor}#rsa-1", pem)
    store = Forgetful()
    store.keep(actor, [Known(pair.key_id, actor, "Application", pair.public_text(), now, None)])
    receiver = Receiver(
        frozenset({"wanju.example"}), lambda: now, Web.guarded(_nothing), store, store
    )
    offer = json.loads((EXAMPLES / "offer-agreementbundle.json").read_text("utf-8"))
    signed, begun = [], time.process_time()
    for number in range(rounds):
        body = json.dumps({**offer, "actor": actor, "id": f"{actor}/{number}"}).encode()
        asked = Outgoing("POST", "https://wanju.example/inbox", body)
        signed.append((body, sign(asked, pair, form="rfc9421", now=now)))
    middle = time.process_time()
    for body, headers in signed:
        pairs = [*headers.items(), ("Content-Type", "application/activity+json")]
        verify(Incoming("POST", "/inbox", pairs, body, "https"), receiver)
    return Costs((middle - begun) / rounds, (time.process_time() - middle) / rounds)


def _nothing(url: str, *, address: str, seconds: float, most: int) -> Answer:
    raise OSError(f"nothing is fetched here: {url}")


def rows(sizes: tuple[int, ...], seed: int, costs: Costs) -> list[dict[str, float]]:
    """Return a row for each size: means and most of what a node does in a week."""
    found = []
    for size in sizes:
        network = Network(size, random.Random(seed), costs)  # noqa: S311 a model, repeatable
        network.week()
        loads = network.loads
        found.append({
            "nodes": size,
            "followings": sum(map(len, network.followers.values())),
            "messages": sum(load.messages for load in loads) / size,
            "most_messages": max(load.messages for load in loads),
            "mb": sum(load.bytes for load in loads) / size / 1e6,
            "most_mb": max(load.bytes for load in loads) / 1e6,
            "cpu": sum(load.cpu for load in loads) / size,
            "most_cpu": max(load.cpu for load in loads),
            "retries": network.retries,
            "slowest": network.slowest,
        })  # fmt: skip
    return found


def table(found: list[dict[str, float]]) -> list[str]:
    """Return the rows as a table of Markdown."""
    head = ("nodes", "followings", "messages a node", "most", "MB a node", "most",
            "CPU s a node", "most", "tries in vain", "slowest news, s")  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in found:
        cells = (f"{row['nodes']:,}", f"{row['followings']:,}", f"{row['messages']:,.0f}",
                 f"{row['most_messages']:,}", f"{row['mb']:.1f}", f"{row['most_mb']:.1f}",
                 f"{row['cpu']:.1f}", f"{row['most_cpu']:.1f}", f"{row['retries']:,}",
                 f"{row['slowest']:.2f}")  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def drawing(found: list[dict[str, float]]) -> str:
    """Return the plot: messages of a node in a week, mean and most, as the network grows."""
    top = max(row["most_messages"] for row in found)
    step = 520 / max(1, len(found) - 1)
    parts = []
    for name, colour, label in (("most_messages", "#c2410c", "the busiest node"),
                                ("messages", "#1f5138", "mean")):  # fmt: skip
        places = [(70 + i * step, 260 - 220 * row[name] / top) for i, row in enumerate(found)]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="3"/>')
        parts += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        parts.append(f'<text x="{x:.0f}" y="{y - 10:.0f}" text-anchor="end" fill="{colour}">'
                     f"{label}: {found[-1][name]:,.0f}</text>")  # fmt: skip
    for i, row in enumerate(found):
        parts.append(f'<text x="{70 + i * step:.0f}" y="285" text-anchor="middle">'
                     f"{row['nodes']:,}</text>")  # fmt: skip
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 320" role="img" '
        'font-family="sans-serif" font-size="14" fill="#333">'
        "<title>Messages of a node in a week, as the network grows</title>"
        '<rect width="660" height="320" fill="#fdf9ef"/>'
        '<path d="M70 30V260H600" fill="none" stroke="#888"/>'
        '<text x="330" y="308" text-anchor="middle">nodes in the network</text>'
        '<text x="74" y="24">messages of a node in a week</text>' + "".join(parts) + "</svg>\n"
    )


def main() -> None:
    """Print the table and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draw", action="store_true", help=f"write {PICTURE.name}")
    asked = parser.parse_args()
    costs = measured()
    found = rows(SIZES, asked.seed, costs)
    told = f"signed {1e3 * costs.sign:.2f} ms, judged {1e3 * costs.judge:.2f} ms CPU"
    print(f"seed {asked.seed}; a letter: {told}")
    print("\n".join(table(found)))
    if asked.draw:
        PICTURE.write_text(drawing(found), "utf-8")


if __name__ == "__main__":
    main()
