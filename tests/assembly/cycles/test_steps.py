"""The steps of a round: each once, in order, by those who run the hub, and what they promise."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from support.rounds import Round

from wizzle.core.errors import Invalid, Refused
from wizzle.core.models import AuditRecord, Person, Space
from wizzle.core.node import Node
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.models import Cycle, CycleStep
from wizzle.plugins.assembly.cycles.rules import STEPS, State
from wizzle.plugins.market import Product

BUTTONS = [step.after for step in STEPS.values() if step.after is not State.SETTLED]


def press(client: FlaskClient, round_: Round, state: str, version: int | None = None) -> str:
    """Press a step's button and return the page that follows."""
    shown = round_.row().version if version is None else version
    answer = client.post(
        f"/rounds/{round_.id}/steps/{state}", data={"version": shown}, follow_redirects=True
    )
    return answer.get_data(as_text=True)


def test_the_activist_takes_every_step_with_a_button(round_: Round, dana: FlaskClient) -> None:
    for state in BUTTONS:
        page = dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)
        assert f"/rounds/{round_.id}/steps/{state}" in page
        press(dana, round_, state)
        assert round_.state is state
    page = dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)
    assert "/steps/" not in page
    assert f"/rounds/{round_.id}/settlement" in page


@pytest.mark.parametrize("reached", BUTTONS[:-1])
def test_only_the_next_step_is_taken(round_: Round, dana: FlaskClient, reached: State) -> None:
    round_.to(reached)
    for state in BUTTONS:
        if state.place != reached.place + 1:
            press(dana, round_, state)
            assert round_.state is reached
    for nonsense in ("draft", "settled", "elsewhere"):
        answer = dana.post(f"/rounds/{round_.id}/steps/{nonsense}", data={"version": 1})
        assert answer.status_code == 404
    assert round_.state is reached


def test_a_step_pressed_twice_is_taken_once_and_says_so(round_: Round, dana: FlaskClient) -> None:
    press(dana, round_, "open")
    page = press(dana, round_, "open")
    assert "이미 지난 단계예요" in page
    with round_.node.db.read() as session:
        opened = session.scalar(
            select(func.count()).select_from(CycleStep).where(CycleStep.state == "open")
        )
        audited = session.scalar(
            select(func.count())
            .select_from(AuditRecord)
            .where(AuditRecord.action == "assembly.cycle.open")
        )
    assert (opened, audited) == (1, 1)


def test_no_round_is_opened_at_a_hub_that_has_closed(round_: Round, dana: FlaskClient) -> None:
    with round_.node.db.write() as session:
        session.get_one(Space, round_.row().hub_id).closed_at = round_.clock.now()
    assert "문을 닫은 거점이에요" in press(dana, round_, "open")
    assert round_.state is State.DRAFT


def test_two_activists_at_once_take_a_step_once(round_: Round) -> None:
    dana = round_.cast.person("dana").id

    def attempt(_number: int) -> bool:
        try:
            with round_.node.db.write() as session:
                actions.advance(round_.node, session, round_.id, State.OPEN, actor_id=dana)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert round_.row().version == 3  # offers, then the step


def test_a_page_that_is_out_of_date_takes_no_step(round_: Round, dana: FlaskClient) -> None:
    shown = round_.row().version
    goods = round_.goods("쪽파")
    with round_.node.db.write() as session:
        seller = round_.cast.space("farm").id
        actions.choose_products(round_.node, session, round_.id, seller, goods, actor_id=None)
    assert "다른 창에서" in press(dana, round_, "open", shown)
    assert "다른 창에서" in press(dana, round_, "open", -1)
    assert round_.state is State.DRAFT


@pytest.mark.parametrize("name", ["charlie", "alice", "erin", "frank"])
def test_nobody_else_takes_a_step(
    round_: Round, as_: Callable[[str], FlaskClient], name: str
) -> None:
    client = as_(name)
    for state in BUTTONS:
        version = round_.row().version
        answer = client.post(f"/rounds/{round_.id}/steps/{state}", data={"version": version})
        assert answer.status_code in {403, 404}
        round_.to(state)


def test_a_stranger_is_sent_to_log_in(round_: Round, client: FlaskClient) -> None:
    answer = client.post(f"/rounds/{round_.id}/steps/open", data={"version": 2})
    assert answer.status_code == 302
    assert "/log-in" in answer.location
    assert round_.state is State.DRAFT


