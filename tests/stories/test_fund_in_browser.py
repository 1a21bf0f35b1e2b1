"""The fund on a phone: vote with a code on paper, propose, pledge, and follow the money."""

from __future__ import annotations

from datetime import timedelta

from support.cast import Cast
from support.drives import Raising
from support.programmes import programme
from support.sales import Sales
from support.served import Served
from support.votes import Votes

from wizzle.core.testing import FixedClock

from .conftest import Enter


def test_a_neighbour_without_an_account_votes_with_the_code_on_a_paper(
    town: Served, cast: Cast, stranger: Enter
) -> None:
    clock = town.node.clock
    assert isinstance(clock, FixedClock)
    votes = Votes(town.node, clock, cast)
    vote = votes.opened(5)
    neighbour = stranger()
    neighbour.goes_to("/fund")
    neighbour.presses("투표하기")
    assert neighbour.path == f"/fund/votes/{vote}"
    neighbour.presses("종이의 참여 코드로 투표하기")
    neighbour.types("코드", "AAAAA-AAAAA-AAAAA")
    neighbour.presses("다음")
    neighbour.sees("그런 코드가 없어요")
    neighbour.complaints.clear()  # the browser tells of 422
    neighbour.types("코드", votes.codes[0].lower().replace("-", " "))
    neighbour.presses("다음")
    neighbour.page.get_by_label("제안 1").check()
    neighbour.page.get_by_label("제안 3").check()
    neighbour.presses("다음: 한 번 더 보기")
    neighbour.sees("제안 1", "제안 3", "900,000원")
    neighbour.does_not_see("제안 2")
    neighbour.presses("넣기")
    neighbour.sees("고마워요!")
    neighbour.goes_to("/fund/vote")
    neighbour.types("코드", votes.codes[0])
    neighbour.presses("다음")
    neighbour.sees("이미 투표했어요")
    neighbour.complaints.clear()
    clock.advance(days=8)
    votes.cast_all([])
    assert votes.told(vote) is None  # nothing is told before it is counted


def test_a_resident_writes_an_idea_and_pledges_for_a_drive(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    with town.node.db.write() as session:
        made, _ = programme(town.node, session, phase="ideas")
    drive = Raising(town.node, cast).opened()
    alice = phone_of("alice")
    alice.goes_to(f"/fund/programmes/{made}")
    alice.presses("아이디어 쓰기")
    alice.types("제목", "골목에 긴 의자")
    alice.types("한 문장으로", "장 보고 오는 길에 쉬어 갈 자리")
    alice.types("왜 필요한가요", "언덕이 길어서 어르신이 힘들어하세요.")
    alice.page.get_by_label("골목", exact=True).check()
    alice.types("대략 드는 돈", "400000")
    alice.presses("내기")
    alice.sees("골목에 긴 의자", "400,000원")
    alice.goes_to(f"/fund/raise/{drive}")
    alice.presses("약정하기")
    alice.types("금액", "30000")
    alice.presses("약정하기")
    alice.sees("30,000원", "농협 1-2-3")


def test_anybody_follows_the_money_from_the_fund_to_the_sale(
    town: Served, cast: Cast, stranger: Enter
) -> None:
    Sales(town.node, cast).settle(7, {"farm": 12_345})
    clock = town.node.clock
    assert isinstance(clock, FixedClock)
    clock.advance(seconds=timedelta(minutes=1).seconds)
    neighbour = stranger()
    neighbour.goes_to("/fund")
    neighbour.sees("12,345원")
    neighbour.presses_first("이번 달 마을 살림")
    neighbour.sees("12,345원")
    neighbour.goes_to("/fund/entries")
    neighbour.presses_first("완주로컬푸드협동조합")
    neighbour.sees("완주로컬푸드협동조합", "수유 마을부엌", "회차 7")
