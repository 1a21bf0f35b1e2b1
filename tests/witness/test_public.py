"""Fedify follows what is public here, and is followed: what is told holds before it, both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.public import (
    copies,
    follow,
    known,
    later,
    listeners,
    neighbours,
    news,
    person_of,
    publish,
    things,
    withdraw,
)

from wizzle.core.addresses import subject_actor
from wizzle.core.values import Viewer
from wizzle.federation.public.models import Echo
from wizzle.federation.trust.actions.describing import profile_document
from wizzle.plugins.feed.collections import actions as collections
from wizzle.plugins.feed.collections.actions import Chosen, Words

from .conftest import Scene

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def send(scene: Scene, kind: str, about: Any, to: str, **more: Any) -> str:
    """Let Fedify send an activity to one of our actors, at the inbox that all share."""
    inbox = f"{scene.here.address}/inbox"
    if isinstance(about, dict):
        about = {"@context": "https://www.w3.org/ns/activitystreams", **about}
    sent: str = scene.fig("send", type=kind, object=about, to=to, inbox=inbox, **more)
    scene.settle()
    return sent


def person(scene: Scene) -> str:
    """Return the address of somebody here who wants to be known."""
    minji = person_of(scene.here.node)
    known(scene.here.node, minji)
    return subject_actor(scene.here.address, f"person:{minji}")


def author(actor: str) -> str:
    return f"person:{actor.rpartition('/')[2]}"


def test_it_finds_somebody_who_wants_to_be_known(open_scene: Scene) -> None:
    scene = open_scene
    actor = person(scene)
    found = scene.fig("finger", resource=actor)
    assert found["subject"] == f"acct:minji@{scene.here.host}"
    seen = scene.fig("look", url=actor)
    assert (seen["type"], seen["name"], seen["handle"]) == ("Person", "민지", "minji")
    assert seen["words"] == "<p>감자를 심어요.</p>"
    assert seen["followers"] == f"{actor}/followers"
    assert seen["shared"] == f"{scene.here.address}/inbox"
    assert seen["by_hand"] is False
    assert {key["owner"] for key in seen["keys"]} == {actor}


@pytest.mark.parametrize("whose", ["space", "person"])
def test_it_follows_and_is_told_what_is_new_changed_and_gone(open_scene: Scene, whose: str) -> None:
    scene = open_scene
    node = scene.here.node
    actor = scene.producer if whose == "space" else person(scene)
    by = f"space:{scene.farm}" if whose == "space" else author(actor)
    asked = send(scene, "Follow", actor, actor)
    (accept,) = scene.heard("Accept")
    assert (accept["actor"], accept["object"]) == (actor, asked)
    assert accept["request"]["verified"], accept["request"]["reason"]
    told = news(node, by)
    publish(node, told)
    scene.settle()
    (create,) = scene.heard("Create")
    assert create["request"]["verified"]
    assert create["request"]["key"].startswith(f"{actor}#")
    publish(node, news(node, by, title="양파를 캐요"))
    later(scene.clock)
    scene.settle()
    (update,) = scene.heard("Update")
    assert update["request"]["verified"]
    assert update["object"] == create["object"] == f"{scene.here.address}/things/1"
    withdraw(node, told)
    scene.settle()
    (delete,) = scene.heard("Delete")
    assert delete["request"]["verified"]
    assert delete["request"]["body"]["object"]["type"] == "Tombstone"
    assert delete["request"]["body"]["object"]["id"] == create["object"]


def test_it_follows_a_collection_by_the_name_of_the_collection(open_scene: Scene) -> None:
    scene, node = open_scene, open_scene.here.node
    curator = Viewer(person_of(node, "말순이"), "말순이", "p0@pumpkin.example", "ko")
    with node.db.write() as session:
        made = collections.make(node, session, curator, Words("우리 동네 밭"), key="k").id
        where = Chosen("그늘이 넓어요", title="느티나무 아래")
        collections.add(node, session, curator, made, where)
        collections.publish(node, session, curator, made)
    actor = subject_actor(scene.here.address, f"collection:{made}")
    seen = scene.fig("look", url=actor)
    assert (seen["type"], seen["name"], seen["handle"]) == (
        "Service", "우리 동네 밭", f"collection.{made}",
    )  # fmt: skip
    assert scene.fig("finger", resource=actor)["subject"] == (
        f"acct:collection.{made}@{scene.here.host}"
    )
    send(scene, "Follow", actor, actor)
    (accept,) = scene.heard("Accept")
    assert (accept["actor"], accept["request"]["verified"]) == (actor, True)
    with node.db.write() as session:
        collections.add(node, session, curator, made, Chosen("쉬기 좋아요", title="돌 벤치"))
    later(scene.clock)
    scene.settle()
    (update,) = scene.heard("Update")
    assert update["request"]["verified"]
    assert "돌 벤치 – 쉬기 좋아요" in update["request"]["body"]["object"]["content"]
    assert "말순이" not in json.dumps(update["request"]["body"], ensure_ascii=False)


def test_it_reads_things_of_each_kind(open_scene: Scene) -> None:
    scene = open_scene
    node, by = scene.here.node, f"space:{scene.farm}"
    at = scene.clock.now()
    publish(node, news(node, by, 1, picture="a" * 64, caption="흙 묻은 감자", tags=("감자",)))
    publish(node, news(node, by, 2, kind="event", starts_at=at, place="완주 마을회관"))
    publish(node, news(node, by, 3, kind="post", title="", text="<b>굵게</b>\n둘째 줄"))
    article, event, note = (
        scene.fig("thing", url=f"{scene.here.address}/things/{number}") for number in (1, 2, 3)
    )
    assert (article["type"], article["name"]) == ("Article", "감자를 캐요")
    assert (article["by"], article["to"], article["languages"]) == (
        scene.producer,
        [PUBLIC],
        ["ko"],
    )
    assert article["cc"] == [f"{scene.producer}/followers"]
    assert article["tags"] == [["Hashtag", "#감자"]]
    picture = f"{scene.here.address}/pictures/{'a' * 64}/large.webp"
    assert article["pictures"] == [["Image", picture, "흙 묻은 감자", "image/webp"]]
    assert (event["type"], event["place"]) == ("Event", "완주 마을회관")
    assert event["starts"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert (note["type"], note["words"]) == ("Note", "<p>&lt;b&gt;굵게&lt;/b&gt;<br>둘째 줄</p>")


def test_it_reads_an_outbox_to_its_end(open_scene: Scene) -> None:
    scene = open_scene
    for number in range(25):
        publish(scene.here.node, news(scene.here.node, f"space:{scene.farm}", number,
                                      title=f"소식 {number}"))  # fmt: skip
    outbox = scene.fig("outbox", url=f"{scene.producer}/outbox")
    assert outbox["total"] == 25
    assert outbox["said"] == [["Create", scene.producer, f"소식 {n}"] for n in reversed(range(25))]


def test_it_likes_and_passes_on_and_takes_both_back(open_scene: Scene) -> None:
    scene = open_scene
    publish(scene.here.node, news(scene.here.node, f"space:{scene.farm}"))
    scene.settle()
    thing = f"{scene.here.address}/things/1"
    said = [send(scene, kind, thing, scene.producer) for kind in ("Like", "Announce")]
    with scene.here.node.db.read() as session:
        assert sorted(echo.kind for echo in session.query(Echo)) == ["Announce", "Like"]
    for kind, address in zip(("Like", "Announce"), said, strict=True):
        send(scene, "Undo", {"id": address, "type": kind, "actor": scene.fig.actor,
                             "object": thing}, scene.producer)  # fmt: skip
    with scene.here.node.db.read() as session:
        assert session.query(Echo).count() == 0


def test_it_follows_no_more(open_scene: Scene) -> None:
    scene = open_scene
    asked = send(scene, "Follow", scene.producer, scene.producer)
    assert [each.state for each in listeners(scene.here.node)] == ["following"]
    send(scene, "Undo", {"id": asked, "type": "Follow", "actor": scene.fig.actor,
                         "object": scene.producer}, scene.producer)  # fmt: skip
    assert listeners(scene.here.node) == []
    publish(scene.here.node, news(scene.here.node, f"space:{scene.farm}"))
    scene.settle()
    assert scene.heard("Create") == []


def test_whoever_is_known_no_more_is_gone_for_it(open_scene: Scene) -> None:
    scene = open_scene
    node, actor = scene.here.node, person(scene)
    send(scene, "Follow", actor, actor)
    publish(node, news(node, author(actor), kind="post"))
    scene.settle()
    from wizzle.plugins.feed.wire import actions

    with node.db.write() as session:
        actions.hide(node, session, int(author(actor)[7:]))
    scene.settle()
    (delete,) = [each for each in scene.heard("Delete") if each["object"] == actor]
    assert delete["request"]["verified"]
    left = scene.fig("look", url=actor)
    assert (left["name"], left["words"]) == ("", "")
    assert scene.fig("finger", resource=actor) is None
    scene.clock.advance(days=4)
    assert (scene.fig("look", url=actor) or {"type": "Tombstone"})["type"] == "Tombstone"
    assert (things(node)[0].text, listeners(node)) == ("", [])


def test_we_follow_it_and_take_what_it_makes_public(open_scene: Scene) -> None:
    scene = open_scene
    node = scene.here.node
    reader = person_of(node)
    follow(node, reader, f"@fig@{scene.fig.host}")
    scene.settle()
    (asked,) = scene.heard("Follow")
    assert (asked["actor"], asked["object"]) == (scene.here.actor, scene.fig.actor)
    assert asked["request"]["verified"]
    send(scene, "Accept", asked["request"]["body"], scene.here.actor)
    assert [each.state for each in neighbours(node)] == ["accepted"]
    note = {
        "@context": "https://www.w3.org/ns/activitystreams", "id": f"{scene.fig.address}/notes/1",
        "type": "Note", "attributedTo": scene.fig.actor, "to": PUBLIC,
        "content": "<p>무화과가 <script>alert(1)</script>익었어요</p>",
    }  # fmt: skip
    send(scene, "Create", note, scene.here.actor, everyone=True)
    (copy,) = copies(node)
    assert (copy.text, copy.html) == ("무화과가 익었어요", "<p>무화과가 익었어요</p>")
    send(scene, "Update", {**note, "content": "<p>다 땄어요</p>"}, scene.here.actor, everyone=True)
    assert [each.text for each in copies(node)] == ["다 땄어요"]
    send(scene, "Delete", {"id": note["id"], "type": "Tombstone"}, scene.here.actor)
    assert copies(node) == []


def test_who_is_not_joined_follows_nothing_unless_this_node_lets_all(scene: Scene) -> None:
    inbox = f"{scene.here.address}/inbox"
    given = {"object": scene.producer, "to": scene.producer, "inbox": inbox, "form": "rfc9421"}
    answer = scene.fig("post", type="Follow", **given)
    assert answer["status"] == 403, answer
    assert json.loads(answer["told"])["reason"] == "not_admitted"
    assert listeners(scene.here.node) == []


def test_what_it_reads_says_who_somebody_is_and_nothing_else(open_scene: Scene) -> None:
    node = open_scene.here.node
    actor = person(open_scene)
    with node.db.read() as session:
        profile = node.hooks.profile(node=node, session=session, name=author(actor))
        told = json.dumps(profile_document(node, session, profile), ensure_ascii=False)
    assert "p0@pumpkin.example" not in told
