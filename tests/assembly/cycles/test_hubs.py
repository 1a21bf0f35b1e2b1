"""Hubs: the steward makes them and names hosts; hosts set their hours and prepare rounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from support.cast import Cast
from support.rounds import Round

from wizzle.core.models import Space
from wizzle.plugins.assembly.cycles.models import Cycle, Hub

HUB = {
    "name": "번동 사랑방",
    "address": "서울 강북구 번동 1",
    "weekday": "3",
    "collect_from": "16:00",
    "collect_until": "20:00",
    "how_to_come": "뒷문으로 오세요.",
    "host": "alice@example.com",
}


def test_the_steward_makes_a_hub_with_its_host(
    cast: Cast, as_: Callable[[str], FlaskClient]
) -> None:
    bob, alice = as_("bob"), as_("alice")
    assert alice.get("/hubs/new").status_code == 403
    answer = bob.post("/hubs/new", data=HUB)
    assert answer.status_code == 302
    with cast.node.db.read() as session:
        hub = session.execute(select(Space.slug, Hub.weekday).join(Hub)).one()
    assert (hub.slug, hub.weekday) == ("번동-사랑방", 3)
    assert alice.get("/hubs/번동-사랑방/desk").status_code == 200
    page = alice.get("/spaces/번동-사랑방").get_data(as_text=True)
    assert "목요일 16:00–20:00" in page
    assert "뒷문으로 오세요." in page
    assert "앨리스" in page
    assert "번동 사랑방" in alice.get("/me").get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", "", "채워 주세요"),
        ("host", "nobody@example.com", "먼저 가입하고"),
        ("collect_until", "15:00", "시작한 뒤에 끝나야"),
        ("weekday", "7", ""),
        ("collect_from", "25:00", ""),
    ],
)
def test_a_hub_that_cannot_be_made_is_explained_and_not_made(
    cast: Cast, as_: Callable[[str], FlaskClient], name: str, value: str, said: str
) -> None:
    cast.person("alice")
    answer = as_("bob").post("/hubs/new", data={**HUB, name: value})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert said in page
    assert "뒷문으로 오세요." in page  # what was typed is still there
    with cast.node.db.read() as session:
        assert session.scalars(select(Hub)).all() == []


def test_hosts_are_named_and_dismissed_by_the_steward_alone(
    cast: Cast, as_: Callable[[str], FlaskClient]
) -> None:
    dana, bob, gina = as_("dana"), as_("bob"), as_("gina")
    assert dana.post("/hubs/hub/hosts", data={"host": "gina@example.com"}).status_code == 403
    bob.post("/hubs/hub/hosts", data={"host": "GINA@example.com "})
    assert gina.get("/hubs/hub/desk").status_code == 200
    address = f"/hubs/hub/hosts/{cast.person('gina').id}/dismiss"
    assert dana.post(address).status_code == 403
    bob.post(address)
    assert gina.get("/hubs/hub/desk").status_code == 403
    page = bob.post(address, follow_redirects=True).get_data(as_text=True)
    assert "이 거점의 활동가가 아니에요" in page


def test_the_hours_are_what_a_new_round_begins_with(
    cast: Cast, as_: Callable[[str], FlaskClient]
) -> None:
    dana = as_("dana")
    page = dana.get("/hubs/hub/rounds/new").get_data(as_text=True)
    assert 'value="2026' not in page
    hours = {"weekday": "3", "collect_from": "16:00", "collect_until": "20:00"}
    assert dana.post("/hubs/hub/settings", data=hours).status_code == 302
    page = dana.get("/hubs/hub/rounds/new").get_data(as_text=True)
    for typed in ("2026-11-23T09:00", "2026-12-01T21:00", "2026-12-03T16:00", "2026-12-03T20:00"):
        assert f'value="{typed}"' in page  # the 26th leaves too little time


def test_a_round_after_one_on_thursday_is_for_the_thursday_after(
    round_: Round, dana: FlaskClient
) -> None:
    hours = {"weekday": "3", "collect_from": "16:00", "collect_until": "20:00"}
    dana.post("/hubs/hub/settings", data=hours)
    round_.clock.advance(days=-7)
    page = dana.get("/hubs/hub/rounds/new").get_data(as_text=True)
    assert 'value="2026-12-03T16:00"' in page  # on 26 November the round that stands is collected


def test_a_round_whose_times_are_out_of_order_is_not_prepared(
    cast: Cast, as_: Callable[[str], FlaskClient]
) -> None:
    typed = {
        "title": "거꾸로",
        "opens_at": "2026-11-25T09:00",
        "cut_off": "2026-11-24T09:00",
        "collect_from": "nonsense",
        "collect_until": "2026-11-26T09:00",
    }
    dana = as_("dana")
    assert dana.post("/hubs/hub/rounds/new", data=typed).status_code == 422
    answer = dana.post("/hubs/hub/rounds/new", data={**typed, "collect_from": "2026-11-24T09:00"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "마감은 여는 때보다 뒤여야 해요." in page
    assert "거꾸로" in page
    with cast.node.db.read() as session:
        assert session.scalars(select(Cycle)).all() == []


def test_times_are_those_on_the_neighbourhoods_clock(
    cast: Cast, as_: Callable[[str], FlaskClient]
) -> None:
    typed = {
        "title": "회차",
        "opens_at": "2026-11-24T09:00",
        "cut_off": "2026-11-25T21:00",
        "collect_from": "2026-11-26T16:00",
        "collect_until": "2026-11-26T20:00",
    }
    dana = as_("dana")
    address = dana.post("/hubs/hub/rounds/new", data=typed).location
    with cast.node.db.read() as session:
        cycle = session.scalars(select(Cycle)).one()
        assert f"{cycle.cut_off:%Y-%m-%dT%H:%M%z}" == "2026-11-25T12:00+0000"
    cycle_id = address.split("/")[2]
    page = dana.get(f"/rounds/{cycle_id}/edit").get_data(as_text=True)
    assert 'value="2026-11-25T21:00"' in page
    version = {"version": "1"}
    dana.post(f"/rounds/{cycle_id}/edit", data={**typed, **version, "cut_off": "2026-11-25T20:00"})
    answer = dana.post(f"/rounds/{cycle_id}/edit", data={**typed, **version})
    assert answer.status_code == 409
    assert "다른 창에서" in answer.get_data(as_text=True)


def test_there_is_no_desk_of_what_is_no_hub(as_: Callable[[str], FlaskClient]) -> None:
    bob = as_("bob")
    as_("erin")
    for slug in ("farm", "nowhere"):
        for page in ("desk", "settings", "rounds/new"):
            assert bob.get(f"/hubs/{slug}/{page}").status_code == 404
