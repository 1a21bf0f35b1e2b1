"""A leak: the notice holds what the law wants, its clock is shown, and each person is told once."""

from __future__ import annotations

import pytest

from wizzle.core.rights import breach
from wizzle.core.work import run_jobs

NOTICE = {
    "known_at": "2026-11-22T21:00", "items": "이름, 이메일 주소",
    "course": "11월 20일 백업이 새었어요",
    "advice": "비밀번호를 바꿔 주세요", "measures": "백업을 지웠어요",
}  # fmt: skip


@pytest.fixture
def bob(as_, cast):
    for name in ("alice", "gina"):
        cast.person(name)
    return as_("bob")


def told(letters):
    return sorted(each["To"] for each in letters() if "안전" in each["Subject"])


def test_everyone_is_told_once_with_every_item_of_the_law(bob, letters, node):
    shown = bob.post("/admin/breaches", data=NOTICE)
    page = bob.get(shown.location)
    assert "72시간이 끝나는 때" in page.text
    assert told(letters) == []
    for _ in range(2):
        bob.post(shown.location + "/send")
        run_jobs(node)
    assert told(letters) == ["alice@example.com", "bob@example.com", "gina@example.com"]
    text = next(each for each in letters() if each["To"] == "alice@example.com").get_content()
    for item in (
        *list(NOTICE.values())[1:],
        "02-000-0000",
        "손해배상",
        "분쟁조정",
        "2026-11-22 21:00",
    ):
        assert item in text


def test_only_those_chosen_are_told(bob, letters, node):
    shown = bob.post("/admin/breaches", data={**NOTICE, "chosen": "Gina@example.com\n"})
    bob.post(shown.location + "/send")
    run_jobs(node)
    assert told(letters) == ["gina@example.com"]


def test_an_address_of_nobody_is_refused_beside_its_field(bob):
    answer = bob.post("/admin/breaches", data={**NOTICE, "chosen": "nobody@example.com"})
    assert answer.status_code == 422
    assert 'id="f-chosen-error"' in answer.text
    assert "비밀번호를 바꿔 주세요" in answer.text


def test_a_worker_that_was_killed_tells_nobody_twice(bob, letters, node, monkeypatch):
    monkeypatch.setattr(breach, "BATCH", 1)
    shown = bob.post("/admin/breaches", data=NOTICE)
    bob.post(shown.location + "/send")
    breach.tell(node, {"id": 1})
    run_jobs(node)
    run_jobs(node)
    assert len(told(letters)) == 3


def test_the_clock_says_when_72_hours_are_over(bob, clock):
    bob.post("/admin/breaches", data=NOTICE)
    assert "72시간이 지났어요" not in bob.get("/admin/breaches").text
    clock.advance(hours=70)
    assert "72시간이 지났어요" in bob.get("/admin/breaches").text


@pytest.mark.parametrize("at", ["2026-11-24T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "x"])
def test_a_time_that_cannot_be_is_refused(bob, at):
    answer = bob.post("/admin/breaches", data={**NOTICE, "known_at": at})
    assert answer.status_code == 422
    assert 'id="f-known_at-error"' in answer.text


def test_only_stewards(as_):
    assert as_("dana").get("/admin/breaches").status_code == 403
    assert as_("dana").post("/admin/breaches/1/send").status_code == 403
