"""A farmer with a phone and no password: one link, then a price, "not this week", and the sheet."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.rounds import Round
from support.served import Served

from wizzle.core import members
from wizzle.core.models import Person
from wizzle.core.web.consents import wanted

from .conftest import Enter


def joined_long_ago(town: Served, person: Person) -> None:
    with town.node.db.write() as session:
        for subject, version in wanted().items():
            members.give_consent(session, person.id, subject, version, at=town.node.clock.now())


@pytest.mark.parametrize("javascript", [True, False])
def test_a_farmer_comes_in_by_a_link_and_is_done_in_a_minute(
    town: Served, cast: Cast, phone_of: Enter, stranger: Enter, javascript: bool
) -> None:
    joined_long_ago(town, cast.person("erin"))
    this_round = Round(town.node, cast, town.node.clock)
    potato, leek = this_round.goods("감자", "대파", price=990, stock=10)
    this_round.draft().offer().to("open").order("alice", {potato: 3})
    this_round.to("sent")

    bob = phone_of("bob")
    bob.goes_to("/spaces/farm/people")
    bob.presses("비밀번호 없이 들어오기")
    bob.presses("보낼 링크 만들기")
    link = bob.page.locator(".way-in a").inner_text()

    erin = stranger(javascript=javascript)
    erin.goes_to(link)
    erin.sees("에린")
    erin.presses("들어가기")
    erin.sees("오늘 할 일", "주문서가 왔어요", "감자", "대파")

    erin.page.locator(".day-good", has_text="감자").get_by_label("가격").fill("1200")
    erin.presses("저장", place=".day-good:has-text('감자')")
    erin.sees("감자를 고쳤어요.")
    assert erin.page.locator(f"#price-{potato}").input_value() == "1200"

    erin.presses("이번 주 없어요", place=".day-good:has-text('대파')")
    erin.sees("대파는 11월 30일(월) 0시(자정)까지 주문할 수 없어요.", "다시 있어요")

    erin.presses("확인했어요")
    erin.sees("주문서를 확인하셨어요.")

    anyone = stranger()
    anyone.goes_to("/market")
    anyone.sees("감자", "1,200원")
    anyone.does_not_see("대파")
    anyone.goes_to(f"/market/{leek}")
    anyone.sees("지금은 팔지 않아요")
