"""One round, several hubs: each host sees and serves their own, the first hub runs the round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from support.rounds import Round

from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.assembly.cycles import actions, queries
from wizzle.plugins.assembly.cycles.models import Point
from wizzle.plugins.market import Order

TIME = "%Y-%m-%dT%H:%M"


def points(round_: Round) -> list[int]:
    with round_.node.db.read() as session:
        return list(session.scalars(select(Point.hub_id).where(Point.cycle_id == round_.id)))


def choose(round_: Round, hub: int, hours: int = 1) -> None:
    at = round_.row().collect_from + timedelta(hours=hours)
    with round_.node.db.write() as session:
        actions.choose_points(
            round_.node, session, round_.id,
            {hub: actions.Opening(at, at + timedelta(hours=2))}, actor_id=None,
        )  # fmt: skip


@pytest.fixture
def shared(round_: Round) -> Round:
    """A round that gina's hub hands out too: alice collects at dana's, charlie at gina's."""
    hub = round_.other_hub("gina")
    choose(round_, hub)
    round_.to("open")
    potato = round_.products[0]
    round_.order("alice", {potato: 1})
    order = round_.order("charlie", {potato: 3})
    with round_.node.db.write() as session:
        session.execute(update(Order).where(Order.id == order.id).values(host_id=hub))
    return round_


@pytest.fixture
def gina(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_("gina")


def test_further_hubs_are_chosen_with_their_hours(round_: Round, dana: FlaskClient) -> None:
    hub = round_.other_hub("gina")
    url = f"/rounds/{round_.id}/hubs"
    assert "other" in dana.get(url).get_data(as_text=True)
    answer = dana.post(
        url,
        data={
            "hub": str(hub),
            f"from-{hub}": "2026-11-26T18:00",
            f"until-{hub}": "2026-11-26T19:30",
        },
    )
    assert answer.status_code == 302
    assert points(round_) == [hub]
    assert "다른 거점" in dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)
    dana.post(url, data={})
    assert points(round_) == []


def test_hours_that_do_not_fit_are_said_and_stay(round_: Round, dana: FlaskClient) -> None:
    hub = round_.other_hub("gina")
    answer = dana.post(
        f"/rounds/{round_.id}/hubs",
        data={"hub": str(hub), f"from-{hub}": "2026-11-26T18:00", f"until-{hub}": "x"},
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "날짜와 시각을 적어 주세요" in page
    assert 'value="2026-11-26T18:00"' in page
    with pytest.raises(Invalid):
        choose(round_, hub, hours=-40)
    assert points(round_) == []


def test_a_hub_that_is_none_and_an_open_round_are_refused(round_: Round) -> None:
    with pytest.raises(Refused):
        choose(round_, round_.cast.space("farm").id)
    with pytest.raises(Refused):
        choose(round_, round_.cast.space("hub").id)
    hub = round_.other_hub("gina")
    round_.to("open")
    with pytest.raises(Refused):
        choose(round_, hub)


def test_hours_move_along_with_the_round(round_: Round) -> None:
    hub = round_.other_hub("gina")
    choose(round_, hub)
    row = round_.row()
    day = timedelta(days=2)
    plan = round_.plan(collect_from=row.collect_from + day, collect_until=row.collect_until + day)
    with round_.node.db.write() as session:
        actions.change_cycle(
            round_.node, session, round_.id, plan, version=row.version, actor_id=None
        )
        point = session.get_one(Point, (round_.id, hub))
        assert point.collect_from == row.collect_from + timedelta(days=2, hours=1)


def test_residents_see_all_hubs_and_the_terms_name_them(shared: Round, alice: FlaskClient) -> None:
    page = alice.get(f"/rounds/{shared.id}").get_data(as_text=True)
    assert "여기서도 찾을 수 있어요" in page
    with shared.node.db.write() as session:
        terms = queries.sale_terms(shared.node, session, shared.occasion, frozenset())
    assert terms is not None
    assert [point.place for point in terms.pick_ups] == ["other"]


def test_numbers_and_lists_are_those_of_the_hub(shared: Round) -> None:
    hub = points(shared)[0]
    with shared.node.db.read() as session:
        both = queries.numbers_of(session, shared.id)
        mine = queries.numbers_of(session, shared.id, [hub])
        assert (both.orders, both.ordered) == (2, 4000)
        assert (mine.orders, mine.ordered) == (1, 3000)
        assert [line.person_name for line in queries.packing_lines(session, shared.id, [hub])] == [
            "찰리"
        ]
        found = queries.collection_list(session, shared.id, [hub])
        assert [order.person_name for order in found] == ["찰리"]
        assert [o.person_name for o in queries.found_orders(session, shared.id, hubs=[hub])] == [
            "찰리"
        ]
        assert queries.counted_orders(session, shared.id, [hub]) == {"placed": 1}


def test_the_other_host_sees_their_own_orders_only(shared: Round, gina: FlaskClient) -> None:
    shared.to("distributing")
    for page in ("handover", "packing", "collection"):
        text = gina.get(f"/rounds/{shared.id}/{page}").get_data(as_text=True)
        assert "찰리" in text, page
        assert "앨리스" not in text, page
    orders = {order.person_name: order.id for order in shared.orders()}
    assert gina.get(f"/rounds/{shared.id}/handover/{orders['앨리스']}").status_code == 404
    assert gina.post(f"/rounds/{shared.id}/handover/{orders['앨리스']}").status_code in {302, 404}
    assert {order.state for order in shared.orders()} == {"placed"}
    gina.post(f"/rounds/{shared.id}/handover/{orders['찰리']}", data={"shown": "3000"})
    states = {order.person_name: order.state for order in shared.orders()}
    assert states == {"앨리스": "placed", "찰리": "collected"}


def test_the_other_host_does_not_run_the_round(shared: Round, gina: FlaskClient) -> None:
    for page in ("desk", "edit", "offers", "producers", "hubs"):
        assert gina.get(f"/rounds/{shared.id}/{page}").status_code == 403, page
    version = shared.row().version
    answer = gina.post(f"/rounds/{shared.id}/steps/closed", data={"version": version})
    assert answer.status_code == 403
    assert shared.state == "open"


def test_the_other_hubs_desk_leads_to_the_round(shared: Round, gina: FlaskClient) -> None:
    with shared.node.db.read() as session:
        slug = queries.points_of(session, shared.id)[0].slug
    page = gina.get(f"/hubs/{slug}/desk").get_data(as_text=True)
    assert f"/rounds/{shared.id}/handover" in page


def test_the_page_of_the_other_hub_shows_the_round_with_its_own_hours(
    shared: Round, client: FlaskClient
) -> None:
    with shared.node.db.read() as session:
        point = queries.points_of(session, shared.id)[0]
        (row,) = queries.current_rounds(session, shared.clock.now(), hub_id=point.hub_id)
        assert (row.place, row.collect_from) == ("other", point.collect_from)
        (main,) = queries.current_rounds(session, shared.clock.now(), hub_id=shared.row().hub_id)
        assert main.place == "수유 마을부엌"
    page = client.get(f"/spaces/{point.slug}").get_data(as_text=True)
    assert f"/rounds/{shared.id}" in page
    assert "1곳 더" in client.get("/rounds").get_data(as_text=True)