def test_another_hubs_activist_is_a_stranger_here(
    round_: Round, as_: Callable[[str], FlaskClient]
) -> None:
    round_.other_hub("gina")
    gina = as_("gina")
    assert gina.get("/hubs/other/desk").status_code == 200
    assert gina.get("/hubs/hub/desk").status_code == 403
    answer = gina.post(f"/rounds/{round_.id}/steps/open", data={"version": 2})
    assert answer.status_code == 404  # a draft is known to its own hub only
    round_.to("open")
    for page in ("desk", "offers", "sheets", "packing", "collection", "handover"):
        assert gina.get(f"/rounds/{round_.id}/{page}").status_code == 403, page
    assert gina.post(f"/rounds/{round_.id}/steps/closed", data={"version": 3}).status_code == 403
    assert round_.state is State.OPEN


def test_the_steward_may_do_it_too(round_: Round, as_: Callable[[str], FlaskClient]) -> None:
    press(as_("bob"), round_, "open")
    assert round_.state is State.OPEN


def test_a_round_without_offers_does_not_open(round_: Round, dana: FlaskClient) -> None:
    empty = round_.draft()
    assert "생산자를 한 곳 이상" in press(dana, empty, "open")
    assert empty.state is State.DRAFT


def test_goods_that_are_off_the_list_open_nothing(round_: Round, dana: FlaskClient) -> None:
    with round_.node.db.write() as session:
        session.execute(update(Product).values(listed=False))
    press(dana, round_, "open")
    assert round_.state is State.DRAFT


def test_a_round_whose_cut_off_is_over_does_not_open(round_: Round, dana: FlaskClient) -> None:
    round_.clock.advance(days=2)
    assert "마감 시간이 벌써 지났어요" in press(dana, round_, "open")
    assert round_.state is State.DRAFT


def test_times_out_of_order_do_not_open(round_: Round) -> None:
    with round_.node.db.write() as session:
        session.execute(update(Cycle).values(collect_from=Cycle.cut_off))
    with pytest.raises(Invalid), round_.node.db.write() as session:
        actions.advance(round_.node, session, round_.id, State.OPEN, actor_id=None)
    assert round_.state is State.DRAFT


def test_the_rates_of_the_node_stand_fixed_from_the_opening_on(round_: Round) -> None:
    def node_with(activist_bp: int) -> Node:
        rates = replace(round_.node.settings.rates, activist_bp=activist_bp)
        return replace(round_.node, settings=replace(round_.node.settings, rates=rates))

    with round_.node.db.write() as session:
        actions.advance(node_with(500), session, round_.id, State.OPEN, actor_id=None)
    assert round_.row().activist_bp == 500
    with round_.node.db.write() as session:
        actions.advance(node_with(600), session, round_.id, State.CLOSED, actor_id=None)
    assert round_.row().activist_bp == 500


def test_an_open_round_keeps_its_times(round_: Round, dana: FlaskClient) -> None:
    before = round_.row()
    round_.to("open")
    answer = dana.post(
        f"/rounds/{round_.id}/edit",
        data={
            "title": "다른 이름",
            "opens_at": "2026-11-23T09:00",
            "cut_off": "2026-11-30T09:00",
            "collect_from": "2026-12-01T09:00",
            "collect_until": "2026-12-01T10:00",
            "version": round_.row().version,
        },
    )
    assert answer.status_code == 409
    assert "약속한 것은 바꿀 수 없어요" in answer.get_data(as_text=True)
    assert (round_.row().title, round_.row().cut_off) == (before.title, before.cut_off)


def test_closing_before_the_promised_time_is_said_plainly(round_: Round, dana: FlaskClient) -> None:
    round_.to("open")
    page = dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)
    assert "약속이 깨져요" in page
    round_.clock.advance(days=2)
    page = dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)
    assert "약속이 깨져요" not in page


def test_the_desk_says_who_took_which_step(round_: Round, dana: FlaskClient) -> None:
    press(dana, round_, "open")
    with round_.node.db.read() as session:
        name = session.scalar(select(Person.name).where(Person.email == "dana@example.com"))
    page = dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)
    done = page[page.index("지나온 길") :]
    assert "주문받는 중" in done
    assert str(name) in done


def test_a_draft_is_thrown_away_but_never_an_open_round(round_: Round, dana: FlaskClient) -> None:
    kept = round_.row()
    other = replace(round_, products=[]).draft(title="버릴 회차").offer()
    answer = dana.post(f"/rounds/{other.id}/discard", data={"version": other.row().version})
    assert answer.location == "/hubs/hub/desk"
    assert dana.get(f"/rounds/{other.id}").status_code == 404
    round_.to("open")
    dana.post(f"/rounds/{round_.id}/discard", data={"version": round_.row().version})
    assert round_.row().title == kept.title
    assert round_.row().cut_off - round_.row().opens_at == timedelta(days=2)
