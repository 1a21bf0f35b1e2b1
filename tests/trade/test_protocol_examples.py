"""The examples of the protocol's documentation are what two nodes really send each other.

``WIZZLE_WRITE_EXAMPLES=1 make test ARGS=tests/trade/test_protocol_examples.py`` writes them anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from support.cast import Cast
from support.federated import Wire, join, near
from support.settling import Sold
from support.trading import GANGBUK, WANJU, Pair

import wizzle
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.core.web import create_app
from wizzle.federation.delivery.models import Sent

from .test_over_http import PLUGINS, Mail

FOLDER = Path(wizzle.__file__).parent / "docs" / "examples" / "federation"
ACTIVITY = {"Accept": "application/activity+json"}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every kind of document, by the name of its example."""
    wire, clock, home = Wire(), FixedClock(), tmp_path_factory.mktemp("protocol")
    with (
        near(wire, home / "gangbuk", GANGBUK, clock=clock, plugins=PLUGINS) as gangbuk,
        near(wire, home / "wanju", WANJU, clock=clock, plugins=PLUGINS, seed=2) as wanju,
    ):
        join(gangbuk, wanju)
        mail: Any = Mail((gangbuk, wanju))
        pair = Pair(Sold(gangbuk, Cast(gangbuk), clock), wanju, mail, Cast(wanju))
        _play(pair, clock)
        return {**_written(gangbuk), **_written(wanju), **_shown(wanju)}


def _play(pair: Pair, clock: FixedClock) -> None:
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}}).settle_down()
    farm = f"https://{WANJU}/orgs/{pair.there.space('farm').id}"
    with pair.gangbuk.db.write() as session:
        pair.gangbuk.hooks.follow(node=pair.gangbuk, session=session, actor=farm,
                                  publication="catalog", space_id=None)  # fmt: skip
    pair.settle_down()
    pair.ship()
    pair.settle_down()
    pair.sold.to("distributing")
    pair.settle_down()
    pair.sold.hand_over()
    pair.sold.settle()
    pair.settle_down()


def _written(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with node.db.read() as session:
        for letter in session.scalars(select(Sent).order_by(Sent.id)):
            document = json.loads(letter.body)
            about = document.get("object")
            event = (
                about.get("purpose") or about.get("action", "") if isinstance(about, dict) else ""
            )
            parts = (letter.kind, letter.object_kind, event)
            found.setdefault("-".join(part.lower() for part in parts if part), document)
    return found


def _shown(node: Node) -> dict[str, Any]:
    client = create_app(node).test_client()
    paths = {"node": "/actor", "organization": "/orgs/1", "collection": "/orgs/1/catalog",
             "page": "/orgs/1/catalog?cursor=0", "proposal": "/proposals/1"}  # fmt: skip
    return {name: client.get(path, headers=ACTIVITY).get_json(force=True)
            for name, path in paths.items()}  # fmt: skip


def shape(value: Any) -> Any:
    """What a document is made of, without what it says."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in sorted(value.items())}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def test_each_example_has_the_shape_of_what_is_sent(said: dict[str, Any]) -> None:
    if os.environ.get("WIZZLE_WRITE_EXAMPLES"):
        FOLDER.mkdir(exist_ok=True)
        for name, document in said.items():
            text = json.dumps(document, ensure_ascii=False, indent=2)
            (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")
    examples = {file.stem: json.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.json")}
    assert examples.keys() == said.keys()
    for name, document in said.items():
        assert shape(examples[name]) == shape(document), name


def test_no_example_names_a_resident(said: dict[str, Any]) -> None:
    told = json.dumps(said, ensure_ascii=False)
    for word in ("앨리스", "지나", "alice", "gina", "010-"):
        assert word not in told
