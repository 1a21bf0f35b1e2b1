"""Drives on the website: proposing, checking, pledging, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event
from support.cast import Cast
from support.drives import Raising

from wizzle.core.testing import make_node
from wizzle.core.web import create_app


@pytest.fixture(scope="module")
def raising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raising]:
    node = make_node(tmp_path_factory.mktemp("drive_pages"))
    yield Raising(node, Cast(node))
    node.close()


@pytest.fixture(scope="module")
def site(raising: Raising) -> Flask:
    made = create_app(raising.node)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


FORM = {
    "title": "동네 공구함", "summary": "함께 쓰는 공구", "story": "드릴을 나눠요.",
    "minimum": "300000", "optimum": "500000", "for_minimum": "공구", "for_optimum": "보관함",
    "first_days": "40", "second_days": "40", "carrier": "에린", "step_1_title": "공구를 사요",
    "step_1_amount": "300000", "step_1_days": "30", "report_1_days": "60",
    "idempotency_key": "t",
}  # fmt: skip
CHECK = {
    "organiser": "수유 마을기금", "representative": "이나눔", "contact": "02-000-1111",
    "use_until": "2027-06-30", "cost_bp": "0", "results": "이 페이지", "account": "농협 1-2-3",
}  # fmt: skip


def test_from_a_proposal_to_a_pledge(raising: Raising, site: Flask):
    erin, bob = (raising.cast.signed_in(site, name) for name in ("erin", "bob"))
    wrong = erin.post("/fund/raise/new", data={**FORM, "step_1_amount": "200000"})
    assert wrong.status_code == 422
    assert "동네 공구함" in wrong.text, "what was typed stays"
    there = erin.post("/fund/raise/new", data=FORM).location
    assert erin.post("/fund/raise/new", data=FORM).location == there, "pressed twice is once"
    alice = raising.cast.signed_in(site, "alice")
    assert alice.get(there).status_code == 404, "nobody else sees a proposal"
    assert alice.get(f"{there}/check").status_code == 403
    reward = {"title": "이름표", "price": "20000", "number": "1", "ready_on": "2027-03-01",
              "idempotency_key": "r"}  # fmt: skip
    assert erin.post(f"{there}/rewards", data=reward).status_code == 302
    dear = bob.post(f"{there}/check", data={**CHECK, "cost_bp": "20"})
    assert dear.status_code == 422
    assert "15%까지" in dear.text
    assert bob.post(f"{there}/check", data=CHECK).location == there
    page = site.test_client().get(there).text
    for words in ("모집자", "연락처", "대표자", "등록청", "목적", "세금 혜택", "모집 비용",
                  "결과를 확인하는 방법", "목표액", "모집 기간", "사용 기간"):  # fmt: skip
        assert words in page
    assert "기부가 아니" in page, "a reward is said to be a sale"
    assert "300,000원" in page
    assert site.test_client().get(f"{there}/pledge").status_code == 302, "members pledge"
    none = alice.post(f"{there}/pledge", data={"idempotency_key": "x"})
    assert none.status_code == 422
    mine = alice.post(f"{there}/pledge", data={"amount": "50000", "idempotency_key": "x"}).location
    assert "농협 1-2-3" in alice.get(mine).text
    gina = raising.cast.signed_in(site, "gina")
    assert gina.get(mine).status_code == 404
    much = alice.post(f"{mine}/change", data={"amount": "900000"})
    assert much.status_code == 409
    assert "450,000원" in much.text, "so much is still possible"
    assert alice.post(f"{mine}/change", data={"amount": "60000"}).status_code == 302
    number = mine.rsplit("/", 1)[1]
    book = f"{there}/pledges/{number}/arrived"
    assert alice.post(book).status_code == 403
    assert bob.post(book).status_code == 302
    assert "60,000원" in bob.get(f"{there}/books").text
    assert alice.post(f"{mine}/take-back").status_code == 302
    assert "60,000원" in bob.get("/fund/raise/desk").text, "to be sent back"
    assert bob.post(f"{there}/pledges/{number}/paid").status_code == 302
    assert "돌려드렸어요" in alice.get(mine).text
    assert "내 약정" in alice.get("/me").text


def test_a_refusal_says_why_and_the_proposal_comes_again(raising: Raising, site: Flask):
    drive_id = raising.proposed(title="거절될 일")
    bob, erin = (raising.cast.signed_in(site, name) for name in ("bob", "erin"))
    bob.post(f"/fund/raise/{drive_id}/refuse", data={"reason": "견적이 없어요"})
    assert "견적이 없어요" in erin.get(f"/fund/raise/{drive_id}").text
    again = {**FORM, "title": "다시 낸 일", "version": "2"}
    assert erin.post(f"/fund/raise/{drive_id}/edit", data=again).status_code == 302
    assert "다시 낸 일" in bob.get("/fund/raise/desk").text


def test_lists_and_match_funds(raising: Raising, site: Flask):
    drive_id = raising.opened(title="매칭되는 일")
    area = raising.area(100_000)
    bob = raising.cast.signed_in(site, "bob")
    match = {"title": "두 배", "giver": f"area:{area}", "amount": "50000", "factor_bp": "100",
             "per_pledge": "30000", "per_person": "30000", "per_drive": "50000",
             "drives": str(drive_id), "idempotency_key": "m"}  # fmt: skip
    assert bob.post("/fund/raise/matches/new", data=match).status_code == 302
    raising.pledge(drive_id, 20_000)
    stranger = site.test_client()
    assert "30,000원" in stranger.get("/fund/raise/matches").text
    assert "40,000원" in stranger.get("/fund/raise").text, "the match counts"
    assert "매칭되는 일" in stranger.get("/fund").text
    assert "매칭되는 일" not in stranger.get("/fund/raise?state=over").text
    news = {"title": "목재가 왔어요", "text": "사진을 곧 올릴게요.", "idempotency_key": "n"}
    erin = raising.cast.signed_in(site, "erin")
    assert erin.post(f"/fund/raise/{drive_id}/news", data=news).status_code == 302
    assert "목재가 왔어요" in stranger.get(f"/fund/raise/{drive_id}").text


def test_a_list_of_drives_costs_the_same_however_long(raising: Raising, site: Flask):
    def asked() -> int:
        seen: list[str] = []

        def note(_c, _cur, statement, *_rest):  # type: ignore[no-untyped-def]
            seen.append(statement)

        event.listen(raising.node.db.engine, "before_cursor_execute", note)
        raising.cast.signed_in(site, "alice").get("/fund/raise")
        event.remove(raising.node.db.engine, "before_cursor_execute", note)
        return len(seen)

    few = asked()
    for number in range(4):
        raising.pledge(raising.opened(title=f"일 {number}"), 1_000)
    assert asked() <= few + 1
