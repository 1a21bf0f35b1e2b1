"""The pages on which a producer's own cut-off and minimum are set and seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from support.parts import part, terms, work
from support.rounds import Round

from wizzle.core.errors import Refused
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.rules import Below

SEOUL = ZoneInfo("Asia/Seoul")


def statements(round_: Round, browser: FlaskClient, path: str) -> int:
    """How many statements a page needs."""
    seen: list[str] = []
    engine = round_.node.db.engine

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    browser.get(path)
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_terms_are_set_on_a_page(round_: Round, dana: FlaskClient) -> None:
    farm = round_.cast.space("farm").id
    end = round_.row().cut_off - timedelta(hours=6)
    url = f"/rounds/{round_.id}/producers/{farm}"
    page = dana.get(url).get_data(as_text=True)
    assert "생산자 마감" in page
    assert "그래도 확정" in page
    typed = {
        "cut_off": end.astimezone(SEOUL).strftime("%Y-%m-%dT%H:%M"),
        "minimum_won": "50000", "minimum_units": "", "below": "carry",
    }  # fmt: skip
    assert dana.post(url, data=typed).status_code == 302
    found = part(round_)
    assert found is not None
    assert (found.cut_off, found.minimum_won, found.below) == (end, 50_000, "carry")
    listed = dana.get(f"/rounds/{round_.id}/producers").get_data(as_text=True)
    assert "50,000원" in listed
    assert "다음 회차로 넘기기" in listed
    assert "완주로컬푸드협동조합" in dana.get(f"/rounds/{round_.id}/desk").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cut_off", "2026-11-30T09:00"), ("cut_off", "2020-01-01T00:00"), ("cut_off", "soon"),
        ("minimum_won", "-1"), ("minimum_won", "x"), ("minimum_units", "9999999"),
        ("below", "burn"), ("below", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    round_: Round, dana: FlaskClient, field: str, value: str
) -> None:
    typed = {"cut_off": "", "minimum_won": "77", "minimum_units": "33", "below": "cancel"}
    answer = dana.post(
        f"/rounds/{round_.id}/producers/{round_.cast.space('farm').id}",
        data={**typed, field: value},
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'value="33"' in page or field == "minimum_units"
    assert 'value="77"' in page or field == "minimum_won"
    found = part(round_)
    assert found is not None
    assert found.minimum_won == 0


def test_only_the_hubs_activist_sets_terms(
    round_: Round, as_: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    round_.other_hub("gina")
    url = f"/rounds/{round_.id}/producers/{round_.cast.space('farm').id}"
    for name in ("alice", "charlie", "erin"):
        assert as_(name).post(url, data={"below": "cancel"}).status_code == 403, name
    # Another hub's activist does not even know of the draft.
    assert as_("gina").post(url, data={"below": "cancel"}).status_code == 404
    assert client.post(url, data={"below": "cancel"}).status_code in {302, 401, 403}
    found = part(round_)
    assert found is not None
    assert found.below == "confirm"


def test_a_producer_without_part_has_no_terms(round_: Round, dana: FlaskClient) -> None:
    other = round_.cast.space("other_farm").id
    assert dana.get(f"/rounds/{round_.id}/producers/{other}").status_code == 404


def test_once_decided_the_page_only_tells(round_: Round, dana: FlaskClient) -> None:
    farm = round_.cast.space("farm").id
    own = round_.row().cut_off - timedelta(hours=6)
    terms(round_, cut_off=own, minimum_won=5_000, below=Below.CANCEL)
    round_.to("open")
    round_.order("alice", {round_.products[0]: 1})
    round_.clock.set(own)
    work(round_)
    url = f"/rounds/{round_.id}/producers/{farm}"
    page = dana.get(url).get_data(as_text=True)
    assert "마감이 지났어요" in page
    assert 'name="minimum_won"' not in page
    answer = dana.post(url, data={"below": "confirm"})
    assert answer.status_code == 409
    assert "취소됨" in dana.get(f"/rounds/{round_.id}/producers").get_data(as_text=True)


def test_residents_see_the_cut_off_and_minimum_of_a_producer(
    round_: Round, alice: FlaskClient
) -> None:
    round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm")
    own = round_.row().cut_off - timedelta(days=1)
    terms(round_, "other_farm", cut_off=own, minimum_won=60_000, below=Below.CARRY)
    round_.to("open")
    page = alice.get(f"/rounds/{round_.id}").get_data(as_text=True)
    assert "11월 24일(화) 오전 9:00까지만 주문을 받아요." in page
    assert "다 함께 60,000원 이상 주문하면 와요. 모자라면 다음 회차로 넘어가요." in page
    assert page.count('type="number"') == 3
    product = alice.get(f"/market/{round_.products[2]}").get_data(as_text=True)
    assert "11월 24일(화) 오전 9:00" in product
    round_.clock.set(own)
    page = alice.get(f"/rounds/{round_.id}").get_data(as_text=True)
    assert "11월 24일(화) 오전 9:00에 마감되었어요." in page
    assert page.count('type="number"') == 2


def test_a_late_product_is_offered_nowhere(round_: Round, alice: FlaskClient) -> None:
    own = round_.row().cut_off - timedelta(days=1)
    terms(round_, cut_off=own)
    round_.to("open")
    path = f"/market/{round_.products[0]}"
    assert 'name="occasion"' in alice.get(path).get_data(as_text=True)
    round_.clock.set(own)
    assert 'name="occasion"' not in alice.get(path).get_data(as_text=True)


def test_a_cancelled_line_does_not_come_back_by_hand(round_: Round) -> None:
    terms(round_, minimum_won=50_000, below=Below.CANCEL)
    round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm").to("open")
    round_.order("alice", {round_.products[0]: 2, round_.products[2]: 1})
    round_.to("received")
    with round_.node.db.write() as session, pytest.raises(Refused, match="nothing of it comes"):
        actions.deliver_less(
            round_.node, session, round_.id, 1, 2, reason="왔어요",
            actor_id=round_.cast.person("dana").id,
        )  # fmt: skip


def test_pages_ask_as_much_for_many_producers_as_for_few(
    round_: Round, dana: FlaskClient, alice: FlaskClient
) -> None:
    paths = [
        (dana, f"/rounds/{round_.id}/producers"), (dana, f"/rounds/{round_.id}/desk"),
        (dana, f"/rounds/{round_.id}/hubs"), (dana, "/hubs/hub/desk"),
        (alice, f"/rounds/{round_.id}"),
    ]  # fmt: skip
    terms(round_, minimum_won=5_000)
    round_.to("open")
    few = [statements(round_, *each) for each in paths]
    round_.goods(*(f"옥수수 {number}" for number in range(9)), farm="other_farm")
    round_.offer("farm", "other_farm")
    terms(round_, "other_farm", minimum_units=3)
    for number, name in enumerate(("alice", "gina", "charlie")):
        round_.order(name, {round_.products[number]: 1})
    assert [statements(round_, *each) for each in paths] == few
    assert max(few) <= 24
