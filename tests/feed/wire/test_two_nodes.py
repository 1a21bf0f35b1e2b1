"""Public life between two nodes: followed, told, changed, taken back, and nothing else told."""

from __future__ import annotations

import json

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
