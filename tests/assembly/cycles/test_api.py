"""Rounds by a program: open to all, and handed over by those who run the hub."""

from __future__ import annotations

import pytest
from support.rounds import Round


@pytest.fixture
def ordered(node, cast, clock):
    """alice and gina ordered; the round is being handed out."""
    round_ = Round(node, cast, clock)
    round_.goods("감자", price=3000)
    round_.draft().offer().to("open")
    round_.order("alice", {round_.products[0]: 2})
    round_.order("gina", {round_.products[0]: 1})
    return round_


def test_rounds_as_everyone_sees_them(programs, ordered, node, cast, clock):
    stranger = programs.stranger()
    (found,) = stranger.get("/rounds").json["items"]
    assert (found["id"], found["state"], found["is_open"]) == (ordered.id, "open", True)
    assert found["hub"] == {"slug": "hub", "name": "수유 마을부엌"}
    one = stranger.get(found["url"].removeprefix("/api/v1")).json
    assert [(each["name"], each["price"]) for each in one["offers"]] == [("감자", 3000)]
    assert one["pick_ups"][0]["host_id"] == cast.space("hub").id
    clock.set(ordered.row().cut_off)
    assert stranger.get("/rounds").json["items"][0]["state"] == "closed"
    assert stranger.get("/rounds?state=settled").json["items"] == []
    draft = Round(node, cast, clock).draft()
    assert stranger.get(f"/rounds/{draft.id}").status_code == 404
    assert programs.of("dana").get(f"/rounds/{draft.id}").status_code == 404  # as for everyone


def test_a_hub_hands_over_and_takes_the_money(programs, ordered):
    ordered.to("distributing")
    dana = programs.of("dana", "rounds:manage")
    path = f"/rounds/{ordered.id}/orders"
    rows = dana.get(f"{path}?limit=1").json
    assert [(row["person"], row["amount"]) for row in rows["items"]] == [("앨리스", 6000)]
    (gina,) = dana.get(rows["next"].removeprefix("/api/v1")).json["items"]
    one = f"{path}/{rows['items'][0]['id']}"
    assert dana.get(one).json["due"] == 6000
    assert dana.post(f"{one}/hand-over", {"shown": 1}).status_code == 409
    taken = dana.post(f"{one}/hand-over", {"shown": 6000})
    assert (taken.status_code, taken.json["state"], taken.json["due"]) == (200, "collected", None)
    assert dana.post(f"{one}/hand-over", {}).status_code == 200
    missed = dana.post(f"{path}/{gina['id']}/not-collected", {"reason": "연락이 안 됨"})
    assert missed.json["state"] == "not_collected"
    assert dana.get(path).json["items"] == []
    assert len(dana.get(f"{path}?done=true").json["items"]) == 2
    assert len(dana.get(f"{path}?q=1234").json["items"]) == 2


def test_before_its_day_only_if_it_is_meant(programs, ordered, clock):
    ordered.to("distributing")
    clock.advance(days=-1)
    dana = programs.of("dana", "rounds:manage")
    path = f"/rounds/{ordered.id}/orders"
    one = f"{path}/{dana.get(path).json['items'][0]['id']}/hand-over"
    assert dana.post(one, {}).status_code == 409
    assert dana.post(one, {"early": "yes"}).status_code == 422
    assert dana.post(one, {"early": True}).status_code == 200


def test_others_see_and_do_nothing_at_a_hub(programs, ordered):
    ordered.other_hub("charlie")
    ordered.to("distributing")
    order = ordered.orders()[0].id
    for name in ("alice", "erin", "charlie"):
        program = programs.of(name)
        base = f"/rounds/{ordered.id}/orders"
        assert program.get(base).status_code == 403, name
        assert program.get(f"{base}/{order}").status_code == 403, name
        assert program.post(f"{base}/{order}/hand-over", {}).status_code == 403, name
    dana = programs.of("dana")
    assert dana.get(f"/rounds/{ordered.id}/orders/9999").status_code == 404
    assert programs.of("dana", "orders:read").get(f"/rounds/{ordered.id}/orders").status_code == 403
