"""Collections on other nodes: followed by a name of their own, changed, and gone."""

from __future__ import annotations

import json
from dataclasses import replace

from support.public import copies, farm_of, follow, later, neighbours, person_of, settle, things

from wizzle.core.values import Viewer
from wizzle.core.web import create_app
from wizzle.plugins.feed.collections import actions, queries
from wizzle.plugins.feed.collections.actions import Chosen, Words

ACCEPT = {"Accept": "application/activity+json"}


def by(node, person_id, step, *given, **named):
    """Do an action as somebody, in a transaction of its own."""
    viewer = Viewer(person_id, "민지", "p@pumpkin.example", "ko")
    if named.pop("steward", False):
        viewer = replace(viewer, roles=frozenset({(None, "steward")}))
    with node.db.write() as session:
        return step(node, session, viewer, *given, **named)


def shelf(node, curator, farm, *, make=actions.make, **named):
    """Return the number of a public collection with a farm in it."""
    made = by(node, curator, make, Words("우리 동네 밭", "걸어서 가는 밭이에요."), **named)
    steward = "key" not in named
    by(node, curator, actions.add, made.id, Chosen("감자가 포슬포슬해요", f"space:{farm}"),
       steward=steward)  # fmt: skip
    by(node, curator, actions.publish, made.id, steward=steward)
    return made.id


def test_a_collection_is_followed_without_a_name_of_who_makes_it(pair, wire, clock):
    pumpkin, quince = pair
    sent = []
    wire.after = lambda method, url, body, answer: (sent.append(body + answer.body), answer)[1]
    curator, reader = person_of(pumpkin, "말순이"), person_of(quince)
    number = shelf(pumpkin, curator, farm_of(pumpkin), key="k")
    follow(quince, reader, f"@collection.{number}@pumpkin.example")
    settle(pumpkin, quince)
    (neighbour,) = neighbours(quince)
    assert (neighbour.state, neighbour.name) == ("accepted", "우리 동네 밭")
    later(clock)
    place = Chosen("벤치에 앉아 쉬기 좋아요", title="느티나무 아래")
    by(pumpkin, curator, actions.add, number, place)
    settle(pumpkin, quince)
    later(clock)
    settle(pumpkin, quince)
    (copy,) = copies(quince)
    assert copy.title == "우리 동네 밭"
    for words in (
        "걸어서 가는 밭이에요.",
        "완주 농부 – 감자가 포슬포슬해요",
        "느티나무 아래 – 벤치에",
    ):
        assert words in copy.text
    everything = b"\n".join(sent).decode()
    assert "말순이" not in everything
    assert json.dumps("말순이") not in everything
    assert f"/people/{curator}" not in everything


def test_what_is_taken_out_or_made_a_draft_is_taken_back_there_as_well(pair, clock):
    pumpkin, quince = pair
    curator, reader = person_of(pumpkin), person_of(quince)
    number = shelf(pumpkin, curator, farm_of(pumpkin), key="k")
    place = by(pumpkin, curator, actions.add, number, Chosen("쉬기 좋아요", title="느티나무 아래"))
    follow(quince, reader, f"@collection.{number}@pumpkin.example")
    settle(pumpkin, quince)
    by(pumpkin, curator, actions.reword, number, place.id, "그늘이 넓어요")
    later(clock)
    settle(pumpkin, quince)
    assert "그늘이 넓어요" in copies(quince)[0].text
    by(pumpkin, curator, actions.take_out, number, place.id)
    later(clock)
    settle(pumpkin, quince)
    assert "느티나무" not in copies(quince)[0].text
    by(pumpkin, curator, actions.withdraw, number)
    settle(pumpkin, quince)
    assert copies(quince) == []
    by(pumpkin, curator, actions.publish, number)
    settle(pumpkin, quince)
    assert [copy.title for copy in copies(quince)] == ["우리 동네 밭"]
    by(pumpkin, curator, actions.remove, number)
    settle(pumpkin, quince)
    assert copies(quince) == []
    assert all(thing.gone_at for thing in things(pumpkin))
    answer = create_app(pumpkin).test_client().get(f"/picks/{number}", headers=ACCEPT)
    assert "우리 동네 밭" not in answer.text


def test_the_selection_of_each_week_has_one_name_for_all_weeks(pair, clock):
    pumpkin, quince = pair
    editor, reader = person_of(pumpkin), person_of(quince)
    shelf(pumpkin, editor, farm_of(pumpkin), make=actions.begin_week, steward=True)
    follow(quince, reader, "@weekly.1@pumpkin.example")
    settle(pumpkin, quince)
    clock.advance(seconds=7 * 24 * 3600)
    second = shelf(pumpkin, editor, farm_of(pumpkin, "other", "다른 농부"),
                   make=actions.begin_week, steward=True)  # fmt: skip
    settle(pumpkin, quince)
    (copy,) = copies(quince)
    assert "다른 농부" in copy.text
    assert copy.page.endswith(f"/collections/{second}")


def test_drafts_and_hidden_ones_are_nobody_for_others(pair):
    pumpkin, _ = pair
    curator = person_of(pumpkin)
    draft = by(pumpkin, curator, actions.make, Words("아직", ""), key="k").id
    client = create_app(pumpkin).test_client()
    for path in (f"/picks/{draft}", "/picks/999", "/weeklies/1", "/weeklies/7"):
        assert client.get(path, headers=ACCEPT).status_code == 404
        assert client.get(f"{path}/outbox").status_code == 404
    with pumpkin.db.read() as session:
        for name in (
            f"collection:{draft}",
            "@collection.0",
            "@weekly.2",
            "weekly:1",
            "collection:",
        ):
            assert queries.profile(session, name) is None


def test_its_page_says_by_which_name_it_is_followed(pair):
    pumpkin, _ = pair
    number = shelf(pumpkin, person_of(pumpkin), farm_of(pumpkin), key="k")
    page = create_app(pumpkin).test_client().get(f"/collections/{number}").text
    assert f"@collection.{number}@pumpkin.example" in page
