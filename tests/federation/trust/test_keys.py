"""The node's own keys: made once, sealed, rotated without anyone being left behind."""

from __future__ import annotations

import base64
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from support.linked import DOOR, Linked

from wizzle.core.errors import Forbidden, Refused
from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.work import work_once
from wizzle.federation.trust import keys, outgoing
from wizzle.federation.trust.models import Key
from wizzle.federation.trust.rules import sealing
from wizzle.federation.trust.rules.making import written

from .test_joining import join


def names(node: Node, state: str) -> set[str]:
    with node.db.read() as session:
        return {key.name for key in session.scalars(select(Key)) if key.state == state}


def test_two_processes_that_make_keys_at_once_have_the_same(pumpkin: Linked) -> None:
    with pumpkin.node.db.write() as session:
        session.execute(delete(Key))
    other = make_node(
        pumpkin.node.home,
        plugins=("market", "federation"),
        url=pumpkin.node.settings.database.url,
        migrated=True,
    )
    begin = threading.Barrier(2)
    signing: dict[int, set[str]] = {}

    def first(number: int, node: Node) -> None:
        begin.wait()
        own = keys.signing(node, "https://x.example/actor")
        signing[number] = {key.public_text() for key in own.values()}

    threads = [
        threading.Thread(target=first, args=(number, node))
        for number, node in enumerate((pumpkin.node, other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert signing[0] == signing[1]
    assert len(signing[0]) == 2
    assert names(pumpkin.node, "signing") == {"rsa-1", "ed25519-1"}


def test_private_halves_lie_sealed_and_nowhere_else(node: Node, tmp_path: Path) -> None:
    private = keys.signing(node, "https://x.example/actor")
    held = b"".join(file.read_bytes() for file in tmp_path.glob("wizzle.db*"))
    assert b"PRIVATE KEY" not in held
    for key in private.values():
        text = written(key.private)
        assert base64.b64decode(b"".join(text.splitlines()[1:-1])) not in held
        assert text.splitlines()[1].decode() not in repr(key)


@pytest.mark.parametrize("change", ["secret", "name", "text"])
def test_what_is_sealed_opens_only_with_its_secret_under_its_name(change: str) -> None:
    sealed = sealing.seal("a secret of the node", "rsa-1", b"half")
    assert sealing.unseal("a secret of the node", "rsa-1", sealed) == b"half"
    secret = "another secret" if change == "secret" else "a secret of the node"
    name = "rsa-2" if change == "name" else "rsa-1"
    text = sealed[:-8] + "AAAAAAA=" if change == "text" else sealed
    with pytest.raises(sealing.Unopened):
        sealing.unseal(secret, name, text)


def test_new_keys_are_published_for_two_days_before_they_sign(node: Node) -> None:
    before = names(node, "signing")
    keys.rotate(node)
    assert names(node, "signing") == before
    assert len(keys.published(node)) == 4
    node.clock.advance(hours=47)  # type: ignore[attr-defined]
    work_once(node)
    assert names(node, "signing") == before
    node.clock.advance(hours=1)  # type: ignore[attr-defined]
    work_once(node)
    assert names(node, "retired") >= before
    assert not names(node, "signing") & before
    assert len(keys.published(node)) == 4  # the old ones are still verified by
    node.clock.advance(hours=48, minutes=1)  # type: ignore[attr-defined]
    assert {key.name for key in keys.published(node)} == names(node, "signing")
    with node.db.read() as session:
        retired = session.scalars(select(Key).where(Key.state == "retired")).all()
    assert {key.sealed for key in retired} == {""}


def test_keys_are_not_rotated_twice_at_a_time(node: Node) -> None:
    keys.rotate(node)
    with pytest.raises(Refused):
        keys.rotate(node)


def test_in_an_emergency_the_old_keys_are_gone_at_once(node: Node) -> None:
    before = names(node, "signing")
    keys.rotate(node, now=True)
    assert not {key.name for key in keys.published(node)} & before


def test_another_node_follows_a_rotation_without_a_refusal(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    join(pumpkin_lite, quince)
    url = f"{quince.address}{DOOR}/x"
    outgoing.fetch(pumpkin_lite.node, url)
    keys.rotate(pumpkin_lite.node)
    pumpkin_lite.node.clock.advance(hours=48)  # type: ignore[attr-defined]
    work_once(pumpkin_lite.node)
    assert outgoing.fetch(pumpkin_lite.node, url)["read_by"] == pumpkin_lite.host


def test_a_stolen_key_is_refused_once_the_new_one_was_seen(
    pumpkin_lite: Linked, quince: Linked
) -> None:
    join(pumpkin_lite, quince)
    url = f"{quince.address}{DOOR}/x"
    stolen = keys.signing(pumpkin_lite.node, pumpkin_lite.actor)
    outgoing.fetch(pumpkin_lite.node, url)
    pumpkin_lite.node.clock.advance(minutes=6)  # type: ignore[attr-defined]
    keys.rotate(pumpkin_lite.node, now=True)
    outgoing.fetch(pumpkin_lite.node, url)  # the new one is looked up, and the old one forgotten
    thief = pytest.MonkeyPatch()
    thief.setattr(keys, "signing", lambda node, actor: stolen)
    with thief.context(), pytest.raises(Forbidden):
        outgoing.fetch(pumpkin_lite.node, url)
    thief.undo()


def test_a_changed_secret_is_said_and_helped(node: Node, tmp_path: Path) -> None:
    changed = make_node(tmp_path, plugins=("market", "federation"), migrated=True)
    object.__setattr__(changed.settings, "secret", "another secret, set by mistake, long enough")
    with pytest.raises(Refused, match="rotate --now"):
        keys.signing(changed, "https://x.example/actor")
    keys.rotate(changed, now=True)
    assert len(keys.signing(changed, "https://x.example/actor")) == 2
    changed.close()
