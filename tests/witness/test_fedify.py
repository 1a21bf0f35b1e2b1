"""Fedify finds this node, reads it, verifies what it signs, and is understood in turn."""

from __future__ import annotations

import pytest

from wizzle.core.talk import Letter
from wizzle.federation.trust import keys

from .conftest import Scene


def test_it_finds_the_node_and_what_runs_there(scene: Scene) -> None:
    for resource in (f"{scene.here.address}/", scene.here.actor):
        found = scene.fig("finger", resource=resource)
        assert found["subject"] == f"acct:node@{scene.here.host}"
        (link,) = [each for each in found["links"] if each["rel"] == "self"]
        assert (link["type"], link["href"]) == ("application/activity+json", scene.here.actor)
    assert scene.fig("finger", resource=f"{scene.here.address}/nobody") is None
    info = scene.fig("nodeinfo", url=scene.here.address)
    assert info["software"]["name"] == "wizzle"
    assert info["protocols"] == ["activitypub"]


def test_it_reads_the_actors_and_their_keys(scene: Scene) -> None:
    node = scene.fig("look", url=scene.here.actor)
    space = scene.fig("look", url=scene.producer)
    assert (node["type"], node["id"], node["handle"]) == ("Application", scene.here.actor, "node")
    assert (space["type"], space["name"]) == ("Organization", "완주 농부")
    assert space["belongs_to"] == [scene.here.actor]
    for each in (node, space):
        assert each["inbox"].startswith(scene.here.address)
        assert {key["owner"] for key in each["keys"]} == {each["id"]}
        assert [key["algorithm"] for key in each["keys"]] == ["RSASSA-PKCS1-v1_5", "Ed25519"]


def test_it_reads_both_keys_while_they_are_replaced(scene: Scene) -> None:
    keys.rotate(scene.here.node)
    found = scene.fig("look", url=scene.here.actor)["keys"]
    names = [key["id"].rpartition("#")[2] for key in found]
    assert names == ["rsa-1", "rsa-2", "ed25519-1", "ed25519-2"]


def test_we_ask_and_it_accepts(scene: Scene) -> None:
    scene.ask()
    (follow,) = scene.heard("Follow")
    assert (follow["actor"], follow["object"]) == (scene.here.actor, scene.fig.actor)
    assert follow["request"]["verified"]
    scene.send("Accept", follow["id"])
    assert scene.peer().state == "joined"


def test_it_asks_and_we_accept(scene: Scene) -> None:
    asked = scene.send("Follow", scene.here.actor)
    peer = scene.peer()
    assert (peer.state, peer.name, peer.software) == (
        "asked_by_them", "Fig by Fedify", "fig 2.3.6"
    )  # fmt: skip
    scene.step("accept")
    (accept,) = scene.heard("Accept")
    assert (accept["actor"], accept["object"]) == (scene.here.actor, asked)
    assert accept["request"]["verified"]


@pytest.mark.parametrize(("refused", "taken"), [("cavage", "rfc9421"), ("rfc9421", "cavage")])
def test_it_verifies_what_we_sign_in_either_form(scene: Scene, refused: str, taken: str) -> None:
    scene.fig("refuse", form=refused)
    scene.ask()
    (follow,) = scene.heard("Follow")
    assert follow["request"]["form"] == taken
    assert follow["request"]["verified"], follow["request"]["reason"]
    assert follow["request"]["key"].startswith(f"{scene.here.actor}#")


@pytest.mark.parametrize("form", ["rfc9421", "cavage"])
def test_we_verify_what_it_signs_in_either_form(scene: Scene, form: str) -> None:
    answer = scene.post("Follow", scene.here.actor, form=form)
    assert answer["status"] == 202, answer["told"]
    assert scene.peer().state == "asked_by_them"


@pytest.mark.parametrize("form", ["rfc9421", "cavage"])
@pytest.mark.parametrize("amiss", ["body", "key"])
def test_what_is_forged_is_refused(scene: Scene, form: str, amiss: str) -> None:
    scene.join()
    answer = scene.post("Follow", f"{scene.producer}/catalog", form=form, amiss=amiss)
    assert answer["status"] in (400, 401, 403), answer["told"]
    assert scene.heard("Accept") == []


def test_it_follows_a_catalogue_and_is_told_what_is_new(scene: Scene) -> None:
    scene.grow("감자")
    scene.join()
    follow = scene.send("Follow", f"{scene.producer}/catalog")
    (accept,) = scene.heard("Accept")
    assert (accept["actor"], accept["object"]) == (scene.producer, follow)
    assert accept["request"]["verified"]
    scene.grow("양파")
    scene.clock.advance(seconds=61)
    scene.settle()
    (update,) = scene.heard("Update")
    assert update["request"]["verified"]
    (onion,) = update["request"]["body"]["object"]["orderedItems"]
    assert onion["name"] == "양파"


def test_it_reads_a_catalogue_page_by_page(scene: Scene) -> None:
    names = [f"감자 {number}" for number in range(130)]
    scene.grow(*names)
    pages = scene.fig("pages", url=f"{scene.producer}/catalog")
    assert [len(page["items"]) for page in pages] == [100, 30]
    assert {(page["of"], page["total"]) for page in pages} == {(f"{scene.producer}/catalog", 130)}
    items = [each for page in pages for each in page["items"]]
    assert [each["name"] for each in items] == names
    assert items[0] == {
        "type": "Proposal", "name": "감자 0", "seller": scene.producer, "purpose": "offer",
        "available": ["100", "one"], "price": ["1500", "one"],
    }  # fmt: skip


def test_our_proofs_hold_before_it_and_only_for_what_was_said(scene: Scene) -> None:
    scene.join()
    document = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{scene.here.address}/activities/promise",
        "type": "Create",
        "actor": scene.here.actor,
        "object": {"type": "Note", "content": "한 상자를 보낼게요."},
    }
    letter = Letter(to=scene.fig.actor, document=document, lane="order:1", sealed=True)
    with scene.here.node.db.write() as session:
        scene.here.node.hooks.send_document(node=scene.here.node, session=session, letter=letter)
    scene.settle()
    (create,) = scene.heard("Create")
    sealed = create["request"]["body"]
    assert scene.fig("proven", document=sealed)
    for changed in ({"object": scene.here.actor}, {"actor": scene.producer}, {"proof": []}):
        assert not scene.fig("proven", document={**sealed, **changed})


def test_it_reads_by_its_signature_what_is_not_for_everyone(scene: Scene) -> None:
    scene.join()
    url = f"{scene.here.address}/door-of-the-tests/letter"
    assert scene.fig("read", url=url, signed=True) == {"id": "letter", "read_by": scene.fig.host}
    assert scene.fig("read", url=url) == {"refused": 401}
