"""Public life between two nodes: followed, told, changed, taken back, and nothing else told."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from support.public import (
    copies,
    farm_of,
    follow,
    known,
    later,
    listeners,
    neighbours,
    news,
    person_of,
    publish,
    settle,
    things,
    withdraw,
)

from wizzle.core import follows
from wizzle.core.errors import Refused
from wizzle.core.facts import PersonLeft
from wizzle.federation.public.actions import deciding
from wizzle.federation.public.models import Echo
from wizzle.plugins.feed.wire import actions as wire


@pytest.mark.parametrize("pair", ["sqlite", "postgres"], indirect=True)
def test_news_of_a_farm_reach_who_follows_it_and_change_and_go_with_it(pair, clock):
    pumpkin, quince = pair
    farm, reader = farm_of(pumpkin), person_of(quince)
    follow(quince, reader, "@farm@pumpkin.example")
    settle(pumpkin, quince)
    (neighbour,) = neighbours(quince)
    assert (neighbour.state, neighbour.name) == ("accepted", "완주 농부")
    assert [each.state for each in listeners(pumpkin)] == ["following"]
    told = news(pumpkin, f"space:{farm}", tags=("감자",))
    publish(pumpkin, told)
    settle(pumpkin, quince)
    (copy,) = copies(quince)
    assert (copy.title, copy.text, copy.tags) == (
        "감자를 캐요",
        "토요일에 오세요.\n\n#감자",
        ["감자"],
    )
    publish(pumpkin, news(pumpkin, f"space:{farm}", text="일요일에 오세요."))
    later(clock)
    settle(pumpkin, quince)
    (copy,) = copies(quince)
    assert copy.text == "일요일에 오세요."
    withdraw(pumpkin, told)
    settle(pumpkin, quince)
    assert copies(quince) == []
    (left,) = things(pumpkin)
    assert (left.title, left.text, left.path) == ("", "", "")


def test_no_name_of_a_resident_leaves_unless_they_have_agreed(pair, wire):
    pumpkin, quince = pair
    minji, reader = person_of(pumpkin), person_of(quince, "순이")
    sent = []
    wire.after = lambda method, url, body, answer: (sent.append(body + answer.body), answer)[1]
    publish(pumpkin, news(pumpkin, f"person:{minji}"))
    known(pumpkin, minji)
    follow(quince, reader, "@minji@pumpkin.example")
    settle(pumpkin, quince)
    publish(pumpkin, news(pumpkin, f"person:{minji}", 2, kind="post", title=""))
    settle(pumpkin, quince)
    (copy,) = copies(quince)
    assert copy.text == "토요일에 오세요."
    everything = b"\n".join(sent).decode()
    assert "순이" not in everything
    assert json.dumps("순이") not in everything
    assert "p0@" not in everything


def echoes(node):
    with node.db.read() as session:
        return sorted((echo.kind, echo.actor) for echo in session.scalars(select(Echo)))


def test_who_is_known_thanks_and_passes_on_and_takes_both_back(pair, clock):
    pumpkin, quince = pair
    farm, minji, suni = farm_of(quince), person_of(pumpkin), person_of(quince, "순이")
    known(pumpkin, minji)
    follow(pumpkin, minji, "@farm@quince.example")
    follow(quince, suni, "@minji@pumpkin.example")
    settle(pumpkin, quince)
    publish(quince, news(quince, f"space:{farm}"))
    settle(quince, pumpkin)
    (copy,) = copies(pumpkin)
    for kind in (wire.LIKE, wire.SHARE, wire.LIKE):
        with pumpkin.db.write() as session:
            wire.answer(pumpkin, session, minji, copy.id, kind)
    settle(pumpkin, quince)
    who = f"https://pumpkin.example/people/{minji}"
    assert echoes(quince) == [("Announce", who), ("Like", who)]
    for kind in (wire.LIKE, wire.SHARE):
        with pumpkin.db.write() as session:
            wire.take_back(pumpkin, session, minji, copy.id, kind)
    settle(pumpkin, quince)
    assert echoes(quince) == []


def test_what_somebody_passes_on_reaches_who_follows_them_until_it_is_taken_back(pair, clock):
    pumpkin, quince = pair
    farm, minji, suni = farm_of(pumpkin), person_of(pumpkin), person_of(quince, "순이")
    known(pumpkin, minji)
    neighbour = follow(quince, suni, "@minji@pumpkin.example")
    settle(pumpkin, quince)
    publish(pumpkin, news(pumpkin, f"space:{farm}"))
    settle(pumpkin, quince)
    assert copies(quince) == []
    thing = "https://pumpkin.example/things/1"
    shared = news(pumpkin, f"person:{minji}", 2, subject="share:1", kind="share", passed_on=thing)
    publish(pumpkin, shared)
    settle(pumpkin, quince)
    (copy,) = copies(quince)
    assert (copy.uri, copy.neighbour_id) == (thing, neighbour)
    assert copy.author == f"https://pumpkin.example/orgs/{farm}"
    withdraw(pumpkin, shared)
    settle(pumpkin, quince)
    assert copies(quince) == []


def test_who_is_known_no_more_has_thanked_nobody(pair):
    pumpkin, quince = pair
    farm, minji = farm_of(quince), person_of(pumpkin)
    known(pumpkin, minji)
    follow(pumpkin, minji, "@farm@quince.example")
    settle(pumpkin, quince)
    publish(quince, news(quince, f"space:{farm}"))
    settle(quince, pumpkin)
    with pumpkin.db.write() as session:
        wire.answer(pumpkin, session, minji, copies(pumpkin)[0].id, wire.LIKE)
    settle(pumpkin, quince)
    with pumpkin.db.write() as session:
        wire.hide(pumpkin, session, minji)
    settle(pumpkin, quince)
    assert echoes(quince) == []
    with pumpkin.db.write() as session, pytest.raises(Refused):
        wire.answer(pumpkin, session, minji, copies(pumpkin)[0].id, wire.LIKE)


def test_whoever_leaves_is_gone_elsewhere_and_nobody_is_called_so_again(pair):
    pumpkin, quince = pair
    minji, suni = person_of(pumpkin), person_of(quince, "순이")
    known(pumpkin, minji)
    follow(quince, suni, "@minji@pumpkin.example")
    settle(pumpkin, quince)
    publish(pumpkin, news(pumpkin, f"person:{minji}", kind="post"))
    settle(pumpkin, quince)
    assert len(copies(quince)) == 1
    with pumpkin.db.write() as session:
        left = PersonLeft(minji, "민지", "p0@pumpkin.example", "ko")
        pumpkin.hooks.person_left(node=pumpkin, session=session, fact=left)
    settle(pumpkin, quince)
    assert (copies(quince), [each.state for each in neighbours(quince)]) == ([], ["ended"])
    with pytest.raises(Refused):
        known(pumpkin, person_of(pumpkin, "새 이웃"))


def test_whom_nobody_reads_any_more_is_followed_no_more(pair, clock):
    pumpkin, quince = pair
    farm, reader = farm_of(pumpkin), person_of(quince)
    number = follow(quince, reader, "@farm@pumpkin.example")
    settle(pumpkin, quince)
    publish(pumpkin, news(pumpkin, f"space:{farm}"))
    settle(pumpkin, quince)
    with quince.db.write() as session:
        follows.unfollow(session, reader, f"actor:{number}")
    clock.advance(hours=25)
    settle(quince, pumpkin)
    assert (copies(quince), listeners(pumpkin)) == ([], [])


def test_a_follower_waits_where_somebody_wants_to_say_yes_first(pair):
    pumpkin, quince = pair
    farm, owner = farm_of(pumpkin), person_of(pumpkin)
    author = f"space:{farm}"
    with pumpkin.db.write() as session:
        deciding.choose(pumpkin, session, author, by_hand=True, person_id=owner)
    follow(quince, person_of(quince), "@farm@pumpkin.example")
    settle(pumpkin, quince)
    (row,) = listeners(pumpkin)
    assert (row.state, [each.state for each in neighbours(quince)]) == ("asked", ["asked"])
    publish(pumpkin, news(pumpkin, author))
    settle(pumpkin, quince)
    assert copies(quince) == []
    with pumpkin.db.write() as session:
        deciding.let_in(pumpkin, session, author, row.id, person_id=owner)
    settle(pumpkin, quince)
    assert [each.state for each in neighbours(quince)] == ["accepted"]
    with pumpkin.db.write() as session:
        deciding.turn_away(pumpkin, session, author, row.id, person_id=owner)
    settle(pumpkin, quince)
    assert ([each.state for each in neighbours(quince)], listeners(pumpkin)) == (["refused"], [])


def test_the_neighbourhood_itself_can_be_followed_but_not_the_node(pair):
    pumpkin, quince = pair
    reader = person_of(quince)
    with pytest.raises(Refused):
        follow(quince, reader, "@node@pumpkin.example")
    follow(quince, reader, "@our_town@pumpkin.example")
    settle(pumpkin, quince)
    publish(pumpkin, news(pumpkin, "node"))
    settle(pumpkin, quince)
    assert [each.title for each in copies(quince)] == ["감자를 캐요"]
